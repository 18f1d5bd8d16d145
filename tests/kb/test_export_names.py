"""Names and VRS values, held against our own grammar and against GA4GH's implementation."""

from __future__ import annotations

import pytest
from ga4gh.core import ga4gh_identify
from ga4gh.vrs import models as vrs_models
from ga4gh.vrs.dataproxy import _DataProxy
from ga4gh.vrs.normalize import normalize
from hypothesis import assume, given
from hypothesis import strategies as st

from alkanet.errors import KnowledgeError
from alkanet.kb.export.protein_name import Edit, edit_of, hgvs_of, long_name
from alkanet.kb.export.vrs import ReferenceProtein, allele, cis_phased_block, justified
from alkanet.model.alteration import Genome
from alkanet.model.haplotype import Haplotype
from alkanet.normalise.hgvs import parse_protein_change


@pytest.fixture(scope="module")
def protein(kb):
    transcript = kb.transcript("ALK", Genome.GRCH38)
    return ReferenceProtein(transcript.protein_accession, transcript.protein)


@pytest.mark.parametrize(
    ("short", "long"),
    [
        ("G1202R", "Gly1202Arg"),
        ("G1202del", "Gly1202del"),
        ("T1151dup", "Thr1151dup"),
        ("L1196_L1198del", "Leu1196_Leu1198del"),
        ("M1199_L1200insAV", "Met1199_Leu1200insAlaVal"),
        ("E1197_L1198delinsQW", "Glu1197_Leu1198delinsGlnTrp"),
    ],
)
def test_hgvs_is_written_out(short, long):
    assert hgvs_of(Haplotype(mutations=(short,)), "NP_004295.2") == f"NP_004295.2:p.{long}"


def test_mutations_in_cis_stand_in_one_bracket():
    both = Haplotype(mutations=("G1202R", "L1196M"))
    assert hgvs_of(both, "NP_004295.2") == "NP_004295.2:p.[Leu1196Met;Gly1202Arg]"


def test_names_are_those_of_our_grammar(kb):
    transcript = kb.transcript("ALK", Genome.GRCH38)
    for mutation in kb.known_mutations():
        change = parse_protein_change(mutation, transcript)
        assert change.name == mutation, "the knowledge holds canonical names only"
        assert change.long_name == long_name(mutation)


@pytest.mark.parametrize(
    "name", ["G1202", "G1202fs", "G1202*", "A1202R", "G9999R", "L1196_E1198insA"]
)
def test_a_name_that_cannot_be_is_refused(name, protein):
    with pytest.raises(KnowledgeError):
        edit_of(name, protein.sequence)


class OneProtein(_DataProxy):
    """GA4GH's window on sequences, with one behind it."""

    def __init__(self, sequence):
        self.sequence = sequence

    def get_sequence(self, identifier, start=None, end=None):
        return self.sequence[start:end]

    def get_metadata(self, identifier):
        return {"length": len(self.sequence), "aliases": [identifier], "alphabet": "ACDE"}


def ga4gh_allele(edit, protein):
    location = {
        "start": edit.start,
        "end": edit.end,
        "sequenceReference": {"refgetAccession": protein.refget},
    }
    state = {"type": "LiteralSequenceExpression", "sequence": edit.inserted}
    plain = vrs_models.Allele(location=location, state=state)
    return normalize(plain, data_proxy=OneProtein(protein.sequence))


@given(
    sequence=st.text("GA", min_size=4, max_size=14),
    start=st.integers(0, 13),
    length=st.integers(0, 4),
    inserted=st.text("GAC", max_size=5),
)
def test_edits_are_justified_as_ga4gh_does_it(sequence, start, length, inserted):
    assume(start + length <= len(sequence) and sequence[start : start + length] != inserted)
    protein = ReferenceProtein("test", sequence)
    theirs = ga4gh_allele(Edit(start, start + length, inserted), protein)
    ours, subunit = justified(Edit(start, start + length, inserted), sequence)
    assert (ours.start, ours.end) == (theirs.location.start, theirs.location.end)
    assert subunit == getattr(theirs.state, "repeatSubunitLength", None)
    if theirs.state.sequence is not None:
        assert ours.inserted == theirs.state.sequence.root


@pytest.mark.parametrize(
    ("name", "span", "state"),
    [
        ("G1202R", (1201, 1202), "R"),
        ("G1202del", (1200, 1202), "G"),  # of two glycines nobody can say which is gone
        ("T1151dup", (1150, 1151), "TT"),
    ],
)
def test_known_changes_span_all_places_at_which_they_could_stand(name, span, state, protein):
    value = allele(name, protein)
    assert (value["location"]["start"], value["location"]["end"]) == span
    assert value["state"]["sequence"] == state


def test_the_protein_is_the_one_that_others_call_by_this_name(protein):
    """The accession under which public GA4GH resources hold NP_004295.2; ours is computed."""
    assert protein.accession == "NP_004295.2"
    assert protein.refget == "SQ.q9CnK-HKWh9eqhOi8FlzR7M0pCmUrWPs"


def test_identifiers_are_those_that_ga4gh_computes(kb, protein):
    for mutation in sorted(kb.known_mutations()):
        ours = allele(mutation, protein)
        theirs = ga4gh_allele(edit_of(mutation, protein.sequence), protein)
        assert ours["id"] == ga4gh_identify(theirs, in_place="never")
        assert ours["location"]["id"] == ga4gh_identify(theirs.location, in_place="never")
    for haplotype in kb.haplotypes():
        if len(haplotype.mutations) > 1:
            ours = cis_phased_block(haplotype, protein)
            edits = [edit_of(mutation, protein.sequence) for mutation in haplotype.mutations]
            members = [ga4gh_allele(edit, protein) for edit in edits]
            theirs = vrs_models.CisPhasedBlock(members=members)
            assert ours["id"] == ga4gh_identify(theirs, in_place="never")
