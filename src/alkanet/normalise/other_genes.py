"""Small variants outside ALK: hotspots, named stretches of genes, truncated suppressors.

The tables of the knowledge name few changes; every other row of these genes is set aside as not
assessed, unless its file states a protein change itself. Two substitutions in one codon stay two
variants unless their caller joined them in one row.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace

from alkanet.errors import AlkanetError
from alkanet.kb.query import KnowledgeBase
from alkanet.model.alteration import Genome, GenomicChange, ReadSupport, Role, SmallVariant
from alkanet.model.calls import VariantCall
from alkanet.model.gene import Transcript
from alkanet.model.other_gene import GeneExtent, Hotspot, IntervalRule
from alkanet.normalise.coding_change import coding_change
from alkanet.normalise.consequence import consequence_of, consequence_of_coding
from alkanet.normalise.gene_edit import (
    GeneEdit,
    edit_of,
    forward_base,
    hotspot_changes,
    rule_of,
)
from alkanet.normalise.stated_change import stated_change
from alkanet.normalise.transcript import coding_base
from alkanet.normalise.variants import RowSetAside, to_genomic

__all__ = ["GeneTables", "OtherVariants", "read_other_genes", "with_typed"]

TRUNCATING = frozenset(
    {
        "frameshift_variant",
        "splice_acceptor_variant",
        "splice_donor_variant",
        "start_lost",
        "stop_gained",
    }
)
"""Terms of changes that break the protein of a suppressor."""

SPLICE_SITE = "splice site"
FRAMESHIFT = "frameshift"
"""Names of truncations that have no protein name."""

NO_BUILD = "not assessed: the build is not stated"

Key = tuple[str, ...]
"""What tells one variant from another, whatever build it was called on."""


@dataclass(frozen=True)
class GeneOnBuild:
    """What the tables hold of one gene on one build."""

    extent: GeneExtent
    hotspots: tuple[Hotspot, ...]
    rules: tuple[IntervalRule, ...]
    suppressor: Transcript | None

    def base(self, position: int) -> str | None:
        """Return the reference base of the forward strand where it is held."""
        for hotspot in self.hotspots:
            if (base := forward_base(hotspot, position)) is not None:
                return base
        if self.suppressor is None or not self.extent.holds(self.extent.chromosome, position):
            return None
        return coding_base(self.suppressor, position)


@dataclass(frozen=True)
class GeneTables:
    """What the knowledge holds on genes outside ALK, gene by gene and build by build."""

    genes: tuple[GeneOnBuild, ...]

    @classmethod
    def of(cls, kb: KnowledgeBase) -> GeneTables:
        """Return the tables of a knowledge base."""
        hotspots, rules, suppressors = kb.hotspots(), kb.interval_rules(), kb.suppressors()
        return cls(
            tuple(
                GeneOnBuild(
                    extent,
                    tuple(h for h in hotspots if (h.gene, h.genome) == key),
                    tuple(r for r in rules if (r.gene, r.genome) == key),
                    next((s for s in suppressors if (s.gene, s.genome) == key), None),
                )
                for extent in kb.gene_extents()
                for key in [(extent.gene, extent.genome)]
            )
        )

    def at(self, call: VariantCall, genome: Genome) -> GeneOnBuild | None:
        """Return the gene that a call touches on a build."""
        last = call.position + len(call.reference) - 1
        for gene in self.genes:
            extent = gene.extent
            is_here = extent.genome is genome and extent.chromosome == call.chromosome
            if is_here and call.position <= extent.end and last >= extent.start:
                return gene
        return None


@dataclass(frozen=True)
class OtherVariants:
    """The variants outside ALK, each once, and the rows that gave none."""

    variants: tuple[SmallVariant, ...] = ()
    set_aside: tuple[RowSetAside, ...] = ()


@dataclass(frozen=True)
class _Named:
    """One variant, what tells it from others, and where it stands along its gene."""

    key: Key
    along: int
    variant: SmallVariant


@dataclass
class _Found:
    """The state of one pass over the calls; it lives for one ``read_other_genes``."""

    named: dict[Key, _Named] = field(default_factory=dict)
    unnamed: list[RowSetAside] = field(default_factory=list)
    rows: set[tuple[str, str, int]] = field(default_factory=set)

    def add(self, call: VariantCall, named: _Named) -> None:
        self.rows.add((call.specimen, call.origin.file, call.origin.line))
        before = self.named.get(named.key)
        if before is None:
            self.named[named.key] = named
            return
        merged = _joined(before.variant, named.variant)
        self.named[named.key] = _Named(before.key, before.along, merged)


def read_other_genes(
    calls: Iterable[VariantCall],
    tables: GeneTables,
    told: Mapping[tuple[str, str], Genome],
) -> OtherVariants:
    """Return the variants of genes outside ALK that the tables, or their files, name.

    Parameters
    ----------
    calls
        Calls in those genes, of any file.
    tables
        What is held of the genes.
    told
        By specimen and file, the build that rows of ALK have told; it stands for the build of a
        call that states none.
    """
    found = _Found()
    for call in calls:
        genome = call.genome or told.get((call.specimen, call.origin.file))
        named = _named(call, genome, tables) if genome else _named_by_hotspot(call, tables)
        if isinstance(named, str):
            found.unnamed.append(RowSetAside(call.specimen, call.origin, named, is_fault=False))
        else:
            for one in named:
                found.add(call, one)
    ordered = sorted(found.named.values(), key=lambda n: (n.variant.gene, n.along, n.key))
    return OtherVariants(
        variants=tuple(one.variant for one in ordered),
        # a row with several alleles is used where any of them has a name
        set_aside=tuple(
            row
            for row in found.unnamed
            if (row.specimen, row.origin.file, row.origin.line) not in found.rows
        ),
    )


def with_typed(
    called: Iterable[SmallVariant], typed: Iterable[SmallVariant]
) -> tuple[SmallVariant, ...]:
    """Return the variants of files and those that a person typed, each gene and name once.

    A typed variant adds its reads to the first one of that name; the others of that name are
    several changes of the genome with one name, such as two deletions in one exon.
    """
    found = list(called)
    for variant in typed:
        same = (at for at, held in enumerate(found) if _is_same(held, variant))
        at = next(same, None)
        if at is None:
            found.append(variant)
        else:
            found[at] = _joined(found[at], variant)
    return tuple(found)


def _is_same(one: SmallVariant, other: SmallVariant) -> bool:
    return (one.gene, one.name) == (other.gene, other.name)


def _joined(old: SmallVariant, new: SmallVariant) -> SmallVariant:
    """Return a variant with what was seen of it a second time; silence on reads adds nothing."""
    seen = {support.specimen for support in old.support}
    told = [s for s in new.support if s.vaf is not None or s.specimen not in seen]
    return old.model_copy(
        update={
            "genomic": tuple(dict.fromkeys((*old.genomic, *new.genomic))),
            "support": tuple(dict.fromkeys((*old.support, *told))),
        }
    )


def _named(call: VariantCall, genome: Genome, tables: GeneTables) -> list[_Named] | str:
    """Return the variants of a call, or why it gives none."""
    gene = tables.at(call, genome)
    if gene is None:
        return f"not assessed: outside the genes that are read on {genome.value}"
    if disagreement := _disagreement(call, gene):
        return f"reference allele: {disagreement}"
    edit = edit_of(call)
    hotspots = _hotspots(call, gene, edit)
    if hotspots:
        return hotspots
    one = _stretch(call, gene, edit) or _truncation(call, gene)
    if isinstance(one, str):
        return one
    one = one or _stated(call, gene, edit)
    return [one] if one else f"not assessed: a change of {gene.extent.gene} that no table names"


def _named_by_hotspot(call: VariantCall, tables: GeneTables) -> list[_Named] | str:
    """Return the hotspot that a call without build hits, where only one build has it there."""
    hits: list[list[_Named]] = []
    for genome in Genome:
        gene = tables.at(call, genome)
        if gene is not None and not _disagreement(call, gene):
            hits.extend(found for found in [_hotspots(call, gene, edit_of(call))] if found)
    return hits[0] if len(hits) == 1 else NO_BUILD


def _disagreement(call: VariantCall, gene: GeneOnBuild) -> str | None:
    """Return where the row's reference differs from the bases that are held."""
    if call.reference == "-":
        return None
    for position, base in enumerate(call.reference, start=call.position):
        held = gene.base(position)
        if held is not None and base not in (held, "N"):
            return (
                f"the file says {base} at {call.chromosome}:{position}, "
                f"{gene.extent.genome.value} has {held} there"
            )
    return None


