"""Promises over prose: drugs are spelt as they are called, and mutations fit the protein."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from difflib import get_close_matches

from alkanet.kb.load import Knowledge
from alkanet.model.stewardship import ExceptionTo
from alkanet.text_model import Fault

__all__ = ["SPELLING_PROMISES"]

_WORD = re.compile(r"[A-Za-z][A-Za-z-]{5,}")
_DRUG_ENDINGS = ("nib", "inb", "mab", "lib", "nibe", "nip")
"""How generic names of kinase inhibitors and antibodies end, slips of the pen included."""
_CHANGE = re.compile(
    r"(?P<before>[A-Z][A-Z0-9]{2,7}\s+)?(?<![A-Za-z0-9-])"
    r"(?P<residue>[ACDEFGHIKLMNPQRSTVWY])(?P<number>1[0-4]\d\d)[ACDEFGHIKLMNPQRSTVWY](?![A-Za-z0-9])"
)
"""A substitution with a number of the kinase domain, and the gene that may stand before it."""

Prose = tuple[str, int, str, str]
"""File, line, field, and the text that a curator wrote."""


def _prose(knowledge: Knowledge) -> Iterator[Prose]:
    """Yield what curators wrote in their own words.

    Errata and the statements that they touch quote what is misspelt, and are not looked at.
    """
    for claim in knowledge.claims:
        yield claim.file, claim.line, "says", claim.value.says
    for finding in knowledge.findings:
        yield finding.file, finding.line, "says", finding.value.says
    for statement in knowledge.review_statements:
        if not statement.value.errata:
            yield statement.file, statement.line, "says", statement.value.says
    for rows in (
        knowledge.measurements,
        knowledge.outcomes,
        knowledge.prevalence,
        knowledge.exposures,
        knowledge.trials,
    ):
        for row in rows:
            for field in ("note", "population", "setting", "event", "drugs", "comparator"):
                text = getattr(row.value, field, None)
                if text:
                    yield row.file, row.line, field, text
    for rule in knowledge.co_medication:
        yield rule.file, rule.line, "says", rule.value.says
    for guideline in knowledge.guidelines:
        for number, position in enumerate(guideline.value.positions):
            yield guideline.file, guideline.line_of(("positions", number)), "says", position.says
    for profile in knowledge.drug_profiles:
        for part in ("roles", "warnings"):
            for number, held in enumerate(getattr(profile.value, part)):
                yield profile.file, profile.line_of((part, number)), part, held.says
    for constraints in knowledge.constraints:
        for number, constraint in enumerate(constraints.value.constraints):
            line = constraints.line_of(("constraints", number))
            yield constraints.file, line, constraint.id, constraint.says
    for strategy in knowledge.strategy:
        for number, step in enumerate(strategy.value.rows):
            line = strategy.line_of(("rows", number))
            for argument in (*step.why, *step.against, *step.cautions):
                yield strategy.file, line, step.id, argument.says
            for term in step.own_terms:
                yield strategy.file, line, step.id, term.why


def _drugs_are_spelt(knowledge: Knowledge) -> Iterator[Fault]:
    known = {
        name.casefold()
        for t in knowledge.therapies
        for name in (t.value.id, *t.value.brand_names, *t.value.code_names)
    }
    known |= {
        part.casefold()
        for d in knowledge.other_drugs
        for name in (d.value.name, *d.value.brand_names)
        for part in (name, *name.split())
    }
    excepted = _excepted(knowledge)
    judged: dict[str, str | None] = {}
    for file, line, field, text in _prose(knowledge):
        for word in _WORD.findall(text):
            plain = word.casefold()
            if plain not in judged:
                is_misspelt = plain not in known | excepted and _looks_like_a_drug(plain, known)
                judged[plain] = _nearest(plain, known) if is_misspelt else None
            near = judged[plain]
            if near is not None:
                yield Fault(
                    file, line, field, f"{word!r} is no drug", remedy=f"Did you mean {near!r}?"
                )


def _looks_like_a_drug(word: str, known: Iterable[str]) -> bool:
    return word.endswith(_DRUG_ENDINGS) and _nearest(word, known) is not None


def _nearest(word: str, known: Iterable[str]) -> str | None:
    found = get_close_matches(word, sorted(known), n=1, cutoff=0.8)
    return found[0] if found else None


def _mutations_fit_the_protein(knowledge: Knowledge) -> Iterator[Fault]:
    protein = next((t.protein for t in knowledge.transcripts if t.gene == "ALK"), "")
    if not protein:
        return
    genes = {extent.gene for extent in knowledge.gene_extents} | {
        i.value.name for i in knowledge.identifiers if i.value.kind == "gene"
    }
    for file, line, field, text in _prose(knowledge):
        for found in _CHANGE.finditer(text):
            before = (found["before"] or "").strip()
            if before in genes and before != "ALK":
                continue  # a change of another gene
            number = int(found["number"])
            stands = protein[number - 1] if number <= len(protein) else "nothing"
            if stands != found["residue"]:
                change = found.group().strip().removeprefix("ALK").strip()
                told = f"{change}: residue {number} of ALK is {stands}, not {found['residue']}"
                yield Fault(file, line, field, told, remedy="Name another gene before its change.")


def _nothing_is_left_to_fill_in(knowledge: Knowledge) -> Iterator[Fault]:
    """Hold that no brace and no blank of the template is left in what people read."""
    blanks = [*_prose(knowledge)]
    for source in knowledge.sources:
        blanks.append((source.file, source.line, "citation", source.value.citation))
        curation = knowledge.curations.get(source.value.id)
        if curation is not None:
            for field in ("curator", "reviewer", "interests"):
                line = source.line_of(("curation", field))
                blanks.append((source.file, line, field, getattr(curation, field) or ""))
    for file, line, field, text in blanks:
        if "{" in text or "}" in text:
            told = f"a brace is left in {text[:60]!r}"
            remedy = "A row is named as {its-id}, in lower case and without blanks."
            yield Fault(file, line, field, told, remedy=remedy)
        if text.startswith("<") and text.endswith(">"):
            yield Fault(
                file, line, field, f"{text} is a blank of the template", remedy="Fill it in."
            )


def _excepted(knowledge: Knowledge) -> set[str]:
    return {
        name.casefold()
        for placed in knowledge.exceptions
        if placed.value.rule is ExceptionTo.SPELLING
        for name in placed.value.ids
    }


SPELLING_PROMISES: tuple[Callable[[Knowledge], Iterator[Fault]], ...] = (
    _drugs_are_spelt,
    _mutations_fit_the_protein,
    _nothing_is_left_to_fill_in,
)
