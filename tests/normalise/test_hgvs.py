from __future__ import annotations

import mutalyzer_hgvs_parser
import pytest
from alk_reference import ALK38
from hypothesis import given
from hypothesis import strategies as st

from alkanet.errors import InputError
from alkanet.model.codon import THREE_LETTER
from alkanet.model.haplotype import Haplotype
from alkanet.normalise.hgvs import (
    full_name,
    parse_haplotype,
    parse_protein_change,
)
from alkanet.normalise.protein_change import protein_change

PROTEIN = ALK38.protein
RESIDUES = "".join(THREE_LETTER)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("G1202R", "G1202R"),
        ("p.G1202R", "G1202R"),
        ("p.(G1202R)", "G1202R"),
        ("p.(Gly1202Arg)", "G1202R"),
        ("NP_004295.2:p.(Gly1202Arg)", "G1202R"),
        ("NP_004295:p.Gly1202Arg", "G1202R"),
        ("NM_004304.5(ALK):p.Gly1202Arg", "G1202R"),
        ("ENSP00000373700.3:p.Gly1202Arg", "G1202R"),
        ("ALK:G1202R", "G1202R"),
        ("ALK G1202R", "G1202R"),
        (" g1202r ", "G1202R"),
        ("p.gly1202arg", "G1202R"),
        ("GLY1202ARG", "G1202R"),
        ("G1202del", "G1202del"),
        ("G1202DEL", "G1202del"),
        ("p.Gly1202delGly", "G1202del"),
        ("G1201del", "G1202del"),
        ("T1151dup", "T1151dup"),
        ("1151Tins", "T1151dup"),
        ("T1151Tins", "T1151dup"),
        ("T1151insT", "T1151dup"),
        ("T1151_L1152insT", "T1151dup"),
        ("p.Thr1151_Leu1152insThr", "T1151dup"),
        ("L1195del", "L1196del"),
        ("L1196_L1198del", "L1196_L1198del"),
        ("L1196delinsM", "L1196M"),
        ("L1196_E1197delinsMQ", "L1196_E1197delinsMQ"),
        ("L1196_E1197delinsME", "L1196M"),
        ("R1275*", "R1275*"),
        ("R1275GfsX5", "R1275Gfs*5"),
        ("Arg1275Ter", "R1275*"),
        ("R1275Gfs*5", "R1275Gfs*5"),
        ("p.Arg1275GlyfsTer5", "R1275Gfs*5"),
        ("R1275fs", "R1275fs"),
        ("p.(Gly1202=)", "G1202="),
        ("G1202G", "G1202="),
        ("p.Met1?", "M1?"),
        ("p.Ter1621ArgextTer?", "*1621Rext*?"),
    ],
)
def test_spellings(text, name):
    assert parse_protein_change(text, ALK38).name == name


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("I1151T", r"I1151T: residue 1151 of ALK \(NP_004295.2\) is Thr \(T\), not Ile \(I\).*dup"),
        ("I1151Tins", r"residue 1151 of ALK .* is Thr \(T\), not Ile"),
        ("G1203R", r"residue 1203 of ALK .* is Asp \(D\), not Gly \(G\). Check the numbering"),
        ("L1196_G1198del", r"residue 1198 of ALK .* is Leu"),
        ("G1202-", "cannot be read"),
        ("G1202", "cannot be read"),
        ("1202R", "cannot be read"),
        ("", "cannot be read"),
        ("G1202B", "cannot be read"),
        ("EGFR L858R", "numbered on EGFR"),
        ("EGFR:p.L858R", "numbered on EGFR"),
        ("NP_001340694.1:p.G1202R", "numbered on NP_001340694.1"),
        ("c.3604G>A", "names DNA or RNA"),
        ("G1900R", "beyond the 1620 residues"),
        ("*1621R", "changes the stop codon"),
        ("G1202delA", "residues 1202 to 1202 are G, not A"),
        ("T1151_T1151insA", "not neighbours"),
        ("L1198_L1196del", "no range"),
        ("G1202delins", "does not say what is inserted"),
    ],
)
def test_refusals_say_why(text, says):
    with pytest.raises(InputError, match=says):
        parse_protein_change(text, ALK38)


