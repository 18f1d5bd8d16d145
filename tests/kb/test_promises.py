"""Every promise of ``kb check``: a planted fault is named with its file and line."""

from __future__ import annotations

import inspect

import pytest

from alkanet.errors import KnowledgeError
from alkanet.kb import check as check_module
from alkanet.kb.check import check
from alkanet.kb.compile import compile_knowledge
from alkanet.kb.load import load_knowledge
from knowledge_writer import KNOWLEDGE, KnowledgeFolder

ASSAY = {"id": "x", "names": ["X"], "covers": ["y"], "source": "base-2020", "certainty": "verified"}


def faults_of(folder):
    return check(load_knowledge(folder.root))


def told(folder):
    return [str(fault) for fault in faults_of(folder)]


def line_of(path, text):
    return path.read_text().splitlines().index(text) + 1


# Each plants one fault and returns where it must be named: file, line (None: any), words.


def an_unknown_therapy_in_a_claim(folder):
    path = folder.source("x-2020", folder.claim("x-2020", "G1202R", "alectinb", +1))
    return path, line_of(path, "- id: x-2020.g1202r-alectinb"), "Did you mean 'alectinib'?"


def an_unknown_primary_source(folder):
    claim = folder.claim("x-2020", "G1202R", "alectinib", +1, primary="bass-2020")
    path = folder.source("x-2020", claim)
    return path, line_of(path, "- id: x-2020.g1202r-alectinib"), "Did you mean 'base-2020'?"


def an_unknown_therapy_in_a_measurement(folder):
    path = folder.measure(("base-2020", "G1202R", "lorlatinb", 10))
    return path, 3, "Did you mean 'lorlatinib'?"


def an_unknown_source_of_a_measurement(folder):
    return folder.measure(("gone-2020", "G1202R", "alectinib", 10)), 3, "'gone-2020' is not in"


def an_anchor_that_nobody_holds(folder):
    path = folder.edit("therapies/alectinib.yaml", "base-2020.wild-type-alectinib", "base-2020.x")
    return path, line_of(path, "  anchors:"), "'base-2020.x' is not in the knowledge"


def an_assay_without_source(folder):
    return folder.write("assays/x.yaml", ASSAY | {"source": "gone-2020"}), None, "'gone-2020'"


def a_residue_that_is_another(folder):
    """The review's I1151Tins: residue 1151 is a threonine."""
    path = folder.source("x-2020", folder.claim("x-2020", "I1151T", "alectinib", +1))
    return path, line_of(path, "- id: x-2020.i1151t-alectinib"), "residue 1151 of ALK is T, not I"


def a_residue_beyond_the_protein(folder):
    path = folder.source("x-2020", folder.claim("x-2020", "G1900R", "alectinib", +1))
    return path, None, "residue 1900 of ALK is nothing"


def a_residue_of_a_measurement(folder):
    return folder.measure(("base-2020", "R1202G", "alectinib", 10)), 3, "is G, not R"


def a_name_in_lower_case(folder):
    path = folder.source("x-2020", folder.claim("x-2020", "g1202r", "alectinib", +1))
    return path, None, "'g1202r' is not a short name"


def a_name_with_a_letter_too_many(folder):
    claim = folder.claim("x-2020", "G1202R", "alectinib", +1)
    path = folder.source("x-2020", claim | {"profile": {"cis": ["G1202RR"]}})
    return path, None, "'G1202RR' is not a short name"


def a_name_that_stops_the_protein(folder):
    claim = folder.claim("x-2020", "G1202R", "alectinib", +1)
    path = folder.source("x-2020", claim | {"profile": {"cis": ["R1202*"]}})
    return path, None, "'R1202*' is not a short name"


def two_changes_of_one_residue(folder):
    claim = folder.claim("x-2020", "G1202R", "alectinib", +1)
    path = folder.source("x-2020", claim | {"profile": {"cis": ["G1202R", "G1202del"]}})
    return path, None, "one allele cannot hold both"


def a_mutation_that_stands_twice(folder):
    claim = folder.claim("x-2020", "G1202R", "alectinib", +1)
    path = folder.source("x-2020", claim | {"profile": {"cis": ["G1202R", "G1202R"]}})
    return path, line_of(path, "- id: x-2020.g1202r-alectinib"), "is not a haplotype"


def a_haplotype_out_of_residue_order(folder):
    path = folder.measure(("base-2020", "G1202R+L1196M", "alectinib", 10))
    return path, 3, "write 'L1196M+G1202R', not 'G1202R+L1196M'"


def a_pair_twice_in_a_panel(folder):
    path = folder.measure(
        ("base-2020", "G1202R", "alectinib", 10), ("base-2020", "G1202R", "alectinib", 11)
    )
    return path, 4, "stand in this panel on line 3 too"


