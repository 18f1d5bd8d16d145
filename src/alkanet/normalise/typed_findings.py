"""Typed findings outside ALK's sequence: other genes, copy number, expression, histology, host."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence

from alkanet.errors import InputError, did_you_mean, shown, together
from alkanet.model.alteration import (
    Alteration,
    CopyNumberAlteration,
    ExpressionAlteration,
    FusionAlteration,
    HistologyAlteration,
    HostFactor,
    Observation,
    ReadSupport,
    Role,
    SmallVariant,
)
from alkanet.model.calls import OutsideCall, OutsideKind
from alkanet.model.codon import ONE_LETTER
from alkanet.model.terms import TermEntry, Terms
from alkanet.model.tumour import Conflict
from alkanet.normalise.histology import USUAL

__all__ = ["TYPED_KINDS", "is_of_other_driver", "typed_alterations", "typed_conflicts"]

TYPED_KINDS = frozenset(
    {
        OutsideKind.VARIANT,
        OutsideKind.COPY_NUMBER,
        OutsideKind.EXPRESSION,
        OutsideKind.HISTOLOGY,
        OutsideKind.HOST_FACTOR,
        OutsideKind.OBSERVATION,
    }
)

_SYMBOL_OF_GENE = re.compile("[A-Z][A-Z0-9-]{1,11}")
_GENE = rf"(?P<gene>{_SYMBOL_OF_GENE.pattern})"
_VARIANT = re.compile(rf"{_GENE}\s+(?:p\.)?(?P<name>\S.*)")
_RESIDUES = "ACDEFGHIKLMNPQRSTVWY"
_AT = "[1-9][0-9]{0,4}"
"""The number of a residue: no protein is longer."""
_SUBSTITUTION = re.compile(rf"(?P<from>[{_RESIDUES}]){_AT}(?P<to>[{_RESIDUES}*])")
_FRAMESHIFT = re.compile(rf"[{_RESIDUES}]{_AT}[{_RESIDUES}]?fs\S*")
_INDEL = re.compile(
    rf"[{_RESIDUES}](?P<first>{_AT})(?:_[{_RESIDUES}](?P<last>{_AT}))?"
    rf"(?:del|dup|(?:del)?ins)[{_RESIDUES}]*"
)
_NAMED = {
    "exon 14 skipping": "exon_loss_variant",
    "exon 18 mutation": "protein_altering_variant",
    "exon 19 deletion": "inframe_deletion",
    "exon 20 insertion": "inframe_insertion",
    "loss of function": "loss_of_function_variant",
    "frameshift": "frameshift_variant",
    "kinase domain duplication": "inframe_insertion",
    "nonsense": "stop_gained",
    "splice site": "splice_donor_variant",
}
_COPIES = r"[0-9]{1,4}(?:\.[0-9]{1,3})?"
_COPY_NUMBER = re.compile(
    rf"{_GENE}\s+(?P<change>[A-Za-z -]+?)(?:,?\s+(?P<copies>{_COPIES})\s+copies)?"
)
_CHANGES = {
    "amplification": "high-level gain",
    "amplified": "high-level gain",
    "high level gain": "high-level gain",
    "high level amplification": "high-level gain",
    "gain": "gain",
    "low level gain": "gain",
    "loss": "loss",
    "heterozygous loss": "loss",
    "shallow deletion": "loss",
    "homozygous deletion": "complete genomic loss",
    "deep deletion": "complete genomic loss",
    "complete genomic loss": "complete genomic loss",
    "copy neutral": "copy neutral",
    "not amplified": "copy neutral",
}
_FITTING = {
    "high-level gain": (2, None),
    "gain": (1, None),
    "loss": (0, None),
    "complete genomic loss": (None, 1),
    "copy neutral": (0, 5),
}
"""Copies that a change can have, above the first bound and below the second."""
_EXPRESSION = re.compile(r"(?P<marker>.+?)\s+(?P<change>\S+)(?:\s+by\s+(?P<assay>.+))?")
_LEVELS = {
    "over": "over",
    "overexpressed": "over",
    "high": "over",
    "up": "over",
    "under": "under",
    "low": "under",
    "down": "under",
    "present": "present",
    "positive": "present",
    "absent": "absent",
    "negative": "absent",
    "lost": "absent",
}
_SYMBOL = "[A-Z][A-Z0-9]{1,11}"
_OTHER_FUSION = re.compile(
    rf"(?P<gene>{_SYMBOL})\s*(?:::|--|-|/)\s*(?P<second>{_SYMBOL})(?:\s+fusion)?"
)


def is_of_other_driver(call: OutsideCall, drivers: Mapping[str, str]) -> bool:
    """Return whether a typed fusion joins a driver other than ALK, on the side that drives.

    ``drivers`` gives the side of each gene, ``3'`` or ``5'``. A fusion with ALK, one with the
    driver on its other side, and one of genes that drive nothing are left to be refused: most
    likely they are misspelt.
    """
    found = _OTHER_FUSION.fullmatch(call.finding.strip())
    if call.kind is not OutsideKind.FUSION or found is None:
        return False
    first, second = found["gene"], found["second"]
    if "ALK" in (first, second) or first == second:
        return False
    return drivers.get(first) == "5'" or drivers.get(second) == "3'"


def typed_alterations(
    calls: Iterable[OutsideCall], terms: Terms, drivers: Mapping[str, str]
) -> tuple[Alteration, ...]:
    """Return the alterations that a person typed, equal ones once.

    Parameters
    ----------
    calls
        All typed lines of a case; those on ALK's own sequence are left to others.
    terms
        The words that the knowledge holds.
    drivers
        Genes beside ALK whose fusion can drive a tumour, each with its side of the fusion.

    Raises
    ------
    InputError
        Where a finding is not understood, all of them together; everything typed was meant, so
        nothing is set aside.
    """
    made: list[Alteration] = []
    faults: list[InputError] = []
    for call in calls:
        if call.kind in TYPED_KINDS or is_of_other_driver(call, drivers):
            try:
                made.append(_alteration(call, terms))
            except InputError as fault:
                faults.append(fault)
    if faults:
        raise together(faults, file=faults[0].file or "")
    return tuple(_once(made))


def typed_conflicts(alterations: Iterable[Alteration]) -> tuple[Conflict, ...]:
    """Return a conflict for each thing that is typed in two ways.

    These are the copies and the level of a gene, and the histology, of one specimen; and a trait
    of the patient.
    """
    said: dict[str, dict[str, None]] = {}
    for alteration in alterations:
        if (told := _told(alteration)) is not None:
            about, what = told
            said.setdefault(about, {})[what] = None
    return tuple(
        Conflict(about=about, says=tuple(says), taken="both are told")
        for about, says in said.items()
        if len(says) > 1 and not set(says) <= USUAL
    )


def _told(alteration: Alteration) -> tuple[str, str] | None:
    """Return what a finding is about and what it says, ``None`` where two may stand together."""
    match alteration:
        case CopyNumberAlteration():
            copies = f", {alteration.copies:g} copies" if alteration.copies is not None else ""
            about = f"{alteration.gene} {alteration.kind} of {alteration.specimen or ''}"
            return about, f"{alteration.gene} {alteration.change}{copies}"
        case ExpressionAlteration():
            about = f"{alteration.gene} {alteration.kind} of {alteration.specimen or ''}"
            return about, f"{alteration.gene} {alteration.change}"
        case HistologyAlteration():
            return f"histology of {alteration.specimen}", alteration.histology
        case HostFactor():
            return alteration.factor, "present" if alteration.present else "absent"
    return None


def _once(made: Sequence[Alteration]) -> Iterator[Alteration]:
    """Yield equal findings once, and a change in copies without a number only by itself."""
    counted = {
        (a.gene, a.change, a.specimen)
        for a in made
        if isinstance(a, CopyNumberAlteration) and a.copies is not None
    }
    for alteration in dict.fromkeys(made):
        is_told_with_number = (
            isinstance(alteration, CopyNumberAlteration)
            and alteration.copies is None
            and (alteration.gene, alteration.change, alteration.specimen) in counted
        )
        if not is_told_with_number:
            yield alteration


def _alteration(call: OutsideCall, terms: Terms) -> Alteration:
    match call.kind:
        case OutsideKind.VARIANT:
            return _variant(call, terms)
        case OutsideKind.COPY_NUMBER:
            return _copy_number(call, terms)
        case OutsideKind.EXPRESSION:
            return _expression(call, terms)
        case OutsideKind.HISTOLOGY:
            term = _known(call, terms.histologies, "a histology")
            return HistologyAlteration(histology=term, specimen=call.specimen)
        case OutsideKind.HOST_FACTOR:
            return _host_factor(call, terms)
        case OutsideKind.OBSERVATION:
            term = _known(call, terms.observations, "an observation")
            return Observation(observation=term, specimen=call.specimen)
        case _:
            return _fusion(call)


def _variant(call: OutsideCall, terms: Terms) -> SmallVariant:
    found = _VARIANT.fullmatch(call.finding.strip())
    if found is None:
        raise _not_read(call, "a gene and its change, such as BRAF V600E or EGFR exon 19 deletion")
    gene, name = _gene(found["gene"], terms), _in_one_letter(found["name"].strip())
    if gene == "ALK":
        raise _not_read(call, "a gene other than ALK", "A change of ALK has the kind 'mutation'.")
    consequence = _NAMED.get(_plain(name)) or _consequence(name)
    if consequence is None:
        raise _not_read(
            call,
            f"a change in one-letter code such as V600E, or one of {', '.join(_NAMED)}",
            did_you_mean(_plain(name), tuple(_NAMED)),
        )
    return SmallVariant(
        gene=gene,
        name=_plain(name) if _plain(name) in _NAMED else name,
        hgvs_p=None,
        consequence=consequence,
        role=Role.OTHER_GENE,
        support=(ReadSupport(specimen=call.specimen, vaf=call.vaf),),
    )


def _gene(text: str, terms: Terms) -> str:
    """Return the symbol of a gene that is written by a name of its protein, such as HER2."""
    term = _term(text, terms.markers)
    return term if term is not None and _SYMBOL_OF_GENE.fullmatch(term) else text


def _in_one_letter(name: str) -> str:
    """Return a protein change without brackets, its residues in one-letter code."""
    plain = name[1:-1] if name.startswith("(") and name.endswith(")") else name
    return re.sub("|".join(ONE_LETTER), lambda found: ONE_LETTER[found[0]], plain)


def _consequence(name: str) -> str | None:
    """Return the Sequence Ontology term of a short protein change, ``None`` where it is none."""
    substitution = _SUBSTITUTION.fullmatch(name)
    if substitution is not None:
        if substitution["to"] == substitution["from"]:
            return None
        return "stop_gained" if substitution["to"] == "*" else "missense_variant"
    if _FRAMESHIFT.fullmatch(name):
        return "frameshift_variant"
    indel = _INDEL.fullmatch(name)
    if indel is not None:
        if indel["last"] is not None and int(indel["last"]) <= int(indel["first"]):
            return None
        return "inframe_insertion" if "ins" in name or "dup" in name else "inframe_deletion"
    return None


def _copy_number(call: OutsideCall, terms: Terms) -> CopyNumberAlteration:
    found = _COPY_NUMBER.fullmatch(call.finding.strip())
    change = _CHANGES.get(_plain(found["change"])) if found is not None else None
    if found is None or change is None:
        raise _not_read(
            call,
            f"a gene and one of {', '.join(_CHANGES)}, with or without ', 12 copies'",
            did_you_mean(_plain(found["change"]), tuple(_CHANGES)) if found else None,
        )
    copies = float(found["copies"]) if found["copies"] else None
    above, below = _FITTING[change]
    if copies is not None and (
        (above is not None and copies <= above) or (below is not None and copies >= below)
    ):
        bound = f"more than {above}" if above is not None and copies <= above else f"under {below}"
        raise _not_read(call, f"{bound} copies for {change!r}")
    return CopyNumberAlteration.model_validate(
        {
            "gene": _gene(found["gene"], terms),
            "change": change,
            "copies": copies,
            "specimen": call.specimen,
        }
    )


def _expression(call: OutsideCall, terms: Terms) -> ExpressionAlteration:
    found = _EXPRESSION.fullmatch(call.finding.strip())
    level = _LEVELS.get(_plain(found["change"])) if found is not None else None
    if found is None or level is None:
        raise _not_read(
            call, f"a marker and one of {', '.join(_LEVELS)}, such as ABCB1 over by RNA"
        )
    marker = _term(found["marker"], terms.markers)
    if marker is None:
        words = [word for term in terms.markers for word in (term.term, *term.also)]
        raise _not_read(
            call,
            "a marker that the knowledge holds",
            did_you_mean(found["marker"], words) or f"It holds {', '.join(_terms(terms.markers))}.",
        )
    return ExpressionAlteration.model_validate(
        {
            "gene": marker,
            "change": level,
            "assay": found["assay"] or "an assay that is not stated",
            "specimen": call.specimen,
        }
    )


def _host_factor(call: OutsideCall, terms: Terms) -> HostFactor:
    text = call.finding.strip()
    absent = re.fullmatch(r"(?:no\s+(?P<before>.+)|(?P<after>.+?)\s+absent)", text, re.IGNORECASE)
    named = text if absent is None else (absent["before"] or absent["after"])
    named = re.sub(r"\s+present$", "", named, flags=re.IGNORECASE)
    factor = _known(call, terms.host_factors, "a host factor", named)
    return HostFactor(factor=factor, present=absent is None)


def _fusion(call: OutsideCall) -> FusionAlteration:
    found = _OTHER_FUSION.fullmatch(call.finding.strip())
    assert found is not None, "is_of_other_driver has read it"
    return FusionAlteration(
        five_prime_gene=found["gene"],
        three_prime_gene=found["second"],
        note="typed",
        specimen=call.specimen,
    )


def _known(
    call: OutsideCall, terms: Sequence[TermEntry], what: str, text: str | None = None
) -> str:
    term = _term(text or call.finding, terms)
    if term is None:
        words = [word for entry in terms for word in (entry.term, *entry.also)]
        near = did_you_mean(_plain(text or call.finding), words)
        held = f"It holds {', '.join(_terms(terms))}."
        raise _not_read(call, f"{what} that the knowledge holds", near or held)
    return term


def _terms(terms: Sequence[TermEntry]) -> Iterator[str]:
    return (entry.term for entry in terms)


def _term(text: str, terms: Sequence[TermEntry]) -> str | None:
    return _words(terms).get(_plain(text))


def _words(terms: Sequence[TermEntry]) -> Mapping[str, str]:
    return {_plain(word): entry.term for entry in terms for word in (entry.term, *entry.also)}


def _plain(text: str) -> str:
    return " ".join(text.casefold().replace("-", " ").split())


def _not_read(call: OutsideCall, expected: str, remedy: str | None = None) -> InputError:
    if re.match(r"(?:no|not)\s", call.finding, re.IGNORECASE):
        remedy = "What was looked for and not found is no finding: leave its row out."
    return InputError(
        f"{shown(call.finding)} cannot be read as {call.kind.value}",
        file=call.origin.file,
        line=call.origin.line,
        field="finding",
        expected=expected,
        remedy=remedy,
    )
