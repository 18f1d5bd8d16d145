"""The grammar of protein names: what people write for a change of ALK, to its canonical form.

Read are one-letter and three-letter names, with or without ``p.``, parentheses and accession, and
the spellings of older papers (``1151Tins``). Every residue that a name states is compared with the
reference protein: a name that disagrees is refused, never bent.
"""

from __future__ import annotations

import re
from itertools import pairwise

from pydantic import ValidationError

from alkanet.errors import InputError, shown
from alkanet.model.codon import ONE_LETTER, THREE_LETTER
from alkanet.model.gene import Transcript
from alkanet.model.haplotype import Haplotype
from alkanet.normalise.protein_change import (
    ProteinChange,
    ProteinChangeKind,
    full_name,
    protein_change,
)

__all__ = [
    "ProteinChange",
    "ProteinChangeKind",
    "full_name",
    "parse_haplotype",
    "parse_protein_change",
]

_EXAMPLES = "a protein change such as G1202R, p.(Gly1202Arg), G1202del or T1151dup"
_LONGEST_SHOWN = 200
_MOST_TOGETHER = 12
"""Mutations that one allele may be said to carry; nobody phases so many."""
_RESIDUE = "[ACDEFGHIKLMNPQRSTVWY*]"
_NUMBER = "[0-9]{1,5}"
_REFERENCE = re.compile(r"(?P<reference>[A-Za-z][\w.-]*)(?:\((?P<gene>[\w-]+)\))?\s*:\s*")
_LEADING_CODE = re.compile(r"([A-Za-z]{3})\d")
_KEYWORD_AFTER_NUMBER = re.compile(r"(?<=\d)(DELINS|DEL|DUP|INS|FS|Del|Dup|Ins|Fs)(?![a-z])")
_OPEN_RESIDUE = re.compile(r"(?<!^)(?<!fs)(?<!ext)X(?!fs)")
"""An X where a new residue should stand; one that begins, or follows a frameshift, is a stop."""
_TOKEN = re.compile(r"delins|del|dup|ins|fs|ext|\d+|[_=?*]|[A-Za-z]")
_RANGE = rf"(?P<first>{_RESIDUE})(?P<start>{_NUMBER})(?:_(?P<last>{_RESIDUE})(?P<end>{_NUMBER}))?"
_EDIT = re.compile(rf"{_RANGE}(?P<verb>delins|del|dup|ins)(?P<new>{_RESIDUE}*)")
_SUBSTITUTION = re.compile(rf"(?P<first>{_RESIDUE})(?P<start>{_NUMBER})(?P<new>{_RESIDUE}|=)")
_FRAMESHIFT = re.compile(
    rf"(?P<first>{_RESIDUE})(?P<start>{_NUMBER})(?P<new>{_RESIDUE}?)fs(?:\*(?P<stop>{_NUMBER}|\?))?"
)
_EXTENSION = re.compile(rf"\*(?P<start>{_NUMBER})(?P<new>{_RESIDUE})ext\*(?P<stop>{_NUMBER}|\?)")
_LEGACY_INSERTION = re.compile(
    rf"(?P<first>{_RESIDUE}?)(?P<start>{_NUMBER})(?:(?P<a>{_RESIDUE}+)ins|ins(?P<b>{_RESIDUE}+))"
)
_SEPARATORS = re.compile(r"[+/,;\s]+")
_WILD_TYPE = re.compile(r"wild[\s-]?type|wt|none", re.IGNORECASE)


def parse_protein_change(
    text: str, transcript: Transcript, *, x_is_stop: bool = False
) -> ProteinChange:
    """Return the canonical protein change that a text names.

    Deletions and duplications obey the 3' rule, and an insertion that repeats its neighbour is a
    duplication: ``T1151_L1152insT``, ``1151Tins`` and ``p.(Thr1151dup)`` are one change.

    Parameters
    ----------
    text
        What somebody wrote.
    transcript
        ALK.
    x_is_stop
        True where bases stand beside the name, as in a MAF: ``R1275X`` is then read as older
        annotators mean it. Kits write ``F1174X`` for any exchange at a codon.

    Raises
    ------
    InputError
        Where the text is no protein change, belongs to another gene, states a residue that the
        reference protein does not have there, or says ``X`` for a residue.
    """
    bare = _without_reference(text.strip(), transcript)
    written = _one_letter(bare)
    if written is None:
        raise InputError(f"{shown(text)} cannot be read", expected=_EXAMPLES)
    change = _parsed(written.replace("X", "*"), text, transcript)
    if _OPEN_RESIDUE.search(written) and not x_is_stop:
        raise InputError(
            f"{shown(text)}: X may be a stop or any residue",
            expected="* for a stop (R1275*), or the residue that was found (F1174L)",
        )
    return change


