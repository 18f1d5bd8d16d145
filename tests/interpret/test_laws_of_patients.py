"""Laws that hold for every patient, drug and haplotype, with the clinical reason beside each."""

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from alkanet.assess import assess
from alkanet.model.alteration import CopyNumberAlteration, ExpressionAlteration, HistologyAlteration
from alkanet.model.case import CoMedication, SiteOfDisease, StopReason
from alkanet.model.option import Tier
from alkanet.model.response import Call
from patient_builder import case_of, line, tumour_of

DRUGS = ("crizotinib", "ceritinib", "alectinib", "brigatinib", "ensartinib", "lorlatinib")
HAPLOTYPES = ("wild type", "L1196M", "G1202R", "I1171N", "I1171T", "G1269A", "C1156Y", "F1174C",
              "L1198F", "C1156Y+L1198F", "L1196M+G1202R", "D1203N", "D1160H")  # fmt: skip
SITES = ("brain", "liver", "adrenal gland", "leptomeninges", "lung")
BESIDE = (
    CopyNumberAlteration(gene="MET", change="high-level gain"),
    CopyNumberAlteration(gene="ALK", change="high-level gain"),
    HistologyAlteration(histology="small cell carcinoma", specimen="biopsy"),
    ExpressionAlteration(gene="ABCB1", change="over", assay="RNA"),
)

histories = st.lists(
    st.builds(
        lambda drug, best, why, reduced: line(drug, best=best, why=why, dose_reduced=reduced),
        st.sampled_from(DRUGS),
        st.sampled_from(["PR", "SD", "PD", None]),
        st.sampled_from([StopReason.PROGRESSION, StopReason.TOXICITY, None]),
        st.sampled_from([None, True]),
    ),
    max_size=4,
)
sites = st.lists(
    st.tuples(st.sampled_from(SITES), st.sampled_from([None, 1, 3, 8])),
    max_size=3,
    unique_by=lambda pair: pair[0],
)
beside = st.lists(st.sampled_from(BESIDE), max_size=2, unique=True)


def probability(response):
    return response.p_response.median if response.p_response is not None else None


@settings(max_examples=80)
@given(histories, sites, st.sampled_from(HAPLOTYPES), beside, st.integers(0, 10**6))
def test_the_order_of_the_input_does_not_matter(kb, lines, grows, haplotype, more, seed):
    """Lines of therapy have an order; sites, findings and other drugs have none."""
    taken = (CoMedication(drug="rifampicin"), CoMedication(drug="apixaban"))
    case = case_of(*lines, sites=grows, co_medication=taken)
    tumour = tumour_of(haplotype, alterations=more)
    shuffled = random.Random(seed)
    mixed = case.model_copy(
        update={
            "sites": tuple(shuffled.sample(case.sites, len(case.sites))),
            "co_medication": tuple(reversed(taken)),
        }
    )
    other = tumour_of(haplotype, alterations=shuffled.sample(more, len(more)))
    one, two = assess(case, tumour, kb), assess(mixed, other, kb)
    assert one.patient_responses == two.patient_responses
    assert [(o.id, o.tier, o.total) for o in one.options] == [
        (o.id, o.tier, o.total) for o in two.options
    ]
    assert [(m.id, m.confidence) for m in one.mechanisms] == [
        (m.id, m.confidence) for m in two.mechanisms
    ]


@settings(max_examples=120)
@given(histories, sites, st.sampled_from(HAPLOTYPES[1:]), beside)
def test_a_finding_of_resistance_never_raises_the_drug_that_it_resists(
    kb, lines, grows, haplotype, more
):
    """G1202R after alectinib may raise lorlatinib; it never raises what it resists."""
    case = case_of(*lines, sites=grows)
    mutated = assess(case, tumour_of(haplotype, alterations=more), kb)
    unmutated = assess(case, tumour_of("wild type", alterations=more), kb)
    resisted = {r.drug for r in mutated.haplotype_responses if r.call is Call.RESISTANT}
    before = {r.drug: r for r in unmutated.patient_responses}
    for response in mutated.patient_responses:
        if response.drug in resisted:
            for site in ("systemic", "cns"):
                now, then = (
                    probability(getattr(r, site)) for r in (response, before[response.drug])
                )
                assert now is None or then is None or now <= then + 1e-9, (response.drug, site)


@settings(max_examples=120)
@given(histories, sites, st.sampled_from(HAPLOTYPES), beside)
def test_a_drug_that_just_failed_is_not_sensitive_without_a_named_reason(
    kb, lines, grows, haplotype, more
):
    """Brain only, dose, adherence, few lesions, or growth that is no tumour: or it is resistant."""
    made = assess(case_of(*lines, sites=grows), tumour_of(haplotype, alterations=more), kb)
    for response in made.patient_responses:
        if response.just_failed:
            assert response.qualification
        if response.just_failed and "but:" not in response.qualification:
            assert response.systemic.call is Call.RESISTANT
            assert response.cns.call in (Call.RESISTANT, Call.NO_DATA)


