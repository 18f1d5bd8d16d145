"""The knowledge in the forms of others: nothing is lost on the way, bent or made up."""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from contextlib import closing

import jsonschema
import pytest
from ga4gh.cat_vrs.recipes import ProteinSequenceConsequence
from ga4gh.va_spec.base import Statement

from alkanet.cli.kb_export import export_knowledge
from alkanet.errors import InputError, KnowledgeError
from alkanet.json_schema import SCHEMA_NAMES, shipped_schema
from alkanet.kb.check import check
from alkanet.kb.export import FORMATS
from alkanet.kb.export.civic_tsv import COLUMNS, civic_tsv
from alkanet.kb.export.concepts import CONDITION, condition
from alkanet.kb.export.entries import MODELS, all_entries, released_ids
from alkanet.kb.export.protein_name import long_name
from alkanet.kb.export.tables import tables
from alkanet.kb.export.va_spec import va_spec
from alkanet.kb.export.vrs import ReferenceProtein
from alkanet.kb.graded import graded_claims
from alkanet.kb.grades import grade_of_claim
from alkanet.kb.index import index_of
from alkanet.kb.load import load_knowledge
from alkanet.kb.locate import compiled_knowledge
from alkanet.kb.query import KnowledgeBase
from alkanet.model.alteration import Genome
from alkanet.model.evidence import Claim, Direction
from alkanet.model.identifier import Identifier
from alkanet.model.stewardship import Curation
from exported_files import read_back, rows_of
from knowledge_writer import KNOWLEDGE
from places import ROOT

SIDES = {"predictsSensitivityTo": 1, "predictsResistanceTo": -1}
SIGNS = {"supports": 1, "neutral": 0, "disputes": -1}
EXPORT = (
    "import hashlib, sys; from pathlib import Path\n"
    "from alkanet.kb.export import FORMATS\n"
    "from alkanet.kb.query import KnowledgeBase\n"
    "kb = KnowledgeBase(Path(sys.argv[1]))\n"
    "files = [f for name in FORMATS for f in FORMATS[name](kb)]\n"
    "texts = ''.join(f.name + f.text + f.account for f in files)\n"
    "print(hashlib.sha256(texts.encode()).hexdigest())\n"
)


def statements_of(kb):
    lines = va_spec(kb).text.splitlines()
    return {json.loads(line)["id"].removeprefix("alkanet:"): line for line in lines}


@pytest.fixture
def folder(folder):
    """The small folder, with evidence on each of its drugs."""
    folder.source(
        "drugs-2020",
        *(folder.claim("drugs-2020", "", name, +1) for name in ("lorlatinib", "neladalkib")),
    )
    return folder


@pytest.fixture
def small(folder):
    """Claims of every direction, on fusions and without one, in two diseases."""
    folder.source(
        "x-2020",
        folder.claim("x-2020", "G1202R", "alectinib", -1, "found at progression"),
        folder.claim("x-2020", "L1196M", "alectinib", -1, direction="disputes"),
        folder.claim("x-2020", "C1156Y", "alectinib", +1, direction="disputes"),
        folder.claim("x-2020", "I1171N", "alectinib", -1, direction="neutral"),
        folder.claim("x-2020", "F1174L", "alectinib", -1, disease="neuroblastoma"),
        folder.claim(
            "x-2020", "L1196M+G1202R", "lorlatinib", -1, disease="RANBP2::ALK sarcoma of the lung"
        ),
        doi="10.1000/(odd)1",
        pmid="123",
    )
    folder.measure(("x-2020", "", "alectinib", 10), ("x-2020", "G1202R", "alectinib", 400.25))
    columns = "kind\tname\tsystem\tcode\tlocator\tcertainty\n"
    rows = (
        "gene\tALK\tUniProt\tQ9UM73\tregister\tverified\n",
        "gene\tALK\tHGNC\tHGNC:427\tregister\tverified\n",
        "drug\talectinib\tNCIt\tC101790\tregister\tverified\n",
        "drug\talectinib\tRxNorm\t1727455\tregister\tverified\n",
        "disease\tnon-small cell lung carcinoma\tMONDO\tMONDO:0005233\tregister\tverified\n",
        "disease\tsmall cell lung carcinoma\tMONDO\tMONDO:0008433\tregister\tverified\n",
        "disease\tneuroblastoma\tMONDO\tMONDO:0005072\tregister\tverified\n",
    )
    folder.write("identifiers.tsv", columns + "".join(rows))
    return folder.compile()


@pytest.fixture(scope="module")
def protein(kb):
    transcript = kb.transcript("ALK", Genome.GRCH38)
    return ReferenceProtein(transcript.protein_accession, transcript.protein)


# VA-Spec: what GA4GH's own package reads is what the claim says


