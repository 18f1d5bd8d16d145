from __future__ import annotations

import pytest

from alkanet.model.option import Option, OptionKind, Term, Tier
from case_folder import CaseFolder


@pytest.fixture
def folder(tmp_path, kb):
    return CaseFolder(tmp_path / "case", kb)


LINES = [
    {"drugs": ["crizotinib"], "start": "2020-02-01", "stop": "2021-05-10"},
    {"drugs": ["alectinib"], "start": "2021-06-01", "stop": "2026-05-10", "best_response": "PR"},
]
FINDINGS = (
    ("copy number", "MET amplification, 12 copies"),
    ("variant", "TP53 R273H"),
    ("expression", "ABCB1 over by RNA"),
    ("histology", "small cell carcinoma"),
    ("host factor", "BIM deletion polymorphism"),
    ("observation", "ALK rearrangement by FISH"),
)


def an_option(rank, regimen, **fields):
    """An option that argues both ways, so that tests do not depend on the rows of the knowledge."""
    base = {
        "id": f"option-{rank}",
        "kind": OptionKind.REGIMEN,
        "tier": Tier.REASONABLE,
        "level": "cohort",
        "terms": (Term(name="response", value=1.25, why=f"the term of {regimen}"),),
        "why": (f"why {regimen}", f"why else {regimen}"),
        "against": (f"against {regimen}",),
        "cautions": (f"caution with {regimen}",),
        "sources": ("gainor-2016",),
    }
    return Option(rank=rank, regimen=regimen, **{**base, **fields})


OPTIONS = (
    an_option(1, "Sequencing of RNA", kind=OptionKind.TEST, tier=Tier.SUPPORTED),
    an_option(2, "Drug one with <b>", tier=Tier.SUPPORTED),
    an_option(3, "Radiosurgery and stay", kind=OptionKind.LOCAL_THERAPY),
    an_option(4, "A trial of drug two", kind=OptionKind.TRIAL, tier=Tier.INVESTIGATIONAL),
    an_option(5, "Drug of the cells", tier=Tier.INVESTIGATIONAL, level="cells", folded=True),
    an_option(6, "Drug three again", tier=Tier.NOT_ADVISED),
)


@pytest.fixture
def patient(folder):
    """A report in which every part of the patient's level holds something."""
    folder.vcf("G1202R", "L1196M")
    folder.fusions()
    folder.typed(*FINDINGS)
    stopped = [{**line, "stopped_for": "progression"} for line in LINES]
    made = folder.report(
        as_of="2026-06-01",
        setting="metastatic",
        lines=stopped,
        sites=[{"site": "brain", "growing": True, "lesions": 3}],
    )
    return made.model_copy(update={"options": OPTIONS})
