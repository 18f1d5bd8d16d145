"""Input that once ended in a trace."""

import os

import pytest

from alkanet.errors import InputError
from alkanet.lookup import look_up

NINES = "9" * 5000


@pytest.mark.parametrize(
    ("reference", "alternate"), [("C", "N"), ("C", "CN"), ("C", "CNNN"), ("CC", "NT")]
)
def test_an_allele_with_unknown_bases_in_the_coding_sequence(desk, reference, alternate):
    made = desk.report(variants=[desk.vcf(("29220747", reference, alternate))])
    assert "row-in-alk-set-aside" in {caveat.code for caveat in made.caveats}


@pytest.mark.parametrize("alternate", ["NA", "N", "nan"])
def test_a_maf_allele_that_says_nothing_is_not_bases(desk, alternate):
    others = ["TP53\tGRCh38\t17\t7577000\tMissense_Mutation\tC\tC\tT\tS1\t."] * 3
    row = f"ALK\tGRCh38\t2\t29220747\tMissense_Mutation\tC\tC\t{alternate}\tS1\t."
    made = desk.report(variants=[desk.maf(row, *others)])
    assert "row-in-alk-set-aside" in {caveat.code for caveat in made.caveats}


def test_an_unknown_reference_base_that_the_change_restores_changes_nothing(desk):
    made = desk.report(variants=[desk.vcf(("29220747", "N", "C"))])
    assert not [a for a in made.tumour.alterations if "N>" in (a.hgvs_c or "")]


@pytest.mark.parametrize("text", [f"G{NINES}R", f"G{NINES}del", f"G1202Rfs*{NINES}"])
def test_a_residue_number_of_thousands_of_digits(kb, text):
    with pytest.raises(InputError):
        look_up(text, kb=kb)


@pytest.mark.parametrize("text", [f"c.{NINES}G>A", f"c.3604+{NINES}G>A"])
def test_a_coding_position_of_thousands_of_digits(desk, text):
    with pytest.raises(InputError):
        desk.report(calls=[desk.typed(("mutation", text))])


def test_a_contig_length_of_thousands_of_digits(desk):
    header = f"##fileformat=VCFv4.2\n##contig=<ID=2,length={NINES}>\n"
    file = desk.vcf(("29220747", "C", "T"), header=header)
    assert desk.report(variants=[file], genome="GRCh38").tumour.readings


def test_a_file_name_and_a_drug_that_are_not_utf8(alkanet, desk, tmp_path):
    source = desk.vcf(("29220747", "C", "T"))
    odd = tmp_path / os.fsdecode(b"t\xff.vcf")
    try:
        odd.write_bytes(source.read_bytes())
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    done = alkanet("report", "--variants", odd, "-o", tmp_path / "out", cwd=tmp_path)
    assert done.status in (0, 2), done.err
    more = ("--prior", os.fsdecode(b"x\xff"), "-o", tmp_path / "more")
    done = alkanet("report", "--variants", source, *more, cwd=tmp_path)
    assert done.status in (0, 2), done.err