def test_every_line_is_a_statement_of_va_spec_and_survives_it(kb, small):
    for held in (kb, small):
        for line in statements_of(held).values():
            read = Statement.model_validate_json(line)
            assert read.model_dump(mode="json", exclude_none=True) == json.loads(line)


def test_every_claim_leaves_once_as_it_is(kb, small):
    """A resistant claim that left as a sensitive one would kill; neutral is a third word."""
    for held in (kb, small):
        claims = held.all_of("claim", Claim)
        lines = statements_of(held)
        assert len(va_spec(held).text.splitlines()) == len(claims) == len(lines)
        for claim in claims:
            value = json.loads(lines[claim.id])
            proposition = value["proposition"]
            assert proposition["predicate"] == claim.predicate.value
            assert value["direction"] == claim.direction.value
            assert SIDES[proposition["predicate"]] * SIGNS[value["direction"]] == claim.towards
            assert proposition["objectTherapeutic"]["name"] == claim.therapy
            assert value["description"] == claim.says
            assert not re.search(r"\{[a-z0-9.+-]+\}", claim.says), "a number still to be filled in"


def test_strength_is_the_derived_grade(kb):
    rules = kb.grade_rules()
    lines = statements_of(kb)
    for claim in kb.all_of("claim", Claim):
        value = json.loads(lines[claim.id])
        grade = grade_of_claim(claim, kb.therapy_named(claim.therapy), rules)
        assert value["strength"]["primaryCoding"]["code"] == grade.level
        assert f"version {rules.version}" in value["specifiedBy"]["name"]


def test_nothing_that_is_held_of_a_claim_is_dropped(kb):
    lines = statements_of(kb)
    for graded in graded_claims(kb):
        claim, value = graded.claim, json.loads(lines[graded.claim.id])
        told = {e["name"]: e["value"] for e in value["extensions"]}
        assert told["certainty"] == claim.certainty.value
        assert told["evidenceKind"] == claim.evidence.value
        assert told["locator"] == claim.locator
        for name, held in (
            ("patients", claim.patients),
            ("disease", claim.disease),
            ("primarySource", claim.primary),
        ):
            assert told.get(name) == held
        documents = [d["id"].removeprefix("alkanet:") for d in value["reportedIn"]]
        assert documents == [claim.source, *([claim.primary] if claim.primary else [])]
        assert value["reportedIn"][0].get("pmid") == graded.source.pmid
        assert value["reportedIn"][0]["title"] == graded.source.citation


def test_a_fusion_partner_is_named_only_where_it_is_held(small):
    """Most, not all, are EML4::ALK; and neuroblastoma has ALK in full length, without a fusion."""
    variants = {
        name: json.loads(line)["proposition"]["subjectVariant"]["name"]
        for name, line in statements_of(small).items()
    }
    assert variants["base-2020.wild-type-alectinib"] == "v::ALK"
    assert variants["x-2020.g1202r-alectinib"] == "v::ALK G1202R"
    assert variants["x-2020.f1174l-alectinib"] == "ALK F1174L"
    assert variants["x-2020.l1196m+g1202r-lorlatinib"] == "RANBP2::ALK L1196M+G1202R"


def test_a_haplotype_is_one_constraint_a_mutation_and_says_cis(kb, protein):
    lines = statements_of(kb)
    for claim in kb.all_of("claim", Claim):
        variant = json.loads(lines[claim.id])["proposition"]["subjectVariant"]
        alleles = [c["allele"] for c in variant["constraints"] if "allele" in c]
        assert [a["expressions"][0]["value"] for a in alleles] == [
            f"{protein.accession}:p.{long_name(m)}" for m in claim.haplotype.mutations
        ]
        if alleles:
            ProteinSequenceConsequence.model_validate(variant)
        blocks = variant.get("members", [])
        assert len(blocks) == (len(alleles) > 1)
        for block in blocks:
            assert block["type"] == "CisPhasedBlock"
            assert block["members"] == alleles


def test_codes_are_those_that_are_held(small):
    proposition = json.loads(statements_of(small)["x-2020.g1202r-alectinib"])["proposition"]
    drug = proposition["objectTherapeutic"]
    assert drug["primaryCoding"]["code"] == "1727455"
    assert [m["coding"]["code"] for m in drug["mappings"]] == ["C101790"]
    gene = proposition["geneContextQualifier"]
    assert gene["primaryCoding"]["code"] == "HGNC:427"
    assert [m["relation"] for m in gene["mappings"]] == ["relatedMatch"], "a protein is no gene"
    lorlatinib = json.loads(statements_of(small)["x-2020.l1196m+g1202r-lorlatinib"])
    assert lorlatinib["proposition"]["objectTherapeutic"] == {
        "conceptType": "Therapy",
        "name": "lorlatinib",
    }


