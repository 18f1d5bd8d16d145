"""Patients built in a line or two: what was given, what grows, and what the tumour showed."""

from __future__ import annotations

import datetime as dt

from alkanet.assess import assess
from alkanet.model.case import Case, LineOfTherapy, Setting, SiteOfDisease, Specimen, StopReason
from alkanet.model.haplotype import Clone, Haplotype, Phase, Reading
from alkanet.model.tumour import Fusion, Tumour

AS_OF = dt.date(2026, 11, 1)


def line(*drugs, start=None, stop=None, best="PR", why=StopReason.PROGRESSION, **more):
    """Return a line of therapy that ended in growth, unless said otherwise."""
    return LineOfTherapy(
        drugs=drugs, start=start, stop=stop, best_response=best, stopped_for=why, **more
    )


def case_of(*lines, sites=(), setting=Setting.METASTATIC, **more):
    """Return a case; ``sites`` are pairs of a name and its growing lesions, or ``None``."""
    fields = {
        "id": "built",
        "as_of": AS_OF,
        "setting": setting,
        "lines": lines,
        "sites": tuple(
            SiteOfDisease(site=name, growing=True, lesions=count) for name, count in sites
        ),
        "specimens": (Specimen(id="biopsy"),),
    }
    return Case(**(fields | more))


def tumour_of(*readings, alterations=(), fusion=True, **more):
    """Return a tumour; a reading is a text of clones, ``"C1156Y / L1198F"`` for two clones."""
    made = []
    for text in readings:
        clones = tuple(
            Clone(haplotype=Haplotype.parse(part.strip()), phase=Phase.ASSUMED)
            for part in text.split("/")
        )
        made.append(Reading(weight=1 / len(readings), why="typed", clones=clones))
    return Tumour(
        fusion=Fusion(partner="EML4", variant="v1", basis="typed") if fusion else None,
        readings=tuple(made),
        alterations=tuple(alterations),
        **more,
    )


def assessed(kb, case, tumour):
    """Return the assessment, its responses by drug, and its options by id."""
    made = assess(case, tumour, kb)
    return (
        made,
        {response.drug: response for response in made.patient_responses},
        {option.id: option for option in made.options},
    )
