"""Promises of those who tend the knowledge: ids stay, gaps are stated, dates have been."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from itertools import groupby

from alkanet.kb.empty_pairs import empty_pairs
from alkanet.kb.ids import repeated_ids, unknown_id
from alkanet.kb.index import IndexEntry, index_of
from alkanet.kb.load import Knowledge
from alkanet.model.provenance import KnowledgeVersion, first_day
from alkanet.model.stewardship import ExceptionTo
from alkanet.model.trial import StudyStatus
from alkanet.text_model import Fault

__all__ = ["STEWARDSHIP_PROMISES"]


def _ids_stay(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that an id of a release is still there, or has its tombstone."""
    held = {f"{e.kind} {e.id}" for e in index_of(knowledge)}
    faulty = {entry.id for entry in knowledge.faulty}
    buried = {t.value.id for t in knowledge.tombstones}
    for number, line in enumerate(knowledge.released, start=1):
        name = line.rpartition(" ")[2]
        if line and line not in held and name not in buried and name not in faulty:
            text = f"{line!r} stood in a release and is gone"
            remedy = "Ids stand for ever: bring it back, or give it a row in withdrawn.tsv."
            yield Fault("knowledge/released-ids.txt", number, "", text, remedy=remedy)


def _tombstones_rest(knowledge: Knowledge) -> Iterator[Fault]:
    held = {e.id: e for e in index_of(knowledge)}
    rows = [(t.file, t.line, t.value.id) for t in knowledge.tombstones]
    yield from repeated_ids("tombstone", rows)
    for tombstone in knowledge.tombstones:
        value = tombstone.value
        if value.id in held:
            entry = held[value.id]
            text = f"{value.id!r} was withdrawn and stands at {entry.file}:{entry.line} again"
            yield Fault(tombstone.file, tombstone.line, "id", text)
        if value.replaced_by is not None and value.replaced_by not in held:
            name = value.replaced_by
            yield unknown_id(tombstone.file, tombstone.line, "replaced_by", name, held)


