"""What a VCF row says of one sample's reads: depth, alternate reads, share, genotype, phase.

Callers spell these differently. Every value is taken from the sample's own fields; INFO is asked
only where the file has one sample or none, and the sample's fields say nothing.
"""

from __future__ import annotations

import math
import re
from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["AlleleReads", "Genotype", "allele_reads", "genotype", "info_reads", "key_values"]

SHARES = ("AF", "VAF", "VF", "FREQ", "FA")
INFO_SHARES = ("TVAF", "VAF", "AF")
_COUNT = re.compile(r"([0-9]{1,11})(?:\.0*)?")
"""A whole number of reads; some tools write it with decimals."""
_STRELKA_BASES = {"A": "AU", "C": "CU", "G": "GU", "T": "TU"}


@dataclass(frozen=True)
class AlleleReads:
    """Reads of one alternate allele; ``None`` is unknown and never zero."""

    alternate_reads: int | None = None
    depth_reads: int | None = None
    vaf: float | None = None

    @property
    def says_nothing(self) -> bool:
        """Whether neither reads nor share are known."""
        return self.alternate_reads is None and self.vaf is None


@dataclass(frozen=True)
class Genotype:
    """The alleles of one sample and what is known of their phase.

    ``alleles`` holds ``None`` for an allele that was not called.
    """

    alleles: tuple[int | None, ...] = ()
    phase_set: str | None = None
    phased_alleles: tuple[int | None, ...] = ()
    is_empty: bool = False
    """Whether the sample has fields, and none of them says anything of its alleles."""

    def carries(self, allele: int, reads: AlleleReads) -> bool | None:
        """Whether the sample has the allele, by its genotype or by its reads.

        ``None`` where neither says: an allele that was not called, or a place without reads, is
        not absence. Where a file gives neither genotypes nor reads, the row itself is the call.
        """
        if allele in self.alleles or (reads.alternate_reads or 0) > 0 or (reads.vaf or 0) > 0:
            return True
        if reads.depth_reads == 0:
            return None
        if not reads.says_nothing:
            return False
        if not self.alleles:
            return None if self.is_empty else True
        return None if None in self.alleles else False

    def denies(self, allele: int) -> bool:
        """Whether the genotype was called in full, and without the allele."""
        return bool(self.alleles) and None not in self.alleles and allele not in self.alleles

    def phase_of(self, allele: int) -> tuple[str | None, int | None]:
        """Return phase set and haplotype of an allele; on both haplotypes it has no phase."""
        if self.phase_set is None or self.phased_alleles.count(allele) != 1:
            return None, None
        return self.phase_set, self.phased_alleles.index(allele)


def key_values(keys: str, values: str) -> dict[str, str]:
    """Return the fields of one sample by FORMAT key; trailing fields may be left out."""
    return dict(zip(keys.split(":"), values.split(":"), strict=False))


def allele_reads(
    fields: Mapping[str, str], reference: str, alternates: tuple[str, ...], index: int
) -> AlleleReads:
    """Return the reads of one alternate allele from the fields of a sample.

    Parameters
    ----------
    fields
        FORMAT keys and values.
    reference, alternates
        REF, and all ALT alleles of the row.
    index
        Which of ``alternates``, from 0.
    """
    counted = _counted(fields, reference, alternates, index)
    stated_depth = _first_count(fields, ("DP", "DPT"))
    return _joined(counted, stated_depth, _share(fields, SHARES, index))


def info_reads(
    info: str, alternates: tuple[str, ...], index: int, *, af_is_population: bool
) -> AlleleReads:
    """Return the reads of one alternate allele from INFO, for a file of one sample or none.

    ``AF`` beside ``AC`` and ``AN`` is the share of genotypes, not of reads, and is left. Where INFO
    counts no read of the allele it says nothing: the row stands there because somebody saw it.
    """
    fields = dict(part.partition("=")[::2] for part in info.split(";"))
    if af_is_population or ("AC" in fields and "AN" in fields):
        fields.pop("AF", None)
    stated_depth = _first_count(fields, ("TDP", "DP"))
    counted = _counted(fields, "", alternates, index)
    reads = _joined(counted, stated_depth, _share(fields, INFO_SHARES, index))
    is_seen = bool(reads.alternate_reads) or bool(reads.vaf)
    return reads if is_seen else AlleleReads(depth_reads=reads.depth_reads or None)


def genotype(fields: Mapping[str, str], chromosome: str) -> Genotype:
    """Return the genotype of a sample with its phase.

    ``|`` places alleles on haplotypes within the set named by ``PS``, or on the whole chromosome
    where no set is named. GATK names its set in ``PID``, with the alleles in ``PGT``: its ``GT``
    may keep the usual order where the alleles stand the other way round. Where another tool has
    phased the file since, ``PS`` is no longer the place at which ``PID`` begins, and holds.
    """
    text = fields.get("GT", "")
    alleles = _alleles(text)
    phase_set = fields.get("PS", ".")
    physical, block = fields.get("PGT", ""), fields.get("PID", ".")
    is_named = phase_set not in ("", ".")
    is_of_gatk = "|" in physical and block not in ("", ".")
    if is_of_gatk and (not is_named or phase_set == block.partition("_")[0]):
        return Genotype(alleles, phase_set if is_named else block, _alleles(physical))
    if "|" in text:
        return Genotype(alleles, phase_set if is_named else chromosome, alleles)
    is_silent = "GT" in fields or (fields and all(map(_is_missing, fields.values())))
    return Genotype(alleles, is_empty=not alleles and bool(is_silent))


