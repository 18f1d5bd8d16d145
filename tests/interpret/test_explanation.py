"""Does the haplotype explain the failure of this drug? No drug and no mutation is favoured."""

import pytest

from alkanet.interpret.explanation import explanation_facts
from alkanet.model.fact import Fact
from alkanet.model.record import Interval
from alkanet.model.response import Basis, Call, HaplotypeResponse
from patient_builder import tumour_of

P = {
    Call.SENSITIVE: Interval(median=0.6, low=0.35, high=0.8),
    Call.REDUCED: Interval(median=0.35, low=0.1, high=0.6),
    Call.RESISTANT: Interval(median=0.1, low=0.01, high=0.25),
    Call.NO_DATA: None,
}


def response(haplotype, call, basis=Basis.MEASURED, drug="drug"):
    call = Call(call)
    return HaplotypeResponse(
        haplotype=haplotype, drug=drug, call=call, fold_change=None, p_response=P[call], basis=basis
    )


def facts(tumour, *responses):
    return dict(explanation_facts(tumour, "drug", responses))


@pytest.mark.parametrize(
    ("readings", "responses", "fact"),
    [
        (["G1202R"], [("G1202R", "resistant")], Fact.SINGLE_EXPLAINS),
        (["C1156Y+L1198F"], [("C1156Y+L1198F", "resistant")], Fact.COMPOUND_EXPLAINS),
        # a drug to which the mutant is sensitive did not fail for that mutation
        (["F1174V"], [("F1174V", "sensitive")], Fact.NOT_EXPLAINED),
        (["wild type"], [("wild type", "sensitive")], Fact.NOT_EXPLAINED),
        # wild type that a drug hardly inhibits is no mutation that explains anything
        (["wild type"], [("wild type", "resistant")], Fact.NOT_EXPLAINED),
        (["I1171T"], [("I1171T", "reduced")], Fact.EXPLAINED_IN_PART),
        # nobody knows what the mutation does: it may be the reason
        (["D1160H"], [("D1160H", "no data")], Fact.EXPLAINED_IN_PART),
        (["G1202R / wild type"], [("G1202R", "resistant"), ("wild type", "sensitive")],
         Fact.SINGLE_EXPLAINS),
        # phase unknown: in cis it resists, in trans neither clone does
        (["A1200V+L1196M", "A1200V / L1196M"],
         [("L1196M+A1200V", "resistant"), ("A1200V", "sensitive"), ("L1196M", "sensitive")],
         Fact.EXPLAINED_IN_PART),
    ],
)  # fmt: skip
def test_explained_or_not(readings, responses, fact):
    assert set(facts(tumour_of(*readings), *(response(*r) for r in responses))) == {fact}


def test_a_sum_of_single_mutations_may_explain_and_never_establishes():
    made = facts(
        tumour_of("L1196M+G1269A"), response("L1196M+G1269A", "resistant", Basis.PREDICTED)
    )
    assert set(made) == {Fact.EXPLAINED_IN_PART}


def test_what_was_not_read_explains_nothing_and_refutes_nothing():
    assert facts(tumour_of(), response("wild type", "sensitive")) == {}


def test_the_response_to_another_drug_says_nothing():
    made = facts(
        tumour_of("G1202R"),
        response("G1202R", "resistant", drug="another"),
        response("G1202R", "sensitive"),
    )
    assert set(made) == {Fact.NOT_EXPLAINED}
