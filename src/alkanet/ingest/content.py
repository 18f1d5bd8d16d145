"""The formats that are read, and what a reader returns whatever the format of its file."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from alkanet.ingest.ledger import Ledger
from alkanet.model.alteration import Genome
from alkanet.model.calls import Calls
from alkanet.model.provenance import InputAccount

__all__ = ["FileContent", "FormatName"]


class FormatName(StrEnum):
    """The formats that are read."""

    VCF = "VCF"
    MAF = "MAF"
    STAR_FUSION = "STAR-Fusion"
    FUSION_INSPECTOR = "FusionInspector"
    CBIOPORTAL_FUSIONS = "cBioPortal fusions"
    OUTSIDE_CALLS = "outside calls"


@dataclass(frozen=True)
class FileContent:
    """What one file holds for one sample.

    ``genome`` is the build of the file as it states it or the user gave it. ``assays`` are names
    that the file gives for what was run, as they stand. ``can_show_mutations`` is whether a
    mutation would stand in such a file, so that its silence says something. ``notes`` say what was
    odd in the text. The ledger still takes rows that are set aside later.
    """

    calls: Calls
    ledger: Ledger
    sha256: str
    genome: Genome | None = None
    assays: frozenset[str] = frozenset()
    can_show_mutations: bool = False
    notes: tuple[str, ...] = ()

    def account(self) -> InputAccount:
        """Return the account of the file as the ledger stands now."""
        return self.ledger.account(self.sha256)