def test_a_disease_has_the_code_of_what_it_is_a_kind_of_and_no_other(small):
    lines = statements_of(small)
    lung = json.loads(lines["x-2020.g1202r-alectinib"])["proposition"]["conditionQualifier"]
    assert lung["name"] == CONDITION
    assert "primaryCoding" not in lung, "not every lung carcinoma is rearranged"
    assert [(m["relation"], m["coding"]["code"]) for m in lung["mappings"]] == [
        ("broadMatch", "MONDO:0005233")
    ], "small cell carcinoma is another disease, though its words stand in the name"
    other = json.loads(lines["x-2020.f1174l-alectinib"])["proposition"]["conditionQualifier"]
    assert other["primaryCoding"]["code"] == "MONDO:0005072"
    assert condition("a disease without codes", ()) == {
        "conceptType": "Disease",
        "name": "a disease without codes",
    }


def test_a_doi_that_va_spec_cannot_take_is_an_address(folder):
    folder.source("x-2020", folder.claim("x-2020", "G1202R", "alectinib", -1), doi="10.1000/(x)1")
    line = statements_of(folder.compile())["x-2020.g1202r-alectinib"]
    document = Statement.model_validate_json(line).reportedIn[0]
    assert (document.doi, document.urls) == (None, ["https://doi.org/10.1000/(x)1"])


# CIViC's columns


def test_every_claim_is_a_row_for_civic_or_counted_as_left_out(kb, small):
    for held in (kb, small):
        claims = held.all_of("claim", Claim)
        file = civic_tsv(held)
        header, rows = rows_of(file)
        assert header == COLUMNS
        sided = [claim.id for claim in claims if claim.direction is not Direction.NEUTRAL]
        assert [row["evidence_id"] for row in rows] == sided
        assert file.count == len(sided)
        assert sum(count for _, count in file.left_out) == len(claims) - len(sided)


def test_a_row_for_civic_says_what_the_claim_says(kb, small):
    sides = {"Sensitivity/Response": 1, "Resistance": -1}
    signs = {"Supports": 1, "Does Not Support": -1}
    for held in (kb, small):
        claims = {graded.claim.id: graded for graded in graded_claims(held)}
        for row in rows_of(civic_tsv(held))[1]:
            graded = claims[row["evidence_id"]]
            side = sides[row["significance"]] * signs[row["evidence_direction"]]
            assert side == graded.claim.towards != 0
            assert row["evidence_level"] == graded.civic.level
            assert row["citation_id"] == (graded.source.pmid or "")
            assert row["evidence_type"] == "Predictive"
            assert row["therapies"].casefold() == graded.claim.therapy


def test_what_nobody_typed_is_empty_for_civic(kb):
    """A rating, a status of review or an origin of ours would be taken for CIViC's own."""
    for row in rows_of(civic_tsv(kb))[1]:
        empty = ("doid", "rating", "evidence_status", "variant_origin", "molecular_profile_id")
        assert not any(row[column] for column in empty)


def test_a_profile_for_civic_names_fusion_and_mutations(small):
    profiles = {r["evidence_id"]: r["molecular_profile"] for r in rows_of(civic_tsv(small))[1]}
    assert profiles["base-2020.wild-type-alectinib"] == "v::ALK Fusion"
    assert profiles["x-2020.g1202r-alectinib"] == "v::ALK Fusion AND ALK G1202R"
    assert profiles["x-2020.f1174l-alectinib"] == "ALK F1174L"
    assert profiles["x-2020.l1196m+g1202r-lorlatinib"] == (
        "RANBP2::ALK Fusion AND ALK L1196M AND ALK G1202R"
    )


# Entries and ids


def test_every_kind_that_is_compiled_has_its_type():
    source = (ROOT / "src" / "alkanet" / "kb" / "compile.py").read_text(encoding="utf-8")
    assert set(re.findall(r'_row\(\s*"([^"]+)"', source)) == set(MODELS)


def test_entries_are_the_values_that_are_compiled(kb):
    entries = [json.loads(line) for line in all_entries(kb).text.splitlines()]
    assert [(e["kind"], e["key"]) for e in entries] == [(e.kind, e.key) for e in kb.entries()]
    for kind, model in MODELS.items():
        found = tuple(model.model_validate(e["value"]) for e in entries if e["kind"] == kind)
        assert found == kb.all_of(kind, model)
    assert all("direction" in e["value"] for e in entries if e["kind"] == "claim"), (
        "a reader who does not know our defaults must see the direction"
    )


def test_entries_fit_the_schema_that_ships(kb):
    validator = jsonschema.Draft202012Validator(json.loads(shipped_schema("knowledge-entry")))
    for line in all_entries(kb).text.splitlines():
        validator.validate(json.loads(line))


