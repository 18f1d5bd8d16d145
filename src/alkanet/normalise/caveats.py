"""The caveats of a tumour: what of its fusion, mutations, coverage and rows is in doubt."""

from __future__ import annotations

from collections.abc import Container, Iterable, Mapping, Sequence

from alkanet.errors import AlkanetError
from alkanet.kb.query import KnowledgeBase
from alkanet.model.alteration import Genome, Role
from alkanet.model.calls import Calls, Origin, VariantCall
from alkanet.model.case import Case
from alkanet.model.caveat import Caveat
from alkanet.model.gene import Transcript
from alkanet.normalise.consequence import Consequence, consequence_of
from alkanet.normalise.coverage import Coverage
from alkanet.normalise.frame import is_in_fused_kinase
from alkanet.normalise.histology import histology_term
from alkanet.normalise.junction import TypedFusion
from alkanet.normalise.readings import Phased
from alkanet.normalise.roles import VariantNames
from alkanet.normalise.transcript import holds
from alkanet.normalise.variants import (
    NamedVariant,
    RowSetAside,
    Variants,
    to_genomic,
)

__all__ = [
    "case_caveats",
    "coverage_caveats",
    "fusion_caveats",
    "rejected_changes",
    "row_caveats",
    "variant_caveats",
]


def fusion_caveats(fusion: TypedFusion, kb: KnowledgeBase) -> list[Caveat]:
    """Return the doubts about the fusion."""
    if fusion.fusion is None:
        return [kb.caveat("no-fusion", "fusion")]
    return [kb.caveat(doubt.code.value, doubt.about) for doubt in fusion.caveats]


def variant_caveats(
    variants: Variants, phased: Phased, alk: Transcript, kb: KnowledgeBase
) -> list[Caveat]:
    """Return the doubts about mutations: unknown, not scored, unphased, of several specimens."""
    known = kb.known_mutations()
    scored = [named for named in variants.named if named.variant.role is Role.SCORED]
    held = {m for r in phased.readings for clone in r.clones for m in clone.haplotype.mutations}
    held |= {named.variant.name or "" for named in scored}
    caveats = [kb.caveat("unknown-mutation", name) for name in sorted(held - known - {""})]
    joined = {id(member) for frame in phased.frames for member in frame.members}
    caveats.extend(
        kb.caveat(_listed_code(named, alk), named.variant.name or named.variant.hgvs_c or "")
        for named in variants.named
        if named.variant.role is Role.LISTED and id(named) not in joined
    )
    caveats.extend(
        kb.caveat("frame-restored" if frame.is_phased else "frame-restored-if-cis", frame.told)
        for frame in phased.frames
    )
    if len({named.specimens for named in scored}) > 1:
        names = ", ".join(dict.fromkeys(s for named in scored for s in named.specimens))
        caveats.append(kb.caveat("several-specimens", names))
    if phased.unphased:
        code = "too-many-phases" if phased.is_cut_short else "phase-unknown"
        caveats.append(kb.caveat(code, ", ".join(phased.unphased)))
    caveats.extend(kb.caveat("overlapping-changes", names) for names in phased.overlapping)
    return caveats


def _listed_code(named: NamedVariant, alk: Transcript) -> str:
    """Return how a change that is not scored is told: outside, or breaking the fused part."""
    fused = is_in_fused_kinase(named.residue, alk)
    return "truncating-in-kinase" if named.breaks_protein and fused else "listed-not-scored"


def coverage_caveats(
    case: Case,
    variants: Variants,
    phased: Phased,
    coverage: Coverage,
    silent: Container[str],
    kb: KnowledgeBase,
) -> list[Caveat]:
    """Return what was not looked at, or could not have shown anything."""
    told = [kb.caveat("specimen-before-treatment", specimen) for specimen in coverage.outdated]
    untested = []
    for specimen in case.specimens:
        if specimen.id in coverage.tested or specimen.id in coverage.outdated:
            continue
        if specimen.id in silent:
            told.append(kb.caveat("liquid-not-informative", specimen.id))
        else:
            untested.append(specimen.id)
    if not phased.readings:
        return [kb.caveat("kinase-domain-not-tested", "kinase domain"), *told]
    return [
        *(kb.caveat("kinase-domain-coverage-unknown", name) for name in untested),
        *told,
        *_not_everywhere(variants, coverage.tested, kb),
    ]


def case_caveats(case: Case, kb: KnowledgeBase) -> list[Caveat]:
    """Return a doubt for each word and value of the case that no rule can use as it stands."""
    return [*_histology_caveats(case, kb), *_laboratory_caveats(case, kb), *_undated(case, kb)]


