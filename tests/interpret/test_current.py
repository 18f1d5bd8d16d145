"""An old mutation explains no new failure, and brings back no drug that it does not admit."""

import pytest

from alkanet.interpret import current_tumour
from alkanet.model.alteration import CopyNumberAlteration, ExpressionAlteration
from alkanet.model.case import CoMedication, Setting
from alkanet.model.haplotype import Clone, Haplotype, Phase, Reading
from alkanet.model.response import Call
from patient_builder import assessed, case_of, line, tumour_of


def with_old(haplotype, *, read=()):
    """Return a tumour whose mutation only a specimen from before the treatment shows."""
    clone = Clone(
        haplotype=Haplotype.parse(haplotype), phase=Phase.SINGLE, specimens=("old biopsy",)
    )
    return tumour_of().model_copy(
        update={
            "readings": (Reading(weight=1.0, why="one biopsy", clones=(clone,)),),
            "outdated_specimens": ("old biopsy",),
            "read_specimens": read,
        }
    )


def test_a_current_biopsy_without_the_mutation_is_wild_type_now():
    (reading,) = current_tumour(with_old("L1196M", read=("new biopsy",))).readings
    assert [str(clone.haplotype) for clone in reading.clones] == ["wild type"]


def test_without_a_current_biopsy_nothing_is_known_now():
    assert current_tumour(with_old("L1196M")).readings == ()


def test_what_a_current_specimen_shows_stays():
    tumour = tumour_of("G1202R")
    assert current_tumour(tumour) == tumour


def test_an_old_mutation_explains_no_failure_since(kb):
    """L1196M after crizotinib, then two years of alectinib; the new biopsy has none."""
    case = case_of(line("crizotinib"), line("alectinib"))
    made, calls, _ = assessed(kb, case, with_old("L1196M", read=("new biopsy",)))
    assert "alk-mutation" not in {m.id for m in made.mechanisms}
    assert calls["lorlatinib"].systemic.call is Call.REDUCED, "27 % and not 69 %"
    assert "mutation-before-treatment" in {c.code for c in made.caveats}
    haplotypes = {r.haplotype for r in made.haplotype_responses}
    assert haplotypes == {"L1196M", "wild type"}, "the table of haplotypes keeps it"


@pytest.mark.parametrize(
    ("given", "haplotype", "drug", "back"),
    [
        # lorlatinib failed for C1156Y+L1198F, which lets crizotinib bind: the published patient
        (("crizotinib", "lorlatinib"), "C1156Y+L1198F", "crizotinib", True),
        # lorlatinib failed for another reason: that it covers G1202R does not bring it back
        (("alectinib", "lorlatinib", "brigatinib"), "G1202R", "lorlatinib", False),
        # of the same generation as the drug that failed last
        (("brigatinib", "alectinib"), "I1171N", "brigatinib", False),
        # wild type brings nothing back
        (("crizotinib", "alectinib"), "wild type", "crizotinib", False),
    ],
)
def test_what_brings_a_failed_drug_back(kb, given, haplotype, drug, back):
    _, calls, _ = assessed(kb, case_of(*map(line, given)), tumour_of(haplotype))
    assert (calls[drug].systemic.call is Call.SENSITIVE) is back
    if not back:
        assert calls[drug].systemic.call is Call.RESISTANT


def test_an_inducer_excuses_only_a_drug_that_it_lowers(kb):
    """Alectinib and its metabolite together hardly change under strong inducers of CYP3A."""
    taken = (CoMedication(drug="rifampicin"),)
    for drug, excused in (("brigatinib", True), ("alectinib", False)):
        case = case_of(line(drug), co_medication=taken, sites=[("liver", 9)])
        _, calls, _ = assessed(kb, case, tumour_of("wild type"))
        assert ("but:" in calls[drug].qualification) is excused


def test_alk_protein_alone_is_a_diagnosis(kb):
    seen = ExpressionAlteration(gene="ALK", change="present", assay="immunohistochemistry")
    _, calls, options = assessed(kb, case_of(), tumour_of(fusion=False, alterations=[seen]))
    assert calls["alectinib"].systemic.call is Call.SENSITIVE
    assert "alectinib-first-line" in options
    _, calls, options = assessed(kb, case_of(), tumour_of(fusion=False))
    assert calls["alectinib"].systemic.call is Call.NO_DATA
    assert "alectinib-first-line" not in options


def test_resected_disease_has_nothing_to_respond(kb):
    _, calls, options = assessed(kb, case_of(setting=Setting.EARLY), tumour_of("wild type"))
    assert {r.systemic.call for r in calls.values()} == {Call.NO_DATA}
    assert "alectinib-adjuvant" in options


def test_crizotinib_counts_for_met_only_until_met_inhibition_has_failed(kb):
    """Capmatinib with alectinib failed: that crizotinib inhibits MET too is no longer a reason."""
    amplified = CopyNumberAlteration(gene="MET", change="high-level gain")
    tumour = tumour_of("wild type", alterations=[amplified])
    before = case_of(line("alectinib"))
    after = case_of(line("alectinib"), line("alectinib", "capmatinib"))
    _, first, _ = assessed(kb, before, tumour)
    _, again, _ = assessed(kb, after, tumour)
    assert first["crizotinib"].systemic.call is Call.REDUCED
    assert again["crizotinib"].systemic.call is Call.RESISTANT
