"""Readings: which mutations may share an allele; never more is said than is known."""

from __future__ import annotations

from itertools import combinations

import pytest
from alk_reference import ALK38
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from patients import codes, haplotypes, mutation, snv, specimen, tumour_of, typed

from alkanet.model.codon import BASES, translate
from alkanet.model.haplotype import Phase

PAIR = ("C1156Y", "L1198F")
NAMES = ("C1156Y", "I1171N", "F1174L", "L1196M", "L1198F", "G1202R", "G1269A")


def phased(name, allele, block="1", **fields):
    return mutation(name, phase_set=block, phase_allele=allele, **fields)


def test_phase_unknown_gives_both_readings(kb):
    """C1156Y+L1198F on one allele answers to crizotinib and not to lorlatinib; apart, otherwise."""
    tumour = tumour_of(kb, *map(mutation, PAIR))
    assert haplotypes(tumour) == [{"C1156Y+L1198F"}, {"C1156Y", "L1198F"}]
    assert [reading.weight for reading in tumour.readings] == [0.5, 0.5]
    assert {clone.phase for clone in tumour.readings[0].clones} == {Phase.ASSUMED}
    assert "phase-unknown" in codes(tumour)
    assert all("not known" in reading.why for reading in tumour.readings)


def test_a_reported_haplotype_gives_one_reading(kb):
    tumour = tumour_of(kb, *map(mutation, PAIR), outside=[typed("haplotype", "L1198F+C1156Y")])
    assert haplotypes(tumour) == [{"C1156Y+L1198F"}]
    assert tumour.readings[0].clones[0].phase is Phase.CIS_REPORTED
    assert "phase-unknown" not in codes(tumour)


def test_a_phase_set_in_cis_gives_one_reading(kb):
    tumour = tumour_of(kb, phased("C1156Y", 1), phased("L1198F", 1))
    assert haplotypes(tumour) == [{"C1156Y+L1198F"}]
    assert tumour.readings[0].clones[0].phase is Phase.CIS_READS
    assert tumour.readings[0].weight == 1


def test_a_phase_set_in_trans_gives_one_reading_of_two_clones(kb):
    tumour = tumour_of(kb, phased("C1156Y", 0), phased("L1198F", 1))
    assert haplotypes(tumour) == [{"C1156Y", "L1198F"}]
    assert "phase-unknown" not in codes(tumour)


def test_two_phase_sets_tell_nothing_of_each_other(kb):
    tumour = tumour_of(kb, phased("C1156Y", 1, "1"), phased("L1198F", 1, "2"))
    assert len(tumour.readings) == 2


def test_phase_sets_of_two_specimens_tell_nothing_of_each_other(kb):
    """Block 1 of one file is not block 1 of another, also where the files bear one name."""
    tumour = tumour_of(
        kb,
        phased("C1156Y", 1),
        phased("L1198F", 1, specimen="plasma"),
        specimens=(specimen(), specimen("plasma")),
    )
    assert len(tumour.readings) == 2


def test_three_unphased_mutations_have_five_ways(kb):
    tumour = tumour_of(kb, *map(mutation, ("I1171N", "L1196M", "G1202R")))
    assert sorted(map(sorted, haplotypes(tumour))) == sorted(
        [
            ["I1171N+L1196M+G1202R"],
            ["G1202R", "I1171N+L1196M"],
            ["I1171N+G1202R", "L1196M"],
            ["I1171N", "L1196M+G1202R"],
            ["G1202R", "I1171N", "L1196M"],
        ]
    )
    assert sum(reading.weight for reading in tumour.readings) == pytest.approx(1)


def test_four_unphased_mutations_show_the_two_ends_and_every_pair(kb):
    """Fifteen ways are too many to show; no pair that could decide a drug may be left out."""
    names = ("I1171N", "L1196M", "G1202R", "G1269A")
    tumour = tumour_of(kb, *map(mutation, names))
    found = haplotypes(tumour)
    assert found[0] == {"+".join(names)}
    assert found[-1] == set(names)
    assert len(found) == 2 + 6
    for pair in combinations(names, 2):
        assert any("+".join(pair) in reading for reading in found)
    assert sum(reading.weight for reading in tumour.readings) == pytest.approx(1)
    assert "too-many-phases" in codes(tumour)
    assert "phase-unknown" not in codes(tumour)


def test_a_known_pair_beside_an_unphased_third_is_one_block(kb):
    tumour = tumour_of(kb, phased("L1196M", 1), phased("G1202R", 1), mutation("I1171N"))
    assert haplotypes(tumour) == [{"I1171N+L1196M+G1202R"}, {"I1171N", "L1196M+G1202R"}]


@pytest.mark.parametrize("pair", [("I1171N", "I1171T"), ("I1171N", "I1171S")])
def test_two_changes_of_one_base_are_never_on_one_allele(kb, pair):
    tumour = tumour_of(kb, *map(mutation, pair))
    assert haplotypes(tumour) == [set(pair)]
    assert "phase-unknown" not in codes(tumour)


def test_two_typed_changes_of_one_residue_are_never_on_one_allele(kb):
    found = [typed("mutation", "G1202R"), typed("mutation", "G1202del")]
    tumour = tumour_of(kb, outside=found)
    assert haplotypes(tumour) == [{"G1202R", "G1202del"}]


def test_one_mutation_has_nothing_to_phase(kb):
    tumour = tumour_of(kb, mutation("G1202R"))
    (reading,) = tumour.readings
    assert (reading.weight, reading.clones[0].phase) == (1, Phase.SINGLE)


