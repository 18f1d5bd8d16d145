"""The tumour: not tested is not wild type, and nothing that a file says is lost without a word."""

from __future__ import annotations

import pytest
from patients import (
    codes,
    fusion_call,
    haplotypes,
    mutation,
    normalised,
    snv,
    specimen,
    tumour_of,
    typed,
)

from alkanet.errors import InputError
from alkanet.model.alteration import Role
from alkanet.model.calls import Origin, TouchedRow
from alkanet.model.case import SpecimenKind
from alkanet.model.caveat import Severity

OUTSIDE = "A900V"
UNTESTED = specimen(covers=False)


def test_not_tested_is_not_wild_type(kb):
    tumour = tumour_of(kb, fusions=[fusion_call()], specimens=(UNTESTED,))
    assert tumour.readings == ()
    assert tumour.haplotypes == ()
    (caveat,) = [c for c in tumour.caveats if c.code == "kinase-domain-not-tested"]
    assert caveat.severity is Severity.CRITICAL
    spot, *others = tumour.blind_spots
    assert spot.mechanism == "on-target mutation"
    assert "sequencing" in spot.test
    assert {"MET amplification or rearrangement", "Small cell histology"} <= {
        other.mechanism for other in others
    }


def test_a_kinase_domain_that_was_read_is_wild_type(kb):
    tumour = tumour_of(kb, fusions=[fusion_call()])
    assert haplotypes(tumour) == [{"wild type"}]
    assert tumour.readings[0].clones[0].specimens == ("biopsy",)
    assert "on-target mutation" not in {spot.mechanism for spot in tumour.blind_spots}


def test_an_assay_that_covers_and_read_no_file_is_not_wild_type(kb):
    tumour = tumour_of(kb, fusions=[fusion_call()], specimens=(specimen(files=()),))
    assert tumour.readings == ()


def test_a_typed_line_says_that_nothing_was_found(kb):
    line = typed("kinase domain", "no mutation found")
    tumour = tumour_of(kb, outside=[line], specimens=(UNTESTED,))
    assert haplotypes(tumour) == [{"wild type"}]


@pytest.mark.parametrize("kind", [SpecimenKind.PLASMA, SpecimenKind.CSF, SpecimenKind.CTC])
def test_a_liquid_that_shows_no_tumour_is_not_wild_type(kb, kind):
    """Plasma without any tumour DNA finds no mutation in anybody."""
    liquid = specimen("plasma", kind=kind)
    tumour = tumour_of(kb, specimens=(liquid,))
    assert tumour.readings == ()
    assert {"kinase-domain-not-tested", "liquid-not-informative"} <= set(codes(tumour))


def test_a_liquid_that_shows_the_fusion_may_be_wild_type(kb):
    liquid = specimen("plasma", kind=SpecimenKind.PLASMA)
    tumour = tumour_of(kb, fusions=[fusion_call("plasma")], specimens=(liquid,))
    assert haplotypes(tumour) == [{"wild type"}]


def test_a_mutation_in_plasma_is_a_mutation(kb):
    liquid = specimen("plasma", kind=SpecimenKind.PLASMA)
    tumour = tumour_of(kb, mutation("G1202R", specimen="plasma"), specimens=(liquid,))
    assert haplotypes(tumour) == [{"G1202R"}]


def test_a_mutation_from_an_assay_that_nobody_knows_is_used_with_a_caveat(kb):
    tumour = tumour_of(kb, mutation("G1202R"), specimens=(UNTESTED,))
    assert haplotypes(tumour) == [{"G1202R"}]
    assert "kinase-domain-coverage-unknown" in codes(tumour)


def test_no_mutation_typed_beside_a_called_one_is_a_conflict(kb):
    line = typed("kinase domain", "no mutation found")
    tumour = tumour_of(kb, mutation("G1202R"), outside=[line])
    (conflict,) = tumour.conflicts
    assert any("no mutation found" in said for said in conflict.says)
    assert any("G1202R" in said for said in conflict.says)
    assert conflict.taken == "G1202R"
    assert haplotypes(tumour) == [{"G1202R"}]


def test_no_mutation_in_another_specimen_is_no_conflict(kb):
    line = typed("kinase domain", "no mutation found", specimen="older")
    pair = (specimen("older", covers=False), specimen())
    tumour = tumour_of(kb, mutation("G1202R"), outside=[line], specimens=pair)
    assert tumour.conflicts == ()


def test_an_unknown_kinase_mutation_is_scored_and_told(kb):
    tumour = tumour_of(kb, mutation("D1160H"))
    assert haplotypes(tumour) == [{"D1160H"}]
    (caveat,) = [c for c in tumour.caveats if c.code == "unknown-mutation"]
    assert caveat.about == "D1160H"
    assert tumour.alterations[0].role is Role.SCORED


@pytest.mark.parametrize("name", ["I1461V", "K1491R", "D1529E"])
def test_a_germline_difference_is_listed_and_no_haplotype(kb, name):
    """Healthy people have them; in some references they are the residue itself."""
    tumour = tumour_of(kb, mutation(name))
    (variant,) = tumour.alterations
    assert (variant.name, variant.role) == (name, Role.GERMLINE)
    assert haplotypes(tumour) == [{"wild type"}]
    assert not {"unknown-mutation", "listed-not-scored"} & set(codes(tumour))


