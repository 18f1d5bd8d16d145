"""Which findings show that plasma holds tumour DNA, and which it would show without any tumour."""

import pytest

from case_folder import FUSION_HEADER, CaseFolder

RET = "CCDC6--RET\t41\t23\tCCDC6^E\tchr10:59906122:-\tRET^E\tchr10:43116584:+\t.\n"


@pytest.fixture
def folder(tmp_path, kb):
    return CaseFolder(tmp_path / "case", kb)


def is_silent(folder, key, name):
    plasma = {"id": "blood", "kind": "plasma", "files": {key: [name]}}
    return folder.report(specimens=[plasma]).tumour.silent_specimens == ("blood",)


@pytest.mark.parametrize(
    ("row", "silent"),
    [
        (("copy number", "MET amplification"), False),
        (("variant", "TP53 R273H"), False),
        (("copy number", "MET not amplified"), True),  # looked for and not found
        (("host factor", "BIM deletion polymorphism"), True),  # inherited: in every plasma
    ],
)
def test_typed_findings(folder, row, silent):
    folder.typed(row)
    assert is_silent(folder, "calls", "typed.tsv") is silent


@pytest.mark.parametrize(("row", "silent"), [("G1202R", False), (("29193615", "T", "C"), True)])
def test_variants_of_alk(folder, row, silent):
    """K1491R is a common difference of healthy people."""
    folder.vcf(row)
    assert is_silent(folder, "variants", "tumour.vcf") is silent


def test_a_fusion_of_another_driver_is_of_the_tumour(folder):
    folder.write("fusions.tsv", FUSION_HEADER + RET)
    assert not is_silent(folder, "fusions", "fusions.tsv")