@settings(max_examples=120)
@given(histories, sites, st.sampled_from(HAPLOTYPES), beside)
def test_probabilities_are_probabilities_and_silence_is_no_data(kb, lines, grows, haplotype, more):
    made = assess(case_of(*lines, sites=grows), tumour_of(haplotype, alterations=more), kb)
    for response in made.patient_responses:
        for site in (response.systemic, response.cns):
            assert (site.call is Call.NO_DATA) == (site.p_response is None)
            if site.p_response is not None:
                assert 0 < site.p_response.low <= site.p_response.median <= site.p_response.high < 1
        assert response.why, "an answer without a reason is none"
    if made.alk_dependence is not None:
        assert 0 < made.alk_dependence.value.median < 1


@settings(max_examples=60)
@given(histories, sites, st.sampled_from(HAPLOTYPES), beside)
def test_a_mechanism_never_raises_an_inhibitor_that_does_not_answer_it(
    kb, lines, grows, haplotype, more
):
    """A bypass or a change of lineage takes from ALK inhibitors; only crizotinib inhibits MET."""
    case = case_of(*lines, sites=grows)
    plain = assess(case, tumour_of(haplotype), kb)
    burdened = assess(case, tumour_of(haplotype, alterations=more), kb)
    duals = {drug for rule in kb.patient.mechanisms for drug in rule.inhibited_by}
    before = {r.drug: probability(r.systemic) for r in plain.patient_responses}
    for response in burdened.patient_responses:
        now, then = probability(response.systemic), before[response.drug]
        if response.drug not in duals and None not in (now, then):
            assert now <= then + 1e-9


@settings(max_examples=60)
@given(histories, sites, st.sampled_from(HAPLOTYPES))
def test_the_region_only_removes_or_reorders_and_says_why(kb, lines, grows, haplotype):
    case, tumour = case_of(*lines, sites=grows), tumour_of(haplotype)
    anywhere = assess(case, tumour, kb).options
    for region in ("US", "Norway", "JP", "CN", "Brazil"):
        here = assess(case.model_copy(update={"region": region}), tumour, kb).options
        assert {o.id for o in here} <= {o.id for o in anywhere}
        wide = {o.id: o for o in anywhere}
        for option in here:
            assert option.tier.rank >= wide[option.id].tier.rank
            if option.total != wide[option.id].total:
                label = next(term for term in option.terms if term.name == "label")
                assert len(label.why) > 20, "the reason for the new order"


@settings(max_examples=60)
@given(histories, sites, st.sampled_from(HAPLOTYPES))
def test_a_constraint_only_removes_or_reorders_and_says_why(kb, lines, grows, haplotype):
    case, tumour = case_of(*lines, sites=grows), tumour_of(haplotype)
    taken = (CoMedication(drug="rifampicin"),)
    free = {o.id: o for o in assess(case, tumour, kb).options}
    rows = {row.id: row for row in kb.patient.strategy}
    bound = assess(case.model_copy(update={"co_medication": taken}), tumour, kb).options
    for option in bound:
        if option.id not in free or "lorlatinib" not in rows[option.id].drugs:
            continue
        assert option.tier is Tier.NOT_ADVISED
        assert any("inducer" in reason for reason in option.against)


@settings(max_examples=60)
@given(histories, sites, st.sampled_from(HAPLOTYPES), beside)
def test_options_have_sources_and_stand_in_order(kb, lines, grows, haplotype, more):
    made = assess(case_of(*lines, sites=grows), tumour_of(haplotype, alterations=more), kb).options
    known = {source.id for source in kb.sources(s for o in made for s in o.sources)}
    for option in made:
        assert option.sources
        assert set(option.sources) <= known
        assert option.why
        assert option.terms
    assert [o.rank for o in made] == list(range(1, len(made) + 1))
    keys = [(o.tier.rank, o.folded, -o.total) for o in made]
    assert keys == sorted(keys)


@settings(max_examples=120)
@given(histories, sites, st.sampled_from(HAPLOTYPES[1:]))
def test_the_drug_that_just_failed_is_never_first_beside_a_named_resistance(
    kb, lines, grows, haplotype
):
    """Alone, systemically failed, with a haplotype that resists it: not advised, never first."""
    made = assess(case_of(*lines, sites=grows), tumour_of(haplotype), kb)
    failed = set(made.history.just_failed)
    resisted = {r.drug for r in made.haplotype_responses if r.call is Call.RESISTANT}
    rows = {row.id: row for row in kb.patient.strategy}
    for option in made.options[:1]:
        alone = rows[option.id].drugs
        is_local = option.kind.value in ("local therapy", "test", "watch")
        assert is_local or len(alone) != 1 or alone[0] not in failed & resisted


def test_sites_that_do_not_grow_change_no_systemic_response(kb):
    """A treated and quiet brain lesion is no reason to think less of a drug in the body."""
    quiet = (SiteOfDisease(site="brain", growing=False), SiteOfDisease(site="liver", growing=True))
    case = case_of(line("alectinib"), sites=[("liver", None)])
    with_brain = case.model_copy(update={"sites": quiet})
    one = assess(case, tumour_of("G1202R"), kb).patient_responses
    two = assess(with_brain, tumour_of("G1202R"), kb).patient_responses
    assert [r.systemic for r in one] == [r.systemic for r in two]
