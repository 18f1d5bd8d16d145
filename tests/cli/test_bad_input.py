"""Bad input through the real command line: exit 2, one message that helps, and no half report."""

import gzip
import json
import subprocess
import sys

import pytest

from places import ROOT

CASES = ROOT / "knowledge" / "cases"
G1202R = CASES / "g1202r"


@pytest.fixture
def refused(alkanet, tmp_path):
    """Run a report that must be refused, and return its message."""

    def run(*arguments):
        out = tmp_path / "never"
        done = alkanet("report", *arguments, "-o", out)
        assert done.status == 2, done.out + done.err
        assert done.err.startswith("ERROR: ")
        assert "Traceback" not in done.err
        assert not out.exists(), "no half report"
        assert done.out == ""
        return done.err

    return run


def vcf(tmp_path, name="t.vcf", header="", rows=()):
    lines = [
        "##fileformat=VCFv4.2",
        *([header] if header else []),
        "\t".join(["#CHROM", "POS", "ID", "REF", "ALT", "QUAL", "FILTER", "INFO"]),
        *rows,
    ]
    path = tmp_path / name
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


GRCH38 = "##contig=<ID=chr2,length=242193529>"
G1202R_38 = "chr2\t29220747\t.\tC\tT\t.\tPASS\tDP=100;AF=0.1"


def test_not_a_vcf(refused, tmp_path):
    path = tmp_path / "letter.vcf"
    path.write_text("Dear colleague,\nplease find the result attached.\n", encoding="utf-8")
    assert "letter.vcf" in refused("--variants", path)


def test_blank_line_inside_a_vcf_loses_no_record(alkanet, tmp_path):
    """A library of the field stops at a blank line without a word: a resistance would be lost."""
    path = vcf(tmp_path, header=GRCH38, rows=["chr2\t100\t.\tA\tC\t.\tPASS\t.", "", G1202R_38])
    done = alkanet("report", "--variants", path, "-o", tmp_path / "out")
    assert done.status == 0, done.err
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    assert {r["haplotype"] for r in report["haplotype_responses"]} == {"G1202R"}
    assert report["provenance"]["inputs"][0]["rows"] == 2


