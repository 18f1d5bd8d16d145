from __future__ import annotations

import csv
import random
from itertools import permutations

import pytest
from alk_reference import ALK38, EML4, ROOT, TRANSCRIPTS, VARIANTS, shared, truth

from alkanet.model.alteration import Genome
from alkanet.model.calls import Breakpoint, FusionCall, Origin
from alkanet.model.tumour import Molecule
from alkanet.normalise.junction import FusionDoubt, type_fusion
from alkanet.normalise.junction_text import (
    Junction,
    keeps_frame,
    keeps_kinase,
    read_statement,
    variant_of,
)

ROWS = truth("junctions.tsv")
WORDS = {"yes": True, "no": False, "": None}


def call(first, second, first_break=None, second_break=None, **fields):
    extra = {
        "origin": Origin(file="fusions.tsv", line=2),
        "specimen": "tumour",
        "order_is_known": False,
        "molecule": Molecule.DNA,
        "text": "",
    }
    return FusionCall(
        **(extra | fields),
        first_gene=first,
        second_gene=second,
        first_break=first_break,
        second_break=second_break,
    )


def c(text):
    return Breakpoint(hgvs_c=text)


def on38(chromosome, position):
    return Breakpoint(genome=Genome.GRCH38, chromosome=chromosome, position=position)


def _break(text, genome):
    if not text:
        return None
    if text.startswith("c."):
        return c(text)
    chromosome, position = text.split(":")
    return Breakpoint(genome=Genome(genome), chromosome=chromosome, position=int(position))


def _from_row(row):
    extra = dict(item.split("=", 1) for item in row["extra"].split())
    fields = {"text": extra.get("text", "")}
    if "exons" in extra:
        fields["stated_exons"] = tuple(int(n) for n in extra["exons"].split(","))
    for name in ("event", "frame", "transcript"):
        if name in extra:
            fields[f"stated_{name}"] = extra[name]
    return call(
        row["first"],
        row["second"],
        _break(row["first_break"], row["genome"]),
        _break(row["second_break"], row["genome"]),
        molecule=Molecule(row["molecule"]),
        order_is_known=row["ordered"] == "yes",
        **fields,
    )


def typed(*calls):
    return type_fusion(calls, TRANSCRIPTS, VARIANTS)


@pytest.mark.parametrize("row", ROWS, ids=[row["case"] for row in ROWS])
def test_truth_table(row):
    found = typed(_from_row(row))
    fusion = found.fusion
    assert (fusion.variant or "", fusion.junction or "") == (row["variant"], row["junction"])
    assert (fusion.in_frame, fusion.kinase_retained) == (
        WORDS[row["in_frame"]],
        WORDS[row["kinase"]],
    )
    assert sorted(caveat.code for caveat in found.caveats) == sorted(row["codes"].split())
    assert fusion.basis
    assert len(fusion.evidence) == 1


@pytest.mark.parametrize("code", list(FusionDoubt))
def test_every_caveat_has_a_case(code):
    elsewhere = {
        FusionDoubt.ANTISENSE,
        FusionDoubt.EXON_NUMBERING,
        FusionDoubt.EXON_UNKNOWN,
        FusionDoubt.RECIPROCAL,
        FusionDoubt.SEVERAL_PARTNERS,
    }
    seen = {word for row in ROWS for word in row["codes"].split()}
    assert code in seen or code in elsewhere
    assert f"`{code}`" in (ROOT / "docs/methods/fusions.md").read_text(encoding="utf-8")


def test_frames_of_all_eml4_exons():
    path = shared("reference", "eml4_alk_frame_table.tsv")
    rows = list(csv.DictReader(path.read_text(encoding="utf-8").splitlines(), delimiter="\t"))
    assert len(rows) == 26
    for row in rows:
        text = row["junction"].split()[0]
        junction = read_statement(text, "EML4", VARIANTS).junction
        frame = keeps_frame(junction, EML4, ALK38, TRANSCRIPTS)
        assert frame == (row["single_stop_at_end"] == "True"), text


