"""Laws of the shipped knowledge: what a curator's slip would break without a sound."""

from __future__ import annotations

import re

import pytest

from alkanet.kb.load import load_knowledge
from alkanet.model.alteration import Genome
from alkanet.model.evidence import AssayKind, Certainty, EvidenceKind, Relation, SourceKind
from alkanet.model.haplotype import Haplotype
from alkanet.model.review import Decision, ErratumKind
from alkanet.normalise.hgvs import parse_haplotype
from alkanet.sensitivity import predict
from knowledge_writer import KNOWLEDGE, ROOT

COLUMNS = ["crizotinib", "ceritinib", "ensartinib", "alectinib", "brigatinib", "lorlatinib"]


@pytest.fixture(scope="module")
def knowledge():
    return load_knowledge(KNOWLEDGE)


@pytest.fixture(scope="module")
def evidence(knowledge):
    placed = (*knowledge.claims, *knowledge.measurements)
    return {entry.value.id: entry.value for entry in placed}


def test_every_haplotype_is_written_as_it_is_parsed(knowledge, kb):
    """A name that the grammar writes otherwise would never meet the patient who has it."""
    alk = kb.transcript("ALK", Genome.GRCH38)
    placed = (*knowledge.claims, *knowledge.measurements)
    held = {entry.value.haplotype for entry in placed if entry.value.haplotype is not None}
    for haplotype in sorted(held, key=str):
        assert parse_haplotype(str(haplotype), alk) == haplotype


def test_every_mutation_of_the_knowledge_is_reached(knowledge, kb):
    """Each is scored when it is asked for, so that its evidence shows in the answer."""
    placed = (*knowledge.claims, *knowledge.measurements)
    held = {e.value.haplotype for e in placed if e.value.haplotype is not None}
    shown = {item.id for r in predict(held, kb) for item in r.items}
    # the items of fold changes are one a source: a panel beside it stands in its words
    claims = {claim.value.id for claim in knowledge.claims}
    assert claims <= shown
    asked = {str(h) for h in held}
    for mutation in kb.known_mutations():
        assert any(mutation in name.split("+") for name in asked)
        if mutation not in asked:
            (response, *_) = predict([Haplotype(mutations=(mutation,))], kb)
            assert response.call.value == "no data"


def test_every_mutation_of_the_knowledge_is_scored_in_a_tumour(kb):
    """The oracle is the role that normalisation gives it: a listed one would lose its evidence."""
    from alkanet.normalise.hgvs import parse_protein_change
    from alkanet.normalise.roles import VariantNames

    alk = kb.transcript("ALK", Genome.GRCH38)
    names = VariantNames.of(kb)
    for mutation in sorted(kb.known_mutations()):
        change = parse_protein_change(mutation, alk)
        assert names.role_of_protein(change, alk).value == "scored", mutation


def test_no_germline_difference_has_evidence(kb):
    assert not kb.known_mutations() & {d.name for d in kb.germline_differences()}


def test_each_drug_has_a_cut_of_its_own(kb):
    """No one threshold fits all: lorlatinib works where crizotinib has long failed."""
    cuts = {t.id: (t.cut.sensitive_up_to, t.cut.resistant_from) for t in kb.therapies() if t.cut}
    assert len(cuts) >= 5
    assert len(set(cuts.values())) == len(cuts)
    assert cuts["lorlatinib"][0] > cuts["crizotinib"][1]


def test_an_anchor_speaks_of_its_own_drug(kb, evidence):
    for therapy in kb.therapies():
        for anchor in therapy.cut.anchors if therapy.cut else ():
            assert evidence[anchor].therapy == therapy.id


def test_a_panel_has_one_wild_type_for_each_drug_that_it_counts(knowledge):
    for placed in knowledge.measurements:
        value = placed.value
        if value.assay is AssayKind.ENZYME:
            assert value.expressed, placed
    wild = [m.value for m in knowledge.measurements if m.value.haplotype == Haplotype()]
    keys = [(m.panel, m.therapy) for m in wild]
    assert len(set(keys)) == len(keys)
    assert all(m.relation is Relation.EQUAL for m in wild if m.assay is not AssayKind.ENZYME)


