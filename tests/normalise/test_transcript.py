from __future__ import annotations

import pytest
from alk_reference import ALK37, ALK38, EML4, TRANSCRIPTS
from hypothesis import given
from hypothesis import strategies as st

from alkanet.errors import InputError
from alkanet.normalise.transcript import (
    CdsPosition,
    cds_length,
    cds_position,
    coding_base,
    exon_at,
    from_alternate,
    genomic_position,
    intron_at,
    parse_cds_position,
)

TEXTS = ["1", "1489+828", "3173-518", "*12", "-5", "-5-20", "*1+3"]


@pytest.mark.parametrize("text", TEXTS)
def test_text_round_trip(text):
    assert str(parse_cds_position(text)) == text
    assert parse_cds_position(f"c.{text}") == parse_cds_position(text)


@pytest.mark.parametrize("text", ["", "0", "c.", "12+", "+5", "p.12", "12_13", "**1"])
def test_other_texts_are_refused(text):
    with pytest.raises(InputError, match="is not a c"):
        parse_cds_position(text)


@given(st.sampled_from(TRANSCRIPTS.transcripts), st.data())
def test_genome_to_transcript_and_back(transcript, data):
    edges = [edge for exon in transcript.exons for edge in (exon.start, exon.end)]
    position = data.draw(st.integers(min(edges), max(edges)))
    assert genomic_position(transcript, cds_position(transcript, position)) == position
    in_exon, in_intron = exon_at(transcript, position), intron_at(transcript, position)
    assert (in_exon is None) != (in_intron is None)


@given(st.integers(1, 4863))
def test_builds_give_one_numbering(base):
    positions = [genomic_position(alk, CdsPosition(base)) for alk in (ALK37, ALK38)]
    assert positions[0] - positions[1] == 222_866
    assert [str(cds_position(a, p)) for a, p in zip((ALK37, ALK38), positions, strict=True)] == [
        str(base),
        str(base),
    ]
    assert coding_base(ALK37, positions[0]) == coding_base(ALK38, positions[1])


def test_known_places():
    assert genomic_position(ALK37, CdsPosition(3604)) == 29443613
    assert coding_base(ALK37, 29443613) == "C"
    assert str(cds_position(EML4, 42264951)) == "667+220"
    assert coding_base(ALK37, 29446395) == "C"  # the last base of intron 19, AG on the minus strand
    assert coding_base(ALK37, 29447000) is None


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("4864", "beyond the 4863 coding bases"),
        ("3300+5", "with an offset only at exon borders"),
        ("3173+5", "with an offset only at exon borders"),
        ("-5000", "before the first base"),
    ],
)
def test_places_that_do_not_exist(text, says):
    with pytest.raises(InputError, match=says):
        genomic_position(ALK38, parse_cds_position(text))


def test_outside_of_the_gene():
    with pytest.raises(InputError, match="outside of ALK"):
        cds_position(ALK38, 1)


@pytest.mark.parametrize(
    ("theirs", "ours"), [("2068+156", "2242+156"), ("338+5", "338+5"), ("339-5", "513-5")]
)
def test_alternate_numbering(theirs, ours):
    assert str(from_alternate(EML4, "NM_001145076.3", parse_cds_position(theirs))) == ours


def test_alternate_numbering_is_ours_without_the_exon_that_is_lacking():
    exon = EML4.exons[3]
    ours = [n for n in range(1, cds_length(EML4) + 1) if not exon.cds_start <= n <= exon.cds_end]
    theirs = map(CdsPosition, range(1, len(ours) + 1))
    assert [from_alternate(EML4, "NM_001145076", place).base for place in theirs] == ours


def test_alternate_numbering_limits():
    assert from_alternate(EML4, "NM_019063.4", CdsPosition(400)) == CdsPosition(400)
    with pytest.raises(InputError, match="numbering of NM_1 for EML4 is not held"):
        from_alternate(EML4, "NM_1", CdsPosition(400))


@pytest.mark.parametrize("text", ["c.{}", "c.3604+{}", "c.-{}", "c.*{}"])
def test_a_position_of_thousands_of_digits_is_refused_in_a_few_words(text):
    with pytest.raises(InputError, match="is not a c") as caught:
        parse_cds_position(text.format("9" * 5000))
    assert len(str(caught.value)) < 200
