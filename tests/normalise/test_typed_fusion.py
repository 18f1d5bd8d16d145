"""Fusions as people type them from a report."""

from __future__ import annotations

import pytest
from alk_reference import TRANSCRIPTS, VARIANTS
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
        ("tfg--alk", "TFG::ALK"),
        ("Strn-Alk", "STRN::ALK"),
        ("c2orf44-ALK", "C2orf44::ALK"),
        ("EML4 – ALK fusion, positive", "EML4::ALK"),
        ("EML4-ALK fusion-positive", "EML4::ALK"),
        ("EML4-ALK rearrangement detected.", "EML4::ALK"),
        ("EML4::ALK – variant 3a/b", "EML4::ALK v3"),
        ("v3a or v3b", "EML4::ALK v3"),
        ("EML4::ALK v3b/a", "EML4::ALK v3"),
        ("EML4::ALK v3 (E6a;A20)", "EML4::ALK v3a"),
        ("EML4::ALK v3a (E6;A20)", "EML4::ALK v3a"),
        ("EML4::ALK variant 1 (E13;A20)", "EML4::ALK v1"),
        ("EML4::ALK v4 (E14;A20)", "EML4::ALK v4"),
        ("EML4::ALK v4’", "EML4::ALK v4'"),
        ("EML4::ALK v5´", "EML4::ALK v5'"),
        ("EML4::ALK E6a/b;A20", "EML4::ALK E6;A20"),
        ("EML4::ALK e2;INS117a20", "EML4::ALK E2;ins117A20"),
        ("EML4(NM_019063.5)::ALK(NM_004304.5) v1", "EML4::ALK v1"),
        ("EML4::ALK E19;A20 (NM_001145076)", "EML4::ALK E19;A20 (NM_001145076)"),
        ("EML4-ALK, in frame, v1", "EML4::ALK v1"),
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
        ("EML4::ALK v5", "is not a variant"),
        ("EML4::ALK v4″", "cannot be read"),
        ("EML4-ALK not detected", "'not' cannot be read"),
        ("EML4-ALK undetected", "'undetected' cannot be read"),
        ("EML4-ALK (-)", "cannot be read"),
        ("EML4-ALK: -", "cannot be read"),
        ("EML4-ALK negative", "'negative' cannot be read"),
        ("EML4-ALK-negative", "'negative' cannot be read"),
        ("EML4-ALK positive/negative", "cannot be read"),
        ("EML4-ALK detected?", "cannot be read"),
        ("EML4-ALK not in frame", "'not' cannot be read"),
        ("non-EML4-ALK", "'non' cannot be read"),
        ("no EML4-ALK fusion", "'no' cannot be read"),
        ("v1 not found", "'not' cannot be read"),
        ("v1 or v3", "'or v3' cannot be read"),
        ("EML4::ALK v3a/4b", "cannot be read"),
        ("EML4::ALK v1 / KIF5B::ALK", "'/ KIF5B::ALK' cannot be read"),
        ("EML4::ALK E13;A20 E20;A20", "'E20 A20' cannot be read"),
        ("EML4::ALK K24;A20", "cannot be read"),
        ("KIF5B::ALK E13;A20", "cannot be read"),
        ("ALK-positive", "names no partner"),
        ("ALK-negative", "names no partner"),
        ("ALK-NEGATIVE", "names no partner"),
        ("ALK-rearranged", "names no partner"),
        ("alk-fish", "names no partner"),
        ("not-ALK", "names no partner"),
        ("v1-ALK", "names no partner"),
        ("E13-ALK", "names no partner"),
        ("EML4::ALK v2 (E13;A20)", "says two things: v2 is E20;A20 and E13;A20"),
        ("EML4::ALK v3b E6a;A20", "says two things: v3b is E6b;A20 and E6a;A20"),
        ("EML4::ALK v6 (E13;A20)", "says two things: v6 is E13;ins69A20 and E13;A20"),
        ("EML4(NM_1)::ALK v1 (NM_2)", "names the transcripts NM_1 and NM_2"),
        ("E" + "1" * 5000 + ";A20", "is too long"),
        ("E" + "1" * 100 + ";A20", "is not a fusion"),
    ],
)
def test_what_is_no_alk_fusion_is_refused(text, says):
    """Variants by number are those of EML4: there is no v3 of KIF5B::ALK."""
    with pytest.raises(InputError, match=says) as caught:
        canonical_fusion(text, VARIANTS)
    assert str(caught.value)


@pytest.mark.parametrize(
    ("text", "gene"),
    [("E99;A20", "EML4 has no exon 99"), ("E13;A99", "ALK has no exon 99"), ("E0;A20", "exon 0")],
)
def test_an_exon_that_is_not_there_is_refused(kb, text, gene):
    with pytest.raises(InputError, match=gene):
        canonical_fusion(text, VARIANTS, TRANSCRIPTS)
    with pytest.raises(InputError, match=gene) as caught:
        tumour_of(kb, outside=[typed("fusion", text)])
    assert (caught.value.file, caught.value.field) == ("calls.tsv", "finding")


def test_exons_of_a_partner_without_a_gene_model_are_left_alone():
    assert canonical_fusion("CLIP1::ALK C99;A20", VARIANTS, TRANSCRIPTS) == "CLIP1::ALK C99;A20"


def test_a_typed_frame_is_kept_and_compared(kb):
    fusion = tumour_of(kb, outside=[typed("fusion", "EML4-ALK in-frame")]).fusion
    assert fusion.in_frame
    fusion = tumour_of(kb, outside=[typed("fusion", "EML4-ALK v1 out of frame")]).fusion
    assert [conflict.about for conflict in fusion.conflicts] == ["frame"]


def test_exons_counted_on_another_transcript_are_doubted(kb):
    lines = {"EML4::ALK E19;A20 (NM_001145076)": True, "EML4::ALK E20;A20 (NM_004304.5)": False}
    for line, doubted in lines.items():
        tumour = tumour_of(kb, outside=[typed("fusion", line)])
        assert ("fusion-exon-numbering" in {c.code for c in tumour.caveats}) is doubted


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
    line = typed("fusion", "EML4::AKL")
    with pytest.raises(InputError) as caught:
        tumour_of(kb, outside=[line])
    assert (caught.value.file, caught.value.line) == ("calls.tsv", line.origin.line)
    assert caught.value.field == "finding"
