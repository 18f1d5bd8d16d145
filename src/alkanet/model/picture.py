"""The clinical picture: everything that a rule may ask about, and whether a condition holds."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from alkanet.model.alteration import (
    Alteration,
    CopyNumberAlteration,
    ExpressionAlteration,
    FusionAlteration,
    HistologyAlteration,
    HostFactor,
    Observation,
    ReadSupport,
    SmallVariant,
)
from alkanet.model.case import LaboratoryValue
from alkanet.model.condition import (
    CallCondition,
    Condition,
    LaboratoryCondition,
    MechanismCondition,
    VariantCondition,
)
from alkanet.model.fact import Fact
from alkanet.model.mechanism import Mechanism
from alkanet.model.response import Call

__all__ = ["ClinicalPicture", "in_words"]

TRUNCATING = frozenset(
    {
        "frameshift_variant",
        "loss_of_function_variant",
        "stop_gained",
        "splice_acceptor_variant",
        "splice_donor_variant",
        "start_lost",
        "transcript_ablation",
    }
)
"""Sequence Ontology terms of changes that end a protein early, or leave none."""

_ENDS_EARLY = re.compile(r"fs|\*")
_RESIDUE_ONLY = re.compile(r"[A-Z]\d+")


@dataclass(frozen=True)
class ClinicalPicture:
    """What is known of a patient when a rule asks.

    A rule that asks for what was never looked at gets "no": silence is not a finding, and no rule
    may take it for the absence of one.
    """

    facts: Mapping[Fact, str]
    """The facts that hold, each with its details; an empty text where the fact says it all."""
    alterations: tuple[Alteration, ...] = ()
    laboratory: tuple[LaboratoryValue, ...] = ()
    given: tuple[str, ...] = ()
    """Drugs of all lines."""
    failed: tuple[str, ...] = ()
    """ALK inhibitors through which the tumour grew."""
    mechanisms: tuple[Mechanism, ...] = ()
    calls: Mapping[tuple[str, str], Call] = field(default_factory=dict)
    """The patient's calls by drug and site."""

    def holds(self, condition: Condition) -> bool:
        """Return whether a condition is shown to hold."""
        if condition.fact:
            return any(fact in self.facts for fact in condition.fact)
        if condition.all:
            return all(self.holds(part) for part in condition.all)
        if condition.any:
            return any(self.holds(part) for part in condition.any)
        if condition.none:
            return not any(self.holds(part) for part in condition.none)
        if condition.given or condition.failed:
            return bool({*condition.given} & {*self.given} or {*condition.failed} & {*self.failed})
        if condition.laboratory is not None:
            return self._exceeds(condition.laboratory)
        if condition.mechanism is not None:
            return self._has_mechanism(condition.mechanism)
        if condition.call is not None:
            return self._is_called(condition.call)
        return any(_is_met(condition, alteration) for alteration in self.alterations)

    def details(self, condition: Condition) -> tuple[str, ...]:
        """Return the findings on which a condition holds, in words, each once."""
        if condition.fact:
            found = [self.facts[fact] for fact in condition.fact if self.facts.get(fact)]
        elif condition.all or condition.any:
            parts = (*condition.all, *condition.any)
            found = [word for part in parts if self.holds(part) for word in self.details(part)]
        elif condition.laboratory is not None and self._exceeds(condition.laboratory):
            asked = condition.laboratory
            # of several values of one day the highest is told: it is the one that exceeds the bound
            of_name = (v for v in self.laboratory if _is_of(v, asked))
            newest = max(of_name, key=lambda v: (v.date, v.value))
            found = [f"{newest.name} {newest.value:g} {newest.unit} on {newest.date}"]
        else:
            found = [in_words(a) for a in self.alterations if _is_met(condition, a)]
        return tuple(dict.fromkeys(found))

    def _exceeds(self, asked: LaboratoryCondition) -> bool:
        """Return whether the newest value of a name and a unit lies above the bound."""
        of_name = [value for value in self.laboratory if _is_of(value, asked)]
        if not of_name:
            return False
        newest = max(value.date for value in of_name)
        return any(v.value > asked.above for v in of_name if v.date == newest)

    def _has_mechanism(self, asked: MechanismCondition) -> bool:
        return any(
            found.id in asked.ids and found.confidence.rank >= asked.at_least.rank
            for found in self.mechanisms
        )

    def _is_called(self, asked: CallCondition) -> bool:
        return self.calls.get((asked.drug, asked.site)) in asked.calls


