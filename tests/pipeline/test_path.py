"""The whole path as a program calls it: files in, one report out, or one fault with its place."""

from __future__ import annotations

import shutil
from itertools import permutations

import pytest

import alkanet
from alkanet.errors import InputError
from alkanet.pipeline import LooseInputs, make_report
from case_folder import ROWS, calls_of, codes
from places import SHARED

ALK_POSITIVE = [
    "P-0008332-T01-IM5",
    "P-0009301-T01-IM5",
    "P-0003913-T01-IM3",
    "P-0003297-T01-IM5",
    "P-0005743-T02-IM5",
    "P-0006950-T01-IM5",
    "P-0003383-T01-IM5",
    "P-0004218-T01-IM5",
    "P-0002217-T02-IM3",
    "P-0002024-T01-IM3",
    "P-0001532-T01-IM3",
    "P-0000474-T01-IM3",
]
"""The patients with an ALK fusion of cBioPortal study lung_msk_2017 (Jordan 2017)."""


def loose(kb, **inputs):
    return make_report(None, LooseInputs(**inputs), kb)


def test_a_case_from_files_to_calls(folder):
    folder.vcf("G1202R")
    folder.fusions()
    made = folder.report(as_of="2026-11-01")
    assert made.tumour.fusion.variant == "v3a"
    assert [str(h) for h in made.tumour.haplotypes] == ["G1202R"]
    calls = calls_of(made)
    assert calls["G1202R", "lorlatinib"] == "sensitive"
    assert calls["G1202R", "alectinib"] == "resistant"
    assert made.provenance.as_of.isoformat() == "2026-11-01"
    assert made.provenance.software == alkanet.__version__
    assert len(made.provenance.knowledge.hash) == 64


def test_every_row_is_accounted_for(folder):
    folder.vcf("G1202R", ("29220700", "A", "AT"), ("29100000", "A", "C"))
    folder.fusions()
    made = folder.report()
    accounts = {account.name: account for account in made.provenance.inputs}
    assert set(accounts) == {"tumour.vcf", "fusions.tsv"}
    assert accounts["tumour.vcf"].rows == 3
    for account in accounts.values():
        assert account.used + sum(entry.count for entry in account.set_aside) == account.rows
        assert len(account.sha256) == 64


def test_provenance_names_no_folder_of_the_machine(folder):
    folder.vcf("G1202R")
    assert str(folder.root) not in folder.report().model_dump_json()


def test_loose_files_need_no_case(kb, folder):
    made = loose(
        kb,
        variants=(folder.vcf("G1202R"),),
        fusions=(folder.fusions(),),
        assay="MSK-IMPACT",
        prior=("Alecensa", "pemetrexed"),
    )
    assert [str(h) for h in made.tumour.haplotypes] == ["G1202R"]
    assert [line.drugs for line in made.case.lines] == [("alectinib",), ("pemetrexed",)]


def test_a_loose_file_of_an_unknown_assay_without_mutation_is_not_wild_type(kb, folder):
    made = loose(kb, variants=(folder.vcf(),), fusions=(folder.fusions(),))
    assert made.tumour.readings == ()
    assert made.haplotype_responses == ()
    assert "kinase-domain-not-tested" in codes(made)
    assert "not tested" in made.headline


def test_drugs_of_a_case_are_known_by_brand_name(folder):
    folder.vcf("G1202R")
    lines = [{"drugs": ["Xalkori"]}, {"drugs": ["LORVIQUA", "Carboplatin"]}]
    made = folder.report(lines=lines)
    assert [line.drugs for line in made.case.lines] == [
        ("crizotinib",),
        ("lorlatinib", "carboplatin"),
    ]
    assert "given-before" in codes(made)
    assert "after lorlatinib" in made.headline
    assert "given before: crizotinib." in made.headline


def test_a_misspelt_drug_of_a_case_ends_with_its_place(folder):
    folder.vcf("G1202R")
    with pytest.raises(InputError) as caught:
        folder.report(lines=[{"drugs": ["crizotinib"]}, {"drugs": ["lorlatnib"]}])
    assert caught.value.file == "case.yaml"
    assert caught.value.field == "lines[1].drugs"
    assert "Did you mean 'lorlatinib'?" in str(caught.value)


