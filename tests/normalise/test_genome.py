"""Which build a file speaks is told by its content, or asked for; it is never guessed."""

from __future__ import annotations

import pytest
from alk_reference import ALK37, ALK38, TRANSCRIPTS
from patients import fusion_call, mutation, snv, tumour_of

from alkanet.errors import InputError
from alkanet.model.alteration import Genome
from alkanet.model.calls import Breakpoint
from alkanet.normalise.genome import check_build, on_fusion_build

BOTH = (ALK37, ALK38)
ALL = tuple(
    found
    for gene in ("ALK", "EML4")
    for genome in Genome
    if (found := TRANSCRIPTS.get(gene, genome)) is not None
)


@pytest.mark.parametrize("genome", list(Genome))
def test_a_build_that_nobody_states_is_told_where_bases_refute_the_other(kb, genome):
    """No position is coding on both builds, so a row of the other build with a wrong base tells."""
    alk = {Genome.GRCH37: ALK38, Genome.GRCH38: ALK37}[genome]
    calls = [mutation(n, genome=genome, states=False) for n in ("L1196M", "G1202R")]
    stray = mutation("G1269A", genome=alk.genome, states=False)
    wrong = next(base for base in "ACGT" if base not in (stray.reference, stray.alternate))
    assert (
        check_build([*calls, stray.model_copy(update={"reference": wrong})], BOTH).genome is genome
    )


@pytest.mark.parametrize("genome", list(Genome))
def test_a_build_that_nobody_states_and_nothing_refutes_is_asked_for(genome):
    """A base that agrees may agree by chance: never guess."""
    with pytest.raises(InputError, match="--genome"):
        check_build([mutation("G1202R", genome=genome, states=False)], BOTH)


def test_no_position_is_coding_on_both_builds():
    """Why rows of a wrong build fall into introns, where no base that is held refutes them."""
    coding = [{p for e in t.exons if e.cds_start for p in range(e.start, e.end + 1)} for t in BOTH]
    assert not coding[0] & coding[1]


@pytest.mark.parametrize("genome", list(Genome))
def test_a_stated_build_that_fits_is_taken(genome):
    found = check_build([mutation("G1202R", genome=genome)], BOTH)
    assert (found.genome, found.rejected) == (genome, ())


@pytest.mark.parametrize("genome", list(Genome))
def test_a_wrong_build_names_both_builds(genome):
    """A header that says GRCh38 over coordinates of GRCh37, whose bases disagree."""
    other = next(g for g in Genome if g is not genome)
    alk = {Genome.GRCH37: ALK37, Genome.GRCH38: ALK38}[other]
    call = mutation("G1202R", genome=other)
    # a base of the other build's coding sequence that is another base in truth
    wrong = next(base for base in "ACGT" if base not in (call.reference, call.alternate))
    calls = [call.model_copy(update={"reference": wrong, "genome": other})]
    with pytest.raises(InputError) as caught:
        check_build(calls, BOTH)
    assert f"this is not {other.value}" in str(caught.value)
    assert caught.value.line == call.origin.line
    assert alk.genome.value in str(caught.value)
    assert "--genome" in str(caught.value)


@pytest.mark.parametrize("names", [("G1202R",), ("L1196M", "G1202R", "G1269A")])
@pytest.mark.parametrize("genome", list(Genome))
def test_coordinates_of_another_build_are_no_wild_type(kb, genome, names):
    """Read under the wrong build, G1202R lies in an intron: passed over, it would be wild type."""
    other = next(g for g in Genome if g is not genome)
    calls = [mutation(n, genome=genome).model_copy(update={"genome": other}) for n in names]
    with pytest.raises(InputError) as caught:
        tumour_of(kb, *calls)
    assert f"this is not {other.value}" in str(caught.value)
    assert genome.value in str(caught.value)
    assert "--genome" in str(caught.value)


def test_a_bad_row_in_a_good_file_is_set_aside(kb):
    good = [mutation("L1196M"), mutation("G1269A")]
    bad = mutation("G1202R")
    wrong = next(base for base in "ACGT" if base not in (bad.reference, bad.alternate))
    found = check_build([*good, bad.model_copy(update={"reference": wrong})], BOTH)
    assert found.genome is Genome.GRCH38
    (row,) = found.rejected
    assert row.call.origin == bad.origin
    assert "GRCh38 has" in row.reason


def test_a_build_that_the_bases_cannot_tell_is_asked_for():
    """An intron base says nothing: its sequence is not held."""
    call = snv(3604, "A", states=False)
    deep = call.model_copy(update={"position": call.position - 5000, "reference": "A"})
    with pytest.raises(InputError, match="--genome") as caught:
        check_build([deep], BOTH)
    assert caught.value.line == call.origin.line
    assert "GRCh37 or GRCh38" in str(caught.value)


def test_each_file_has_its_own_build(kb):
    one = mutation("L1196M", genome=Genome.GRCH37)
    two = mutation("G1202R", genome=Genome.GRCH38)
    two = two.model_copy(update={"origin": two.origin.model_copy(update={"file": "other.vcf"})})
    tumour = tumour_of(kb, one, two)
    found = {v.name: v.genomic[0].genome for v in tumour.alterations}
    assert found == {"L1196M": Genome.GRCH37, "G1202R": Genome.GRCH38}


def _borders(genome):
    alk = TRANSCRIPTS.get("ALK", genome)
    eml4 = TRANSCRIPTS.get("EML4", genome)
    exon20 = next(e for e in alk.exons if e.number == 20)
    exon13 = next(e for e in eml4.exons if e.number == 13)
    return exon13.end, exon20.end


@pytest.mark.parametrize("genome", list(Genome))
@pytest.mark.parametrize("shift", [0, 2])
def test_the_build_of_a_fusion_is_told_by_exon_borders(kb, genome, shift):
    partner, driver = _borders(genome)
    call = fusion_call(
        first_break=Breakpoint(chromosome="2", position=partner),
        second_break=Breakpoint(chromosome="2", position=driver - shift),
    )
    (placed,) = on_fusion_build([call], ALL)
    assert placed.first_break.genome is genome
    assert placed.second_break.genome is genome
    if shift == 0:
        assert tumour_of(kb, fusions=[call]).fusion.variant == "v1"


def test_the_build_of_a_fusion_that_borders_cannot_tell_is_asked_for():
    """A DNA break in an intron that lies in ALK on both builds."""
    middle = 29_450_000
    assert all(t.exons[-1].start < middle < t.exons[0].end for t in BOTH)
    call = fusion_call(second_break=Breakpoint(chromosome="2", position=middle))
    with pytest.raises(InputError, match="on both genome builds") as caught:
        on_fusion_build([call], ALL)
    assert caught.value.line == call.origin.line
    assert "--genome" in str(caught.value)


def test_a_stated_build_of_a_fusion_is_kept():
    place = Breakpoint(genome=Genome.GRCH37, chromosome="2", position=29_450_000)
    call = fusion_call(second_break=place)
    assert on_fusion_build([call], ALL) == (call,)
