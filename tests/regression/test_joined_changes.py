"""Changes that mean something else together, or beside another, than each by itself."""

from random import Random

import pytest

from alkanet.errors import InputError
from alkanet.kb.locate import open_knowledge
from alkanet.lookup import look_up
from alkanet.model.alteration import Genome
from alkanet.normalise.transcript import coding_base

ALK38 = open_knowledge().transcript("ALK", Genome.GRCH38)


def _haplotypes(made):
    return [str(haplotype) for haplotype in made.tumour.haplotypes]


@pytest.mark.parametrize("text", ["F1174X", "p.Phe1174X", "F1174x", "L1196delinsX"])
@pytest.mark.parametrize("kind", ["mutation", "haplotype"])
def test_an_x_for_a_residue_is_refused(desk, kind, text):
    """Kits write F1174X for "some exchange at codon 1174", a resistance; as a stop it would be
    listed as silencing the fusion, and the kinase told to be wild type."""
    with pytest.raises(InputError) as caught:
        desk.report(calls=[desk.typed((kind, text))])
    assert "X may be a stop or any residue" in str(caught.value)
    assert "* for a stop" in str(caught.value)


def test_an_x_in_a_frameshift_is_its_stop(desk):
    """G1202RfsX5 is how many laboratories write the new stop; only one meaning is possible."""
    made = desk.report(calls=[desk.typed(("mutation", "G1202RfsX5"))])
    assert [alteration.name for alteration in made.tumour.alterations] == ["G1202Rfs*5"]


@pytest.mark.parametrize(
    ("row", "name", "doubts"),
    [
        ("29220762\tNonsense_Mutation\tC\tC\tA", "p.E1197X", False),
        ("29220765\tMissense_Mutation\tG\tG\tT", "p.L1196X", True),
    ],
)
def test_an_x_in_a_maf_is_held_against_the_bases(desk, row, name, doubts):
    """Older annotators write stops with X. The bases of the row decide; a name that says otherwise
    is a doubt about the row, never a reason to refuse the patient's file."""
    made = desk.report(variants=[desk.maf(f"ALK\tGRCh38\tchr2\t{row}\tT\t{name}")])
    assert bool(made.conflicts) == doubts


@pytest.mark.parametrize(
    ("text", "beside", "role"),
    [
        ("L1196M+K1491R", "K1491R", "germline difference"),
        ("K1491R+L1196M", "K1491R", "germline difference"),
        ("L1196M+E1000K", "E1000K", "listed"),
    ],
)
def test_what_is_not_scored_does_not_hide_a_resistance(desk, kb, text, beside, role):
    """Many people carry K1491R. A laboratory that phases it with L1196M reports L1196M,
    resistant to crizotinib; as an unheard-of pair it would be no data for every drug."""
    made = desk.report(calls=[desk.typed(("haplotype", text))])
    lines = desk.report(calls=[desk.typed(("mutation", "L1196M"), ("mutation", beside))])
    assert _haplotypes(made) == _haplotypes(lines) == ["L1196M"]
    assert made.tumour.alterations == lines.tumour.alterations
    assert {a.name: a.role.value for a in made.tumour.alterations}[beside] == role
    found, alone = (look_up(asked, kb=kb) for asked in (text, "L1196M"))
    assert found.haplotype == "L1196M"
    assert found.responses == alone.responses
    code = "germline-difference" if role == "germline difference" else "listed-not-scored"
    assert [c.about for c in found.caveats if c.code == code] == [beside]


def test_a_haplotype_of_germline_differences_is_wild_type(desk, kb):
    """Nothing of it is a finding in a report; who looks it up asks for this very change."""
    made = desk.report(calls=[desk.typed(("haplotype", "K1491R+D1529E"))])
    assert _haplotypes(made) == ["wild type"]
    assert look_up("K1491R", kb=kb).haplotype == "K1491R"


FIRST, SECOND = (29220742, "GT", "G"), (29220745, "TCC", "T")
"""Deletions of one base and of two, in the codons of G1202 and D1203."""
TOGETHER = "G1202_D1203delinsS"
CIS, TRANS = "0|1:300,40:340:29220742", "1|0:300,40:340:29220742"
OTHER_SET, OPEN = "0|1:300,40:340:29220745", "0/1:300,40:340:."
SILENCES = "truncating-in-kinase"


def _codes(made):
    return {caveat.code for caveat in made.caveats}


def _phased(desk, *rows):
    return desk.vcf(*rows, keys="GT:AD:DP:PS")


def _as_one_row(low, high, *edits):
    """Return the rows of one allele as the one row (POS, REF, ALT) that a caller might write."""
    bases = {at: coding_base(ALK38, at) for at in range(low, high + 1)}
    written = dict(bases)
    for position, reference, alternate in edits:
        for offset in range(len(reference)):
            written[position + offset] = alternate[offset : offset + 1]
        written[position + len(reference) - 1] += alternate[len(reference) :]
    return (low, "".join(bases.values()), "".join(written.values()))


