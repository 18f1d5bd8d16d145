"""How files name genes: the symbol in any case, and whether a text names the driver."""

from __future__ import annotations

import re

from alkanet.ingest.table import is_unknown
from alkanet.model.gene import symbol_in_hgnc_case

__all__ = ["DRIVER", "driver_in", "gene_symbol", "is_gene_symbol", "names_driver"]

DRIVER = "ALK"

_DRIVER = re.compile(rf"(?<![A-Za-z0-9]){DRIVER}(?![A-Za-z0-9])", re.IGNORECASE)
_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9-]*")


def gene_symbol(text: str) -> str:
    """Return a gene symbol as HGNC writes it, empty where the text says none.

    A name that is no plain symbol, such as ``Y_RNA``, stays as the file writes it.

    Examples
    --------
    >>> gene_symbol("eml4"), gene_symbol("c2orf44"), gene_symbol("Y_RNA"), gene_symbol("NA")
    ('EML4', 'C2orf44', 'Y_RNA', '')
    """
    name = text.strip()
    if is_unknown(name):
        return ""
    return symbol_in_hgnc_case(name) if _PLAIN.fullmatch(name) else name


def is_gene_symbol(text: str) -> bool:
    """Whether a text is plainly the symbol of a gene."""
    return not is_unknown(text.strip()) and bool(_PLAIN.fullmatch(text.strip()))


def driver_in(text: str) -> re.Match[str] | None:
    """Return where a text first names the driver as a word, in any case."""
    return _DRIVER.search(text)


def names_driver(text: str) -> bool:
    """Whether a text names the driver as a word, in any case."""
    return driver_in(text) is not None
