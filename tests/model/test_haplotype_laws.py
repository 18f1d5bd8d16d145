"""A haplotype is a set of changes on one allele: how it was typed does not matter."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from model_values import HAPLOTYPES, MUTATIONS
from pydantic import ValidationError

from alkanet.model.haplotype import WILD_TYPE, Haplotype, residue

SETS = st.lists(MUTATIONS, max_size=5, unique=True)


@given(mutations=SETS, data=st.data())
def test_the_order_of_the_input_does_not_matter(mutations, data):
    other = data.draw(st.permutations(mutations))
    one, two = Haplotype(mutations=tuple(mutations)), Haplotype(mutations=tuple(other))
    assert one == two
    assert str(one) == str(two)
    assert hash(one) == hash(two)


@given(SETS)
def test_residues_ascend(mutations):
    numbers = [residue(m) for m in Haplotype(mutations=tuple(mutations)).mutations]
    assert numbers == sorted(numbers)


@given(HAPLOTYPES)
def test_the_text_form_is_read_back(haplotype):
    assert Haplotype.parse(str(haplotype)) == haplotype


def test_no_mutation_is_written_wild_type():
    assert str(Haplotype()) == WILD_TYPE == "wild type"
    assert Haplotype.parse("wild type") == Haplotype()


def test_residue_order_is_that_of_numbers_not_of_text():
    """``E999K`` stands before ``G1202R`` though ``9`` sorts behind ``1``."""
    assert str(Haplotype(mutations=("G1202R", "E999K"))) == "E999K+G1202R"


@given(mutations=SETS.filter(bool), data=st.data())
def test_a_mutation_that_stands_twice_is_refused(mutations, data):
    twice = [*mutations, data.draw(st.sampled_from(mutations))]
    with pytest.raises(ValidationError, match="stands twice"):
        Haplotype(mutations=tuple(data.draw(st.permutations(twice))))


@pytest.mark.parametrize("text", ["", "WT", "G1202R+", "mutation", "G1202R+wild type"])
def test_text_without_a_residue_is_no_haplotype(text):
    """An empty text above all: it must never become wild type."""
    with pytest.raises(ValidationError, match="no residue number"):
        Haplotype.parse(text)


def test_json_in_another_order_is_the_same_haplotype():
    given_back = Haplotype.from_json('{"mutations": ["G1202R", "L1196M"]}')
    assert given_back.mutations == ("L1196M", "G1202R")