def test_a_misspelt_prior_drug_is_asked_about(kb, folder):
    with pytest.raises(InputError, match="Did you mean 'brigatinib'"):
        loose(kb, variants=(folder.vcf("G1202R"),), prior=("brigatnib",))


@pytest.mark.parametrize(
    ("inputs", "says"),
    [
        ({}, "nothing to report on"),
        ({"prior": ("alectinib",)}, "nothing to report on"),
        ({"variants": True, "genome": "hg17"}, "'hg17' is not a genome build"),
    ],
)
def test_what_cannot_be_reported_on_is_told(kb, folder, inputs, says):
    if inputs.get("variants"):
        inputs = inputs | {"variants": (folder.vcf("G1202R"),)}
    with pytest.raises(InputError, match=says):
        loose(kb, **inputs)


def test_a_case_and_loose_files_together_are_refused(kb, folder):
    file = folder.vcf("G1202R")
    with pytest.raises(InputError, match="at once"):
        make_report(folder.case(), LooseInputs(variants=(file,)), kb)


@pytest.mark.parametrize("option", [{"assay": "MSK-IMPACT"}, {"specimen": "plasma"}])
def test_what_a_case_file_says_itself_is_not_said_beside_it(kb, folder, option):
    folder.vcf("G1202R")
    folder.case()
    with pytest.raises(InputError, match="at once"):
        make_report(folder.root / "case.yaml", LooseInputs(**option), kb)


def test_the_silence_of_plasma_without_a_fusion_is_not_wild_type(kb, folder):
    """An assay of plasma covers the kinase, and what does not shed shows nothing."""
    silent = folder.vcf()
    of_tissue = loose(kb, variants=(silent,), assay="MSK-IMPACT")
    assert [str(h) for h in of_tissue.tumour.haplotypes] == ["wild type"]
    of_plasma = loose(kb, variants=(silent,), assay="MSK-IMPACT", specimen="plasma")
    assert of_plasma.tumour.readings == ()
    assert "liquid-not-informative" in codes(of_plasma)
    fusions = folder.fusions()
    shown = loose(kb, variants=(silent,), fusions=(fusions,), specimen="plasma")
    assert shown.tumour.readings == (), "the assay is not named"
    assert "liquid-not-informative" not in codes(shown), "it shows the fusion"
    with pytest.raises(InputError, match="blood"):
        loose(kb, variants=(silent,), specimen="blood")


def test_a_file_that_the_case_names_and_nobody_wrote_is_told(folder):
    specimens = [{"id": "biopsy", "files": {"variants": ["gone.vcf"]}}]
    with pytest.raises(InputError, match=r"gone\.vcf"):
        folder.report(specimens=specimens)


def test_a_typed_line_of_an_unknown_specimen_is_told(folder):
    folder.write("typed.tsv", "kind\tfinding\tspecimen\nmutation\tG1202R\tbiopsi\n")
    with pytest.raises(InputError, match="Did you mean 'biopsy'"):
        folder.report()


def test_an_unknown_vaf_is_never_zero(folder):
    folder.vcf("G1202R", keys="GT", value="0/1")
    folder.typed(("mutation", "L1196M"))
    made = folder.report()
    supports = [s for a in made.tumour.alterations for s in a.support]
    assert len(supports) == 2
    assert all(s.vaf is None and s.depth_reads is None for s in supports)
    assert '"vaf":0' not in made.model_dump_json()


def test_an_unknown_mutation_is_no_data_for_every_drug(folder):
    folder.vcf("D1160H")
    made = folder.report()
    assert set(calls_of(made).values()) == {"no data"}
    assert all(r.p_response is None for r in made.haplotype_responses)
    assert "unknown-mutation" in codes(made)