def _parsed(written: str, text: str, transcript: Transcript) -> ProteinChange:
    """Return the change of a text that is written in one-letter residues."""
    if found := _SUBSTITUTION.fullmatch(written):
        return _substitution(found, text, transcript)
    if found := _FRAMESHIFT.fullmatch(written):
        return _frameshift(found, text, transcript)
    if found := _EXTENSION.fullmatch(written):
        return _extension(found, text, transcript)
    if written in ("M1?", f"{transcript.protein[0]}1?"):
        return ProteinChange(ProteinChangeKind.START_LOST, 1, 1, "M", "M")
    if found := _LEGACY_INSERTION.fullmatch(written):
        start = int(found["start"])
        _check_residue(text, found["first"], start, transcript, new=found["a"] or found["b"])
        return protein_change(transcript.protein, start + 1, start, found["a"] or found["b"])
    if found := _EDIT.fullmatch(written):
        return _edit(found, text, transcript)
    raise InputError(f"{shown(text)} cannot be read", expected=_EXAMPLES)


def parse_haplotype(text: str, transcript: Transcript) -> Haplotype:
    """Return the haplotype that a text names: changes of one allele, or ``wild type``.

    The changes may be separated by ``+``, ``/``, ``,``, ``;`` or blanks, in any order.

    Raises
    ------
    InputError
        Where a change cannot be read, breaks the protein or leaves it as it is, stands twice, or
        shares a residue with another one.
    """
    plain = re.sub(rf"^\s*{transcript.gene}[:\s]+", "", text).strip()
    if _WILD_TYPE.fullmatch(plain):
        return Haplotype()
    if plain.startswith("+") or plain.endswith("+"):
        raise InputError(f"{shown(text)} lacks a change beside the +", expected=_EXAMPLES)
    # p.[Gly1202Arg;Leu1196Met] is how HGVS writes two changes on one allele.
    plain = re.sub(r"(?i)^([\w.]+:)?(p\.)?\[(.*)\]$", r"\3", plain)
    words = [word for word in _SEPARATORS.split(plain) if word not in ("", transcript.gene)]
    if not words:
        raise InputError("the haplotype is empty", expected=f"'wild type', or {_EXAMPLES}")
    if len(words) > _MOST_TOGETHER:
        raise InputError(
            f"{shown(text)} puts {len(words)} mutations on one allele",
            expected=f"at most {_MOST_TOGETHER}",
        )
    changes = [parse_protein_change(word, transcript) for word in words]
    for change, word in zip(changes, words, strict=True):
        if not change.is_in_frame:
            raise InputError(
                f"{_brief(word)} cannot stand in a haplotype",
                expected="changes that alter residues and keep the reading frame",
            )
    _check_apart(changes)
    try:
        return Haplotype(mutations=tuple(change.name for change in changes))
    except ValidationError as fault:
        raise InputError(f"{shown(text)}: {fault.errors()[0]['msg']}") from None


def _check_apart(changes: list[ProteinChange]) -> None:
    """Refuse two changes of one residue: one allele cannot carry both."""
    ordered = sorted(changes, key=lambda change: (change.start, change.end))
    for one, other in pairwise(ordered):
        between = {one.kind, other.kind} & {
            ProteinChangeKind.INSERTION,
            ProteinChangeKind.DUPLICATION,
        }
        if one == other:
            raise InputError(f"{one.name} stands twice")
        if other.start <= one.end and not between:
            raise InputError(
                f"{one.name} and {other.name} change the same residue",
                remedy="One allele cannot carry both: type them as two haplotypes.",
            )


def _without_reference(text: str, transcript: Transcript) -> str:
    """Return the change without gene, accession, ``p.`` and parentheses."""
    text = text.strip()
    if found := _REFERENCE.match(text):
        for name in (found["reference"], found["gene"]):
            if name is not None:
                _check_reference(name, text, transcript)
        text = text[found.end() :]
    elif found := re.match(r"([A-Z][A-Z0-9]+)\s+(?=\S)", text):
        _check_reference(found[1], text, transcript)
        text = text[found.end() :]
    if re.match(r"[cgnmr]\.", text):
        raise InputError(f"{shown(text)} names DNA or RNA, not a protein", expected=_EXAMPLES)
    for _ in range(2):
        if text.startswith("(") and text.endswith(")"):
            text = text[1:-1]
        text = re.sub(r"^[pP]\.", "", text).strip()
    return text


def _brief(text: str) -> str:
    """Return a name as it may stand in a message, cut where nobody would read it."""
    return text if len(text) <= _LONGEST_SHOWN else f"{text[:_LONGEST_SHOWN]}…"


