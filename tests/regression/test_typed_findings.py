"""What a person types is never turned into its opposite, and its order decides nothing."""

from itertools import permutations

import pytest

from alkanet.errors import InputError
from alkanet.lookup import look_up


@pytest.mark.parametrize(
    "text",
    [
        "EML4-ALK not detected",
        "EML4::ALK negative",
        "No EML4-ALK fusion",
        "EML4-ALK: absent",
        "EML4-ALK wild type",
        "EML4::ALK v1 or v3",
        "EML4::ALK v1 / KIF5B::ALK",
    ],
)
def test_a_fusion_that_is_denied_or_left_open_is_refused(desk, kb, text):
    with pytest.raises(InputError):
        desk.report(calls=[desk.typed(("fusion", text))], assay=None)
    with pytest.raises(InputError):
        look_up("wild type", fusion=text, kb=kb)


@pytest.mark.parametrize(
    ("text", "variant"),
    [
        ("EML4-ALK variant 3a/b", "v3"),
        ("EML4-ALK variant 3a/3b", "v3"),
        ("EML4-ALK V3A", "v3a"),
        ("EML4-ALK VARIANT 1", "v1"),
        ("EML4::ALK v4\u2019", "v4'"),
        ("EML4::ALK v4\u2032", "v4'"),
        ("EML4-ALK e13;a20", "v1"),
    ],
)
def test_variants_are_read_as_they_are_written(desk, text, variant):
    made = desk.report(calls=[desk.typed(("fusion", text))], assay=None)
    assert made.tumour.fusion.variant == variant


@pytest.mark.parametrize(
    ("text", "name", "junction"),
    [("EML4-ALK variant 2 (E13;A20)", "v2", "E13;A20"), ("EML4-ALK v3b E6a;A20", "v3b", "E6a;A20")],
)
def test_a_name_and_a_junction_that_disagree_are_refused_with_both(desk, kb, text, name, junction):
    """One typed line can be mended by who typed it, and the lookup has no place for a conflict."""
    with pytest.raises(InputError) as caught:
        desk.report(calls=[desk.typed(("fusion", text))], assay=None)
    assert name in str(caught.value)
    assert junction in str(caught.value)
    with pytest.raises(InputError):
        look_up("wild type", fusion=text, kb=kb)


@pytest.mark.parametrize("text", ["EML4-ALK E99;A20", "EML4-ALK E13;A99"])
def test_an_exon_that_the_gene_does_not_have_is_refused(desk, text):
    with pytest.raises(InputError):
        desk.report(calls=[desk.typed(("fusion", text))], assay=None)


@pytest.mark.parametrize("text", ["G1202fs", "R1275*", "G1202Rfs*5"])
def test_a_typed_stop_in_the_kinase_domain_is_not_called_outside_of_it(desk, text):
    made = desk.report(calls=[desk.typed(("mutation", text))])
    codes = {caveat.code for caveat in made.caveats}
    assert "truncating-in-kinase" in codes
    assert "listed-not-scored" not in codes


def test_a_typed_silent_change_is_silent(desk):
    made = desk.report(calls=[desk.typed(("mutation", "G1202="))])
    assert [alteration.role.value for alteration in made.tumour.alterations] == ["silent"]
    assert "listed-not-scored" not in {caveat.code for caveat in made.caveats}


def test_a_stop_before_the_junction_is_not_said_to_silence_the_fusion(desk):
    """E148* stands in exon 1, which no fusion with exon 20 holds."""
    files = {"variants": [desk.vcf(("29920218", "C", "A"))]}
    made = desk.report(calls=[desk.typed(("fusion", "EML4::ALK v1"))], **files)
    assert [alteration.name for alteration in made.tumour.alterations] == ["E148*"]
    assert not [c for c in made.caveats if "would silence the fusion" in c.text]


@pytest.mark.parametrize(
    "rows",
    [
        [("mutation", "G1202R"), ("mutation", "c.3604G>A"), ("mutation", "L1196M")],
        [("fusion", "EML4::ALK v1"), ("fusion", "EML4::ALK v2")],
        [("fusion", "EML4::ALK v1"), ("fusion", "KIF5B::ALK K24;A20")],
    ],
    ids=["protein and coding name", "two variants", "two partners"],
)
def test_the_order_of_typed_lines_decides_nothing(desk, readings, rows):
    told = set()
    for order in permutations(rows):
        made = desk.report(calls=[desk.typed(*order)], assay=None)
        told.add((made.headline, str(sorted(readings(made)))))
    assert len(told) == 1


@pytest.mark.parametrize(("partner", "named"), [("EML4", True), ("EIF2AK3", False)])
def test_names_of_eml4_are_not_told_of_another_partner(desk, partner, named):
    made = desk.report(calls=[desk.typed(("fusion", f"{partner}::ALK E14;A20"))])
    assert made.tumour.fusion.name == f"{partner}::ALK"
    assert ("v4" in made.model_dump_json()) is named
