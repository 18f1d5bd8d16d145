"""Identifier: the code by which another catalogue knows a gene, a drug or a disease."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated, Literal, Self

from pydantic import Field, model_validator

from alkanet.model.evidence import Certainty
from alkanet.model.record import Record

__all__ = ["CodingSystem", "Identifier"]


class CodingSystem(StrEnum):
    """Catalogues, and what they hold."""

    HGNC = "HGNC"
    NCBI_GENE = "NCBI Gene"
    UNIPROT = "UniProt"
    RXNORM = "RxNorm"
    NCIT = "NCIt"
    CHEMBL = "ChEMBL"
    MONDO = "MONDO"
    ONCOTREE = "OncoTree"


_FORMS = {
    CodingSystem.HGNC: r"HGNC:\d+",
    CodingSystem.NCBI_GENE: r"\d+",
    CodingSystem.UNIPROT: r"[A-Z][A-Z0-9]{5}",
    CodingSystem.RXNORM: r"\d+",
    CodingSystem.NCIT: r"C\d+",
    CodingSystem.CHEMBL: r"CHEMBL\d+",
    CodingSystem.MONDO: r"MONDO:\d{7}",
    CodingSystem.ONCOTREE: r"[A-Z_]+",
}


class Identifier(Record):
    """One row of ``identifiers.tsv``. A code that is not sure stands nowhere."""

    kind: Literal["gene", "drug", "disease"]
    name: str
    """HGNC symbol, generic name, or the disease in lower case."""
    system: CodingSystem
    code: Annotated[str, Field(min_length=1)]
    locator: str
    certainty: Certainty

    @model_validator(mode="after")
    def _has_the_form_of_its_system(self) -> Self:
        import re

        if not re.fullmatch(_FORMS[self.system], self.code):
            raise ValueError(f"{self.code!r} is not a code of {self.system.value}")
        return self