def _hotspots(call: VariantCall, gene: GeneOnBuild, edit: GeneEdit) -> list[_Named]:
    return [
        _variant(
            call,
            gene,
            change.hotspot.positions[0],
            name=change.name,
            consequence="missense_variant",
            key=(),
        )
        for change in hotspot_changes(edit, gene.hotspots)
        if change.matters
    ]


def _stretch(call: VariantCall, gene: GeneOnBuild, edit: GeneEdit) -> _Named | None:
    rule = rule_of(edit, gene.rules)
    if rule is None:
        return None
    is_replaced = rule.consequence.startswith("inframe") and edit.removed and edit.inserted
    return _variant(
        call,
        gene,
        edit.start,
        name=rule.name,
        consequence="protein_altering_variant" if is_replaced else rule.consequence,
        key=(str(edit.start - rule.start), edit.removed, edit.inserted),
    )


def _truncation(call: VariantCall, gene: GeneOnBuild) -> _Named | str | None:
    """Return how a suppressor is broken, why that cannot be told, or ``None`` where it is not."""
    transcript = gene.suppressor
    if transcript is None:
        return None
    change = to_genomic(call, gene.extent.genome)
    try:
        broken = _broken(transcript, change)
    except AlkanetError as error:
        return f"not assessed: {error}"
    if broken is None:
        return None
    name, term, hgvs_c, hgvs_p = broken
    named = _variant(call, gene, call.position, name=name, consequence=term, key=(hgvs_c,))
    full = named.variant.model_copy(update={"hgvs_c": hgvs_c, "hgvs_p": hgvs_p})
    return replace(named, variant=full)


