"""Protein changes as GA4GH VRS 2 values with their computed identifiers.

An identifier is a digest of what the change is, so two knowledge bases that hold one change name
it alike without asking each other. Insertions and deletions are fully justified: they span all
places at which they could stand.

References
----------
VRS 2.0, "Normalization" and "Computed identifiers": https://vrs.ga4gh.org/en/2.0/conventions/
"""

from __future__ import annotations

import base64
import hashlib
import json
from dataclasses import dataclass

from alkanet.kb.export.protein_name import Edit, edit_of, hgvs_of
from alkanet.model.haplotype import Haplotype

__all__ = ["Json", "ReferenceProtein", "allele", "cis_phased_block", "justified"]

Json = dict[str, object]
"""A JSON object, its keys in the order in which they are written."""

_LONGEST_WRITTEN = 50
"""Residues up to which a repeated sequence is written out; its length says the same."""


@dataclass(frozen=True)
class ReferenceProtein:
    """The protein whose residues are counted."""

    accession: str
    sequence: str

    @property
    def refget(self) -> str:
        """Its refget accession, which is a digest of its residues."""
        return f"SQ.{_digest(self.sequence.encode())}"


def allele(mutation: str, protein: ReferenceProtein) -> Json:
    """Return one mutation as a normalised VRS Allele with its HGVS expression."""
    edit, subunit = justified(edit_of(mutation, protein.sequence), protein.sequence)
    reference = {"type": "SequenceReference", "refgetAccession": protein.refget}
    place = {"type": "SequenceLocation", "start": edit.start, "end": edit.end}
    location = _identified({**place, "sequenceReference": reference}, "SL")
    state = _state(edit, subunit)
    # the residues of a repeat are for the reader, and no part of its identity
    inherent = {k: v for k, v in state.items() if subunit is None or k != "sequence"}
    core: Json = {"type": "Allele", "location": location["digest"], "state": inherent}
    digest = _digest(_canonical(core))
    return {
        "id": f"ga4gh:VA.{digest}",
        "type": "Allele",
        "digest": digest,
        "expressions": [_expression(Haplotype(mutations=(mutation,)), protein)],
        "location": _with_alphabet(location),
        "state": state,
    }


def cis_phased_block(haplotype: Haplotype, protein: ReferenceProtein) -> Json:
    """Return two mutations or more on one molecule, in the order of their residues."""
    members = [allele(mutation, protein) for mutation in haplotype.mutations]
    core: Json = {
        "type": "CisPhasedBlock",
        "members": sorted(str(member["digest"]) for member in members),
    }
    digest = _digest(_canonical(core))
    return {
        "id": f"ga4gh:CPB.{digest}",
        "type": "CisPhasedBlock",
        "digest": digest,
        "expressions": [_expression(haplotype, protein)],
        "members": members,
    }


def justified(edit: Edit, protein: str) -> tuple[Edit, int | None]:
    """Return an edit over the whole stretch where it could stand, and the length of its repeat.

    The length is ``None`` where the new residues do not follow from the reference; then they are
    written out.

    Examples
    --------
    >>> justified(Edit(2, 3, ""), "MGGK")
    (Edit(start=1, end=3, inserted='G'), 1)
    """
    edit = _trimmed(edit, protein)
    removed = protein[edit.start : edit.end]
    if bool(removed) == bool(edit.inserted):
        return edit, None
    seed = removed or edit.inserted
    left = right = 0
    while left < edit.start and protein[edit.start - 1 - left] == seed[-1 - left % len(seed)]:
        left += 1
    while edit.end + right < len(protein) and protein[edit.end + right] == seed[right % len(seed)]:
        right += 1
    before = protein[edit.start - left : edit.start]
    after = protein[edit.end : edit.end + right]
    wide = Edit(edit.start - left, edit.end + right, before + edit.inserted + after)
    if removed:
        return wide, len(seed)
    return wide, _repeat(len(seed), left + right, wide.inserted)


def _trimmed(edit: Edit, protein: str) -> Edit:
    """Return an edit without the residues that stay, at its start and then at its end."""
    start, end, new = edit.start, edit.end, edit.inserted
    while start < end and new and protein[start] == new[0]:
        start, new = start + 1, new[1:]
    while start < end and new and protein[end - 1] == new[-1]:
        end, new = end - 1, new[:-1]
    return Edit(start, end, new)


def _repeat(seed: int, reference: int, written: str) -> int | None:
    """Return the longest unit of an insertion that the reference already repeats."""
    for unit in range(min(seed, reference), 0, -1):
        cycle = written[reference - unit : reference]
        added = written[reference:]
        if seed % unit == 0 and all(r == cycle[at % unit] for at, r in enumerate(added)):
            return unit
    return None


def _state(edit: Edit, subunit: int | None) -> Json:
    if subunit is None:
        return {"type": "LiteralSequenceExpression", "sequence": edit.inserted}
    state: Json = {
        "type": "ReferenceLengthExpression",
        "length": len(edit.inserted),
        "repeatSubunitLength": subunit,
    }
    if len(edit.inserted) <= _LONGEST_WRITTEN:
        state["sequence"] = edit.inserted
    return state


def _identified(value: Json, prefix: str) -> Json:
    digest = _digest(_canonical(value))
    return {"id": f"ga4gh:{prefix}.{digest}", "digest": digest, **value}


def _with_alphabet(location: Json) -> Json:
    """Return a location whose reference says that it is a protein; its identity leaves that out."""
    reference = location["sequenceReference"]
    assert isinstance(reference, dict)
    return {
        **location,
        "sequenceReference": {**reference, "residueAlphabet": "aa", "moleculeType": "protein"},
    }


def _expression(haplotype: Haplotype, protein: ReferenceProtein) -> Json:
    return {"syntax": "hgvs.p", "value": hgvs_of(haplotype, protein.accession)}


def _canonical(value: Json) -> bytes:
    """Return the bytes of RFC 8785 for objects of text and whole numbers."""
    return json.dumps(value, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()


def _digest(content: bytes) -> str:
    """Return the sha512t24u digest that GA4GH identifiers are made of."""
    return base64.urlsafe_b64encode(hashlib.sha512(content).digest()[:24]).decode("ascii")
