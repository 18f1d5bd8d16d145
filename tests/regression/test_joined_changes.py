"""Changes that mean something else together, or beside another, than each by itself."""

import pytest

from alkanet.errors import InputError
from alkanet.lookup import look_up


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
