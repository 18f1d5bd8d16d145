"""Formats are told by content, and all readers stand behind one door."""

from __future__ import annotations

import gzip

import pytest

from alkanet.errors import AlkanetError, InputError, UnsupportedError
from alkanet.ingest.content import FormatName
from alkanet.ingest.formats import detect, read_file
from alkanet.model.alteration import Genome

GOLDEN = {
    "vcf/mutect2.vcf": FormatName.VCF,
    "vcf/sites_only.vcf": FormatName.VCF,
    "maf/two_samples.maf": FormatName.MAF,
    "fusions/star_fusion.tsv": FormatName.STAR_FUSION,
    "fusions/fusion_inspector.tsv": FormatName.FUSION_INSPECTOR,
    "fusions/data_fusions.txt": FormatName.CBIOPORTAL_FUSIONS,
    "calls/typed.tsv": FormatName.OUTSIDE_CALLS,
}


@pytest.mark.parametrize("name", GOLDEN)
def test_detection_ignores_the_name_of_the_file(data, tmp_path, name):
    assert detect(data / name) is GOLDEN[name]
    packed = tmp_path / "anything.bam"
    packed.write_bytes(gzip.compress((data / name).read_bytes()))
    assert detect(packed) is GOLDEN[name]


@pytest.mark.parametrize(
    ("start", "message"),
    [
        ("#gene1\tgene2\tstrand1\tbreakpoint1\tbreakpoint2\n", "Arriba.*STAR-Fusion"),
        ("Gene_1_symbol(5end_fusion_partner)\tx\n", "FusionCatcher"),
        ("FusionGene\tLeftBreakpoint\tRightBreakpoint\tSplitReads\n", "PCGR fusion table"),
        ("Sample_Id\tSV_Status\tSite1_Hugo_Symbol\n", "data_sv"),
        ("ID\tchrom\tloc.start\tloc.end\tnum.mark\tseg.mean\n", "SEG"),
        ("chromosome\tstart\tend\tgene\tlog2\tprobes\n", "CNVkit"),
        ("Hugo_Symbol\tP-1\tP-2\n", "matrix by gene"),
        ("%PDF-1.7\n", "PDF.*outside-calls"),
        ("@HD\tVN:1.6\n", "SAM"),
        ("PK\x03\x04", "Excel.*tab-separated"),
        ("#SOURCE,DNAFusionFilter,2.0\n", "TSO 500"),
    ],
)
def test_known_formats_that_are_not_read_say_what_to_give(write, start, message):
    with pytest.raises(UnsupportedError, match=message):
        detect(write("a.vcf", start))


def test_bam_is_told_by_its_content(tmp_path):
    path = tmp_path / "a.vcf.gz"
    path.write_bytes(gzip.compress(b"BAM\x01" + bytes(100)))
    with pytest.raises(UnsupportedError, match=r"a\.vcf\.gz: the format BAM is not read"):
        detect(path)


@pytest.mark.parametrize(
    ("name", "text", "message"),
    [
        ("a.vcf", "chr2\t29220747\tC\tT\n", "this is not a VCF"),
        ("a.csv", "kind,finding\nmutation,G1202R\n", "tabs"),
        ("case.yaml", "schema_version: 1\n", "case file"),
        ("a.txt", "hello\n", "format is not known; it starts with 'hello'"),
        ("a.txt", "", "empty"),
    ],
)
def test_unknown_content_is_told(write, name, text, message):
    with pytest.raises(InputError, match=message):
        path = write(name, text)
        detect(path)
        read_file(path, specimen="s", sample=None, genome=None, wanted=None)


@pytest.mark.parametrize(
    ("name", "sample", "counts"),
    [
        ("vcf/mutect2.vcf", None, (2, 0, 0)),
        ("maf/two_samples.maf", "S-1", (3, 0, 0)),
        ("fusions/star_fusion.tsv", None, (0, 2, 0)),
        ("fusions/fusion_inspector.tsv", "A-1", (0, 1, 0)),
        ("fusions/data_fusions.txt", "F-1", (0, 1, 0)),
        ("calls/typed.tsv", None, (0, 0, 4)),
    ],
)
def test_one_door_to_all_readers(data, alk, name, sample, counts):
    content = read_file(data / name, specimen="s", sample=sample, genome=None, wanted=alk)
    calls = content.calls
    assert (len(calls.variants), len(calls.fusions), len(calls.outside)) == counts
    account = content.account()
    assert account.format == GOLDEN[name]
    assert account.sha256 == content.sha256
    assert account.name == name.rpartition("/")[2]
    assert content.notes == ()
    assert content.can_show_mutations == (GOLDEN[name] in (FormatName.VCF, FormatName.MAF))
    assert {call.specimen for group in (calls.variants, calls.fusions) for call in group} <= {"s"}


def test_a_row_set_aside_later_moves_in_the_account(data, alk):
    path = data / "vcf" / "mutect2.vcf"
    content = read_file(path, specimen="s", sample=None, genome=Genome.GRCH38, wanted=alk)
    before = content.account()
    content.ledger.set_aside(content.calls.variants[0].origin.line, "REF is another base")
    after = content.account()
    assert (after.rows, after.used) == (before.rows, before.used - 1)


def test_a_missing_file_and_a_directory(tmp_path, alk):
    for path in (tmp_path, tmp_path / "none.vcf"):
        with pytest.raises(InputError):
            read_file(path, specimen="s", sample=None, genome=None, wanted=alk)


def test_every_real_file_is_read_or_told(shared, alk):
    for path in sorted(shared.rglob("*")):
        if path.is_file():
            try:
                content = read_file(path, specimen="s", sample=None, genome=None, wanted=alk)
            except AlkanetError as error:
                assert path.name in str(error)
            else:
                account = content.account()
                assert account.used + sum(s.count for s in account.set_aside) == account.rows
