"""Published groups against the response of a patient: P(ALK drives) x P(response of the haplotype).

    python verification/patient_groups.py            prints the table
    python verification/patient_groups.py --write    writes it to docs/methods/patient-groups.md

Right: a group that placed a number of ``knowledge/patient/rules.yaml`` has its rate inside the
interval of the prediction, and the prediction inside the 90 % interval of the group, where its
number of patients is known. Wrong, and the exit status is 1: such a group lies outside. Groups that
check, and placed nothing, are shown whatever they say: they tell how far the map can be trusted.
"""

from __future__ import annotations

import argparse
import sys
from dataclasses import dataclass, replace
from pathlib import Path

from alkanet import open_knowledge
from alkanet.assess import assess
from alkanet.interpret.intervals import binomial_interval
from alkanet.kb.query import KnowledgeBase
from alkanet.model.case import Case, LineOfTherapy, Setting, SiteOfDisease, StopReason
from alkanet.model.haplotype import Clone, Haplotype, Phase, Reading
from alkanet.model.patient_rules import CalibrationGroup
from alkanet.model.record import Interval
from alkanet.model.tumour import Fusion, Tumour

PAGE = Path(__file__).parents[1] / "docs" / "methods" / "patient-groups.md"
HEADER = """# Published groups against the prediction

Written by `python verification/patient_groups.py --write`; do not edit. How the prediction is made,
and what the numbers rest on, stands in [patient.md](patient.md).

Observed is the share of patients who responded, with its 90 % interval (Wilson) where the number of
patients is known. Predicted is P(ALK drives) x P(response of the haplotype), mixed over the
genotypes of the group, as `alkanet report` would print it. A group *places* a number of
`knowledge/patient/rules.yaml`, or it *checks* it.

## States of dependence
P(ALK drives what grows); the first state that holds counts. Where no group is named it is an
assumption.

{states}

## Groups
| group | site | role | observed | predicted | inside |
| --- | --- | --- | --- | --- | --- |
"""


@dataclass(frozen=True)
class Comparison:
    """One published group beside its prediction; both are shares between 0 and 1."""

    group: CalibrationGroup
    observed: float
    interval: Interval | None
    predicted: Interval

    @property
    def is_inside(self) -> bool | None:
        """Whether both lie in each other's interval, ``None`` where n is not known."""
        by_prediction = self.predicted.low <= self.observed <= self.predicted.high
        if self.interval is None:
            return None if by_prediction else False
        return by_prediction and self.interval.low <= self.predicted.median <= self.interval.high


def compare(group: CalibrationGroup, kb: KnowledgeBase) -> Comparison:
    """Return a group beside the prediction for patients like its own."""
    outcome = kb.patient.outcomes[group.outcome]
    parts = [(g.share, _predicted(group, g.haplotype, kb)) for g in group.genotypes]
    total = sum(share for share, _ in parts)
    mixture = Interval(
        median=sum(share * p.median for share, p in parts) / total,
        low=sum(share * p.low for share, p in parts) / total,
        high=sum(share * p.high for share, p in parts) / total,
    )
    rate = outcome.value / 100
    interval = binomial_interval(rate * outcome.n, outcome.n) if outcome.n else None
    return Comparison(group, rate, interval, mixture)


def _predicted(group: CalibrationGroup, haplotype: str, kb: KnowledgeBase) -> Interval:
    case = Case(
        id="group",
        setting=Setting.METASTATIC,
        lines=tuple(
            LineOfTherapy(drugs=(drug,), best_response="PR", stopped_for=StopReason.PROGRESSION)
            for drug in group.failed
        ),
        sites=(SiteOfDisease(site="lung", growing=True),),
    )
    clone = Clone(haplotype=Haplotype.parse(haplotype), phase=Phase.SINGLE)
    tumour = Tumour(
        fusion=Fusion(partner="EML4", basis="typed"),
        readings=(Reading(weight=1.0, why="typed", clones=(clone,)),),
    )
    responses = assess(case, tumour, kb).patient_responses
    found = next(r for r in responses if r.drug == group.drug)
    site = found.systemic if group.site == "systemic" else found.cns
    if site.p_response is None:
        raise SystemExit(f"{group.outcome}: no prediction for {group.drug} on {haplotype}")
    return site.p_response


def _line(comparison: Comparison, kb: KnowledgeBase) -> str:
    group = comparison.group
    outcome = kb.patient.outcomes[group.outcome]
    of = f" of {outcome.n}" if outcome.n else " (n not stated)"
    observed = f"{outcome.value:g} %{of}"
    if comparison.interval is not None:
        low, high = comparison.interval.low, comparison.interval.high
        observed += f" ({100 * low:.0f} to {100 * high:.0f})"
    p = comparison.predicted
    predicted = f"{100 * p.median:.0f} % ({100 * p.low:.0f} to {100 * p.high:.0f})"
    inside = {True: "yes", False: "**no**", None: "yes, by the prediction's interval"}
    told = f"{group.drug}: {outcome.trial}, {outcome.population}"
    return f"| {told} | {group.site} | {group.role} | {observed} | {predicted} | " + (
        f"{inside[comparison.is_inside]} |"
    )


def _without_groups(kb: KnowledgeBase) -> None:
    """Leave the groups out of the rules: what is held against them must not be made of them."""
    rules = kb.patient.rules.model_copy(update={"groups": ()})
    kb.__dict__["patient"] = replace(kb.patient, rules=rules)


def _states(kb: KnowledgeBase) -> str:
    rows = ["| state | P(ALK drives) | groups | reason |", "| --- | --- | --- | --- |"]
    for state in kb.patient.rules.states:
        p = state.dependence
        value = f"{p.median:g} ({p.low:g} to {p.high:g})"
        groups = "<br>".join(f"`{name}`" for name in state.groups) or "none: assumed"
        rows.append(f"| {state.id} | {value} | {groups} | {' '.join(state.reason.split())} |")
    return "\n".join(rows)


def main() -> int:
    """Print or write the table; return 1 where a group that placed a number lies outside."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="write docs/methods/patient-groups.md")
    write = parser.parse_args().write
    kb = open_knowledge()
    _without_groups(kb)
    made = [compare(group, kb) for group in kb.patient.rules.calibration]
    rows = "\n".join(_line(comparison, kb) for comparison in made)
    text = HEADER.replace("{states}", _states(kb)) + rows + "\n"
    counts = [c for c in made if c.group.role == "checks" and c.is_inside is not None]
    good = sum(bool(c.is_inside) for c in counts)
    text += (
        f"\n{good} of {len(counts)} groups that check, with known n, agree within both intervals.\n"
    )
    if write:
        PAGE.write_text(text, encoding="utf-8")
    else:
        sys.stdout.write(text)
    return int(any(c.group.role == "places" and c.is_inside is False for c in made))


if __name__ == "__main__":
    raise SystemExit(main())