def test_the_order_of_files_and_specimens_does_not_change_the_calls(folder):
    folder.vcf("I1171N")
    folder.vcf("L1196M", file="later.vcf")
    folder.fusions()
    folder.typed(("mutation", "G1202R"))
    assay = {"covers": ["ALK kinase domain"]}
    specimens = [
        {"id": "one", "assay": assay, "files": {"variants": ["tumour.vcf"]}},
        {"id": "two", "assay": assay, "files": {"variants": ["later.vcf"]}},
        {"id": "three", "files": {"fusions": ["fusions.tsv"], "calls": ["typed.tsv"]}},
    ]
    made = [folder.report(specimens=list(order)) for order in permutations(specimens)]
    first = made[0]
    assert len(first.tumour.readings) == 5
    for other in made[1:]:
        assert calls_of(other) == calls_of(first)
        assert other.headline == first.headline
        assert other.tumour.fusion.variant == first.tumour.fusion.variant
        assert codes(other) == codes(first)
        assert {frozenset(str(c.haplotype) for c in r.clones) for r in other.tumour.readings} == {
            frozenset(str(c.haplotype) for c in r.clones) for r in first.tumour.readings
        }


def test_the_order_of_rows_does_not_change_the_report(folder):
    folder.vcf("I1171N", "G1202R", "L1196M")
    one = folder.report()
    folder.vcf("L1196M", "I1171N", "G1202R")
    two = folder.report()
    assert calls_of(one) == calls_of(two)
    assert one.headline == two.headline


def test_two_specimens_may_have_files_of_one_name(folder):
    """Phase set 5 of one file is not phase set 5 of the other; each row stays with its file."""
    for name, row in (("a", "C1156Y"), ("b", "L1198F")):
        marks = {"keys": "GT:PS", "value": "0|1:5"}
        folder.vcf(row, ("29220700", "A", "G"), file=f"{name}/tumour.vcf", **marks)
    specimens = [
        {"id": name, "assay": {"covers": ["ALK kinase domain"]}, "files": {"variants": [file]}}
        for name, file in (("a", "a/tumour.vcf"), ("b", "b/tumour.vcf"))
    ]
    made = folder.report(specimens=specimens)
    assert len(made.tumour.readings) == 2
    for account in made.provenance.inputs:
        assert account.rows == 2


def test_the_same_input_gives_the_same_report(folder):
    folder.vcf("C1156Y", "L1198F")
    folder.fusions()
    assert folder.report() == folder.report()


def test_a_report_is_that_of_a_moved_folder(folder, tmp_path, kb):
    folder.vcf("G1202R")
    folder.case()
    moved = tmp_path / "elsewhere"
    shutil.copytree(folder.root, moved)
    one = make_report(folder.root / "case.yaml", LooseInputs(), kb)
    assert make_report(moved / "case.yaml", LooseInputs(), kb) == one


# ---- look-up ----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "typed", ["G1202R+L1196M", "L1196M + G1202R", "p.Leu1196Met+p.Gly1202Arg", "L1196M;G1202R"]
)
def test_a_haplotype_as_people_type_it(kb, typed):
    answer = alkanet.look_up(typed, kb=kb)
    assert answer.haplotype == "L1196M+G1202R"
    calls = {response.drug: response.call.value for response in answer.responses}
    assert calls["lorlatinib"] == "resistant"
    assert len(calls) == 13


def test_look_up_gives_p_as_a_number(kb):
    for response in alkanet.look_up("G1202R", kb=kb).responses:
        interval = response.p_response
        assert response.p == (None if interval is None else interval.median)


def test_look_up_takes_drugs_by_any_name(kb):
    answer = alkanet.look_up("wild type", kb=kb, drugs=("Lorbrena", "CRIZOTINIB"))
    assert [r.drug for r in answer.responses] == ["lorlatinib", "crizotinib"]
    with pytest.raises(InputError, match="Did you mean"):
        alkanet.look_up("wild type", kb=kb, drugs=("lorlatnib",))


@pytest.mark.parametrize(
    "typed",
    ["", "R1202G", "G1202", "banana", "G1202R+G1202R", "G1202R+G1202del", "WT+G1202R", "G1202R+"],
)
def test_look_up_of_what_cannot_be_is_refused_and_never_wild_type(kb, typed):
    with pytest.raises(InputError):
        alkanet.look_up(typed, kb=kb)


def test_look_up_of_an_unknown_mutation_says_so(kb):
    answer = alkanet.look_up("D1160H", kb=kb)
    assert {r.call.value for r in answer.responses} == {"no data"}
    assert "unknown-mutation" in {c.code for c in answer.caveats}


