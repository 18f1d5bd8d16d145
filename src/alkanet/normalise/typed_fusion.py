"""Fusions as people type them: ``EML4::ALK v3``, ``EML4-ALK variant 1``, ``KIF5B::ALK K24;A20``.

A typed line states one fusion that was found. Every word of it is read: what is left over, such as
``not detected`` or a second fusion, is refused and named, so that nothing turns into its opposite.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from alkanet.errors import InputError, shown
from alkanet.model.calls import FusionCall, OutsideCall
from alkanet.model.gene import FusionVariant, symbol_in_hgnc_case
from alkanet.model.tumour import Molecule
from alkanet.normalise.junction_text import (
    Junction,
    impossible_exon,
    junction_of,
    names_of,
    plain_text,
    read_statement,
    stated_frame,
    variant_of,
    without_statement,
)
from alkanet.normalise.transcript import TranscriptSet

__all__ = ["TypedFusionCall", "canonical_fusion", "typed_fusion_call"]

_LONGEST = 200
_GENE = "[A-Za-z][A-Za-z0-9]+"
_SIGN = r"\s*(?:::|--|-|/)\s*"
_ALONE = r"(?<![A-Za-z0-9])", r"(?![A-Za-z0-9])"
_WITH_ALK = re.compile(
    rf"{_ALONE[0]}(?:(?P<first>{_GENE}){_SIGN}ALK|ALK{_SIGN}(?P<second>{_GENE})){_ALONE[1]}",
    re.IGNORECASE,
)
_PAIR = re.compile(rf"{_ALONE[0]}{_GENE}{_SIGN}{_GENE}{_ALONE[1]}")
_TRANSCRIPT = re.compile(r"[(\[]\s*((?:NM_|NR_|ENST)[0-9]{1,15}(?:\.[0-9]{1,3})?)\s*[)\]]")
_ALK_TRANSCRIPTS = frozenset({"NM_004304", "ENST00000389048"})
"""Where ALK's exons are counted here; another accession in brackets is taken for the partner's."""
_FRAME = re.compile(r"\b(?:in[\s-]?frame|out[\s-]of[\s-]frame)\b", re.IGNORECASE)
_MINUS = re.compile(r"[(\[]\s*-|-\s*(?:[)\],;]|$)")
"""A dash that separates nothing: it says negative."""
_BETWEEN = re.compile(r"[\s,;:.()\[\]|-]+")
_ADDED = re.compile(
    r"fusions?|rearrange(?:ment|d)|translocation|inversion|inv|gene|transcript|product|variant"
    r"|pos(?:itive)?|detected|present|found|identified|confirmed|seen",
    re.IGNORECASE,
)
"""Words that say no more than that the fusion is there."""
_NO_GENE = re.compile(
    r"neg|not?|non|none|na|unknown|other|partner|wild|wt|type|pan|anti|and|or|with|only|break|fish"
    r"|ihc|ngs|pcr|[dr]na|tki|drive[nr]|mutant|status|lung|nsclc|cancer|tumou?r|fused|high|low|all"
    r"|exon|kinase|amp|loss|gain",
    re.IGNORECASE,
)
"""Words that stand beside ALK and name no gene."""
_LONGEST_WORD_SYMBOL = 6
"""Gene symbols without a digit are short; ``ALK-negative`` names no gene."""
_NOT_A_SYMBOL = re.compile(r"v(?:ar(?:iants?)?)?[0-9]+[ab]?|[A-Z][0-9]{1,2}[ab]?", re.IGNORECASE)
"""A variant name or half of a junction."""
_EXAMPLES = "EML4::ALK, EML4::ALK v3a or KIF5B::ALK K24;A20"
_REMEDY = (
    "A typed fusion is one that was found, one on each line. Leave the line out where none was "
    "found; remarks belong into the column note."
)


class TypedFusionCall(FusionCall):
    """A fusion that a person typed: what is impossible in it is refused, not doubted."""


@dataclass(frozen=True, slots=True)
class _Typed:
    """A typed fusion understood: ``name`` and ``junction`` are ``None`` where it has none."""

    partner: str
    name: str | None
    junction: Junction | None
    transcript: str | None
    frame: str | None

    def __str__(self) -> str:
        transcript = f" ({self.transcript})" if self.transcript and not self.name else ""
        typed = self.name or (str(self.junction) if self.junction else "")
        return f"{self.partner}::ALK {typed}{transcript if typed else ''}".strip()


def canonical_fusion(
    text: str, variants: Sequence[FusionVariant], models: TranscriptSet | None = None
) -> str:
    """Return a typed fusion in canonical form, ``EML4::ALK v3``.

    Parameters
    ----------
    text
        What a person typed. A variant or junction alone is EML4's.
    variants
        Named variants by junction.
    models
        Gene models, to refuse exons that a gene does not have.

    Raises
    ------
    InputError
        Where no ALK fusion is named or something else beside it, a variant has no name that the
        knowledge holds, or name and junction disagree.
    """
    typed = _read(text, variants)
    if models is not None and typed.junction is not None:
        why = impossible_exon(typed.junction, typed.partner, models)
        if why is not None:
            raise InputError(why)
    return str(typed)


def typed_fusion_call(typed: OutsideCall, variants: Sequence[FusionVariant]) -> TypedFusionCall:
    """Return a typed fusion as a call beside those of the files.

    Raises
    ------
    InputError
        As :func:`canonical_fusion`, at the typed line.
    """
    try:
        read = _read(typed.finding, variants)
    except InputError as error:
        raise error.at(file=typed.origin.file, line=typed.origin.line, field="finding") from error
    return TypedFusionCall(
        origin=typed.origin,
        specimen=typed.specimen,
        first_gene=read.partner,
        second_gene="ALK",
        order_is_known=True,
        molecule=Molecule.UNKNOWN,
        text=typed.finding,
        stated_transcript=None if read.name else read.transcript,
        stated_frame=read.frame,
    )


def _read(text: str, variants: Sequence[FusionVariant]) -> _Typed:
    """Return what a text says; every word of it has to be read."""
    if len(text) > _LONGEST:
        raise InputError(f"{shown(text)} is too long for a fusion", expected=_EXAMPLES)
    bare, transcript = _without_transcripts(text)
    pair = _WITH_ALK.search(bare)
    partner = "EML4" if pair is None else _partner(pair, text)
    rest = bare if pair is None else f"{bare[: pair.start()]} | {bare[pair.end() :]}"
    frame = _FRAME.search(rest)
    left = without_statement(_FRAME.sub(" ", rest, count=1), partner)
    said = read_statement(rest, partner, variants)
    named_nothing = pair is None and said.name is None and said.junction is None
    if named_nothing and _PAIR.search(bare):
        raise InputError(f"{shown(text)} names no ALK fusion", expected=_EXAMPLES)
    if named_nothing and not said.differing:
        raise InputError(f"{shown(text)} is not a fusion", expected=_EXAMPLES)
    _check_left(left, text)
    if said.differing:
        raise InputError(
            f"{shown(text)} says two things: {' and '.join(said.differing)}",
            remedy="Type the one that was found.",
        )
    return _Typed(
        partner,
        _name(said.name, said.junction, partner, variants),
        said.junction,
        transcript,
        frame[0] if frame and stated_frame(frame[0]) is not None else None,
    )


def _without_transcripts(text: str) -> tuple[str, str | None]:
    """Return the text without accessions in brackets, and the one of the partner."""
    text = plain_text(text)
    stated: list[str] = _TRANSCRIPT.findall(text)
    partners = [a for a in stated if a.partition(".")[0] not in _ALK_TRANSCRIPTS]
    if len(partners) > 1:
        raise InputError(
            f"{shown(text)} names the transcripts {' and '.join(partners)}",
            expected=f"ALK on {min(_ALK_TRANSCRIPTS, key=len)} and one transcript of the partner",
        )
    return _TRANSCRIPT.sub(" ", text), next(iter(partners), None)


def _partner(pair: re.Match[str], text: str) -> str:
    """Return the gene beside ALK, where the word beside it is one."""
    word = pair["first"] or pair["second"]
    if word.upper() == "ALK":
        raise InputError(f"{shown(text)} names no ALK fusion", expected=_EXAMPLES)
    alk = pair[0][-3:] if pair["first"] else pair[0][:3]
    if not _is_symbol(word, alk) or _ADDED.fullmatch(word) or _NO_GENE.fullmatch(word):
        raise InputError(f"{shown(text)} names no partner of ALK", expected=_EXAMPLES)
    return symbol_in_hgnc_case(word)


def _is_symbol(word: str, alk: str) -> bool:
    """Return whether a word beside ALK is spelt as genes are: ``EML4``, or as ``alk`` itself is."""
    if any(sign.isdigit() for sign in word):
        return _NOT_A_SYMBOL.fullmatch(word) is None
    as_alk = (word.isupper(), word.islower()) == (alk.isupper(), alk.islower())
    return (word.isupper() or as_alk) and len(word) <= _LONGEST_WORD_SYMBOL


def _check_left(left: str, text: str) -> None:
    """Refuse words that were not read."""
    words = re.split(r"[\s,;()\[\]|]+", left)
    strange = [word.strip(":.-") for word in words if _holds_strange(word)]
    if not strange and _MINUS.search(plain_text(text)):
        strange = ["-"]
    if strange:
        raise InputError(
            f"{shown(' '.join(strange))} cannot be read in {shown(text)}",
            expected=_EXAMPLES,
            remedy=_REMEDY,
        )


def _holds_strange(words: str) -> bool:
    return any(word and not _ADDED.fullmatch(word) for word in _BETWEEN.split(words))


def _name(
    name: str | None, junction: Junction | None, partner: str, variants: Sequence[FusionVariant]
) -> str | None:
    """Return the name that was typed, as exact as the junction beside it makes it."""
    if name is None:
        return None
    if junction_of(name, partner, variants) is None:
        raise InputError(
            f"{name!r} is not a variant of {partner}::ALK that the knowledge names",
            expected=", ".join(names_of(partner, variants)) or f"{partner}::ALK, or its junction",
        )
    exact = None if junction is None else variant_of(junction, partner, variants)
    return exact or name