def test_truncated_gzip(refused, tmp_path):
    whole = gzip.compress(vcf(tmp_path, header=GRCH38, rows=[G1202R_38] * 400).read_bytes())
    path = tmp_path / "cut.vcf.gz"
    path.write_bytes(whole[: len(whole) // 2])
    message = refused("--variants", path)
    assert "cut.vcf.gz" in message
    assert "gzip" in message


def test_maf_with_shifted_columns(refused, tmp_path):
    columns = [
        "Hugo_Symbol",
        "NCBI_Build",
        "Chromosome",
        "Start_Position",
        "End_Position",
        "Reference_Allele",
        "Tumor_Seq_Allele2",
        "Tumor_Sample_Barcode",
    ]
    row = ["ALK", "extra", "GRCh38", "2", "29220747", "29220747", "C", "T", "S1"]
    path = tmp_path / "shifted.maf"
    path.write_text("\t".join(columns) + "\n" + "\t".join(row) + "\n", encoding="utf-8")
    message = refused("--variants", path)
    assert "shifted.maf:2" in message


def test_wrong_build_names_both_bases(refused, tmp_path):
    path = vcf(tmp_path, rows=["chr2\t29220747\t.\tA\tT\t.\tPASS\tDP=100"])
    message = refused("--variants", path, "--genome", "GRCh38")
    assert "the file says A" in message
    assert "GRCh38 has C" in message


def test_a_build_that_nobody_states_and_nothing_tells_is_asked_for(refused, tmp_path):
    path = vcf(tmp_path, rows=[G1202R_38])
    message = refused("--variants", path)
    assert "--genome" in message


@pytest.mark.parametrize(
    ("finding", "told"),
    [
        ("I1151T", "residue 1151 of ALK (NP_004295.2) is Thr (T), not Ile (I)"),
        ("G1202", "cannot be read"),
        ("p.G9999R", "9999"),
    ],
)
def test_impossible_typed_change(refused, tmp_path, finding, told):
    path = tmp_path / "typed.tsv"
    path.write_text(f"kind\tfinding\nmutation\t{finding}\n", encoding="utf-8")
    message = refused("--calls", path)
    assert "typed.tsv:2" in message
    assert told in message


def test_unknown_drug_did_you_mean(refused, alkanet):
    assert "Did you mean 'alectinib'?" in refused(G1202R / "case.yaml", "--prior", "alectnib")
    done = alkanet("lookup", "G1202R", "--drug", "lorlatinb")
    assert done.status == 2
    assert "Did you mean 'lorlatinib'?" in done.err


def test_a_drug_that_is_no_alk_inhibitor_is_no_misspelling(alkanet, tmp_path):
    """Gefitinib is two letters away from ceritinib and a drug of its own."""
    done = alkanet("report", G1202R / "case.yaml", "--prior", "gefitinib", "-o", tmp_path)
    assert done.status == 0, done.err


def case_file(tmp_path, more):
    for name in ("fusions.tsv", "tumour.vcf"):
        (tmp_path / name).write_bytes((G1202R / name).read_bytes())
    path = tmp_path / "case.yaml"
    text = (G1202R / "case.yaml").read_text(encoding="utf-8")
    path.write_text(text + more, encoding="utf-8")
    return path


def test_yaml_with_duplicate_keys(refused, tmp_path):
    message = refused(case_file(tmp_path, "setting: early\n"))
    assert "the key 'setting' stands twice" in message


def test_a_bare_no_is_norway(alkanet, tmp_path):
    out = tmp_path / "out"
    done = alkanet("report", case_file(tmp_path, "region: NO\n"), "-o", out)
    assert done.status == 0, done.err
    assert json.loads((out / "report.json").read_text(encoding="utf-8"))["case"]["region"] == "NO"


def test_unknown_key_names_the_nearest(refused, tmp_path):
    message = refused(case_file(tmp_path, "hystology: adenocarcinoma\n"))
    assert "hystology" in message
    assert "Did you mean 'histology'?" in message


def test_html_in_a_patient_id_is_escaped(alkanet, tmp_path):
    path = case_file(tmp_path, "")
    text = path.read_text(encoding="utf-8").replace(
        "id: g1202r", "id: '<script>alert(1)</script>&\"'", 1
    )
    path.write_text(text, encoding="utf-8")
    done = alkanet("report", path, "-o", tmp_path / "out")
    assert done.status == 0, done.err
    page = (tmp_path / "out" / "report.html").read_text(encoding="utf-8")
    assert "<script" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page


def test_a_200_mb_line_is_set_aside_in_little_memory(tmp_path):
    path = vcf(tmp_path, header=GRCH38)
    with path.open("ab") as file:
        file.write(b"chr2\t29220000\t.\tC\tT\t.\tPASS\t")
        for _ in range(200):
            file.write(b"A" * 1_000_000)
        file.write(f"\n{G1202R_38}\n".encode())
    command = [sys.executable, "-m", "alkanet", "report", "--variants", str(path)]
    # A small process between us and the command: a child's peak begins with that of its parent.
    measure = (
        "import resource, subprocess, sys\n"
        "done = subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL)\n"
        "print(done.returncode, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    told = subprocess.run(
        [sys.executable, "-S", "-c", measure, *command, "-o", str(tmp_path / "out")],
        capture_output=True,
        text=True,
        check=True,
    )
    status, peak_mebibytes = map(int, told.stdout.split())
    assert status == 0
    assert peak_mebibytes < 140
    report = json.loads((tmp_path / "out" / "report.json").read_text(encoding="utf-8"))
    account = report["provenance"]["inputs"][0]
    assert account["rows"] == 2
    assert account["used"] == 1
    assert "longer" in account["set_aside"][0]["reason"]
    assert {r["haplotype"] for r in report["haplotype_responses"]} == {"G1202R"}


def test_a_format_without_a_reader_is_refused_by_name(refused, tmp_path):
    path = tmp_path / "fusions.tsv"
    path.write_text("#gene1\tgene2\tbreakpoint1\tbreakpoint2\nEML4\tALK\t1\t2\n", encoding="utf-8")
    assert "Arriba" in refused("--fusions", path)


def test_missing_file_and_nothing_at_all(refused, tmp_path):
    assert "absent.vcf" in refused("--variants", tmp_path / "absent.vcf")
    assert "nothing to report on" in refused()


def test_an_unwritable_folder(alkanet, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    done = alkanet("report", G1202R / "case.yaml", "-o", tmp_path / "file")
    assert done.status == 2
    assert "cannot be written" in done.err


def test_unknown_format(refused):
    assert "html" in refused(G1202R / "case.yaml", "--format", "docx")
