"""A change of the genome without its anchor, held against hotspot codons and stretches of genes."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from alkanet.model.calls import VariantCall
from alkanet.model.codon import BASES, reverse_complement, translate
from alkanet.model.other_gene import Hotspot, IntervalChange, IntervalRule

__all__ = ["GeneEdit", "HotspotChange", "edit_of", "forward_base", "hotspot_changes", "rule_of"]


@dataclass(frozen=True, slots=True)
class GeneEdit:
    """Bases of the forward strand that are replaced, without bases that both alleles share.

    An insertion stands before ``start``. Where an indel may stand in several places, this is the
    first of them that its row allows.
    """

    start: int
    removed: str
    inserted: str

    @property
    def end(self) -> int:
        """The last removed base; one before ``start`` where none is."""
        return self.start + len(self.removed) - 1

    @property
    def gain(self) -> int:
        """How many bases longer the genome gets."""
        return len(self.inserted) - len(self.removed)

    def touches(self, start: int, end: int) -> bool:
        """Whether a base of the stretch is removed, or an insertion parts two of its bases."""
        if not self.removed:
            return start < self.start <= end
        return self.start <= end and self.end >= start

    def lies_in(self, start: int, end: int) -> bool:
        """Whether nothing outside the stretch changes."""
        return start <= self.start and self.end <= end and self.start <= end


@dataclass(frozen=True, slots=True)
class HotspotChange:
    """What a substitution makes of a hotspot codon."""

    hotspot: Hotspot
    residue: str

    @property
    def name(self) -> str:
        """The short protein name, ``V600E``."""
        return f"{self.hotspot.amino_acid}{self.hotspot.residue}{self.residue}"

    @property
    def matters(self) -> bool:
        """Whether the table names the amino acid; a stop and a silent change are none."""
        if self.residue in ("*", self.hotspot.amino_acid):
            return False
        return not self.hotspot.alternates or self.residue in self.hotspot.alternates


def edit_of(call: VariantCall) -> GeneEdit:
    """Return a row of a VCF (anchored) or a MAF (``-`` for nothing) without shared bases."""
    position = call.position + 1 if call.reference == "-" else call.position
    removed, inserted = (a.replace("-", "") for a in (call.reference, call.alternate))
    while removed and inserted and removed[-1] == inserted[-1]:
        removed, inserted = removed[:-1], inserted[:-1]
    while removed and inserted and removed[0] == inserted[0]:
        removed, inserted, position = removed[1:], inserted[1:], position + 1
    return GeneEdit(position, removed, inserted)


def forward_base(hotspot: Hotspot, position: int) -> str | None:
    """Return the reference base of the forward strand at a place of a codon."""
    if position not in hotspot.positions:
        return None
    base = hotspot.codon[hotspot.positions.index(position)]
    return base if hotspot.strand == "+" else reverse_complement(base)


def hotspot_changes(edit: GeneEdit, hotspots: Iterable[Hotspot]) -> Iterator[HotspotChange]:
    """Yield what a replacement of equal length makes of each hotspot codon that it touches.

    ``removed`` has to agree with the codons; it is not looked at.
    """
    if edit.gain or not edit.removed or not set(edit.inserted) <= set(BASES):
        return
    new = dict(enumerate(edit.inserted, start=edit.start))
    for hotspot in hotspots:
        if not any(position in new for position in hotspot.positions):
            continue
        bases = [
            (new[position] if hotspot.strand == "+" else reverse_complement(new[position]))
            if position in new
            else base
            for position, base in zip(hotspot.positions, hotspot.codon, strict=True)
        ]
        yield HotspotChange(hotspot, translate("".join(bases)))


def rule_of(edit: GeneEdit, rules: Sequence[IntervalRule]) -> IntervalRule | None:
    """Return the first rule that a change fulfils."""
    return next((rule for rule in rules if _fulfils(edit, rule)), None)


def _fulfils(edit: GeneEdit, rule: IntervalRule) -> bool:
    if rule.change is IntervalChange.ANY:
        return edit.touches(rule.start, rule.end)
    if rule.change is IntervalChange.REMOVED:
        return edit.start <= rule.start and edit.end >= rule.end
    is_longer = rule.change is IntervalChange.IN_FRAME_INSERTION
    has_gain = edit.gain > 0 if is_longer else edit.gain < 0
    return has_gain and edit.gain % 3 == 0 and edit.lies_in(rule.start, rule.end)