def a_panel_that_mixes_assays(folder):
    panel = {"panel": "base-2020/p"}
    path = folder.measure(
        ("base-2020", "", "alectinib", 10, panel),
        ("base-2020", "G1202R", "alectinib", 10, panel | {"assay": "enzyme"}),
    )
    return path, 4, "mixes"


def a_panel_of_another_source(folder):
    path = folder.measure(("base-2020", "", "alectinib", 10, {"panel": "other-2020/p"}))
    return path, 3, "does not begin with its source"


def a_review_letter_that_poses_as_cells(folder):
    path = folder.source("pan-2021", folder.claim("pan-2021", "G1202R", "alectinib", +1, "cells"))
    return path, line_of(path, "- id: pan-2021.g1202r-alectinib"), "'review statement'"


def a_paper_that_poses_as_the_review(folder):
    claim = folder.claim("x-2020", "G1202R", "alectinib", +1, "review statement")
    path = folder.source("x-2020", claim)
    return path, line_of(path, "- id: x-2020.g1202r-alectinib"), "'review statement'"


def _review(folder, cell):
    row = {"printed": "G1202R", "haplotype": "G1202R", "cells": {"alectinib": cell}}
    table = {"table": "2", "title": "Letters", "rows": [row]}
    return folder.write("review/table-2.yaml", table)


def a_review_cell_that_points_nowhere(folder):
    path = _review(folder, {"printed": "R", "ids": ["base-2020.gone"]})
    return path, line_of(path, "    alectinib:"), "'base-2020.gone' is not in the knowledge"


def a_review_cell_that_nobody_carries(folder):
    path = _review(folder, {"printed": "R"})
    return path, line_of(path, "    alectinib:"), "neither ids nor an erratum"


def a_statement_of_the_review_that_points_nowhere(folder):
    entry = {"section": "2.1", "says": "Says something of it.", "ids": ["base-2020.gone"]}
    path = folder.write("review/text.yaml", {"statements": [entry]})
    return path, line_of(path, "- section: '2.1'"), "'base-2020.gone'"


def two_sources_of_one_id(folder):
    text = (folder.root / "sources/base-2020.yaml").read_text().partition("claims:")[0]
    path = folder.write("sources/more-2020.yaml", text)
    return path, 2, "source 'base-2020' stands at knowledge/sources/base-2020.yaml:2 too"


def two_claims_of_one_id(folder):
    claim = folder.claim("x-2020", "G1202R", "alectinib", +1)
    path = folder.source("x-2020", claim, claim | {"certainty": "recalled"})
    lines = [n for n, t in enumerate(path.read_text().splitlines(), 1) if t.startswith("- id:")]
    return path, lines[1], f"stands at knowledge/sources/x-2020.yaml:{lines[0]} too"


def a_measurement_that_bears_the_id_of_a_claim(folder):
    taken = {"id": "base-2020.wild-type-alectinib"}
    path = folder.measure(("base-2020", "", "alectinib", 10, taken))
    return path, 3, "stands at knowledge/sources/base-2020.yaml:"


def two_drugs_of_one_id(folder):
    text = (folder.root / "therapies/lorlatinib.yaml").read_text()
    return folder.write("therapies/zz.yaml", text), None, "therapy 'lorlatinib' stands at"


def a_brand_name_of_two_drugs(folder):
    return folder.drug("zz", brand_names=["ALECENSA"]), None, "drug name 'alecensa' stands at"


def a_brand_name_that_is_another_drug(folder):
    """A brand name equal to a generic name would give one drug the answers of the other."""
    return folder.drug("zz", code_names=["Alectinib"]), None, "drug name 'alectinib' stands at"


def two_assays_of_one_id(folder):
    folder.write("assays/a.yaml", ASSAY)
    return folder.write("assays/b.yaml", ASSAY | {"names": ["Y"]}), None, "assay 'x' stands at"


def two_assays_of_one_name(folder):
    folder.write("assays/a.yaml", ASSAY)
    path = folder.write("assays/b.yaml", ASSAY | {"id": "y", "names": ["x"]})
    return path, line_of(path, "- x"), "assay name 'x' stands at"


def two_review_tables_of_one_number(folder):
    path = _review(folder, {"printed": "-"})
    return folder.write("review/table-3.yaml", path.read_text()), None, "review table '2' stands"


def two_messages_of_one_code(folder):
    new = "  - code: input-note\n    severity: note\n    text: told again\n  - code: no-fusion\n"
    path = folder.edit("messages/caveats.yaml", "  - code: no-fusion\n", new)
    lines = [n for n, t in enumerate(path.read_text().splitlines(), 1) if "code: input-note" in t]
    return path, lines[1], "message 'input-note' stands at"


