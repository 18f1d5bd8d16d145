"""Promises that the knowledge keeps across its files; each broken one is a fault with its line."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import pairwise
from string import Formatter

from alkanet.kb.check_drugs import DRUG_PROMISES
from alkanet.kb.check_numbers import NUMBER_PROMISES
from alkanet.kb.check_patient import PATIENT_PROMISES
from alkanet.kb.check_review import REVIEW_PROMISES
from alkanet.kb.check_spelling import SPELLING_PROMISES
from alkanet.kb.check_stewardship import STEWARDSHIP_PROMISES
from alkanet.kb.ids import repeated_ids, unknown_drug, unknown_id
from alkanet.kb.load import Knowledge, Placed
from alkanet.model.alteration import Genome
from alkanet.model.evidence import EvidenceKind, Measurement
from alkanet.model.haplotype import residue
from alkanet.text_model import Fault

__all__ = ["check"]

_RESIDUES = "ACDEFGHIKLMNPQRSTVWY"
_SHORT_CHANGE = re.compile(
    rf"(?P<residue>[{_RESIDUES}])(?P<number>\d+)"
    rf"(?:[{_RESIDUES}]|(?:_[{_RESIDUES}]\d+)?(?:del|dup|(?:del)?ins[{_RESIDUES}]+))"
)
"""A change that keeps the frame, in the form in which ``normalise.hgvs`` writes it."""


def check(knowledge: Knowledge) -> tuple[Fault, ...]:
    """Return all faults of a knowledge folder: those of form, then those across files."""
    found = list(knowledge.faults)
    for promise in (
        *_PROMISES,
        *DRUG_PROMISES,
        *PATIENT_PROMISES,
        *REVIEW_PROMISES,
        *NUMBER_PROMISES,
        *STEWARDSHIP_PROMISES,
        *SPELLING_PROMISES,
    ):
        found.extend(promise(knowledge))
    return tuple(sorted({_of_the_withdrawn(fault, knowledge) for fault in found}))


_UNKNOWN = re.compile(r"'([^']+)' is not in the knowledge")


def _of_the_withdrawn(fault: Fault, knowledge: Knowledge) -> Fault:
    """Return the fault of an id that was withdrawn as such: no other id is like it by chance."""
    found = _UNKNOWN.fullmatch(fault.found)
    if found is None:
        return fault
    for tombstone in knowledge.tombstones:
        value = tombstone.value
        if value.id == found[1]:
            after = f", or write {value.replaced_by!r}" if value.replaced_by else ""
            text = f"{value.id!r} was withdrawn on {value.withdrawn_on}"
            return replace(fault, found=text, remedy=f"Take it out here{after}.")
    return fault


def _ids_are_unique(knowledge: Knowledge) -> Iterator[Fault]:
    yield from repeated_ids("source", [(s.file, s.line, s.value.id) for s in knowledge.sources])
    evidence = [(c.file, c.line, c.value.id) for c in knowledge.claims]
    evidence += [(m.file, m.line, m.value.id) for m in knowledge.measurements]
    yield from repeated_ids("evidence", evidence)
    yield from repeated_ids("therapy", [(t.file, t.line, t.value.id) for t in knowledge.therapies])
    names = [
        (t.file, t.line, name.casefold())
        for t in knowledge.therapies
        for name in (t.value.id, *t.value.brand_names, *t.value.code_names)
    ]
    names += [
        (d.file, d.line, name.casefold())
        for d in knowledge.other_drugs
        for name in (d.value.name, *d.value.brand_names, *d.value.code_names)
    ]
    yield from repeated_ids("drug name", names)
    yield from repeated_ids("assay", [(a.file, a.line, a.value.id) for a in knowledge.assays])
    assays = [
        (a.file, a.line_of(("names", n)), name.casefold())
        for a in knowledge.assays
        for n, name in enumerate(a.value.names)
    ]
    yield from repeated_ids("assay name", assays)
    tables = [(t.file, t.line, str(t.value.table)) for t in knowledge.review_tables]
    yield from repeated_ids("review table", tables)
    messages = [
        (m.file, m.line_of(("caveats", n, "code")), message.code)
        for m in knowledge.messages
        for n, message in enumerate(m.value.caveats)
    ]
    yield from repeated_ids("message", messages)


def _references_resolve(knowledge: Knowledge) -> Iterator[Fault]:
    sources = {s.value.id for s in knowledge.sources} | {entry.id for entry in knowledge.faulty}
    held = [t.value for t in knowledge.therapies]
    therapies = {therapy.id for therapy in held}
    for claim in knowledge.claims:
        value = claim.value
        if value.therapy not in therapies:
            yield unknown_drug(claim.file, claim.line, "therapy", value.therapy, held)
        if value.primary_source not in sources:
            yield unknown_id(claim.file, claim.line, "primary", value.primary_source, sources)
    for row in knowledge.measurements:
        if row.value.therapy not in therapies:
            yield unknown_drug(row.file, row.line, "therapy", row.value.therapy, held)
        if row.value.source not in sources:
            yield unknown_id(row.file, row.line, "source", row.value.source, sources)
    for entry in knowledge.faulty:
        if entry.therapy and entry.therapy not in therapies:
            yield unknown_id(entry.file, entry.line, "therapy", entry.therapy, therapies)
    evidence = _evidence_ids(knowledge)
    for therapy in knowledge.therapies:
        for anchor in therapy.value.cut.anchors if therapy.value.cut else ():
            if anchor not in evidence:
                line = therapy.line_of(("cut", "anchors"))
                yield unknown_id(therapy.file, line, "cut.anchors", anchor, evidence)
    for assay in knowledge.assays:
        if assay.value.source not in sources:
            yield unknown_id(assay.file, assay.line, "source", assay.value.source, sources)


def _evidence_ids(knowledge: Knowledge) -> set[str]:
    claims = {claim.value.id for claim in knowledge.claims}
    rows = {row.value.id for row in knowledge.measurements}
    return claims | rows | {entry.id for entry in knowledge.faulty}


def _residues_agree_with_the_protein(knowledge: Knowledge) -> Iterator[Fault]:
    protein = next((t.protein for t in knowledge.transcripts if t.gene == "ALK"), "")
    if not protein:
        return  # the gene tables have a fault of their own
    haplotypes = [(c.file, c.line, c.value.haplotype) for c in knowledge.claims]
    haplotypes += [
        (m.file, m.line, m.value.haplotype) for m in knowledge.measurements if m.value.haplotype
    ]
    for file, line, haplotype in haplotypes:
        for mutation in haplotype.mutations:
            found = _SHORT_CHANGE.fullmatch(mutation)
            if found is None:
                text = f"{mutation!r} is not a short name such as G1202R"
                remedy = "One letter an amino acid, no p.; T1151dup for a doubled residue."
                yield Fault(file, line, "", text, remedy=remedy)
                continue
            number = int(found["number"])
            stands = protein[number - 1] if 0 < number <= len(protein) else "nothing"
            if stands != found["residue"]:
                text = f"{mutation}: residue {number} of ALK is {stands}, not {found['residue']}"
                yield Fault(file, line, "", text)
        for one, other in pairwise(haplotype.mutations):
            if residue(one) == residue(other):
                text = f"{one} and {other} change one residue: one allele cannot hold both"
                yield Fault(file, line, "", text)


def _panels_can_be_read(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that a panel measures one thing in one cell line, and each pair once."""
    seen: dict[tuple[str, str, str], Placed[Measurement]] = {}
    kinds: dict[str, tuple[str, str]] = {}
    for placed in knowledge.measurements:
        value = placed.value
        key = (value.panel, str(value.haplotype), value.therapy)
        if key in seen:
            text = f"{value.haplotype} and {value.therapy} stand in this panel on line "
            yield Fault(placed.file, placed.line, "panel", f"{text}{seen[key].line} too")
        seen.setdefault(key, placed)
        kind = (value.assay.value, value.cell_line)
        if kinds.setdefault(value.panel, kind) != kind:
            yield Fault(placed.file, placed.line, "panel", f"mixes {kinds[value.panel]} and {kind}")