def test_named_variants_name_their_own_junction():
    for variant in VARIANTS:
        junction = read_statement(variant.junction, variant.partner, VARIANTS).junction
        assert str(junction) == variant.junction
        assert variant_of(junction, variant.partner, VARIANTS) == variant.name
        plain = Junction("E", junction.partner_exon, junction.alk_exon)
        if not junction.is_plain:
            assert variant_of(plain, "EML4", VARIANTS) in (None, "v1", "v5a")


def test_frames_of_named_variants():
    """Where published lengths do not give the frame, the note of the table says so."""
    for variant in VARIANTS:
        junction = read_statement(variant.junction, "EML4", VARIANTS).junction
        frame = keeps_frame(junction, EML4, ALK38, TRANSCRIPTS)
        assert frame is not ("not keep the frame" in (variant.note or "")), variant.name


def test_the_kinase_domain_needs_exon_20_whole():
    held = [x.number for x in ALK38.exons if x.cds_start and keeps_kinase(ALK38, x.cds_start)]
    assert held == list(range(1, 21))


@pytest.mark.parametrize(
    ("text", "junction"),
    [
        ("E13_A20", "E13;A20"),
        ("E13A20", "E13;A20"),
        ("variant 3b", "E6b;A20"),
        ("EML4-ALK v3", "E6;A20"),
        ("v5", None),
        ("caller v1.10", None),
        ("K24;A20", None),
        ("Variant 3A/B", "E6;A20"),
        ("variants 3a/3b", "E6;A20"),
        ("v4’", "E15del19;del20A20"),
        ("v4″", None),
        ("v1 or v3", None),
        ("variant 1 or 3", None),
        ("v3a/4b", None),
        ("E13;A20 or E20;A20", None),
        ("e13::a20", "E13;A20"),
        ("v" + "1" * 5000, None),
        ("E2;ins" + "1" * 5000 + "A20", None),
    ],
)
def test_junctions_in_text(text, junction):
    found = read_statement(text, "EML4", VARIANTS).junction
    assert (None if found is None else str(found)) == junction


def test_two_rows_of_one_fusion_are_one_evidence():
    rows = [
        call("EML4", "ALK", c("c.1489+828"), c("c.3173-518"), origin=Origin(file="f", line=n))
        for n in (2, 3)
    ]
    assert len(typed(*rows).fusion.evidence) == 1


def test_order_of_calls_does_not_matter():
    calls = [
        call("EML4", "ALK", c("c.1489+828"), c("c.3173-518"), text="dna"),
        call("EML4", "ALK", c("c.1489"), c("c.3173"), molecule=Molecule.RNA, text="rna"),
        call("ALK", "EML4", c("c.3172+9"), c("c.1490-9"), order_is_known=True, text="back"),
        call("KIF5B", "ALK", text="other"),
    ]
    first = typed(*calls).fusion
    for seed in range(5):
        random.Random(seed).shuffle(calls)
        again = typed(*calls).fusion
        assert (again.variant, again.junction) == (first.variant, first.junction)
    assert (first.partner, first.variant) == ("EML4", "v1")


def test_reciprocal_product_beside_the_driver_is_evidence():
    found = typed(
        call("EML4", "ALK", c("c.1489+828"), c("c.3173-518")),
        call("ALK", "EML4", c("c.3172+9"), c("c.1490-9"), order_is_known=True),
    )
    assert found.fusion.variant == "v1"
    assert [e.says.split()[0] for e in found.fusion.evidence] == ["EML4::ALK", "ALK::EML4:"]
    assert [caveat.code for caveat in found.caveats] == [FusionDoubt.RECIPROCAL]


def test_alk_as_5_prime_gene_of_another_partner_is_not_the_driver():
    found = typed(
        call("ALK", "DNAJC27", order_is_known=True),
        call("STRN", "ALK", on38("2", 36916078), on38("2", 29223528), order_is_known=True),
    )
    assert found.fusion.name == "STRN::ALK"
    assert [(o.five_prime_gene, o.three_prime_gene) for o in found.others] == [("ALK", "DNAJC27")]


