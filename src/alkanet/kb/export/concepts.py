"""Drugs, diseases and genes as GA4GH concepts, coded where the knowledge holds a code."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Literal

from alkanet.kb.export.vrs import Json
from alkanet.model.identifier import CodingSystem, Identifier

__all__ = ["CONDITION", "condition", "drug", "gene"]

CONDITION = "ALK-rearranged non-small cell lung carcinoma"
"""The disease of a claim that names no other."""

Kind = Literal["gene", "drug", "disease"]

_SYSTEMS = {
    CodingSystem.HGNC: "hgnc",
    CodingSystem.NCBI_GENE: "ncbigene",
    CodingSystem.UNIPROT: "uniprot",
    CodingSystem.RXNORM: "rxnorm",
    CodingSystem.NCIT: "ncit",
    CodingSystem.CHEMBL: "chembl.compound",
    CodingSystem.MONDO: "mondo",
    CodingSystem.ONCOTREE: "oncotree",
}
"""Names of the catalogues in the Bioregistry, in the order in which one leads the others."""


def gene(symbol: str, identifiers: Iterable[Identifier]) -> Json:
    """Return a gene by its HGNC symbol."""
    return _concept("Gene", symbol, _named("gene", symbol, identifiers))


def drug(name: str, identifiers: Iterable[Identifier]) -> Json:
    """Return a drug by its generic name."""
    return _concept("Therapy", name, _named("drug", name, identifiers))


def condition(name: str, identifiers: Iterable[Identifier]) -> Json:
    """Return a disease with its own codes, and those of the diseases that it is a kind of.

    A name that adds words in front of another is the narrower disease: the code of *non-small
    cell lung carcinoma* is a broader match of *ALK-rearranged non-small cell lung carcinoma*.
    """
    held = tuple(identifiers)
    concept = _concept("Disease", name, _named("disease", name, held))
    broader = [
        identifier
        for identifier in _ordered(held)
        if identifier.kind == "disease"
        and name.casefold().endswith(f" {identifier.name.casefold()}")
    ]
    mappings = [_mapping(identifier, "broadMatch") for identifier in broader]
    return _with_mappings(concept, mappings)


def _named(kind: Kind, name: str, identifiers: Iterable[Identifier]) -> list[Identifier]:
    wanted = name.casefold()
    found = [i for i in identifiers if i.kind == kind and i.name.casefold() == wanted]
    return _ordered(found)


def _ordered(identifiers: Iterable[Identifier]) -> list[Identifier]:
    order = list(_SYSTEMS)
    return sorted(identifiers, key=lambda i: (order.index(i.system), i.name, i.code))


def _concept(concept_type: str, name: str, identifiers: list[Identifier]) -> Json:
    concept: Json = {"conceptType": concept_type, "name": name}
    if identifiers:
        concept["primaryCoding"] = _coding(identifiers[0])
    # a protein is no gene: its entry in UniProt is related, not the same
    mappings = [
        _mapping(i, "relatedMatch" if i.system is CodingSystem.UNIPROT else "exactMatch")
        for i in identifiers[1:]
    ]
    return _with_mappings(concept, mappings)


def _with_mappings(concept: Json, mappings: list[Json]) -> Json:
    before = concept.get("mappings", [])
    assert isinstance(before, list)
    return {**concept, "mappings": [*before, *mappings]} if before or mappings else concept


def _coding(identifier: Identifier) -> Json:
    system = f"https://bioregistry.io/{_SYSTEMS[identifier.system]}"
    return {"system": system, "code": identifier.code}


def _mapping(identifier: Identifier, relation: str) -> Json:
    return {"coding": _coding(identifier), "relation": relation}
