"""What a value of the model can never say."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from model_values import INTERVALS, values_of
from pydantic import ValidationError

from alkanet.model.calls import Breakpoint, Origin, VariantCall
from alkanet.model.case import Case, LineOfTherapy, Specimen
from alkanet.model.evidence import Certainty, EvidenceKind, Measurement
from alkanet.model.haplotype import Reading
from alkanet.model.provenance import InputAccount, SetAside
from alkanet.model.record import Interval
from alkanet.model.response import Basis, Call, HaplotypeResponse, SiteResponse
from alkanet.model.response_rules import ResponseRules
from alkanet.model.therapy import FoldCut

HALF = Interval(median=0.5, low=0.2, high=0.8)


def _response(call, p_response):
    return HaplotypeResponse(
        haplotype="G1202R",
        drug="alectinib",
        call=call,
        fold_change=None,
        p_response=p_response,
        basis=Basis.NONE,
    )


@pytest.mark.parametrize("make", [_response, lambda c, p: SiteResponse(call=c, p_response=p)])
@pytest.mark.parametrize("call", list(Call))
def test_silence_has_no_probability_and_a_call_has_one(make, call):
    """``p_response`` is null if and only if the call is ``no data``."""
    right, wrong = (None, HALF) if call is Call.NO_DATA else (HALF, None)
    assert make(call, right).p_response == right
    with pytest.raises(ValidationError, match="if and only if"):
        make(call, wrong)


def test_there_are_four_calls():
    assert [call.value for call in Call] == ["sensitive", "reduced", "resistant", "no data"]


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values_of(HaplotypeResponse), INTERVALS)
def test_json_cannot_smuggle_a_probability_into_silence(response, interval):
    silent = response.model_dump(mode="json") | {
        "call": "no data",
        "p_response": interval.model_dump(),
    }
    with pytest.raises(ValidationError, match="if and only if"):
        HaplotypeResponse.model_validate(silent)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(values_of(InputAccount), st.integers(1, 9))
def test_an_account_adds_up(account, lost):
    """Every row is used or set aside: one that is neither, or both, is refused."""
    fields = dict(account)
    with pytest.raises(ValidationError, match="rows"):
        InputAccount(**fields | {"rows": account.rows + lost})
    with pytest.raises(ValidationError, match="rows"):
        InputAccount(**fields | {"used": account.used + lost})


def test_a_reason_without_rows_is_no_reason():
    with pytest.raises(ValidationError):
        SetAside(reason="x", count=0, rows=())


@pytest.mark.parametrize("vaf", [-0.01, 1.01, 12.0])
def test_a_vaf_is_a_fraction(vaf):
    """Twelve per cent is 0.12: a 12 here is a fault and not a certainty."""
    with pytest.raises(ValidationError):
        VariantCall(
            origin=Origin(file="a.vcf", line=1),
            specimen="s",
            genome=None,
            chromosome="2",
            position=1,
            reference="A",
            alternate="C",
            vaf=vaf,
        )


def test_unknown_reads_are_none_and_not_zero():
    call = VariantCall(
        origin=Origin(file="a.vcf", line=1),
        specimen="s",
        genome=None,
        chromosome="2",
        position=1,
        reference="A",
        alternate="C",
    )
    assert (call.vaf, call.depth_reads, call.alternate_reads) == (None, None, None)


@pytest.mark.parametrize("weight", [-0.1, 1.1])
def test_a_weight_is_a_fraction(weight):
    with pytest.raises(ValidationError):
        Reading(weight=weight, why="x", clones=())


def test_a_row_is_told_by_file_and_line():
    assert f"{Origin(file='a.vcf', line=12)}" == "a.vcf:12"


def test_a_breakpoint_has_a_place():
    with pytest.raises(ValidationError, match="needs chromosome and position"):
        Breakpoint(chromosome="2")
    assert Breakpoint(hgvs_c="c.3173-518").hgvs_c


def test_a_line_of_therapy_runs_forward():
    with pytest.raises(ValidationError, match="lies before start"):
        LineOfTherapy(drugs=("alectinib",), start="2024-02-01", stop="2024-01-01")
    with pytest.raises(ValidationError):
        LineOfTherapy(drugs=())


def test_a_case_names_each_specimen_once():
    with pytest.raises(ValidationError, match="stands twice: b"):
        Case(id="x", specimens=(Specimen(id="a"), Specimen(id="b"), Specimen(id="b")))


@pytest.mark.parametrize(("low", "high"), [(2, 2), (3, 2)])
def test_a_cut_is_ordered(low, high):
    with pytest.raises(ValidationError, match="below resistant_from"):
        FoldCut(sensitive_up_to=low, resistant_from=high, reason="x", anchors=("a.b",))


def test_a_cut_has_an_anchor():
    with pytest.raises(ValidationError):
        FoldCut(sensitive_up_to=1, resistant_from=2, reason="x", anchors=())


@pytest.mark.parametrize("ic50", [0, -1])
def test_a_concentration_is_positive(ic50):
    fields = {
        "id": "x-2020.a",
        "source": "x-2020",
        "panel": "x-2020/p",
        "haplotype": None,
        "therapy": "alectinib",
        "assay": "enzyme",
        "cell_line": "none",
        "expressed": "ALK",
        "locator": "text",
        "certainty": Certainty.RECALLED,
    }
    assert Measurement(**fields, ic50_nM=1).ic50_nM == 1
    with pytest.raises(ValidationError):
        Measurement(**fields, ic50_nM=ic50)
    with pytest.raises(ValidationError, match="does not begin with its source"):
        Measurement(**fields | {"panel": "y-2020/p"}, ic50_nM=1)


@pytest.mark.parametrize("kind", list(EvidenceKind))
def test_every_kind_of_evidence_needs_a_weight(kb, kind):
    rules = dict(kb.response_rules())
    weights = {k: w for k, w in rules["weights"].items() if k is not kind}
    with pytest.raises(ValidationError, match=f"weights lacks: {kind.value}"):
        ResponseRules(**rules | {"weights": weights})


@pytest.mark.parametrize("call", ["sensitive", "reduced", "resistant"])
def test_every_call_needs_a_line_of_the_map(kb, call):
    rules = dict(kb.response_rules())
    entries = tuple(e for e in rules["response_map"] if e.call != call or e.from_score > 0)
    with pytest.raises(ValidationError, match="from_score 0"):
        ResponseRules(**rules | {"response_map": entries})
