"""What holds for every type of the model: frozen, closed, and lossless in JSON."""

from __future__ import annotations

import importlib
import json
import pkgutil

import jsonschema
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from model_values import values_of
from pydantic import ValidationError

import alkanet
from alkanet.model.calls import Calls
from alkanet.model.case import Case
from alkanet.model.evidence import Claim, Measurement, Source
from alkanet.model.haplotype import Haplotype
from alkanet.model.lookup import Lookup
from alkanet.model.record import Interval, Record
from alkanet.model.report import Report
from alkanet.model.tumour import Tumour


def _all_records():
    for module in pkgutil.walk_packages(alkanet.__path__, "alkanet."):
        if not module.name.endswith("__main__"):
            importlib.import_module(module.name)
    found, pending = set(), [Record]
    while pending:
        for child in pending.pop().__subclasses__():
            # a test may have types of its own
            if child not in found and child.__module__.startswith("alkanet."):
                found.add(child)
                pending.append(child)
    return sorted(found, key=lambda model: (model.__module__, model.__name__))


RECORDS = _all_records()


def test_the_introspection_finds_the_types():
    names = {model.__name__ for model in RECORDS}
    assert {"Case", "Tumour", "Report", "HaplotypeResponse", "Claim", "TherapyFile"} <= names
    assert len(names) == len(RECORDS), "two types bear one name"


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_type_is_frozen_and_closed(model):
    assert model.model_config["frozen"] is True
    assert model.model_config["extra"] == "forbid"


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_type_has_a_json_schema_that_is_one(model):
    schema = model.model_json_schema()
    jsonschema.Draft202012Validator.check_schema(schema)
    if "$ref" in schema:  # a type that may hold others of its own
        schema = schema["$defs"][schema["$ref"].rpartition("/")[2]]
    assert schema.get("additionalProperties") is False


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
def test_every_type_says_what_it_is(model):
    assert (model.__doc__ or "").strip()


def test_a_value_does_not_change_and_takes_no_unknown_field():
    haplotype = Haplotype(mutations=("G1202R",))
    with pytest.raises(ValidationError, match="frozen"):
        haplotype.mutations = ()
    with pytest.raises(ValidationError, match="Extra inputs"):
        Haplotype(mutations=(), mutation="G1202R")


@pytest.mark.parametrize("model", RECORDS, ids=lambda model: model.__name__)
@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_json_in_and_out_loses_nothing(model, data):
    value = data.draw(values_of(model))
    text = value.to_json()
    again = model.from_json(text)
    assert again == value
    assert again.to_json() == text


@pytest.mark.parametrize("model", [Case, Calls, Tumour, Report, Lookup], ids=lambda m: m.__name__)
@settings(max_examples=20, suppress_health_check=list(HealthCheck), deadline=None)
@given(data=st.data())
def test_what_is_written_fits_the_schema(model, data):
    schema = model.model_json_schema(mode="serialization")
    jsonschema.validate(json.loads(data.draw(values_of(model)).to_json()), schema)


@pytest.mark.parametrize("kind", ["claim", "measurement", "source", "therapy"])
def test_all_evidence_goes_through_json(kb, kind):
    from alkanet.kb.compile import canonical_rows
    from alkanet.kb.load import load_knowledge
    from alkanet.kb.locate import knowledge_folder
    from alkanet.model.therapy import Therapy

    model = {"claim": Claim, "measurement": Measurement, "source": Source, "therapy": Therapy}[kind]
    knowledge = load_knowledge(knowledge_folder())
    placed = {
        "claim": knowledge.claims,
        "measurement": knowledge.measurements,
        "source": knowledge.sources,
        "therapy": knowledge.therapies,
    }[kind]
    texts = {row[1]: row[4] for row in canonical_rows(knowledge) if row[0] == kind}
    assert len(texts) == len(placed)
    for entry in placed:
        assert model.from_json(texts[entry.value.id]) == entry.value


@pytest.mark.parametrize("three", [(2, 1, 3), (1, 4, 3), (5, 4, 3)])
def test_an_interval_is_ordered(three):
    low, median, high = three
    with pytest.raises(ValidationError, match="is broken"):
        Interval(low=low, median=median, high=high)


@pytest.mark.parametrize("bad", [float("nan")])
def test_an_interval_is_made_of_numbers(bad):
    with pytest.raises(ValidationError):
        Interval(low=0, median=bad, high=1)
