"""Small variants outside ALK, by law: each codon, stretch and truncation on both builds."""

from __future__ import annotations

from itertools import product

import pytest

from alkanet.model.alteration import Genome, Role
from alkanet.model.calls import Origin, VariantCall
from alkanet.model.codon import BASES, reverse_complement, translate
from alkanet.normalise.gene_edit import edit_of
from alkanet.normalise.other_genes import NO_BUILD, GeneTables, read_other_genes
from alkanet.normalise.stated_change import stated_change
from alkanet.normalise.transcript import CdsPosition, coding_base, genomic_position


@pytest.fixture(scope="module")
def tables(kb):
    return GeneTables.of(kb)


def call(chromosome, position, reference, alternate, genome=Genome.GRCH37, **more):
    fields = {"origin": Origin(file="calls.maf", line=2), "specimen": "biopsy", **more}
    return VariantCall(
        genome=genome,
        chromosome=chromosome,
        position=position,
        reference=reference,
        alternate=alternate,
        **fields,
    )


@pytest.fixture
def names(tables):
    """Return gene and name of what calls give."""

    def of(*calls):
        found = read_other_genes(calls, tables, {})
        return [f"{v.gene} {v.name}" for v in found.variants]

    return of


@pytest.fixture
def why(tables):
    """Return why a call gives nothing."""

    def of(one):
        found = read_other_genes([one], tables, {})
        assert not found.variants
        (row,) = found.set_aside
        assert not row.is_fault, "no row outside ALK is a doubt about ALK"
        return row.reason

    return of


def on_forward(hotspot, base):
    return base if hotspot.strand == "+" else reverse_complement(base)


def test_each_hotspot_codon_codes_its_residue_on_both_builds(kb):
    for hotspot in kb.hotspots():
        assert translate(hotspot.codon) == hotspot.amino_acid
    assert len({(h.gene, h.residue) for h in kb.hotspots()}) * 2 == len(kb.hotspots())


def test_the_builds_of_a_gene_stand_at_one_distance(kb):
    """No base was lost or gained between them inside the coding exons of these genes."""
    distances = {}
    by_key = {}
    for hotspot in kb.hotspots():
        by_key.setdefault((hotspot.gene, hotspot.residue), {})[hotspot.genome] = hotspot.positions
    for (gene, _), places in by_key.items():
        old, new = places[Genome.GRCH37], places[Genome.GRCH38]
        distances.setdefault(gene, set()).update(a - b for a, b in zip(old, new, strict=True))
    rules = {}
    for rule in kb.interval_rules():
        key = (rule.gene, rule.name, rule.change, rule.consequence)
        rules.setdefault(key, {})[rule.genome] = (rule.start, rule.end)
    for (gene, *_), places in rules.items():
        old, new = places[Genome.GRCH37], places[Genome.GRCH38]
        distances.setdefault(gene, set()).update(a - b for a, b in zip(old, new, strict=True))
    for old in kb.suppressors():
        (new,) = (t for t in kb.suppressors() if (t.gene, t.genome) == (old.gene, Genome.GRCH38))
        if old.genome is Genome.GRCH37:
            pairs = zip(old.exons, new.exons, strict=True)
            distances.setdefault(old.gene, set()).update(
                d for a, b in pairs for d in (a.start - b.start, a.end - b.end)
            )
    assert {gene: len(found) for gene, found in distances.items() if len(found) != 1} == {}


def test_hotspots_of_suppressors_stand_where_the_sequence_has_them(kb):
    by_gene = {(t.gene, t.genome): t for t in kb.suppressors()}
    checked = 0
    for hotspot in kb.hotspots():
        transcript = by_gene.get((hotspot.gene, hotspot.genome))
        if transcript is not None:
            first = CdsPosition(3 * hotspot.residue - 2)
            assert genomic_position(transcript, first) == hotspot.positions[0]
            assert translate(transcript.cds)[hotspot.residue - 1] == hotspot.amino_acid
            checked += 1
    assert checked == 38


def test_sequences_of_suppressors_are_read_to_their_only_stop(kb):
    lengths = {t.gene: len(t.protein) for t in kb.suppressors()}
    assert lengths == {"NF2": 0, "PTEN": 403, "RB1": 928, "TP53": 393}
    for transcript in kb.suppressors():
        assert "*" not in transcript.protein
        assert transcript.cds == "" or transcript.protein.startswith("M")


def test_every_single_base_of_every_hotspot_gets_the_name_of_its_codon(kb, names):
    for hotspot in kb.hotspots():
        for index, base in product(range(3), BASES):
            if base == hotspot.codon[index]:
                continue
            new = hotspot.codon[:index] + base + hotspot.codon[index + 1 :]
            residue = translate(new)
            is_hit = residue not in (hotspot.amino_acid, "*") and (
                not hotspot.alternates or residue in hotspot.alternates
            )
            row = call(
                hotspot.chromosome,
                hotspot.positions[index],
                on_forward(hotspot, hotspot.codon[index]),
                on_forward(hotspot, base),
                hotspot.genome,
            )
            name = f"{hotspot.gene} {hotspot.amino_acid}{hotspot.residue}{residue}"
            if is_hit:
                assert names(row) == [name]
            else:
                assert [n for n in names(row) if not n.endswith("*")] == []