def test_frameshifts_of_one_allele_that_keep_the_frame_are_one_change(desk):
    """A caller split a deletion of three bases beside G1202, the solvent front. Read apart, each
    silences the fusion and the kinase is wild type, all six drugs sensitive; the tumour has a
    changed kinase that nobody measured."""
    made = desk.report(variants=[_phased(desk, (*FIRST, CIS), (*SECOND, CIS))])
    assert _haplotypes(made) == [TOGETHER]
    assert "all 6 drugs no data" in made.headline
    assert {"frame-restored", "unknown-mutation"} <= _codes(made)
    assert SILENCES not in _codes(made)
    whole = desk.report(variants=[desk.vcf(_as_one_row(29220742, 29220747, FIRST, SECOND))])
    assert _haplotypes(whole) == [TOGETHER]


@pytest.mark.parametrize("fields", [(OPEN, OPEN), (CIS, OTHER_SET), (CIS, OPEN)])
def test_without_phase_the_joined_change_is_one_reading(desk, readings, fields):
    """Nothing tells whether the frame is kept: neither wild type nor the change is certain."""
    rows = [(*row, field) for row, field in zip((FIRST, SECOND), fields, strict=True)]
    made = desk.report(variants=[_phased(desk, *rows)])
    assert readings(made) == {(TOGETHER,), ("wild type",)}
    assert "frame-restored-if-cis" in _codes(made)
    assert SILENCES not in _codes(made)


def test_typed_bases_without_phase_are_read_both_ways(desk, readings):
    typed = desk.typed(("mutation", "c.3602_3603del"), ("mutation", "c.3608del"))
    made = desk.report(calls=[typed])
    assert len(readings(made)) == 2
    assert ("wild type",) in readings(made)
    assert "frame-restored-if-cis" in _codes(made)


def test_frameshifts_of_two_alleles_stay_two(desk):
    """The reads part them: neither allele makes a kinase of another shape."""
    made = desk.report(variants=[_phased(desk, (*FIRST, CIS), (*SECOND, TRANS))])
    assert _haplotypes(made) == ["wild type"]
    assert SILENCES in _codes(made)


@pytest.mark.parametrize(
    "rows", [[FIRST], [FIRST, (29220746, "CC", "C")], [FIRST, SECOND, (29220754, "CA", "C")]]
)
def test_frameshifts_that_lose_the_frame_break_the_protein(desk, rows):
    """One allele that ends out of frame makes no kinase, whatever it does on the way."""
    made = desk.report(variants=[_phased(desk, *((*row, CIS) for row in rows))])
    assert _haplotypes(made) == ["wild type"]
    assert SILENCES in _codes(made)


def test_a_base_between_belongs_to_the_change(desk):
    """A substitution inside the shifted stretch has no codon of its own: as a mutation by itself it
    would be one that no allele carries."""
    base = coding_base(ALK38, 29220744)
    between = (29220744, base, "A" if base != "A" else "C")
    parts = (FIRST, between, SECOND)
    made = desk.report(variants=[_phased(desk, *((*row, CIS) for row in parts))])
    whole = desk.report(variants=[desk.vcf(_as_one_row(29220742, 29220747, *parts))])
    assert _haplotypes(made) == _haplotypes(whole)
    assert _haplotypes(made) != [TOGETHER]


def test_split_rows_are_read_as_their_whole(desk):
    """Whatever a caller splits, an insertion, a deletion, in a repeat or not, the allele is one."""
    dice = Random(1202)
    joined = 0
    for _ in range(60):
        low = dice.randrange(29220715, 29220800)
        first, second = low, low + dice.randrange(3, 14)
        edits = []
        for position, size in ((first, 1), (second, dice.choice([2, -1]))):
            kept = coding_base(ALK38, position)
            if size < 0:
                edits.append((position, kept, kept + dice.choice("ACGT")))
            else:
                gone = "".join(coding_base(ALK38, position + n) for n in range(1, size + 1))
                edits.append((position, kept + gone, kept))
        row = _as_one_row(low, second + 3, *edits)
        if row[1] == row[2]:
            continue
        split = desk.report(variants=[_phased(desk, *((*edit, CIS) for edit in edits))])
        whole = desk.report(variants=[desk.vcf(row)])
        assert _haplotypes(split) == _haplotypes(whole), edits
        joined += _haplotypes(split) != ["wild type"]
    assert joined > 20


def test_a_typed_absence_beside_a_joined_change_is_told(desk):
    made = desk.report(
        variants=[_phased(desk, (*FIRST, CIS), (*SECOND, CIS))],
        calls=[desk.typed(("kinase domain", "no mutation found"))],
    )
    assert _haplotypes(made) == [TOGETHER]
    assert made.conflicts