def test_two_partners():
    found = typed(
        call("KIF5B", "ALK", text="K24;A20"),
        call("EML4", "ALK", c("c.1489"), c("c.3173"), molecule=Molecule.RNA),
    )
    assert found.fusion.partner == "EML4"
    assert [o.five_prime_gene for o in found.others] == ["KIF5B"]
    assert FusionDoubt.SEVERAL_PARTNERS in {caveat.code for caveat in found.caveats}


def test_rna_with_both_forms_of_exon_6_is_v3():
    rna = {"molecule": Molecule.RNA, "order_is_known": True}
    found = typed(
        call("EML4", "ALK", c("c.667"), c("c.3173"), text="a", junction_reads=2, **rna),
        call("EML4", "ALK", c("c.667+220"), c("c.3173"), text="b", junction_reads=9, **rna),
    )
    assert (found.fusion.variant, found.fusion.junction) == ("v3", "E6;A20")
    assert "v3a and v3b together" in found.fusion.basis
    assert not found.fusion.conflicts


def test_dna_and_rna_that_disagree_are_a_conflict_and_rna_is_taken():
    found = typed(
        call("EML4", "ALK", c("c.1489+828"), c("c.3173-518")),
        call("EML4", "ALK", c("c.2242"), c("c.3173"), molecule=Molecule.RNA),
    )
    assert found.fusion.variant == "v2"
    (conflict,) = found.fusion.conflicts
    assert (conflict.about, conflict.taken) == ("junction", "E20;A20")


def test_rna_tells_a_from_b_where_dna_cannot():
    found = typed(
        call("EML4", "ALK", c("c.668-6693"), c("c.3173-257")),
        call("EML4", "ALK", c("c.667+220"), c("c.3173"), molecule=Molecule.RNA),
    )
    assert found.fusion.variant == "v3b"


@pytest.mark.parametrize(
    ("fields", "about", "taken"),
    [
        ({"stated_exons": (20, 20)}, "junction", "EML4 exon 13, from the break"),
        ({"text": "E13;A19"}, "junction", "ALK exon 20, from the break"),
        ({"stated_frame": "out of frame"}, "frame", "in frame, computed from the junction"),
        (
            {"stated_event": "DELETION"},
            "rearrangement",
            "the junction of the breaks; the event is left open",
        ),
        (
            {"stated_event": "translocation"},
            "rearrangement",
            "the junction of the breaks; the event is left open",
        ),
    ],
)
def test_text_against_breakpoints(fields, about, taken):
    found = typed(call("EML4", "ALK", c("c.1489+828"), c("c.3173-518"), **fields))
    assert found.fusion.variant == "v1"
    assert [(x.about, x.taken) for x in found.fusion.conflicts] == [(about, taken)]


def test_an_inversion_of_genes_on_one_strand_is_a_conflict():
    breaks = (on38("2", 36916078), on38("2", 29223528))
    assert typed(call("STRN", "ALK", *breaks, stated_event="inv")).fusion.conflicts
    assert not typed(call("STRN", "ALK", *breaks, stated_event="del")).fusion.conflicts


def test_exons_counted_on_another_transcript_without_breakpoints_are_doubted():
    found = typed(call("EML4", "ALK", stated_exons=(20, 20), stated_transcript="NM_001145076"))
    assert [caveat.code for caveat in found.caveats] == [FusionDoubt.EXON_NUMBERING]


@pytest.mark.parametrize(
    ("first", "second", "reason"),
    [
        ("ALK", "ALK", "both sides are ALK"),
        ("ALK", "", "no partner"),
        ("intragenic", "ALK", "no partner"),
        ("KIF5B", "RET", "neither gene is ALK"),
    ],
)
def test_calls_that_are_set_aside(first, second, reason):
    found = typed(call(first, second))
    assert found.fusion is None
    assert found.unused[0].reason.startswith(reason)


def test_no_calls_are_no_fusion():
    assert typed().fusion is None