@pytest.mark.parametrize(
    ("genome", "place", "name"),
    [
        (Genome.GRCH37, ("7", 140453136, "A", "T"), "BRAF V600E"),
        (Genome.GRCH38, ("7", 140753336, "A", "T"), "BRAF V600E"),
        (Genome.GRCH37, ("7", 140453136, "AC", "TT"), "BRAF V600K"),
        (Genome.GRCH37, ("12", 25398284, "C", "T"), "KRAS G12D"),
        (Genome.GRCH38, ("12", 25245351, "C", "A"), "KRAS G12C"),
        (Genome.GRCH37, ("7", 55259515, "T", "G"), "EGFR L858R"),
        (Genome.GRCH38, ("7", 55191822, "T", "G"), "EGFR L858R"),
        (Genome.GRCH37, ("7", 55249071, "C", "T"), "EGFR T790M"),
        (Genome.GRCH38, ("7", 55181378, "C", "T"), "EGFR T790M"),
        (Genome.GRCH37, ("3", 178952085, "A", "G"), "PIK3CA H1047R"),
        (Genome.GRCH37, ("4", 55599321, "A", "T"), "KIT D816V"),
        (Genome.GRCH37, ("17", 7578406, "C", "T"), "TP53 R175H"),
        (Genome.GRCH37, ("17", 7577120, "C", "T"), "TP53 R273H"),
        (Genome.GRCH37, ("22", 30032794, "C", "T"), None),
        # a MAF and a VCF of one deletion: E746_A750del
        (Genome.GRCH37, ("7", 55242465, "GGAATTAAGAGAAGC", "-"), "EGFR exon 19 deletion"),
        (Genome.GRCH37, ("7", 55242464, "AGGAATTAAGAGAAGC", "A"), "EGFR exon 19 deletion"),
        (Genome.GRCH38, ("7", 55174771, "AGGAATTAAGAGAAGC", "A"), "EGFR exon 19 deletion"),
        (Genome.GRCH37, ("7", 55242469, "TTAAGAGAAG", "C"), "EGFR exon 19 deletion"),
        (Genome.GRCH37, ("7", 55242465, "GGAATTAAGAGAAG", "-"), None),
        (Genome.GRCH37, ("7", 55248998, "-", "TGGCCAGCG"), "EGFR exon 20 insertion"),
        (Genome.GRCH37, ("17", 37880981, "-", "GCATACGTGATG"), "ERBB2 exon 20 insertion"),
        (Genome.GRCH37, ("4", 55593603, "TGGAAG", "-"), "KIT exon 11 deletion"),
        (Genome.GRCH37, ("7", 116412044, "G", "A"), "MET exon 14 skipping"),
        (Genome.GRCH37, ("7", 116412043, "G", "C"), "MET exon 14 skipping"),
        (Genome.GRCH37, ("7", 116411902, "G", "C"), "MET exon 14 skipping"),
        (Genome.GRCH37, ("7", 116411903, "G", "C"), None),
        (Genome.GRCH37, ("7", 116412046, "A", "C"), None),
        (Genome.GRCH37, ("7", 116411880, "A" * 200, "-"), "MET exon 14 skipping"),
    ],
)
def test_known_changes(names, genome, place, name):
    assert names(call(*place, genome)) == ([name] if name else [])


@pytest.mark.parametrize("genome", list(Genome))
def test_suppressors_are_truncated_by_length_splice_site_and_stop(kb, names, genome):
    for transcript in (t for t in kb.suppressors() if t.genome is genome):
        exon = next(x for x in transcript.exons[3:] if x.cds_start is not None)
        inside, before = (exon.start + 10, exon.start - 1)
        place = {length: "A" * length for length in (1, 2, 3, 4)}
        for length, text in place.items():
            found = names(call(transcript.chromosome, inside, "-", text, genome))
            is_shift = length % 3 != 0
            assert bool(found) is is_shift or any(name.endswith("*") for name in found)
        site = names(call(transcript.chromosome, before, "N", "A", genome))
        assert site == [f"{transcript.gene} splice site"]
        assert names(call(transcript.chromosome, before - 1, "N", "A", genome)) == site
        assert names(call(transcript.chromosome, before - 2, "N", "A", genome)) == []


def test_a_stop_is_named_by_its_residue(kb, names):
    for transcript in kb.suppressors():
        codons = [transcript.cds[i : i + 3] for i in range(0, len(transcript.cds) - 3, 3)]
        at = next((n for n, codon in enumerate(codons) if n > 20 and codon == "CGA"), None)
        if at is None:
            continue
        position = genomic_position(transcript, CdsPosition(3 * at + 1))
        base = coding_base(transcript, position)
        new = "T" if transcript.strand == "+" else "A"
        row = call(transcript.chromosome, position, base, new, transcript.genome)
        assert names(row) == [f"{transcript.gene} R{at + 1}*"]


