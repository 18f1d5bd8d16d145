"""Fusions as people type them from a report."""

from __future__ import annotations

import pytest
from alk_reference import VARIANTS
from patients import tumour_of, typed

from alkanet.errors import InputError
from alkanet.normalise.typed_fusion import canonical_fusion


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("EML4::ALK", "EML4::ALK"),
        ("EML4-ALK", "EML4::ALK"),
        ("eml4/alk", "EML4::ALK"),
        ("ALK-EML4", "EML4::ALK"),
        ("EML4::ALK v1", "EML4::ALK v1"),
        ("EML4-ALK variant 1", "EML4::ALK v1"),
        ("EML4-ALK V3A", "EML4::ALK v3a"),
        ("v3", "EML4::ALK v3"),
        ("EML4::ALK v4'", "EML4::ALK v4'"),
        ("KIF5B::ALK", "KIF5B::ALK"),
        ("KIF5B::ALK K24;A20", "KIF5B::ALK K24;A20"),
        ("E13;A20", "EML4::ALK E13;A20"),
        ("TFG-ALK", "TFG::ALK"),
    ],
)
def test_a_fusion_as_people_type_it(text, name):
    assert canonical_fusion(text, VARIANTS) == name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("EML4::ROS1", "names no ALK fusion"),
        ("ALK::ALK", "names no ALK fusion"),
        ("positive", "is not a fusion"),
        ("", "is not a fusion"),
        ("EML4::ALK v99", "is not a variant"),
        ("KIF5B::ALK v3", "is not a variant"),
        ("KIF5B::ALK v1", "is not a variant"),
    ],
)
def test_what_is_no_alk_fusion_is_refused(text, says):
    """Variants by number are those of EML4: there is no v3 of KIF5B::ALK."""
    with pytest.raises(InputError, match=says) as caught:
        canonical_fusion(text, VARIANTS)
    assert str(caught.value)


@pytest.mark.parametrize("variant", sorted({v.name for v in VARIANTS}))
def test_every_named_variant_can_be_typed(kb, variant):
    name = f"EML4::ALK {variant}"
    assert canonical_fusion(name, VARIANTS) == name
    fusion = tumour_of(kb, outside=[typed("fusion", name)]).fusion
    assert (fusion.partner, fusion.variant) == ("EML4", variant)


def test_variant_3_typed_alone_is_neither_a_nor_b(kb):
    tumour = tumour_of(kb, outside=[typed("fusion", "EML4::ALK v3")])
    assert tumour.fusion.variant == "v3"
    assert tumour.fusion.kinase_retained


def test_a_typed_fusion_without_variant_has_none(kb):
    fusion = tumour_of(kb, outside=[typed("fusion", "EML4-ALK")]).fusion
    assert (fusion.name, fusion.variant, fusion.junction) == ("EML4::ALK", None, None)
    assert fusion.basis


def test_a_fault_stands_at_its_line(kb):
    line = typed("fusion", "EML4::ROS1")
    with pytest.raises(InputError) as caught:
        tumour_of(kb, outside=[line])
    assert (caught.value.file, caught.value.line) == ("calls.tsv", line.origin.line)
    assert caught.value.field == "finding"