def _laboratory_caveats(case: Case, kb: KnowledgeBase) -> Iterable[Caveat]:
    """Yield a doubt for each value that rules ask for by its name, in another unit."""
    units = {
        name.casefold(): unit
        for rule in kb.patient.mechanisms
        for name, unit in _values_asked(rule.model_dump())
    }
    for value in case.laboratory:
        unit = units.get(value.name.strip().casefold())
        if unit is not None and value.unit.strip().casefold() != unit.casefold():
            about = (
                f"{value.name} {value.value:g} {value.unit} on {value.date}: rules ask for {unit}"
            )
            yield kb.caveat("laboratory-unit", about)


def _values_asked(part: object) -> Iterable[tuple[str, str]]:
    """Yield name and unit of each laboratory value that a rule asks for, however deep it stands."""
    if isinstance(part, Mapping):
        asked = part.get("laboratory")
        if isinstance(asked, Mapping):
            yield str(asked["name"]), str(asked["unit"])
        part = tuple(part.values())
    if isinstance(part, (list, tuple)):
        for child in part:
            yield from _values_asked(child)


def _undated(case: Case, kb: KnowledgeBase) -> Iterable[Caveat]:
    """Yield a doubt for each checkpoint inhibitor where no day tells how long ago it was."""
    for event in case.events:
        if event.kind == "checkpoint inhibitor" and case.as_of is None:
            about = f"{event.drug or event.kind}, {event.date}"
            yield kb.caveat("day-of-decision-unknown", about)


def _histology_caveats(case: Case, kb: KnowledgeBase) -> list[Caveat]:
    """Return a doubt for each histology whose words the knowledge does not hold."""
    stated = [s.histology for s in case.specimens if s.histology is not None]
    stated += [case.histology] if case.histology is not None else []
    terms = kb.patient.terms
    unknown = [text for text in stated if histology_term(text, terms) is None]
    return [kb.caveat("histology-not-known", text) for text in dict.fromkeys(unknown)]


def _not_everywhere(
    variants: Variants, tested: Sequence[str], kb: KnowledgeBase
) -> Iterable[Caveat]:
    for named in variants.named:
        missing = [specimen for specimen in tested if specimen not in named.specimens]
        if named.variant.role is Role.SCORED and missing:
            found = f"{named.variant.name}: found in {', '.join(named.specimens)}"
            yield kb.caveat("not-in-every-specimen", f"{found} and not in {', '.join(missing)}")


def row_caveats(
    calls: Calls,
    unusable: Sequence[RowSetAside],
    alk: Mapping[Genome, Transcript],
    kb: KnowledgeBase,
) -> list[Caveat]:
    """Return a caveat for each row in ALK that was not used and might have said something."""
    caveats = []
    unnamed: dict[tuple[str, str], list[Origin]] = {}
    for call in calls.filtered:
        found = _consequence(call, alk)
        if found is not None and found.name:
            about = f"{found.name} ({call.origin}, {', '.join(call.filters)})"
            caveats.append(kb.caveat("filtered-in-alk", about))
        else:
            unnamed.setdefault((call.origin.file, _where(call, alk)), []).append(call.origin)
    for (_, where), origins in unnamed.items():
        more = f" and {len(origins) - 1} more of the file" if len(origins) > 1 else ""
        about = f"a change without a protein name {where} ({origins[0]}){more}"
        caveats.append(kb.caveat("filtered-in-alk", about))
    rows = [(row.origin, row.reason) for row in calls.touched]
    rows += [(row.origin, row.reason) for row in unusable if row.is_fault]
    for origin, reason in rows:
        caveats.append(kb.caveat("row-in-alk-set-aside", f"{origin} ({reason})"))
    caveats.extend(kb.caveat("input-note", note) for note in calls.notes)
    return caveats


def _where(call: VariantCall, alk: Mapping[Genome, Transcript]) -> str:
    """Return where a rejected call lies: readers keep rows that are in ALK on either build."""
    stated = alk.get(call.genome) if call.genome else None
    if stated is None or holds(stated, call.chromosome, call.position):
        return "in ALK"
    return f"beside ALK on {stated.genome.value}, in ALK if the file is of another build"


def rejected_changes(
    calls: Calls, alk: Mapping[Genome, Transcript], names: VariantNames
) -> tuple[str, ...]:
    """Return the changes that would be scored, had their own caller not rejected them."""
    found = set()
    for call in calls.filtered:
        consequence = _consequence(call, alk)
        if consequence is None or consequence.name is None:
            continue
        if names.role(consequence, alk[Genome.GRCH38]) is Role.SCORED:
            found.add(consequence.name)
    return tuple(sorted(found))


def _consequence(call: VariantCall, alk: Mapping[Genome, Transcript]) -> Consequence | None:
    """Return what a call that its caller rejected would do, where its build lets that be told."""
    for genome, transcript in alk.items():
        if call.genome in (None, genome):
            try:
                found = consequence_of(transcript, to_genomic(call, genome))
            except AlkanetError:
                continue
            if found.name:
                return found
    return None
