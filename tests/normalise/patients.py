"""Calls of a made-up patient, from the names that people use: ``mutation("G1202R")``."""

from __future__ import annotations

from itertools import count

from alk_reference import ALK37, ALK38

from alkanet.model.alteration import Genome
from alkanet.model.calls import (
    Calls,
    FusionCall,
    Origin,
    OutsideCall,
    OutsideKind,
    SpecimenLook,
    VariantCall,
)
from alkanet.model.case import Assay, Case, Specimen, SpecimenFiles, SpecimenKind
from alkanet.model.codon import BASES, reverse_complement, translate
from alkanet.model.tumour import Molecule
from alkanet.normalise.coverage import KINASE_DOMAIN
from alkanet.normalise.tumour import normalise

_ALK = {Genome.GRCH37: ALK37, Genome.GRCH38: ALK38}
_lines = count(2)


def snv(c, alternate, *, genome=Genome.GRCH38, states=True, **fields):
    """Return ``c.<c>N>alternate`` as a row of a VCF; ``states=False``: the file names no build."""
    alk = _ALK[genome]
    exon = next(e for e in alk.exons if e.cds_start and e.cds_start <= c <= e.cds_end)
    given = {
        "origin": Origin(file="tumour.vcf", line=next(_lines)),
        "specimen": "biopsy",
        "genome": genome if states else None,
        "chromosome": alk.chromosome,
        "position": exon.end - (c - exon.cds_start),
        "reference": reverse_complement(alk.cds[c - 1]),
        "alternate": reverse_complement(alternate),
    }
    return VariantCall(**(given | fields))


def mutation(name, **fields):
    """Return a substitution of one base that makes the named change of a residue."""
    residue, number, new = name[0], int(name[1:-1]), name[-1]
    codon = ALK38.cds[3 * number - 3 : 3 * number]
    assert translate(codon) == residue, name
    for place in range(3):
        for base in BASES:
            changed = codon[:place] + base + codon[place + 1 :]
            if translate(changed) == new and changed != codon:
                return snv(3 * number - 2 + place, base, **fields)
    raise ValueError(f"no single base makes {name}")


def typed(kind, finding, specimen="biopsy", **fields):
    origin = Origin(file="calls.tsv", line=next(_lines))
    return OutsideCall(
        origin=origin, specimen=specimen, kind=OutsideKind(kind), finding=finding, **fields
    )


def fusion_call(specimen="biopsy", file="fusions.tsv", **fields):
    given = {
        "origin": Origin(file=file, line=next(_lines)),
        "first_gene": "EML4",
        "second_gene": "ALK",
        "order_is_known": True,
        "molecule": Molecule.RNA,
        "text": "EML4::ALK",
    }
    return FusionCall(specimen=specimen, **(given | fields))


def specimen(name="biopsy", *, covers=True, kind=SpecimenKind.TISSUE, files=("tumour.vcf",)):
    """Return a specimen; ``covers``: its assay is known to read the whole kinase domain."""
    return Specimen(
        id=name,
        kind=kind,
        assay=Assay(covers=(KINASE_DOMAIN,)) if covers else None,
        files=SpecimenFiles(variants=files),
    )


def normalised(kb, *calls, outside=(), fusions=(), specimens=None, **more):
    case = Case(id="made up", specimens=specimens or (specimen(),))
    found = Calls(variants=calls, outside=tuple(outside), fusions=tuple(fusions), **more)
    looks = {
        one.id: SpecimenLook(read_small_variants=bool(one.files.variants)) for one in case.specimens
    }
    return normalise(case, found, looks, kb)


def tumour_of(kb, *calls, **more):
    return normalised(kb, *calls, **more).tumour


def codes(tumour):
    return sorted(caveat.code for caveat in tumour.caveats)


def haplotypes(tumour):
    """Return each reading as the set of its haplotypes."""
    return [{str(clone.haplotype) for clone in reading.clones} for reading in tumour.readings]