def a_message_with_a_hole_that_nobody_fills(folder):
    path = folder.edit("messages/caveats.yaml", "{about} is not in the knowledge.", "{name} is.")
    return path, None, "{name} is filled in by nobody"


def a_message_with_a_brace_too_many(folder):
    path = folder.edit("messages/caveats.yaml", "{about} is not in the knowledge.", "{about is.")
    return path, None, "unknown-mutation: "


def a_source_in_the_wrong_file(folder):
    path = folder.source("x-2020").rename(folder.root / "sources/y-2020.yaml")
    return path, 2, "must equal the file's name, 'y-2020'"


def a_claim_of_another_source(folder):
    claim = folder.claim("x-2020", "G1202R", "alectinib", +1)
    path = folder.source("x-2020", claim | {"id": "y-2020.a"})
    return path, line_of(path, "- id: y-2020.a"), "must begin with 'x-2020.'"


def a_word_that_is_not_allowed(folder):
    claim = folder.claim("x-2020", "G1202R", "alectinib", +1, certainty="sure")
    path = folder.source("x-2020", claim)
    return path, line_of(path, "  certainty: sure"), "'verified' or 'recalled'"


def a_key_that_is_misspelt(folder):
    claim = folder.claim("x-2020", "G1202R", "alectinib", +1, patiens="3")
    path = folder.source("x-2020", claim)
    return path, line_of(path, "  patiens: '3'"), "Did you mean 'patients'?"


def a_file_that_is_no_yaml(folder):
    return folder.write("sources/x-2020.yaml", "source: [\n"), 2, "not valid YAML"


def a_number_that_is_none(folder):
    return folder.measure(("base-2020", "", "alectinib", "ten")), 3, "expected a number"


def a_row_with_a_cell_too_many(folder):
    path = folder.measure(("base-2020", "", "alectinib", 10))
    path.write_text(path.read_text().rstrip("\n") + "\tmore\n")
    return path, 3, "cells, not"


def a_table_that_is_missing(folder):
    path = folder.root / "measurements/ic50.tsv"
    path.unlink()
    return path, 0, "the file is missing"


def a_gene_table_with_another_header(folder):
    return folder.write("genes/germline.tsv", "gene\tname\n"), 1, "the header is"


def a_gene_table_that_is_missing(folder):
    path = folder.root / "genes/exons.tsv"
    path.unlink()
    return path, 0, "the file is missing"


def an_exon_table_that_leaves_a_gap(folder):
    path = folder.root / "genes/exons.tsv"
    lines = path.read_text().splitlines()
    keep = [text for text in lines if not text.startswith("ALK\tGRCh38\t22\t")]
    assert len(keep) == len(lines) - 1
    path.write_text("\n".join(keep) + "\n")
    return path, 0, "ALK: "


def alk_that_is_missing_on_a_build(folder):
    path = folder.root / "genes/exons.tsv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join(t for t in lines if not t.startswith("ALK\tGRCh37\t")) + "\n")
    return folder.root / "genes/transcripts.tsv", 0, "is missing on GRCh37"


def _hotspots(folder, old, new):
    path = folder.root / "genes/hotspots.tsv"
    lines = path.read_text().splitlines()
    number = next(n for n, text in enumerate(lines, start=1) if old in text)
    lines[number - 1] = lines[number - 1].replace(old, new)
    path.write_text("\n".join(lines) + "\n")
    return path, number


def a_hotspot_whose_codon_codes_something_else(folder):
    path, number = _hotspots(folder, "GTG\tD E G K M R", "GAG\tD E G K M R")
    return path, number, "does not code 'V'"


def a_hotspot_whose_places_are_not_in_coding_order(folder):
    path, number = _hotspots(folder, "140453137\t140453136", "140453136\t140453137")
    return path, number, "not in coding order"


def a_hotspot_with_a_word_for_an_amino_acid(folder):
    path, number = _hotspots(folder, "D E G K M R", "most")
    return path, number, "are not other amino acids"


def a_hotspot_on_one_build(folder):
    path, _ = _hotspots(folder, "BRAF\t600\tV\tGRCh37", "BRAF\t999\tV\tGRCh37")
    return path, 0, "not once on each build"


def an_interval_of_an_unknown_kind(folder):
    path = folder.root / "genes/gene_intervals.tsv"
    lines = path.read_text().splitlines()
    lines[8] = lines[8].replace("in-frame deletion", "out-of-frame deletion")
    path.write_text("\n".join(lines) + "\n")
    return path, 9, "change"


def rules_that_are_missing(folder):
    path = folder.root / "sensitivity/rules.yaml"
    path.unlink()
    return path, 0, "is missing"