def _check_reference(name: str, text: str, transcript: Transcript) -> None:
    """Refuse another gene or transcript; versions and Ensembl ids are left to the residue."""
    bare = name.partition(".")[0].upper()
    ours = {transcript.gene, transcript.accession, transcript.protein_accession or ""}
    if bare in {known.partition(".")[0] for known in ours} or bare.startswith(("ENSP", "ENST")):
        return
    raise InputError(
        f"{shown(text)} is numbered on {_brief(name)}",
        expected=f"{transcript.gene} ({transcript.protein_accession})",
    )


def _one_letter(text: str) -> str | None:
    """Return the change in one-letter residues and lower-case words; ``None`` if it is none."""
    text = _KEYWORD_AFTER_NUMBER.sub(lambda found: found[0].lower(), text)
    leading = _LEADING_CODE.match(text)
    titled = any(code in ONE_LETTER for code in re.findall(r"[A-Z][a-z]{2}", text))
    three = titled or bool(leading and leading[1].capitalize() in ONE_LETTER)
    written, place = "", 0
    while place < len(text):
        code = text[place : place + 3].capitalize()
        if three and code in ONE_LETTER:
            written, place = written + ONE_LETTER[code], place + 3
            continue
        token = _TOKEN.match(text, place)
        if token is None:
            return None
        word = token[0]
        if len(word) == 1 and word.isalpha():
            word = word.upper()
        written, place = written + word, token.end()
    return written


def _check_residue(
    text: str, stated: str, number: int, transcript: Transcript, *, new: str = ""
) -> None:
    """Raise where the protein has another residue than the one stated (an empty one is not)."""
    protein = transcript.protein + "*"
    where = f"{transcript.gene} ({transcript.protein_accession})"
    if not 1 <= number <= len(protein):
        raise InputError(
            f"{_brief(text)}: residue {number} lies beyond the {len(transcript.protein)} residues "
            f"of {where}"
        )
    held = protein[number - 1]
    if stated in ("", held):
        return
    remedy = f"Check the numbering: residues are counted on {transcript.protein_accession}."
    if new == held:
        remedy = (
            f"The reference has {THREE_LETTER[held]} there already: an inserted "
            f"{THREE_LETTER[held]} is written {held}{number}dup."
        )
    raise InputError(
        f"{_brief(text)}: residue {number} of {where} is {THREE_LETTER[held]} ({held}), "
        f"not {THREE_LETTER[stated]} ({stated})",
        remedy=remedy,
    )


def _substitution(found: re.Match[str], text: str, transcript: Transcript) -> ProteinChange:
    start, new = int(found["start"]), found["new"]
    _check_residue(text, found["first"], start, transcript, new=new)
    if start > len(transcript.protein):
        raise InputError(f"{shown(text)} changes the stop codon", expected="such as *1621Rext*?")
    new = found["first"] if new == "=" else new
    return protein_change(transcript.protein, start, start, new)


def _frameshift(found: re.Match[str], text: str, transcript: Transcript) -> ProteinChange:
    start = int(found["start"])
    _check_residue(text, found["first"], start, transcript)
    stop = found["stop"]
    return ProteinChange(
        ProteinChangeKind.FRAMESHIFT,
        start,
        start,
        found["first"],
        found["first"],
        found["new"],
        int(stop) if stop and stop != "?" else None,
    )


def _extension(found: re.Match[str], text: str, transcript: Transcript) -> ProteinChange:
    start, stop = int(found["start"]), found["stop"]
    _check_residue(text, "*", start, transcript)
    distance = None if stop == "?" else int(stop)
    return ProteinChange(
        ProteinChangeKind.EXTENSION, start, start, "*", "*", found["new"], distance
    )


def _edit(found: re.Match[str], text: str, transcript: Transcript) -> ProteinChange:
    start, verb, new = int(found["start"]), found["verb"], found["new"]
    end = int(found["end"] or start)
    _check_residue(text, found["first"], start, transcript, new=new)
    _check_residue(text, found["last"] or "", end, transcript, new=new)
    if end < start or end > len(transcript.protein):
        raise InputError(f"{shown(text)} names no range of residues", expected=_EXAMPLES)
    held = transcript.protein[start - 1 : end]
    if verb in ("del", "dup") and new not in ("", held):
        found_there = f"residues {start} to {end} are {_brief(held)}, not {_brief(new)}"
        raise InputError(f"{_brief(text)}: {found_there}")
    if verb in ("ins", "delins") and not new:
        raise InputError(f"{shown(text)} does not say what is inserted", expected=_EXAMPLES)
    match verb:
        case "del":
            return protein_change(transcript.protein, start, end, "")
        case "dup":
            return protein_change(transcript.protein, end + 1, end, held)
        case "delins":
            return protein_change(transcript.protein, start, end, new)
        case _:
            if end != start + 1:
                raise InputError(f"{shown(text)} inserts between residues that are not neighbours")
            return protein_change(transcript.protein, end, start, new)