def test_a_reference_that_is_not_the_codon_s_is_set_aside(why):
    reason = why(call("7", 140453136, "G", "T"))
    assert reason == ("reference allele: the file says G at 7:140453136, GRCh37 has A there")


def test_what_no_table_names_is_not_assessed(why):
    assert (
        why(call("7", 55259515, "T", "C")) == "not assessed: a change of EGFR that no table names"
    )
    assert why(call("17", 7577600, "N", "C")).startswith("not assessed: a change of TP53")
    assert why(call("7", 55259515, "T", "G", Genome.GRCH38)).startswith("not assessed: ")


def test_a_stated_change_is_taken_where_no_table_names_it(names, why):
    row = {"stated_gene": "EGFR", "stated_hgvs_p": "p.R108K"}
    assert names(call("7", 55211080, "G", "A", **row)) == ["EGFR R108K"]
    for other in (
        {**row, "stated_gene": "ERBB2"},
        {**row, "stated_hgvs_p": "p.R108="},
        {**row, "stated_hgvs_p": "p.?"},
        {**row, "stated_hgvs_p": "R108 is odd"},
    ):
        assert why(call("7", 55211080, "G", "A", **other)).startswith("not assessed")


@pytest.mark.parametrize(
    ("text", "name", "term"),
    [
        ("p.V600E", "V600E", "missense_variant"),
        ("NP_004324.2:p.(Val600Glu)", "V600E", "missense_variant"),
        ("p.Arg213Ter", "R213*", "stop_gained"),
        ("p.E746_A750del", "E746_A750del", "inframe_deletion"),
        ("p.Asp770_Asn771insSerValAsp", "D770_N771insSVD", "inframe_insertion"),
        ("p.L747_A750delinsP", "L747_A750delinsP", "protein_altering_variant"),
        ("p.P152Rfs*18", "P152Rfs*18", "frameshift_variant"),
        ("p.X1010_splice", "X1010_splice", None),
        ("p.L858=", None, None),
        ("p.L858L", None, None),
        ("", None, None),
    ],
)
def test_stated_changes_are_read_by_form(text, name, term):
    found = stated_change(text)
    assert (found.name, found.consequence) == (name, term) if name else found is None


def test_without_a_build_only_a_hotspot_that_fits_one_is_named(tables, names, why):
    assert names(call("7", 140453136, "A", "T", None)) == ["BRAF V600E"]
    assert why(call("7", 140453136, "G", "T", None)) == NO_BUILD
    assert why(call("7", 55242465, "GGAATTAAGAGAAGC", "-", None)) == NO_BUILD
    told = {("biopsy", "calls.maf"): Genome.GRCH37}
    found = read_other_genes([call("7", 55242465, "GGAATTAAGAGAAGC", "-", None)], tables, told)
    assert [v.name for v in found.variants] == ["exon 19 deletion"]


def test_one_variant_of_two_specimens_and_builds_stands_once(tables):
    rows = [
        call("7", 140453136, "A", "T", vaf=0.1),
        call("7", 140753336, "A", "T", Genome.GRCH38, specimen="plasma", vaf=0.01),
        call("7", 55242464, "AGGAATTAAGAGAAGC", "A", vaf=0.2),
        call("7", 55174772, "GGAATTAAGAGAAGC", "-", Genome.GRCH38, specimen="plasma"),
        call("7", 55242464, "AGGAATTAAGAGAAGC", "A", vaf=0.2),
    ]
    found = read_other_genes(rows, tables, {})
    assert [v.name for v in found.variants] == ["V600E", "exon 19 deletion"]
    for variant in found.variants:
        assert variant.role is Role.OTHER_GENE
        assert [s.specimen for s in variant.support] == ["biopsy", "plasma"]
        assert len(variant.genomic) == 2


def test_two_substitutions_of_one_codon_stay_two_unless_the_caller_joins_them(names):
    one, other = call("12", 25398284, "C", "T"), call("12", 25398285, "C", "A")
    assert names(one, other) == ["KRAS G12C", "KRAS G12D"]
    assert names(call("12", 25398284, "CC", "TA")) == ["KRAS G12Y"]


def test_a_long_row_gives_each_hotspot_that_it_changes(names):
    assert names(call("12", 25398281, "CCAC", "TCAT")) == ["KRAS G12D", "KRAS G13D"]


def test_a_row_with_one_named_allele_is_used(tables):
    rows = [call("7", 140453136, "A", "T"), call("7", 140453136, "A", "G")]
    assert rows[0].origin == rows[1].origin
    assert read_other_genes([*rows, call("7", 55259515, "T", "C")][:2], tables, {}).set_aside == ()


def test_shared_bases_are_no_part_of_a_change():
    edit = edit_of(call("7", 100, "AGGAT", "AGT"))
    assert (edit.start, edit.removed, edit.inserted) == (102, "GA", "")
    edit = edit_of(call("7", 100, "-", "GG"))
    assert (edit.start, edit.end, edit.gain) == (101, 100, 2)