def _broken(
    transcript: Transcript, change: GenomicChange
) -> tuple[str, str, str, str | None] | None:
    """Return name, term, ``c.`` and ``p.`` name of a change that truncates a protein."""
    if not transcript.cds:
        coding = coding_change(transcript, change)
        if coding.is_coding:
            if (len(coding.inserted) - len(coding.deleted)) % 3 == 0:
                return None
            return FRAMESHIFT, "frameshift_variant", coding.full_name(transcript), None
        consequence = consequence_of_coding(transcript, coding)
    else:
        consequence = consequence_of(transcript, change)
    if consequence.term not in TRUNCATING:
        return None
    name = consequence.name or SPLICE_SITE
    return name, consequence.term, consequence.hgvs_c, consequence.hgvs_p


def _stated(call: VariantCall, gene: GeneOnBuild, edit: GeneEdit) -> _Named | None:
    """Return the change in the file's own words, where the row names the gene that it lies in."""
    stated = stated_change(call.stated_hgvs_p)
    if stated is None or call.stated_gene != gene.extent.gene:
        return None
    return _variant(
        call, gene, edit.start, name=stated.name, consequence=stated.consequence, key=()
    )


def _variant(
    call: VariantCall,
    gene: GeneOnBuild,
    position: int,
    *,
    name: str,
    consequence: str | None,
    key: Key,
) -> _Named:
    extent = gene.extent
    is_forward = extent.strand == "+"
    variant = SmallVariant(
        gene=extent.gene,
        name=name,
        hgvs_p=None,
        consequence=consequence,
        role=Role.OTHER_GENE,
        genomic=(to_genomic(call, extent.genome),),
        support=(
            ReadSupport(
                specimen=call.specimen,
                vaf=call.vaf,
                alternate_reads=call.alternate_reads,
                depth_reads=call.depth_reads,
            ),
        ),
    )
    return _Named(
        key=(extent.gene, name, *key),
        along=position - extent.start if is_forward else extent.end - position,
        variant=variant,
    )
