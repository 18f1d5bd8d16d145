"""How rows become options: tiers, terms, labels and constraints, each for its clinical reason."""

import datetime as dt

import pytest

from alkanet.model.alteration import CopyNumberAlteration, Role, SmallVariant
from alkanet.model.case import Event, StopReason
from alkanet.model.history import Growth
from alkanet.model.option import Tier
from alkanet.model.record import Interval
from alkanet.model.response import Call, PatientResponse, SiteResponse
from alkanet.model.strategy import Position
from alkanet.recommend.approvals import cover_of
from alkanet.recommend.terms import decisive_site
from patient_builder import AS_OF, assessed, case_of, line, tumour_of

VARIANT = SmallVariant(
    gene="BRAF", name="V600E", hgvs_p=None, consequence="missense_variant", role=Role.OTHER_GENE
)


def site(call, median):
    p = Interval(median=median, low=median / 2, high=min(0.95, median * 1.5)) if median else None
    return SiteResponse(call=Call(call), p_response=p)


@pytest.mark.parametrize(
    ("growth", "where"),
    [
        (Growth(body=True), "in the body"),
        (Growth(brain=True), "in the brain"),  # only the brain grows: what happens there decides
        (Growth(brain=True, body=True), "in the brain"),  # the site that responds less
        (Growth(leptomeninges=True), "in the brain"),
        (Growth(), "in the body"),
    ],
)
def test_the_site_that_decides(growth, where):
    weak_in_brain = PatientResponse(
        drug="crizotinib", systemic=site("sensitive", 0.6), cns=site("reduced", 0.2)
    )
    assert decisive_site(weak_in_brain, growth)[0] == where


def test_a_brain_without_data_decides_where_it_grows():
    """Silence about the brain is no comfort while the brain grows."""
    unknown = PatientResponse(
        drug="repotrectinib", systemic=site("sensitive", 0.6), cns=site("no data", None)
    )
    where, response = decisive_site(unknown, Growth(brain=True, body=True))
    assert (where, response.call) == ("in the brain", Call.NO_DATA)


@pytest.mark.parametrize(
    ("drug", "position", "region", "as_of", "covered"),
    [
        ("lorlatinib", Position.FIRST_LINE, "US", "2026-11-01", True),
        ("lorlatinib", Position.FIRST_LINE, "US", "2020-01-01", False),  # approved on 2021-03-03
        ("lorlatinib", Position.AFTER_SECOND_GENERATION, "EU", "2020-01-01", True),
        ("ensartinib", Position.FIRST_LINE, "US", "2026-11-01", True),
        ("ensartinib", Position.AFTER_SECOND_GENERATION, "US", "2026-11-01", False),
        ("ensartinib", Position.FIRST_LINE, "EU", "2026-11-01", False),
        ("alectinib", Position.ADJUVANT, "Germany", "2026-11-01", True),
        ("alectinib", Position.ADJUVANT, "Germany", "2023-01-01", False),
        (
            "alectinib",
            Position.FIRST_LINE,
            "Brazil",
            "2026-11-01",
            False,
        ),  # not followed: not known
        ("neladalkib", Position.AFTER_THIRD_GENERATION, "US", "2026-11-01", False),
    ],
)
def test_labels_by_region_position_and_date(kb, drug, position, region, as_of, covered):
    case = case_of(region=region, as_of=dt.date.fromisoformat(as_of))
    cover = cover_of(drug, position, case, kb.patient)
    assert cover.is_covered is covered
    assert not covered or cover.sources
    if covered:
        assert "approved by" in cover.words, "never an approval without its date"
        assert any(part.count("-") == 2 for part in cover.words.split())


def test_norway_is_a_region_and_not_a_truth_value(kb):
    case = case_of(region="no")
    assert cover_of("alectinib", Position.FIRST_LINE, case, kb.patient).is_covered


def test_a_call_lowers_the_tier_and_never_raises_it(kb):
    """Supported for everybody, not advised where the haplotype resists it."""
    case = case_of(line("crizotinib"), sites=[("liver", None)])
    _, _, plain = assessed(kb, case, tumour_of("wild type"))
    _, calls, found = assessed(kb, case, tumour_of("G1202R"))
    rows = {row.id: row for row in kb.patient.strategy}
    for option in found.values():
        drug = rows[option.id].inhibitor
        assert option.tier.rank >= rows[option.id].tier.rank
        if drug is not None and calls[drug].systemic.call is Call.RESISTANT:
            assert option.tier is Tier.NOT_ADVISED
            assert option.against
    assert any(o.tier is not Tier.NOT_ADVISED for o in plain.values())


def test_a_recent_checkpoint_inhibitor_takes_from_crizotinib(kb):
    """Severe rise of ALT in 45 % of 11 against 8 % of 442."""
    event = Event(kind="checkpoint inhibitor", date=AS_OF - dt.timedelta(days=30))
    _, _, plain = assessed(kb, case_of(), tumour_of("wild type"))
    _, _, warned = assessed(kb, case_of(events=(event,)), tumour_of("wild type"))
    rows = {row.id: row for row in kb.patient.strategy}
    for name, option in warned.items():
        if "crizotinib" in rows[name].drugs:
            assert option.total < plain[name].total
            assert any("checkpoint" in caution for caution in option.cautions)


def test_a_regimen_that_has_just_failed_is_not_advised_again(kb):
    """Dabrafenib and trametinib after growth through them; a pair with a new partner stays."""
    found = [VARIANT]
    failed = line("dabrafenib", "trametinib")
    before = case_of(line("alectinib"))
    after = case_of(line("alectinib"), failed)
    _, _, first = assessed(kb, before, tumour_of("wild type", alterations=found))
    _, _, again = assessed(kb, after, tumour_of("wild type", alterations=found))
    rows = {row.id: row for row in kb.patient.strategy}
    pairs = [n for n in first if {"dabrafenib", "trametinib"} <= set(rows[n].drugs)]
    assert pairs
    for name in pairs:
        assert first[name].tier is not Tier.NOT_ADVISED
        assert name not in again or again[name].tier is Tier.NOT_ADVISED


def test_an_inhibitor_that_failed_alone_is_no_trial_of_a_pair(kb):
    """Alectinib failed; alectinib with a MET inhibitor was not tried."""
    amplified = CopyNumberAlteration(gene="MET", change="high-level gain")
    _, _, options = assessed(
        kb, case_of(line("alectinib")), tumour_of("wild type", alterations=[amplified])
    )
    assert options["alk-and-met-inhibitor"].tier is Tier.REASONABLE


def test_a_drug_that_was_not_borne_stands_lower_and_says_so(kb):
    stopped = line("lorlatinib", why=StopReason.TOXICITY)
    _, _, plain = assessed(kb, case_of(line("alectinib")), tumour_of("G1202R"))
    _, _, borne = assessed(kb, case_of(line("alectinib"), stopped), tumour_of("G1202R"))
    name = "lorlatinib-after-second-generation-mutation"
    assert borne[name].total < plain[name].total
    assert any("stopped for toxicity" in term.why for term in borne[name].terms)