def _an_id_names_one_thing(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that an id stands once, whatever it names."""
    first: dict[str, IndexEntry] = {}
    for entry in index_of(knowledge):
        before = first.setdefault(entry.id, entry)
        if before is entry or "faulty entry" in (entry.kind, before.kind):
            continue
        if entry.kind != before.kind:
            text = f"{entry.id!r} is the id of a {before.kind} and of a {entry.kind}"
            yield Fault(entry.file, entry.line, "id", text)
        elif entry.kind in ("exposure", "finding", "co-medication", "guideline position"):
            text = f"{entry.kind} {entry.id!r} stands at {before.file}:{before.line} too"
            yield Fault(entry.file, entry.line, "id", text)


def _all_parts_are_there(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that no file of the whole knowledge is lost: its promises would fall silent with it."""
    if not knowledge.is_whole:
        return
    for name, part in (
        ("released-ids.txt", knowledge.released),
        ("gaps.yaml", knowledge.gaps),
        ("trial-register.tsv", knowledge.trials),
        ("trials.tsv", knowledge.outcomes),
        ("prevalence.tsv", knowledge.prevalence),
        ("identifiers.tsv", knowledge.identifiers),
        ("errata.yaml", knowledge.errata),
        ("review/text.yaml", knowledge.review_statements),
        ("review/references.tsv", knowledge.review_references),
        ("drugs/exposure.tsv", knowledge.exposures),
        ("co-medication.yaml", knowledge.co_medication),
    ):
        if not part:
            yield Fault(f"knowledge/{name}", 0, "", "is missing or empty")
    tables = {placed.value.table for placed in knowledge.review_tables}
    for number in sorted({1, 2, 3, 4} - tables):
        yield Fault(f"knowledge/review/table-{number}.yaml", 0, "", "is missing or has faults")


def _every_cell_is_a_value_or_a_gap(knowledge: Knowledge) -> Iterator[Fault]:
    if not knowledge.is_whole and not knowledge.gaps:
        return  # a part of the knowledge is not asked for what the whole states
    therapies = {t.value.id for t in knowledge.therapies}
    claims = (claim.value for claim in knowledge.claims)
    empty = set(empty_pairs(claims, (m.value for m in knowledge.measurements), therapies))
    covered: set[tuple[str, str]] = set()
    for gap in knowledge.gaps:
        value = gap.value
        for name in value.therapies:
            if name not in therapies:
                yield unknown_id(gap.file, gap.line, "therapies", name, therapies)
        stated = {(h, t) for h in value.haplotypes or value.looked_at for t in value.therapies}
        filled = sorted(stated - empty) if value.haplotypes else []
        for haplotype, therapy in filled:
            if therapy in therapies:
                text = f"{haplotype} with {therapy} is no gap: evidence is held, or none names it"
                yield Fault(gap.file, gap.line, "haplotypes", text)
        if not stated & empty:
            yield Fault(gap.file, gap.line, "", "the gap is closed: every pair of it has evidence")
        covered |= stated
    for haplotype, pairs in groupby(sorted(empty - covered), key=lambda pair: pair[0]):
        drugs = ", ".join(therapy for _, therapy in pairs)
        text = f"nothing is held of {haplotype} with {drugs}, and no gap states it"
        remedy = "Look for it; then add the haplotype to looked_at, or a gap with its reason."
        yield Fault("knowledge/gaps.yaml", 0, "", text, remedy=remedy)


def _nothing_is_orphaned(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that drugs, mechanisms and trials carry something, unless an exception says why not."""
    excepted = {
        name
        for placed in knowledge.exceptions
        if placed.value.rule is ExceptionTo.ORPHAN
        for name in placed.value.ids
    }
    named = {c.value.therapy for c in knowledge.claims}
    named |= {m.value.therapy for m in knowledge.measurements}
    named |= {name for gap in knowledge.gaps for name in gap.value.therapies}
    for therapy in knowledge.therapies if knowledge.is_whole or knowledge.gaps else ():
        if therapy.value.id not in named | excepted:
            text = f"no claim, no measurement and no gap speaks of {therapy.value.id}"
            yield Fault(therapy.file, therapy.line, "id", text)
    addressed = {m for p in knowledge.strategy for row in p.value.rows for m in row.addresses}
    for mechanism in knowledge.mechanisms:
        has_step = mechanism.value.strategy or mechanism.value.id in addressed
        if knowledge.strategy and not has_step and mechanism.value.id not in excepted:
            text = f"no next step addresses {mechanism.value.id}, and it names none"
            yield Fault(mechanism.file, mechanism.line, "strategy", text)
    reported = {o.value.trial for o in knowledge.outcomes}
    for trial in knowledge.trials:
        is_silent = trial.value.status is StudyStatus.NO_RESULTS
        if not is_silent and trial.value.name not in reported | excepted:
            text = f"{trial.value.name!r} has results, and no outcome is held"
            yield Fault(trial.file, trial.line, "name", text)


def _nothing_rests_on_a_retracted_source(knowledge: Knowledge) -> Iterator[Fault]:
    retracted = {s.value.id: s for s in knowledge.sources if s.value.retracted is not None}
    entries = [
        (claim.file, claim.line, claim.value.id, source)
        for claim in knowledge.claims
        for source in {claim.value.source, claim.value.primary_source}
    ]
    entries += [
        (finding.file, finding.line, finding.value.id, source)
        for finding in knowledge.findings
        for source in {finding.value.source, finding.value.primary or finding.value.source}
    ]
    entries += [(m.file, m.line, m.value.id, m.value.source) for m in knowledge.measurements]
    entries += [(o.file, o.line, o.value.id, o.value.source) for o in knowledge.outcomes]
    entries += [(e.file, e.line, e.value.id, e.value.source) for e in knowledge.prevalence]
    entries += [(e.file, e.line, e.value.id, e.value.source) for e in knowledge.exposures]
    entries += [(r.file, r.line, r.value.id, r.value.source) for r in knowledge.co_medication]
    entries += [(g.file, g.line, g.value.id, g.value.source) for g in knowledge.guidelines]
    entries += [(t.file, t.line, t.value.name, t.value.source) for t in knowledge.trials]
    for profile in knowledge.drug_profiles:
        for part in ("doses", "roles", "warnings", "monitoring"):
            for number, held in enumerate(getattr(profile.value, part)):
                line = profile.line_of((part, number))
                entries.append((profile.file, line, part, held.source))
    for therapy in knowledge.therapies:
        for number, approval in enumerate(therapy.value.approvals):
            line = therapy.line_of(("approvals", number))
            entries.append((therapy.file, line, "approvals", approval.source))
    for file, line, name, source in entries:
        if source in retracted:
            when = retracted[source].value.retracted
            text = f"rests on {source}, which was retracted on {when}"
            yield Fault(file, line, name, text, remedy="Withdraw it, with a row in withdrawn.tsv.")


def _dates_have_been(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that nothing is dated after the month of the knowledge."""
    if not knowledge.version:
        return  # the version file has a fault of its own
    last = KnowledgeVersion(version=knowledge.version, hash="").as_of
    dated: list[tuple[str, int, str, dt.date]] = [
        *((g.file, g.line, "looked_on", g.value.looked_on) for g in knowledge.gaps),
        *((t.file, t.line, "withdrawn_on", t.value.withdrawn_on) for t in knowledge.tombstones),
    ]
    for therapy in knowledge.therapies:
        for number, approval in enumerate(therapy.value.approvals):
            line = therapy.line_of(("approvals", number))
            dated.append((therapy.file, line, "approvals", approval.in_force_from))
    for source in knowledge.sources:
        if source.value.retracted is not None:
            dated.append((source.file, source.line, "retracted", source.value.retracted))
        if source.value.year > last.year:
            text = f"{source.value.year} is after the date of the knowledge, {knowledge.version}"
            yield Fault(source.file, source.line_of(("source", "year")), "year", text)
        curation = knowledge.curations.get(source.value.id)
        if curation is not None:
            line = source.line_of(("curation",))
            dated.append((source.file, line, "curation.on", curation.on))
            if curation.reviewed_on is not None:
                dated.append((source.file, line, "curation.reviewed_on", curation.reviewed_on))
    dated += [
        (rule.file, rule.line, "label_date", first_day(rule.value.label_date))
        for rule in knowledge.co_medication
        if rule.value.label_date is not None
    ]
    for guideline in knowledge.guidelines:
        line = guideline.line_of(("as_of",))
        dated.append((guideline.file, line, "as_of", first_day(guideline.value.as_of)))
    for profile in knowledge.drug_profiles:
        for number, dose in enumerate(profile.value.doses):
            if dose.as_of is not None:
                line = profile.line_of(("doses", number))
                dated.append((profile.file, line, "as_of", first_day(dose.as_of)))
    for file, line, field, date in dated:
        if date > last:
            text = f"{date} is after the month of the knowledge, {knowledge.version}"
            yield Fault(file, line, field, text, remedy="Correct the day, or raise version.yaml.")


def _a_reviewer_is_another_person(knowledge: Knowledge) -> Iterator[Fault]:
    for source in knowledge.sources:
        curation = knowledge.curations.get(source.value.id)
        if curation is None:
            continue
        line = source.line_of(("curation",))
        if (curation.reviewer is None) != (curation.reviewed_on is None):
            text = "a reviewer and the day of the review belong together"
            yield Fault(source.file, line, "curation.reviewer", text)
        if curation.reviewer is not None:
            if curation.reviewer.casefold() == curation.curator.casefold():
                text = f"{curation.reviewer} curated it: a second reviewer is another person"
                yield Fault(source.file, line, "curation.reviewer", text)
            if curation.interests is None:
                text = "is missing: both say what they have at stake, or 'none'"
                yield Fault(source.file, line, "curation.interests", text)


def _exceptions_name_something(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that an exception names what is there; whether it is needed its own rule says."""
    known = {entry.id for entry in index_of(knowledge)} | {t.value.name for t in knowledge.trials}
    for placed in knowledge.exceptions:
        if placed.value.rule is not ExceptionTo.SPELLING:
            for name in placed.value.ids:
                if name not in known:
                    yield unknown_id(placed.file, placed.line, "ids", name, known)


STEWARDSHIP_PROMISES: tuple[Callable[[Knowledge], Iterator[Fault]], ...] = (
    _ids_stay,
    _tombstones_rest,
    _an_id_names_one_thing,
    _all_parts_are_there,
    _exceptions_name_something,
    _every_cell_is_a_value_or_a_gap,
    _nothing_is_orphaned,
    _nothing_rests_on_a_retracted_source,
    _dates_have_been,
    _a_reviewer_is_another_person,
)
