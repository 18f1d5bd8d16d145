"""Rows of a VCF as text, and what its reader makes of them."""

from __future__ import annotations

from alkanet.ingest.vcf import read_vcf


def read(path, wanted, *, sample=None, genome=None):
    return read_vcf(path, specimen="biopsy", sample=sample, genome=genome, wanted=wanted)


def row(position=29_220_747, ref="C", alt="T", info=".", fmt="GT:AD", value="0/1:90,10", **more):
    chromosome, filters = more.get("chromosome", "chr2"), more.get("filters", "PASS")
    return f"{chromosome}\t{position}\t.\t{ref}\t{alt}\t.\t{filters}\t{info}\t{fmt}\t{value}"


def reasons(content):
    return dict(content.ledger.all_rows())