def in_words(alteration: Alteration) -> str:
    """Return an alteration as a report names it, with its specimens."""
    match alteration:
        case SmallVariant():
            name = alteration.name or alteration.hgvs_p or alteration.hgvs_c or "a change"
            told = [_support(support) for support in alteration.support]
            return f"{alteration.gene} {name}" + (f" ({'; '.join(told)})" if told else "")
        case FusionAlteration():
            return f"{alteration.five_prime_gene}::{alteration.three_prime_gene}"
        case CopyNumberAlteration():
            copies = "" if alteration.copies is None else f", {alteration.copies:g} copies"
            return f"{alteration.gene} {alteration.change}{copies}"
        case ExpressionAlteration():
            return f"{alteration.gene} {alteration.change} by {alteration.assay}"
        case HistologyAlteration():
            where = "at diagnosis" if alteration.at_diagnosis else f"in {alteration.specimen}"
            return f"{alteration.histology} {where}"
        case Observation():
            return f"{alteration.observation} in {alteration.specimen}"
        case HostFactor():
            return f"{alteration.factor} {'present' if alteration.present else 'absent'}"


def _support(support: ReadSupport) -> str:
    vaf = "VAF not given" if support.vaf is None else f"VAF {support.vaf:.3g}"
    return f"{support.specimen}, {vaf}"


def _is_of(value: LaboratoryValue, asked: LaboratoryCondition) -> bool:
    return _plain(value.name) == _plain(asked.name) and _plain(value.unit) == _plain(asked.unit)


def _is_met(condition: Condition, alteration: Alteration) -> bool:
    """Return whether one alteration meets a condition on alterations."""
    match alteration:
        case SmallVariant() if condition.variant is not None:
            return _is_variant(condition.variant, alteration)
        case FusionAlteration() if condition.fusion is not None:
            genes = (alteration.five_prime_gene, alteration.three_prime_gene)
            return any(gene in condition.fusion.genes for gene in genes)
        case CopyNumberAlteration() if condition.copy_number is not None:
            asked = condition.copy_number
            return alteration.gene == asked.gene and alteration.change in asked.changes
        case ExpressionAlteration() if condition.expression is not None:
            level = condition.expression
            return alteration.gene == level.gene and alteration.change in level.changes
        case HistologyAlteration() if condition.histology:
            return alteration.histology in condition.histology
        case HostFactor() if condition.host_factor is not None:
            return alteration.present and alteration.factor == condition.host_factor
        case Observation() if condition.observation:
            return alteration.observation in condition.observation
    return False


def _is_variant(asked: VariantCondition, variant: SmallVariant) -> bool:
    if variant.gene != asked.gene:
        return False
    if not asked.names and not asked.effects:
        return True
    name = variant.name or ""
    if any(_names(pattern, name) for pattern in asked.names):
        return True
    effects = {effect for effect in asked.effects if effect != "truncating"}
    effects |= TRUNCATING if "truncating" in asked.effects else set()
    return variant.consequence in effects


def _names(pattern: str, name: str) -> bool:
    """Return whether a name fits: the whole of it, or any change of a residue (``G12``).

    A protein that ends at a hotspot is no hotspot change: ``G12fs`` does not fit ``G12``.
    """
    if _RESIDUE_ONLY.fullmatch(pattern):
        return re.match(rf"{pattern}(?!\d)", name) is not None and not _ENDS_EARLY.search(name)
    return name == pattern


def _plain(text: str) -> str:
    return text.strip().casefold()