def test_the_schema_of_entries_refuses_what_is_none():
    validator = jsonschema.Draft202012Validator(json.loads(shipped_schema("knowledge-entry")))
    assert not validator.is_valid({"kind": "rumour", "key": "x", "value": {}})
    assert not validator.is_valid({"kind": "claim", "key": "x", "value": {"id": "x"}})


def test_a_kind_of_entry_without_a_type_is_told(small, tmp_path):
    copy = tmp_path / "other.sqlite"
    copy.write_bytes((tmp_path / "knowledge.sqlite").read_bytes())
    with closing(sqlite3.connect(copy)) as connection:
        connection.execute("INSERT INTO entries VALUES ('rumour', 'x', '', '', '{}')")
        connection.commit()
    with pytest.raises(KnowledgeError, match="'rumour' is a kind without a type"):
        all_entries(KnowledgeBase(copy))


def test_ids_are_those_that_must_stand_for_ever(kb):
    lines = released_ids(kb).text.splitlines()
    held = {f"{e.kind} {e.id}" for e in index_of(load_knowledge(KNOWLEDGE))}
    assert lines == sorted(held)


def test_ids_of_a_release_are_held_against_the_next(folder):
    folder.source("x-2020", folder.claim("x-2020", "G1202R", "alectinib", -1))
    folder.write("released-ids.txt", released_ids(folder.compile()).text)
    assert not check(load_knowledge(folder.root))
    folder.source("x-2020")
    gone = [str(fault) for fault in check(load_knowledge(folder.root))]
    assert any("claim x-2020.g1202r-alectinib" in fault and "gone" in fault for fault in gone)


def test_who_read_a_source_stands_beside_it(folder):
    curation = {"curator": "A. Person", "on": "2026-10-01"}
    folder.write(
        "sources/x-2020.yaml",
        {
            "source": {
                "id": "x-2020",
                "citation": "Some Body, x-2020",
                "year": "2020",
                "kind": "laboratory",
            },
            "curation": curation,
            "claims": [folder.claim("x-2020", "G1202R", "alectinib", -1)],
        },
    )
    found = {file.name: file for file in tables(folder.compile())}
    (row,) = rows_of(found["tables/curations.tsv"])[1]
    assert row["source"] == "x-2020"
    assert read_back(Curation, row) == Curation.model_validate(curation)


# The files


def test_neither_run_nor_hash_seed_nor_locale_changes_a_byte():
    found = set()
    for seed, locale in (("0", "POSIX"), ("0", "POSIX"), ("4242", "C.UTF-8")):
        env = {**os.environ, "PYTHONHASHSEED": seed, "LC_ALL": locale, "TZ": "Asia/Tokyo"}
        command = [sys.executable, "-c", EXPORT, str(compiled_knowledge())]
        found.add(subprocess.run(command, env=env, capture_output=True, check=True).stdout)
    assert len(found) == 1


def test_the_export_writes_what_it_prints(kb, tmp_path, capsys):
    out = tmp_path / "new" / "folder"
    export_knowledge(str(compiled_knowledge()), formats=(), out=out)
    printed = dict(line.split("\t") for line in capsys.readouterr().out.splitlines())
    assert set(printed) == {str(file) for file in out.rglob("*") if file.is_file()}
    for path in printed:
        content = (out / path).read_bytes()
        assert content.endswith(b"\n")
        assert b"\r" not in content
        content.decode("utf-8")
    for name in SCHEMA_NAMES:
        if name.startswith("knowledge"):
            copy = (out / "schemas" / f"{name}.schema.json").read_text(encoding="utf-8")
            assert copy == shipped_schema(name)
    assert printed[str(out / "civic-evidence.tsv")] == civic_tsv(kb).account


def test_one_format_is_one_file(tmp_path, capsys):
    export_knowledge(str(compiled_knowledge()), formats=("ids", "ids"), out=tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["ids.txt"]
    assert capsys.readouterr().out.count("\n") == 1


def test_an_unknown_format_writes_nothing(tmp_path):
    with pytest.raises(InputError, match="'xml' is not a format") as caught:
        export_knowledge(None, formats=("va", "xml"), out=tmp_path / "out")
    assert all(name in str(caught.value) for name in FORMATS)
    assert not (tmp_path / "out").exists()


def test_a_folder_that_cannot_be_made_is_told(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(InputError, match="cannot be written"):
        export_knowledge(str(compiled_knowledge()), formats=("ids",), out=tmp_path / "file")


def test_identifiers_of_the_knowledge_find_the_disease(kb):
    if not kb.all_of("identifier", Identifier):
        pytest.skip("no identifiers are held")
    lung = condition(CONDITION, kb.all_of("identifier", Identifier))
    assert {m["relation"] for m in lung["mappings"]} == {"broadMatch"}