def _statements_without_reference_stay_weak(knowledge: Knowledge) -> Iterator[Fault]:
    for placed in knowledge.claims:
        if (placed.value.source == "pan-2021") != (
            placed.value.evidence is EvidenceKind.REVIEW_STATEMENT
        ):
            text = "claims of pan-2021, and only they, are of the kind 'review statement'"
            yield Fault(placed.file, placed.line, "evidence", text)


def _alk_stands_on_both_builds(knowledge: Knowledge) -> Iterator[Fault]:
    whole = {
        t.genome for t in knowledge.transcripts if t.gene == "ALK" and t.protein and t.kinase_domain
    }
    tables = "knowledge/genes/"
    if not any(fault.file.startswith(tables) for fault in knowledge.faults):
        for genome in Genome:
            if genome not in whole:
                text = f"ALK with its sequence and kinase domain is missing on {genome.value}"
                yield Fault(f"{tables}transcripts.tsv", 0, "", text)


def _messages_can_be_filled(knowledge: Knowledge) -> Iterator[Fault]:
    for messages in knowledge.messages:
        for number, message in enumerate(messages.value.caveats):
            place = ("caveats", number, "text")
            try:
                names = {
                    name for _, name, _, _ in Formatter().parse(message.text) if name is not None
                }
            except ValueError as error:
                yield Fault(messages.file, messages.line_of(place), message.code, str(error))
                continue
            for name in sorted(names - {"about"}):
                text = f"{{{name}}} is filled in by nobody"
                yield Fault(messages.file, messages.line_of(place), message.code, text, "{about}")


def _rules_exist(knowledge: Knowledge) -> Iterator[Fault]:
    if knowledge.grades is None:
        yield Fault("knowledge/grades.yaml", 0, "", "is missing or has faults")
    else:
        for name in ("civic", "amp", "escat"):
            last = getattr(knowledge.grades.value, name)[-1]
            if last.model_dump(exclude_defaults=True).keys() != {"level", "reason"}:
                line = knowledge.grades.line_of((name,))
                text = "the last rule has conditions, so that some claims have no level"
                yield Fault(knowledge.grades.file, line, name, text)
    if knowledge.rules is None:
        yield Fault("knowledge/sensitivity/rules.yaml", 0, "", "is missing or has faults")


_PROMISES: tuple[Callable[[Knowledge], Iterator[Fault]], ...] = (
    _ids_are_unique,
    _references_resolve,
    _residues_agree_with_the_protein,
    _panels_can_be_read,
    _statements_without_reference_stay_weak,
    _alk_stands_on_both_builds,
    _messages_can_be_filled,
    _rules_exist,
)