def test_a_germline_difference_without_coverage_makes_no_wild_type(kb):
    tumour = tumour_of(kb, mutation("K1491R"), specimens=(UNTESTED,))
    assert tumour.readings == ()


def test_a_change_outside_the_kinase_is_listed_with_a_note(kb):
    tumour = tumour_of(kb, mutation(OUTSIDE))
    assert tumour.alterations[0].role is Role.LISTED
    assert haplotypes(tumour) == [{"wild type"}]
    assert "listed-not-scored" in codes(tumour)


def test_a_change_outside_the_kinase_that_the_knowledge_names_is_scored(kb):
    assert haplotypes(tumour_of(kb, mutation("E1407K"))) == [{"E1407K"}]


def test_a_change_that_breaks_the_kinase_is_listed_with_a_warning(kb):
    tumour = tumour_of(kb, mutation("W1295*"))
    assert tumour.alterations[0].role is Role.LISTED
    assert haplotypes(tumour) == [{"wild type"}]
    assert "truncating-in-kinase" in codes(tumour)


def test_a_silent_change_is_silent(kb):
    tumour = tumour_of(kb, snv(3606, "T"))
    assert [v.role for v in tumour.alterations] == [Role.SILENT]
    assert haplotypes(tumour) == [{"wild type"}]


def test_one_change_of_two_files_is_one_finding(kb):
    """A VCF and a typed report of one tumour: one alteration, both supports."""
    line = typed("mutation", "p.Gly1202Arg", vaf=0.2)
    tumour = tumour_of(kb, mutation("G1202R", vaf=0.1, depth_reads=100), outside=[line])
    (variant,) = tumour.alterations
    assert [support.vaf for support in variant.support] == [0.1, 0.2]
    assert haplotypes(tumour) == [{"G1202R"}]


def test_a_vaf_that_nobody_gives_stays_unknown(kb):
    tumour = tumour_of(kb, mutation("G1202R"), outside=[typed("mutation", "L1196M")])
    for variant in tumour.alterations:
        for support in variant.support:
            assert (support.vaf, support.depth_reads) == (None, None)


def test_mutations_of_two_specimens_are_told(kb):
    tumour = tumour_of(
        kb,
        mutation("G1202R"),
        mutation("L1196M", specimen="later"),
        specimens=(specimen(), specimen("later")),
    )
    assert "several-specimens" in codes(tumour)


def test_a_rejected_call_is_told_and_not_used(kb):
    tumour = tumour_of(kb, filtered=(mutation("G1202R", filters=("weak_evidence",)),))
    assert haplotypes(tumour) == [{"wild type"}]
    (caveat,) = [c for c in tumour.caveats if c.code == "filtered-in-alk"]
    assert "G1202R" in caveat.about
    assert "weak_evidence" in caveat.about


def test_a_row_in_alk_that_could_not_be_used_is_told(kb):
    row = TouchedRow(origin=Origin(file="tumour.vcf", line=7), reason="no alternate allele")
    tumour = tumour_of(kb, touched=(row,))
    (caveat,) = [c for c in tumour.caveats if c.code == "row-in-alk-set-aside"]
    assert "tumour.vcf:7" in caveat.about


def test_a_note_on_a_file_is_told(kb):
    assert "input-note" in codes(tumour_of(kb, notes=("tumour.vcf: odd bytes",)))


def test_no_fusion_is_told(kb):
    assert "no-fusion" in codes(tumour_of(kb, mutation("G1202R")))
    assert "no-fusion" not in codes(tumour_of(kb, fusions=[fusion_call()]))


def test_a_name_of_the_file_that_its_bases_do_not_give_is_a_conflict(kb):
    tumour = tumour_of(kb, mutation("G1202R", stated_hgvs_p="p.G1202K"))
    (conflict,) = tumour.conflicts
    assert conflict.taken == "G1202R"
    assert any("G1202K" in said for said in conflict.says)
    assert haplotypes(tumour) == [{"G1202R"}]


@pytest.mark.parametrize("finding", ["R1202G", "G1202", "Q9999R", "G1202R+"])
def test_an_impossible_typed_finding_ends_with_its_line(kb, finding):
    line = typed("mutation", finding)
    with pytest.raises(InputError) as caught:
        tumour_of(kb, outside=[line])
    assert caught.value.file == "calls.tsv"
    assert caught.value.line == line.origin.line
    assert caught.value.field == "finding"


def test_a_row_of_an_intron_is_set_aside_and_no_caveat(kb):
    """Deep in an intron nothing touches a residue: no doubt about the haplotype."""
    call = mutation("G1202R")
    deep = call.model_copy(
        update={"position": call.position - 400, "reference": "N", "alternate": "A"}
    )
    found = normalised(kb, mutation("L1196M"), deep)
    assert haplotypes(found.tumour) == [{"L1196M"}]
    assert len(found.set_aside) == 1


def test_the_order_of_calls_does_not_change_the_haplotypes(kb):
    calls = [mutation(n) for n in ("I1171N", "L1196M", "G1202R", "K1491R")]
    assert tumour_of(kb, *calls).haplotypes == tumour_of(kb, *calls[::-1]).haplotypes