@pytest.mark.parametrize("text", ["v2 (E13;A20)", "v1 or v3", "variant 1 or 3", "E13;A20, E20;A20"])
def test_a_text_that_says_two_things_is_a_conflict(text):
    assert len(read_statement(text, "EML4", VARIANTS).differing) == 2
    found = typed(call("EML4", "ALK", text=text))
    assert [conflict.about for conflict in found.fusion.conflicts] == ["junction"]


def test_exons_that_are_not_there_are_doubted_and_not_used():
    found = typed(call("EML4", "ALK", stated_exons=(99, 20)))
    assert (found.fusion.name, found.fusion.junction, found.fusion.in_frame) == (
        "EML4::ALK",
        None,
        None,
    )
    assert FusionDoubt.EXON_UNKNOWN in {caveat.code for caveat in found.caveats}


def _stranded(chromosome, position, strand):
    return on38(chromosome, position).model_copy(update={"strand": strand})


@pytest.mark.parametrize(
    ("eml4", "alk", "wrong"),
    [("-", "-", ["EML4"]), ("+", "+", ["ALK"]), ("-", "+", ["EML4", "ALK"]), (None, "-", [])],
)
@pytest.mark.parametrize("alk_first", [False, True])
def test_a_gene_in_antisense_leaves_variant_and_frame_open(eml4, alk, wrong, alk_first):
    sides = [("EML4", _stranded("2", 42295516, eml4)), ("ALK", _stranded("2", 29223528, alk))]
    (one, one_break), (two, two_break) = sides[::-1] if alk_first else sides
    found = typed(
        call(one, two, one_break, two_break, molecule=Molecule.RNA, stated_frame="in frame")
    )
    fusion = found.fusion
    codes = [caveat.code for caveat in found.caveats]
    assert [x.about for x in fusion.conflicts] == [f"strand of {gene}" for gene in wrong]
    assert codes == [FusionDoubt.ANTISENSE] * len(wrong)
    expected = (None, None, None) if wrong else ("E13;A20", "v1", True)
    assert (fusion.junction, fusion.variant, fusion.in_frame) == expected
    assert (fusion.kinase_retained is None) == ("ALK" in wrong)


def test_a_call_in_sense_is_taken_before_one_in_antisense():
    bad = call(
        "EML4",
        "ALK",
        _stranded("2", 42264731, "-"),
        _stranded("2", 29223528, "-"),
        molecule=Molecule.RNA,
        junction_reads=900,
    )
    good = call("EML4", "ALK", text="v1")
    for order in permutations((bad, good)):
        assert typed(*order).fusion.variant == "v1"


def test_genes_compare_in_any_case():
    breaks = (on38("2", 42295516), on38("2", 29223528))
    found = typed(
        call("Eml4", "alk", *breaks, molecule=Molecule.RNA),
        call("EML4", "ALK", *breaks, molecule=Molecule.RNA),
    )
    assert (found.fusion.partner, found.fusion.variant) == ("EML4", "v1")
    assert not found.others
    assert typed(call("c2ORF44", "ALK")).fusion.partner == "C2orf44"


def test_equal_calls_give_one_answer_in_any_order():
    calls = [
        call("KIF5B", "ALK", text="K24;A20", origin=Origin(file="f", line=2)),
        call("EML4", "ALK", text="v2", origin=Origin(file="f", line=3)),
        call("EML4", "ALK", text="v1", origin=Origin(file="f", line=4)),
        call("TFG", "ALK", text="T5;A20", origin=Origin(file="f", line=5)),
    ]
    first = typed(*calls)
    assert (first.fusion.partner, first.fusion.variant) == ("EML4", "v1")
    assert [x.taken for x in first.fusion.conflicts] == ["E13;A20"]
    for order in permutations(calls):
        assert typed(*order) == first


def test_of_repeated_rows_the_one_with_most_reads_is_kept():
    rows = [call("EML4", "ALK", text="v1", junction_reads=n) for n in (3, 40)]
    for order in permutations(rows):
        (evidence,) = typed(*order).fusion.evidence
        assert evidence.junction_reads == 40