@st.composite
def changes(draw):
    start = draw(st.integers(2, len(PROTEIN) - 12))
    end = draw(st.integers(start - 1, start + 8))
    inserted = draw(st.text(RESIDUES, max_size=5, min_size=1 if end < start else 0))
    return protein_change(PROTEIN, start, end, inserted)


@given(changes())
def test_parse_of_format_is_identity(change):
    assert parse_protein_change(change.name, ALK38) == change
    for computed in (True, False):
        assert parse_protein_change(full_name(change, ALK38, computed=computed), ALK38) == change


@given(changes())
def test_an_independent_parser_accepts_our_names(change):
    for computed in (True, False):
        assert mutalyzer_hgvs_parser.to_model(full_name(change, ALK38, computed=computed))


@given(changes(), st.integers(0, 5))
def test_canonical_form_is_one_for_all_placements(change, extra):
    """Stating residues that stay gives the same change."""
    if change.kind not in ("deletion", "substitution") or "*" in change.inserted:
        return
    end = change.end + extra
    kept = PROTEIN[change.end : end]
    assert protein_change(PROTEIN, change.start, end, change.inserted + kept) == change


@pytest.mark.parametrize(
    ("text", "haplotype"),
    [
        ("G1202R+L1196M", "L1196M+G1202R"),
        ("L1196M / G1202R", "L1196M+G1202R"),
        ("ALK: p.G1202R, p.L1196M", "L1196M+G1202R"),
        ("ALK G1202R; ALK L1196M", "L1196M+G1202R"),
        ("NP_004295.2:p.[Gly1202Arg;Leu1196Met]", "L1196M+G1202R"),
        ("1151Tins", "T1151dup"),
        ("wild type", "wild type"),
        ("Wild-Type", "wild type"),
        ("wildtype", "wild type"),
        ("ALK WT", "wild type"),
        ("none", "wild type"),
    ],
)
def test_haplotypes(text, haplotype):
    parsed = parse_haplotype(text, ALK38)
    assert str(parsed) == haplotype
    assert Haplotype.parse(str(parsed)) == parsed == parse_haplotype(str(parsed), ALK38)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("", "empty"),
        ("G1202R+G1202R", "stands twice"),
        ("G1202R+G1202del", "change the same residue"),
        ("L1196_G1201del+L1198F", "change the same residue"),
        ("R1275*", "cannot stand in a haplotype"),
        ("G1202=", "cannot stand in a haplotype"),
        ("G1202R+I1151T", "is Thr"),
    ],
)
def test_haplotypes_that_cannot_be(text, says):
    with pytest.raises(InputError, match=says):
        parse_haplotype(text, ALK38)


NINES = "9" * 5000


@pytest.mark.parametrize(
    "text",
    [
        f"G{NINES}R",
        f"G{NINES}del",
        f"G1202_{NINES}del",
        f"G1202Rfs*{NINES}",
        f"*1621Rext*{NINES}",
        f"{NINES}Tins",
        f"G1202delins{'A' * 5000}*!",
        f"A1202delins{'A' * 5000}",
        f"{'A' * 5000}:p.G1202R",
        f"G1202del{'A' * 5000}",
    ],
)
def test_what_is_thousands_of_signs_long_is_refused_in_a_few_words(text):
    with pytest.raises(InputError) as caught:
        parse_protein_change(text, ALK38)
    assert len(str(caught.value)) < 800


def test_nobody_phases_thousands_of_mutations():
    names = [
        f"{PROTEIN[n - 1]}{n}{'A' if PROTEIN[n - 1] != 'A' else 'G'}" for n in range(1100, 1113)
    ]
    assert len(parse_haplotype("+".join(names[:12]), ALK38).mutations) == 12
    for many in (names, ["G1202R"] * 10_000):
        with pytest.raises(InputError, match=f"puts {len(many)} mutations on one allele"):
            parse_haplotype("+".join(many), ALK38)