def _is_missing(text: str) -> bool:
    return not text.strip("., ")


def _first_count(fields: Mapping[str, str], keys: tuple[str, ...]) -> int | None:
    """Return the first number that is told, zero only where no other is."""
    told = [count for key in keys if (count := _count(fields.get(key, ""))) is not None]
    return next((count for count in told if count), told[0] if told else None)


def _joined(
    counted: tuple[int, int | None] | None, stated_depth: int | None, share: float | None
) -> AlleleReads:
    if counted is None:
        return AlleleReads(depth_reads=stated_depth, vaf=share)
    alternate, counted_depth = counted
    depth = stated_depth
    if depth is None or depth < alternate or (depth == 0 and counted_depth):
        depth = counted_depth
    if share is None:
        # the reads that were counted for an allele, not those that were filtered out
        basis = counted_depth or depth
        share = alternate / basis if basis and alternate <= basis else None
    return AlleleReads(alternate, depth, share)


def _counted(
    fields: Mapping[str, str], reference: str, alternates: tuple[str, ...], index: int
) -> tuple[int, int | None] | None:
    """Return alternate reads, and the sum of reads of all alleles where it is told."""
    for key in ("AD", "ADT"):
        counts = _counts(fields.get(key, ""))
        if len(counts) == len(alternates) + 1:
            return _of_list(counts, index + 1)
        if len(counts) == 1 == len(alternates) and "RD" in fields:
            return _pair(_count(fields["RD"]), counts[0])
    if "AO" in fields:
        counts = _counts(fields["AO"])
        if len(counts) == len(alternates):
            return _of_list((_count(fields.get("RO", "")), *counts), index + 1)
    if len(alternates) == 1:
        return _counted_of_one(fields, reference, alternates[0])
    return _strelka_bases(fields, reference, alternates[index])


def _counted_of_one(
    fields: Mapping[str, str], reference: str, alternate: str
) -> tuple[int, int | None] | None:
    strands = _counts(fields.get("DP4", ""))
    if len(strands) == 4 and None not in strands:
        four = [count or 0 for count in strands]
        return four[2] + four[3], sum(four)
    if "VD" in fields:
        return _pair(None, _count(fields["VD"]))
    if "NV" in fields and "NR" in fields:
        alternate_reads, depth = _count(fields["NV"]), _count(fields["NR"])
        return None if alternate_reads is None else (alternate_reads, depth)
    if "TIR" in fields:
        first_tier = [(_counts(fields.get(key, "")) or (None,))[0] for key in ("TAR", "TIR")]
        return _pair(first_tier[0], first_tier[1])
    return _strelka_bases(fields, reference, alternate)


def _strelka_bases(
    fields: Mapping[str, str], reference: str, alternate: str
) -> tuple[int, int | None] | None:
    key = _STRELKA_BASES.get(alternate)
    if key is None or key not in fields or len(reference) != 1:
        return None
    first_tier = {
        base: (_counts(fields.get(name, "")) or (None,))[0] for base, name in _STRELKA_BASES.items()
    }
    alternate_reads = first_tier[alternate]
    if alternate_reads is None:
        return None
    return alternate_reads, sum(count or 0 for count in first_tier.values())


def _of_list(counts: tuple[int | None, ...], at: int) -> tuple[int, int | None] | None:
    alternate = counts[at]
    if alternate is None:
        return None
    known = [count for count in counts if count is not None]
    return alternate, sum(known) if len(known) == len(counts) else None


def _pair(reference: int | None, alternate: int | None) -> tuple[int, int | None] | None:
    if alternate is None:
        return None
    return alternate, None if reference is None else reference + alternate


def _share(fields: Mapping[str, str], keys: tuple[str, ...], index: int) -> float | None:
    for key in keys:
        parts = fields.get(key, "").split(",")
        if index >= len(parts):
            continue
        text = parts[index].strip()
        per_cent = text.endswith("%")
        try:
            share = float(text.removesuffix("%")) / (100 if per_cent else 1)
        except ValueError:
            continue
        if math.isfinite(share) and 0 <= share <= 1:
            return share
    return None


def _counts(text: str) -> tuple[int | None, ...]:
    return tuple(_count(part) for part in text.split(",")) if text else ()


def _count(text: str) -> int | None:
    found = _COUNT.fullmatch(text.strip())
    return int(found[1]) if found else None


def _alleles(text: str) -> tuple[int | None, ...]:
    return tuple(_count(part) for part in text.replace("|", "/").split("/")) if text else ()