def test_parental_cells_express_no_alk(knowledge):
    for placed in knowledge.measurements:
        assert (placed.value.haplotype is None) == (placed.value.expressed == "none")


# ---- the review, cell by cell -----------------------------------------------------------------


@pytest.fixture(scope="module")
def tables(knowledge):
    return {placed.value.table: placed.value for placed in knowledge.review_tables}


def test_table_2_has_27_variants_and_six_drugs(tables):
    assert len(tables[2].rows) == 27
    for row in tables[2].rows:
        assert list(row.cells) == COLUMNS
    assert sum(len(row.cells) for row in tables[2].rows) == 162


def test_the_drugs_of_table_2_exist_and_lead(tables, kb):
    assert {t.id for t in kb.therapies() if t.in_review} == set(COLUMNS)


def test_the_rows_of_table_2_are_written_as_they_are_parsed(tables, kb):
    alk = kb.transcript("ALK", Genome.GRCH38)
    names = [row.haplotype for row in tables[2].rows]
    assert len(set(names)) == len(names)
    for name in names:
        assert str(parse_haplotype(name, alk)) == name


@pytest.mark.parametrize("number", [2, 3])
def test_a_cell_points_to_evidence_on_its_own_pair(tables, evidence, number):
    """An id under the wrong drug or variant would lend a letter to somebody else."""
    seen = 0
    for row in tables[number].rows:
        for column, cell in row.cells.items():
            for name in cell.ids:
                seen += 1
                assert name in evidence
                if number == 2:
                    assert evidence[name].therapy == column, (row.printed, name)
                    if str(evidence[name].haplotype) != row.haplotype:
                        # the paper that is cited tested the variant in a compound: said so
                        assert row.haplotype in evidence[name].haplotype.mutations
                        assert cell.errata, (row.printed, name)
    assert seen > 10


def test_a_cell_without_a_reference_is_a_statement_of_the_review(tables, evidence):
    """A letter with a number in brackets cites; one without is carried by pan-2021 itself."""
    for row in tables[2].rows:
        for cell in row.cells.values():
            if re.fullmatch(r"[SR]", cell.printed):
                own = [n for n in cell.ids if n.startswith("pan-2021.")]
                assert own or cell.errata or cell.ids, row.printed
                for name in own:
                    assert evidence[name].evidence is EvidenceKind.REVIEW_STATEMENT


def test_a_statement_of_the_review_says_what_its_cell_prints(tables, evidence):
    """S is sensitivity and R resistance: a statement the other way would be a wrong answer."""
    towards = {"S": "predictsSensitivityTo", "R": "predictsResistanceTo"}
    seen = 0
    for row in tables[2].rows:
        for cell in row.cells.values():
            for name in cell.ids:
                if name.startswith("pan-2021."):
                    seen += 1
                    assert evidence[name].predicate.value == towards[cell.printed[0]], name
    assert seen == sum(e.source == "pan-2021" for e in evidence.values()) > 50


def test_every_letter_of_table_2_has_an_answer_behind_it(tables):
    for row in tables[2].rows:
        for column, cell in row.cells.items():
            if cell.printed not in ("–", "-", ""):
                assert cell.ids or cell.errata, (row.printed, column)


def test_the_review_is_whole(tables, knowledge):
    """Four tables, every section that makes a claim, and the whole reference list."""
    assert sorted(tables) == [1, 2, 3, 4]
    sections = {placed.value.section for placed in knowledge.review_statements}
    assert {"1", "2", "2.1.1", "2.1.2", "2.2.1", "2.2.2", "2.2.3", "2.3", "3", "4"} <= sections
    numbers = [placed.value.number for placed in knowledge.review_references]
    assert sorted(numbers) == list(range(1, 141))


def test_every_reference_has_a_doi_but_two(knowledge):
    """Reference 32 is a guideline on a web page; the DOI that is printed for 72 lacks a digit."""
    sources = {placed.value.id: placed.value for placed in knowledge.sources}
    without = {
        placed.value.number
        for placed in knowledge.review_references
        if sources[placed.value.source].doi is None
    }
    assert without == {32, 72}


