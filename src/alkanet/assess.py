"""The inner sentence: from a case and its tumour to everything that follows from them."""

from __future__ import annotations

from alkanet import sensitivity
from alkanet.kb.query import KnowledgeBase
from alkanet.model.case import Case
from alkanet.model.caveat import Caveat
from alkanet.model.report import Assessment
from alkanet.model.tumour import Tumour

__all__ = ["assess"]


def assess(case: Case, tumour: Tumour, kb: KnowledgeBase) -> Assessment:
    """Return what the knowledge says about each haplotype of a tumour.

    This version speaks on the level of the haplotype alone: mechanisms, patient responses and
    options stay empty, and a caveat says what the haplotype calls assume.
    """
    responses = sensitivity.predict(tumour.haplotypes, kb)
    return Assessment(
        tumour=tumour,
        haplotype_responses=responses,
        caveats=(*tumour.caveats, *_assumptions(case, tumour, kb)),
    )


def _assumptions(case: Case, tumour: Tumour, kb: KnowledgeBase) -> tuple[Caveat, ...]:
    if not tumour.readings:
        return ()
    names = {therapy.id for therapy in kb.therapies()}
    given = dict.fromkeys(drug for line in case.lines for drug in line.drugs if drug in names)
    assumed = kb.caveat("alk-driven-assumed", case.id)
    return (assumed, kb.caveat("given-before", ", ".join(given))) if given else (assumed,)
