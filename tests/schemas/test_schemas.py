"""The shipped JSON Schemas are those of the types, and real output fits them."""

import json

import jsonschema
import pytest

from alkanet.json_schema import SCHEMA_NAMES, made_schema, shipped_schema
from places import ROOT

FOLDER = ROOT / "src" / "alkanet" / "schemas"


@pytest.mark.parametrize("name", SCHEMA_NAMES)
def test_shipped_schema_is_current(name, is_update):
    file = FOLDER / f"{name}.schema.json"
    if is_update:
        file.write_text(made_schema(name), encoding="utf-8")
    assert shipped_schema(name) == made_schema(name), "run `make golden` and review the diff"


@pytest.mark.parametrize("name", SCHEMA_NAMES)
def test_schema_is_valid_draft_2020_12(name):
    jsonschema.Draft202012Validator.check_schema(json.loads(shipped_schema(name)))


def test_no_schema_without_a_type():
    assert {file.name for file in FOLDER.glob("*")} == {f"{n}.schema.json" for n in SCHEMA_NAMES}


def test_report_and_lookup_fit_their_schemas(alkanet, tmp_path):
    case = ROOT / "knowledge" / "cases" / "c1156y-l1198f" / "case.yaml"
    assert alkanet("report", case, "-o", tmp_path).status == 0
    report = json.loads((tmp_path / "report.json").read_text(encoding="utf-8"))
    jsonschema.validate(report, json.loads(shipped_schema("report")))
    lookup = json.loads(alkanet("lookup", "G1202R", "--json").out)
    jsonschema.validate(lookup, json.loads(shipped_schema("lookup")))