def rules_without_a_reason(folder):
    reason = "reason: A letter that nobody can trace"
    path = folder.edit("sensitivity/rules.yaml", reason, "reason: x")
    return path, None, "weights.review statement.reason"


def a_fusion_name_that_stands_twice(folder):
    path = folder.root / "fusions/eml4-alk-variants.tsv"
    lines = path.read_text().splitlines()
    path.write_text("\n".join([*lines, lines[-1]]) + "\n")
    return path, len(lines) + 1, "stands twice"


def a_version_that_is_none(folder):
    return folder.write("version.yaml", "schema_version: 1\nversion: soon\n"), 2, "found 'soon'"


PLANTED = [
    value
    for value in list(globals().values())
    if inspect.isfunction(value)
    and value.__module__ == __name__
    and list(inspect.signature(value).parameters) == ["folder"]
    and value.__name__ not in ("faults_of", "told")
]


def test_a_whole_folder_has_no_fault(folder):
    assert told(folder) == []
    folder.compile()


def test_the_real_knowledge_has_no_fault():
    assert [str(fault) for fault in check(load_knowledge(KNOWLEDGE))] == []


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_a_planted_fault_is_named_with_file_and_line(folder, plant):
    path, line, words = plant(folder)
    name = f"knowledge/{path.relative_to(folder.root).as_posix()}"
    fitting = [f for f in faults_of(folder) if words in str(f)]
    assert [f.file for f in fitting] == [name], told(folder)
    assert fitting[0].line == line or (line is None and fitting[0].line > 0)


@pytest.mark.parametrize("plant", PLANTED, ids=lambda plant: plant.__name__)
def test_knowledge_with_a_fault_is_not_compiled(folder, plant, tmp_path):
    plant(folder)
    target = tmp_path / "out" / "k.sqlite"
    with pytest.raises(KnowledgeError, match="kb check"):
        compile_knowledge(folder.root, target)
    assert not target.exists()
    assert not target.parent.exists() or list(target.parent.iterdir()) == []


def test_every_promise_has_a_planted_fault(tmp_path):
    """Each promise function yields a fault for at least one of the folders above."""
    kept = set()
    for number, plant in enumerate(PLANTED):
        folder = KnowledgeFolder(tmp_path / str(number))
        plant(folder)
        knowledge = load_knowledge(folder.root)
        kept |= {p for p in check_module._PROMISES if list(p(knowledge))}
    assert kept == set(check_module._PROMISES)


def test_all_faults_of_all_files_are_named_in_one_run(folder):
    """One slip does not hide another, whichever file is read first."""
    plants = (
        an_unknown_therapy_in_a_measurement,
        a_gene_table_with_another_header,
        a_word_that_is_not_allowed,
        an_anchor_that_nobody_holds,
        a_brand_name_of_two_drugs,
        a_message_with_a_hole_that_nobody_fills,
        rules_without_a_reason,
        a_fusion_name_that_stands_twice,
        a_statement_of_the_review_that_points_nowhere,
        an_assay_without_source,
    )
    words = [plant(folder)[2] for plant in plants]
    found = told(folder)
    for word in words:
        assert any(word in text for text in found), word
    assert len(found) <= len(words) + 1, found  # the rules are told once by form, once as missing


def test_one_fault_is_one_fault(folder):
    """A claim with a slip still exists: what points to it does not fail as well."""
    claim = folder.claim("x-2020", "G1202R", "alectinib", +1, certainty="sure")
    folder.source("x-2020", claim)
    _review(folder, {"printed": "S", "ids": ["x-2020.g1202r-alectinib"]})
    (fault,) = told(folder)
    assert "certainty" in fault


def test_faults_come_in_the_order_of_files_and_lines(folder):
    an_unknown_therapy_in_a_claim(folder)
    a_haplotype_out_of_residue_order(folder)
    faults = faults_of(folder)
    assert list(faults) == sorted(faults)
    assert len(faults) == 2


def test_a_folder_that_is_no_knowledge_is_told(tmp_path):
    with pytest.raises(KnowledgeError, match=r"no version\.yaml"):
        load_knowledge(tmp_path)


def test_the_command_prints_all_faults_and_ends_with_one(folder, alkanet):
    a_word_that_is_not_allowed(folder)
    a_brand_name_of_two_drugs(folder)
    done = alkanet("kb", "check", folder.root)
    assert done.status == 1
    assert len(done.out.splitlines()) == 2
    assert all(text.startswith("knowledge/") for text in done.out.splitlines())
    assert "2 faults" in done.err


def test_the_command_is_content_with_the_real_knowledge(alkanet):
    done = alkanet("kb", "check")
    assert (done.status, done.out) == (0, "")