def test_look_up_says_that_the_fusion_moves_no_call(kb):
    plain, fused = (alkanet.look_up("G1202R", kb=kb, fusion=f) for f in (None, "v3"))
    assert fused.fusion == "EML4::ALK v3"
    assert "fusion-not-weighed" in {c.code for c in fused.caveats}
    assert fused.responses == plain.responses


# ---- real patients ----------------------------------------------------------------------------


@pytest.fixture
def study():
    path = SHARED / "testdata" / "lung_msk_2017_a"
    if not path.is_dir():
        pytest.skip("the study lung_msk_2017 is not at hand")
    return path


@pytest.mark.parametrize("sample", ALK_POSITIVE)
def test_real_patients_go_through(kb, study, sample):
    made = loose(
        kb,
        variants=(study / "data_mutations_extended.txt",),
        fusions=(study / "data_fusions.txt",),
        sample=sample,
        genome="GRCh37",
    )
    fusion = made.tumour.fusion
    assert fusion.partner == "EML4"
    assert fusion.variant or fusion.basis, "typed, or the basis says why not"
    assert fusion.basis
    assert made.tumour.readings, "MSK-IMPACT reads the kinase domain"
    assert sum(reading.weight for reading in made.tumour.readings) == pytest.approx(1)
    for alteration in made.tumour.alterations:
        for support in getattr(alteration, "support", ()):
            assert support.vaf is None or support.vaf > 0
    for account in made.provenance.inputs:
        assert account.used + sum(entry.count for entry in account.set_aside) == account.rows
    assert made.haplotype_responses


def test_the_rows_of_this_file_are_those_of_the_knowledge(kb):
    assert set(ROWS) - {"D1160H"} <= kb.known_mutations()
    assert "D1160H" not in kb.known_mutations()


def _specimens(*, rebiopsy=None):
    covers = {"covers": ["ALK kinase domain"]}
    first = {"id": "diagnosis", "date": "2020-01-10", "assay": covers}
    return [
        first | {"files": {"variants": ["tumour.vcf"], "fusions": ["fusions.tsv"]}},
        *([rebiopsy] if rebiopsy else []),
    ]


def test_a_specimen_from_before_the_inhibitor_is_not_wild_type_now(folder):
    """Alectinib may have selected G1202R since: the old silence would say that all six work."""
    folder.vcf()
    folder.fusions()
    lines = [{"drugs": ["Alecensa"], "start": "2020-02-01", "stopped_for": "progression"}]
    made = folder.report(specimens=_specimens(), lines=lines)
    assert made.tumour.readings == ()
    assert {"specimen-before-treatment", "kinase-domain-not-tested"} <= set(codes(made))
    assert made.tumour.fusion.variant == "v3a", "what it shows still stands"
    for others in ([], [{"drugs": ["carboplatin"], "start": "2020-02-01"}]):
        made = folder.report(specimens=_specimens(), lines=others)
        assert [str(h) for h in made.tumour.haplotypes] == ["wild type"]


def test_a_newer_specimen_that_was_not_read_is_told(folder):
    folder.vcf()
    folder.fusions()
    rebiopsy = {"id": "rebiopsy", "date": "2026-10-20", "files": {"fusions": ["fusions.tsv"]}}
    made = folder.report(specimens=_specimens(rebiopsy=rebiopsy))
    assert any(c.code == "kinase-domain-coverage-unknown" for c in made.caveats)
    assert any(c.about == "rebiopsy" for c in made.caveats)


def test_a_mutation_that_a_read_specimen_lacks_is_told(folder):
    folder.vcf("G1202R")
    folder.fusions()
    folder.vcf(file="later.vcf")
    later = {
        "id": "later",
        "date": "2026-10-20",
        "assay": {"covers": ["ALK kinase domain"]},
        "files": {"variants": ["later.vcf"]},
    }
    made = folder.report(specimens=_specimens(rebiopsy=later))
    assert [c.about for c in made.caveats if c.code == "not-in-every-specimen"] == [
        "G1202R: found in diagnosis and not in later"
    ]