def test_most_cited_numbers_of_the_text_are_carried_by_their_paper(knowledge):
    """A statement that cites papers is carried by one of them, or its erratum says why not.

    Others carry it where a later or better paper does: that is told by an erratum too, but for few.
    """
    by_number = {p.value.number: p.value.source for p in knowledge.review_references}
    cited = [p.value for p in knowledge.review_statements if p.value.references]
    astray = [
        value.says
        for value in cited
        if not value.errata
        and not {i.partition(".")[0] for i in value.ids} & {by_number[n] for n in value.references}
    ]
    assert len(cited) > 100
    assert len(astray) < len(cited) / 4, astray


def test_every_erratum_of_the_review_is_decided(knowledge):
    """e001 to e078 and e080 to e091 are those that were found before anything was curated."""
    held = {placed.value.id for placed in knowledge.errata}
    found_before = [*range(1, 79), *range(80, 92)]
    assert {f"e{number:03d}" for number in found_before} <= held
    for placed in knowledge.errata:
        value = placed.value
        is_bare = value.decision in (Decision.LEFT_OUT, Decision.NOT_FOLLOWED)
        is_a_name = value.id in ("e020", "e063")  # TFG and v4 stand in the tables of genes
        is_layout = value.kind is ErratumKind.OCR
        assert value.ids or value.sources or is_bare or is_a_name or is_layout, value.id


# ---- what others lean on ----------------------------------------------------------------------


def test_every_code_of_a_caveat_in_the_program_has_a_text(knowledge):
    held = {m.code for file in knowledge.messages for m in file.value.caveats}
    used = set()
    for path in (ROOT / "src" / "alkanet").rglob("*.py"):
        text = path.read_text(encoding="utf-8")
        used |= set(re.findall(r"\.caveat\(\s*\"([a-z0-9-]+)\"", text))
    from alkanet.normalise.junction import FusionDoubt

    used |= {doubt.value for doubt in FusionDoubt}
    assert len(used) > 15
    assert used <= held


def test_a_verified_claim_has_a_source_that_can_be_found(knowledge):
    """``verified`` means that somebody read it: then there is a DOI or a PMID to read it at.

    Labels have neither, and where only somebody's account was read its citation says so.
    """
    sources = {placed.value.id: placed.value for placed in knowledge.sources}
    for placed in (*knowledge.claims, *knowledge.measurements):
        if placed.value.certainty is Certainty.VERIFIED:
            source = sources[placed.value.source]
            is_told = re.search(r"as told|records it|quote|authors not held", source.citation)
            found = source.doi or source.pmid or is_told or source.kind is SourceKind.LABEL
            assert found, f"{placed.file}:{placed.line}"


def test_identifiers_stand_once(knowledge):
    for field in ("doi", "pmid"):
        found = [getattr(s.value, field) for s in knowledge.sources if getattr(s.value, field)]
        assert len(set(found)) == len(found)


def test_the_year_of_a_source_is_that_of_its_id(knowledge):
    """Or the next one: a paper that the review cites by its first day online was printed later."""
    for placed in knowledge.sources:
        year = int(re.search(r"-(\d{4})[a-z]?$", placed.value.id)[1])
        assert year <= placed.value.year <= year + 1, placed.value.id


def test_a_response_of_one_patient_states_no_crowd(knowledge):
    for placed in knowledge.claims:
        if placed.value.evidence is EvidenceKind.PATIENT_RESPONSE:
            assert (placed.value.patients or 1) <= 3, placed.value.id


def test_no_sentence_promises(knowledge):
    """Never printed: recommended, eligible, cure."""
    words = re.compile(r"\b(recommend\w*|eligible|cure[ds]?)\b", re.IGNORECASE)
    for placed in knowledge.claims:
        assert not words.search(placed.value.says), placed.value.id
    for file in knowledge.messages:
        for message in file.value.caveats:
            assert not words.search(message.text), message.code