def test_a_contradiction_of_phase_keeps_its_mutations(kb):
    """The laboratory says one allele, the reads say two: the mutations do not vanish."""
    tumour = tumour_of(
        kb,
        phased("C1156Y", 0),
        phased("L1198F", 1),
        outside=[typed("haplotype", "C1156Y+L1198F")],
    )
    assert tumour.readings
    assert "kinase-domain-not-tested" not in codes(tumour)
    assert {"C1156Y", "L1198F"} <= {m for h in tumour.haplotypes for m in h.mutations}
    assert [c for c in tumour.conflicts if "C1156Y+L1198F" in c.about]


# ---- two bases of one codon -------------------------------------------------------------------

BESIDE = (3805, "A"), (3807, "T")
"""c.3805G>A alone is G1269R, c.3807A>T alone is silent; on one allele they make G1269S."""


def test_two_bases_of_one_codon_are_read_joined_and_apart(kb):
    tumour = tumour_of(kb, *(snv(*change) for change in BESIDE))
    assert sorted(map(sorted, haplotypes(tumour))) == [["G1269R"], ["G1269S"]]
    assert sum(reading.weight for reading in tumour.readings) == pytest.approx(1)
    assert "overlapping-changes" in codes(tumour)


def test_two_bases_of_one_codon_on_one_allele_are_one_change(kb):
    tumour = tumour_of(
        kb, *(snv(*change, phase_set="29220744", phase_allele=1) for change in BESIDE)
    )
    assert haplotypes(tumour) == [{"G1269S"}]
    assert "overlapping-changes" not in codes(tumour)


def test_two_bases_of_one_codon_on_two_alleles_are_apart(kb):
    tumour = tumour_of(
        kb,
        snv(*BESIDE[0], phase_set="1", phase_allele=0),
        snv(*BESIDE[1], phase_set="1", phase_allele=1),
    )
    assert haplotypes(tumour) == [{"G1269R"}]


def _silent_pairs():
    """Two bases of a kinase codon, one at least a missense change, that together change nothing."""
    for residue in range(1116, 1393):
        codon = ALK38.cds[3 * residue - 3 : 3 * residue]
        for (i, a), (j, b) in combinations([(p, x) for p in range(3) for x in BASES], 2):
            if i == j or a == codon[i] or b == codon[j]:
                continue
            one = codon[:i] + a + codon[i + 1 :]
            two = codon[:j] + b + codon[j + 1 :]
            both = one[:j] + b + one[j + 1 :]
            amino = [translate(x) for x in (codon, one, two, both)]
            if amino[3] == amino[0] and amino[1] not in (amino[0], "*") and amino[2] != "*":
                yield (3 * residue - 2 + i, a), (3 * residue - 2 + j, b)


def test_bases_that_together_change_nothing_are_no_mutation_together(kb):
    one, two = next(_silent_pairs())
    marks = {"phase_set": "1", "phase_allele": 1}
    tumour = tumour_of(kb, snv(*one, **marks), snv(*two, **marks))
    assert haplotypes(tumour) == [{"wild type"}]
    unphased = tumour_of(kb, snv(*one), snv(*two))
    assert {"wild type"} in haplotypes(unphased)
    assert all("=" not in str(h) for h in unphased.haplotypes)


def _unknown_joined(known):
    for residue in range(1130, 1380):
        codon = ALK38.cds[3 * residue - 3 : 3 * residue]
        for a in BASES:
            for b in BASES:
                both = a + b + codon[2]
                amino = [
                    translate(x) for x in (codon, a + codon[1:], codon[0] + b + codon[2], both)
                ]
                name = f"{amino[0]}{residue}{amino[3]}"
                single = {f"{amino[0]}{residue}{new}" for new in amino[1:3]}
                if len(set(amino)) == 4 and "*" not in amino and name not in known | single:
                    yield (3 * residue - 2, a), (3 * residue - 1, b), name


def test_a_combined_change_that_nobody_knows_is_told(kb):
    one, two, name = next(_unknown_joined(kb.known_mutations()))
    marks = {"phase_set": "1", "phase_allele": 1}
    tumour = tumour_of(kb, snv(*one, **marks), snv(*two, **marks))
    assert haplotypes(tumour) == [{name}]
    assert name in {c.about for c in tumour.caveats if c.code == "unknown-mutation"}


# ---- laws -------------------------------------------------------------------------------------


@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.too_slow])
@given(
    names=st.lists(st.sampled_from(NAMES), min_size=1, max_size=5, unique=True),
    marks=st.lists(st.sampled_from([None, 0, 1]), min_size=5, max_size=5),
    data=st.data(),
)
def test_readings_are_partitions_whose_weights_add_up(kb, names, marks, data):
    calls = [
        mutation(n) if mark is None else phased(n, mark)
        for n, mark in zip(names, marks, strict=False)
    ]
    tumour = tumour_of(kb, *calls)
    assert sum(reading.weight for reading in tumour.readings) == pytest.approx(1)
    for reading in tumour.readings:
        held = [m for clone in reading.clones for m in clone.haplotype.mutations]
        assert sorted(held) == sorted(names), "a mutation is lost, or stands on two alleles"
    assert len({frozenset(h) for h in haplotypes(tumour)}) == len(tumour.readings)
    apart = {n for n, m in zip(names, marks, strict=False) if m == 0}
    other = {n for n, m in zip(names, marks, strict=False) if m == 1}
    for haplotype in tumour.haplotypes:
        assert not (apart & set(haplotype.mutations) and other & set(haplotype.mutations))
    turned = tumour_of(kb, *data.draw(st.permutations(calls)))
    assert sorted(map(sorted, haplotypes(turned))) == sorted(map(sorted, haplotypes(tumour)))
