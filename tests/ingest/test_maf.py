"""MAF: golden rows, builds, samples, shifted columns."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from alkanet.errors import InputError, UnsupportedError
from alkanet.ingest.maf import read_maf
from alkanet.model.alteration import Genome

COLUMNS = [
    "Hugo_Symbol",
    "NCBI_Build",
    "Chromosome",
    "Start_Position",
    "Reference_Allele",
    "Tumor_Seq_Allele1",
    "Tumor_Seq_Allele2",
    "Tumor_Sample_Barcode",
    "t_depth",
    "t_ref_count",
    "t_alt_count",
]
ROW = ["ALK", "GRCh37", "2", "29443613", "C", "C", "T", "S-1", "200", "150", "50"]
OUTSIDE = "outside the genes that are read (ALK)"


def read(path, wanted, *, sample=None, genome=None):
    return read_maf(path, specimen="biopsy", sample=sample, genome=genome, wanted=wanted)


def row(**changed):
    return [changed.get(name.lower(), value) for name, value in zip(COLUMNS, ROW, strict=True)]


def reasons(content):
    return dict(content.ledger.all_rows())


def test_golden_rows(data, alk_and_eml4):
    content = read(data / "maf" / "two_samples.maf", alk_and_eml4, sample="S-1")
    substitution, insertion, germline = content.calls.variants
    assert (substitution.chromosome, substitution.position) == ("2", 29_443_613)
    assert (substitution.stated_hgvs_c, substitution.stated_hgvs_p) == ("c.3604G>A", "p.G1202R")
    assert (substitution.alternate_reads, substitution.depth_reads) == (50, 200)
    assert substitution.vaf == 0.25
    assert substitution.stated_gene == "ALK"
    assert (insertion.reference, insertion.alternate) == ("-", "ATA")
    assert (insertion.vaf, insertion.alternate_reads, insertion.depth_reads) == (None, None, None)
    assert germline.stated_hgvs_p == "p.I1461V"
    assert content.genome is Genome.GRCH37
    assert content.assays == {"PANEL-500"}
    assert reasons(content) == {
        "germline": (7,),
        "outside the genes that are read (ALK, EML4)": (8,),
        "another sample": (9, 10),
    }


def test_a_listed_sample_without_rows_has_no_mutation(data, alk):
    content = read(data / "maf" / "two_samples.maf", alk, sample="S-3")
    assert content.calls.variants == ()
    assert content.assays == {"PANEL-500"}
    assert content.ledger.used == 0


def test_choice_of_sample(data, alk, write):
    path = data / "maf" / "two_samples.maf"
    with pytest.raises(InputError, match="holds 3 samples: S-1, S-2, S-3"):
        read(path, alk)
    with pytest.raises(InputError, match=r"no sample 'S-l'.*Did you mean 'S-"):
        read(path, alk, sample="S-l")
    many = write("m.maf", [COLUMNS, *(row(tumor_sample_barcode=f"S-{i:02}") for i in range(14))])
    with pytest.raises(InputError, match=r"14 samples: S-00, .*S-09 and 4 more"):
        read(many, alk)
    with pytest.raises(InputError, match="no sample 'X'; its sample is S-1"):
        read(write("m.maf", [COLUMNS, row()]), alk, sample="X")


@pytest.mark.parametrize(
    ("changed", "expected"),
    [
        ({}, (50, 200, 0.25)),
        ({"t_depth": ""}, (50, 200, 0.25)),
        ({"t_depth": "", "t_ref_count": ""}, (50, None, None)),
        ({"t_alt_count": "", "t_ref_count": ""}, (None, 200, None)),
        ({"t_depth": ".", "t_ref_count": "NA", "t_alt_count": ""}, (None, None, None)),
        ({"t_ref_count": "0", "t_alt_count": "0", "t_depth": ""}, None),
    ],
)
def test_reads_are_never_zero_where_unknown(write, alk, changed, expected):
    content = read(write("a.maf", [COLUMNS, row(**changed)]), alk)
    found = [(call.alternate_reads, call.depth_reads, call.vaf) for call in content.calls.variants]
    assert found == ([] if expected is None else [expected])


@pytest.mark.parametrize(
    ("changed", "reason"),
    [
        ({"start_position": "chr2"}, "Start_Position: found 'chr2', expected a whole number"),
        ({"start_position": "0"}, "Start_Position: found '0', expected 1 or more"),
        ({"reference_allele": "29443613"}, "Reference_Allele: found '29443613', expected bases"),
        ({"tumor_seq_allele2": ""}, "Tumor_Seq_Allele2: found '', expected bases"),
        ({"tumor_sample_barcode": ""}, "Tumor_Sample_Barcode: found '', expected the name"),
        ({"chromosome": ""}, "Chromosome: found '', expected a chromosome"),
        ({"t_alt_count": "many"}, "t_alt_count: found 'many', expected a whole number of reads"),
        ({"t_alt_count": "300"}, "t_alt_count: found '300', expected at most t_depth (200)"),
        ({"tumor_seq_allele2": "C"}, "no alternate allele"),
        ({"chromosome": "3"}, "names ALK, but lies outside ALK"),
        ({"chromosome": "3", "hugo_symbol": "MLH1"}, OUTSIDE),
    ],
)
def test_a_bad_row_in_a_good_file_is_set_aside(write, alk, changed, reason):
    content = read(write("a.maf", [COLUMNS, row(), row(**changed), row()]), alk)
    ((found, rows),) = reasons(content).items()
    assert found.startswith(reason)
    assert rows == (3,)
    assert len(content.calls.variants) == 2


def test_the_other_tumour_allele_is_taken_where_the_second_is_the_reference(write, alk):
    path = write("a.maf", [COLUMNS, row(tumor_seq_allele1="T", tumor_seq_allele2="C")])
    (call,) = read(path, alk).calls.variants
    assert (call.reference, call.alternate) == ("C", "T")


def test_both_tumour_alleles_are_calls_where_both_differ(write, alk):
    changed = row(tumor_seq_allele1="A", hugo_symbol="alk")
    content = read(write("a.maf", [[*COLUMNS, "HGVSp_Short"], [*changed, "p.G1202R"]]), alk)
    second, first = content.calls.variants
    assert (second.alternate, second.alternate_reads, second.vaf) == ("T", 50, 0.25)
    assert second.stated_hgvs_p == "p.G1202R"
    assert (first.alternate, first.alternate_reads, first.vaf) == ("A", None, None)
    assert first.stated_hgvs_p is None
    assert first.stated_gene == "ALK"
    assert (content.ledger.used, content.ledger.touched) == (1, ())


@pytest.mark.parametrize(
    ("changed", "is_used"),
    [
        ({"tumor_seq_allele2": "C"}, False),
        ({"tumor_seq_allele2": "NA"}, False),
        ({"tumor_seq_allele2": "TN"}, False),
        ({"tumor_seq_allele2": "nan"}, False),
        ({"reference_allele": "NA"}, False),
        ({"start_position": "29,443,613"}, False),
        ({"start_position": "29,443,613", "hugo_symbol": "."}, False),
        ({"tumor_sample_barcode": ""}, False),
        ({"tumor_sample_barcode": "", "hugo_symbol": "CLIP4"}, False),
        ({"t_alt_count": "0", "t_ref_count": "0", "t_depth": "0"}, False),
        ({"chromosome": "17"}, False),
        ({"tumor_seq_allele1": "N"}, True),
    ],
)
def test_a_row_that_may_be_a_change_of_alk_is_told(write, alk, changed, is_used):
    content = read(write("a.maf", [COLUMNS, row(), row(**changed), row()]), alk)
    assert [row.line for row in content.ledger.touched] == [3]
    assert len(content.calls.variants) == 2 + is_used


@pytest.mark.parametrize(
    ("bad", "is_told"),
    [
        (row()[:-1], True),
        (row()[1:], True),
        (row()[:2], True),
        ([" ".join(row())], True),
        (row(hugo_symbol="TP53")[:2], False),
        (row(hugo_symbol="TP53", chromosome="17")[:-1], False),
        (row(hugo_symbol="TP53")[:-1], True),
        (row(hugo_symbol="", chromosome="?")[:-1], True),
        (row(tumor_sample_barcode="S-2")[:-1], False),
        (row(tumor_sample_barcode="S-2")[1:], False),
        (["x", *row(tumor_sample_barcode="S-2")], False),
        (row(tumor_sample_barcode="S-2")[:4], True),
        ([*row(), "x" * (4 * 1024 * 1024)], True),
        ([*row(hugo_symbol="TP53", chromosome="17"), "x" * (4 * 1024 * 1024)], False),
    ],
)
def test_a_row_that_does_not_fit_is_told_unless_it_is_elsewhere(write, alk, bad, is_told):
    other = row(tumor_sample_barcode="S-2")
    content = read(write("a.maf", [COLUMNS, row(), bad, row(), other]), alk, sample="S-1")
    assert [row.line for row in content.ledger.touched] == ([3] if is_told else [])


def test_rows_in_the_gene_on_either_build_are_kept(write, alk):
    content = read(write("a.maf", [COLUMNS, row(start_position="29220747")]), alk)
    assert content.genome is Genome.GRCH37
    assert len(content.calls.variants) == 1


def test_chromosomes_by_accession_and_under_names_that_nobody_knows(write, alk):
    path = write("a.maf", [COLUMNS, row(chromosome="NC_000002.11", ncbi_build="")])
    assert read(path, alk).calls.variants[0].genome is Genome.GRCH37
    with pytest.raises(InputError, match="Chromosome: the file is on GRCh37, but GRCh38"):
        read(path, alk, genome=Genome.GRCH38)
    odd = write("a.maf", [COLUMNS, row(chromosome="two"), row(chromosome="seven")])
    with pytest.raises(InputError, match=r"a\.maf:2: Chromosome: found 'two', and no row"):
        read(odd, alk)


def test_shifted_columns_in_one_row_and_in_all(write, alk):
    shifted = row()[:4] + row()[5:]
    content = read(write("a.maf", [COLUMNS, row(), shifted, row()]), alk)
    assert reasons(content) == {
        "number of columns: found '10', expected 11, as the header has": (3,)
    }
    with pytest.raises(InputError, match=r"a\.maf:2: number of columns: found '10'.*shifted"):
        read(write("a.maf", [COLUMNS, shifted, shifted, row()]), alk)
    kept_width = ["x", *row()[:-1]]
    with pytest.raises(InputError, match=r"a\.maf:2: Start_Position: found '2'|Reference_Allele"):
        read(write("a.maf", [COLUMNS, kept_width, kept_width]), alk)


def test_a_sample_whose_rows_are_mostly_malformed_is_told(write, alk):
    rows = [row(tumor_sample_barcode="S-2") for _ in range(9)]
    bad = row(start_position="x")
    path = write("a.maf", [COLUMNS, *rows, bad, bad, row()])
    with pytest.raises(InputError, match=r"a\.maf:11: Start_Position: .*2 of the sample's 3 rows"):
        read(path, alk, sample="S-1")
    assert len(read(path, alk, sample="S-2").calls.variants) == 9


def test_a_missing_column_is_named(write, alk):
    names = [name if name != "Start_Position" else "Start_position_hg19" for name in COLUMNS]
    with pytest.raises(InputError, match=r"a\.maf:1: Start_Position: .*missing.*Did you mean"):
        read(write("a.maf", [names, row()]), alk)
    with pytest.raises(InputError, match="comments only"):
        read(write("a.maf", "#version 2.4\n"), alk)


def test_column_names_in_any_case_and_order(write, alk):
    names = [name.upper() for name in reversed(COLUMNS)]
    assert len(read(write("a.maf", [names, row()[::-1]]), alk).calls.variants) == 1


def test_builds(write, alk):
    path = write("a.maf", [COLUMNS, row(), row(ncbi_build="38")])
    with pytest.raises(InputError, match=r"a\.maf:3: NCBI_Build: .*on GRCh38, but GRCh37"):
        read(path, alk)
    with pytest.raises(InputError, match=r"a\.maf:2: NCBI_Build: .*--genome GRCh37"):
        read(write("a.maf", [COLUMNS, row()]), alk, genome=Genome.GRCH38)
    with pytest.raises(UnsupportedError, match=r"a\.maf:2: .*36"):
        read(write("a.maf", [COLUMNS, row(ncbi_build="36")]), alk)
    content = read(write("a.maf", [COLUMNS, row(ncbi_build="")]), alk)
    assert content.genome is None
    assert content.calls.variants[0].genome is None
    hg19 = read(write("a.maf", [COLUMNS, row(ncbi_build="hg19")]), alk)
    assert hg19.genome is Genome.GRCH37


_ROWS = st.sampled_from(
    [
        row(),
        row(tumor_sample_barcode="S-2"),
        row(start_position="x"),
        row(chromosome="7"),
        row(reference_allele="-", tumor_seq_allele1="-", tumor_seq_allele2="ATA"),
        row(tumor_seq_allele1="A"),
        row(t_alt_count="0"),
        row()[:-1],
        [],
        ["", ""],
    ]
) | st.lists(
    st.text(st.characters(exclude_characters="\n\r\t\0", exclude_categories=["Cs"]), max_size=5),
    min_size=9,
    max_size=12,
)


@given(st.lists(_ROWS, max_size=25))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=150)
def test_every_row_is_used_or_set_aside(write, alk, rows):
    path = write("a.maf", [COLUMNS, row(), *rows])
    try:
        content = read(path, alk, sample="S-1")
    except InputError:
        return
    account = content.account()
    assert account.rows == 1 + sum(1 for cells in rows if "\t".join(cells).strip())
    assert account.used == len({call.origin.line for call in content.calls.variants})
    assert account.used + sum(entry.count for entry in account.set_aside) == account.rows


def test_a_real_study_accounts_for_every_row_of_each_patient(shared, alk):
    path = shared / "lung_msk_2017_a" / "data_mutations_extended.txt"
    for sample, calls in (("P-0000474-T01-IM3", 0), ("P-0000491-T01-IM3", 2)):
        content = read(path, alk, sample=sample)
        assert len(content.calls.variants) == calls
        assert content.assays == {"MSK-IMPACT"}
        assert content.ledger.rows == 3674
