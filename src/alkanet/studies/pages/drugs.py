"""The page of drugs: names, labels, doses, exposure, warnings, and what must not stand beside."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from alkanet.kb.query import KnowledgeBase
from alkanet.model.drug_profile import CoMedicationRule, DrugProfile, Exposure
from alkanet.model.identifier import Identifier
from alkanet.model.therapy import OtherDrug, Therapy
from alkanet.studies.pages.markdown import code, head, interval, table

__all__ = ["page"]

ABOUT = (
    "A dose that was only studied is no approved dose; a label is dated. Check the label in force "
    "before anything is given."
)


def page(kb: KnowledgeBase) -> Iterator[str]:
    """Yield the lines of the page."""
    yield from head("What is known of each drug", ABOUT)
    profiles = {p.id: p for p in kb.all_of("drug profile", DrugProfile)}
    therapies = kb.therapies()
    others = kb.all_of("other drug", OtherDrug)
    yield ", ".join(f"[{t.id}](#{t.id})" for t in therapies)
    yield ""
    for therapy in therapies:
        yield f"## {therapy.id}"
        yield ""
        yield from _therapy(therapy)
        yield from _profile(therapy.id, profiles.get(therapy.id), kb)
    yield "## Partners, and drugs given in sequence"
    yield ""
    yield from table(
        ["drug", "group", "brand names", "code names"],
        (
            (d.name, d.group.value, ", ".join(d.brand_names), ", ".join(d.code_names))
            for d in others
        ),
    )
    for other in others:
        if other.name in profiles:
            yield f"## {other.name}"
            yield ""
            yield from _profile(other.name, profiles[other.name], kb)


def _therapy(therapy: Therapy) -> Iterator[str]:
    generation = f"generation {therapy.generation}" if therapy.generation else "no generation"
    names = ", ".join((*therapy.brand_names, *therapy.code_names)) or "no other names held"
    yield f"{generation}; {therapy.status.value}. {names}."
    yield ""
    if therapy.note:
        yield therapy.note
        yield ""
    yield from table(
        ["agency", "position", "since", "adds", "source", "certainty"],
        (
            (a.agency, a.use.value, a.when, a.indication, code(a.source), a.certainty.value)
            for a in therapy.approvals
        ),
    )
    if therapy.cut is not None:
        cut = therapy.cut
        yield (
            f"Cells pull towards sensitive up to {cut.sensitive_up_to:g}-fold of wild type, and "
            f"towards resistant from {cut.resistant_from:g}-fold. {cut.reason}"
        )
        yield ""
    if therapy.trough_target is not None:
        target = therapy.trough_target
        basis = f"{code(target.source)}, {target.certainty.value}"
        yield f"Trough target: {target.ng_per_mL:g} ng/mL ({basis})."
        yield ""


def _profile(name: str, profile: DrugProfile | None, kb: KnowledgeBase) -> Iterator[str]:
    identifiers = [i for i in kb.all_of("identifier", Identifier) if i.name == name]
    if identifiers:
        told = ", ".join(f"{i.system.value} {i.code} ({i.certainty.value})" for i in identifiers)
        yield f"Identifiers: {told}."
        yield ""
    if profile is not None:
        yield from _label(profile)
    yield from table(
        ["measured", "value", "unit", "population", "n", "source", "certainty"],
        (
            (
                e.parameter.value,
                ("" if e.relation == "=" else f"{e.relation} ") + interval(e.value, e.low, e.high),
                e.unit,
                e.population,
                e.n,
                code(e.source),
                e.certainty.value,
            )
            for e in kb.all_of("exposure", Exposure)
            if e.drug == name
        ),
    )
    yield from _beside(
        rule for rule in kb.all_of("co-medication", CoMedicationRule) if rule.drug == name
    )


def _label(profile: DrugProfile) -> Iterator[str]:
    if profile.targets:
        yield f"Inhibits {', '.join(profile.targets)}."
        yield ""
    yield from table(
        ["dose", "approved", "whose label", "as of", "context", "source", "certainty"],
        (
            (
                d.dose,
                "yes" if d.approved else "no: studied",
                d.agency,
                d.as_of,
                d.context,
                code(d.source),
                d.certainty.value,
            )
            for d in profile.doses
        ),
    )
    yield from table(
        ["protein", "role", "says", "source", "certainty"],
        (
            (
                r.protein,
                f"{r.strength} {r.role}" if r.strength else r.role,
                r.says,
                code(r.source),
                r.certainty.value,
            )
            for r in profile.roles
        ),
    )
    yield from table(
        ["warning", "boxed", "says", "source", "certainty"],
        (
            (w.effect, "yes" if w.boxed else "no", w.says, code(w.source), w.certainty.value)
            for w in profile.warnings
        ),
    )
    if profile.no_boxed_warning:
        yield f"No boxed warning in the label of {', '.join(profile.no_boxed_warning)}."
        yield ""
    yield from table(
        ["watch", "when", "source", "certainty"],
        ((m.what, m.when, code(m.source), m.certainty.value) for m in profile.monitoring),
    )


def _beside(rules: Iterable[CoMedicationRule]) -> Iterator[str]:
    yield from table(
        ["beside", "advice", "says", "label of", "source", "certainty"],
        (
            (
                r.beside,
                r.advice,
                r.says,
                r.label_date,
                code(r.source),
                r.certainty.value,
            )
            for r in rules
        ),
    )
