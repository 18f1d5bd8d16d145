"""The compiled knowledge, asked: the only door through which the stages see it."""

from __future__ import annotations

import json
import re
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar
from weakref import finalize

from alkanet.errors import InputError, KnowledgeError, did_you_mean
from alkanet.model.alteration import Genome
from alkanet.model.caveat import Caveat, Severity
from alkanet.model.cryptic_exon import CrypticExon
from alkanet.model.evidence import PARENTAL, Claim, Measurement, Source
from alkanet.model.gene import FusionVariant, GermlineDifference, Transcript
from alkanet.model.haplotype import WILD_TYPE, Haplotype, residue
from alkanet.model.other_gene import DriverFusion, GeneExtent, Hotspot, IntervalRule
from alkanet.model.provenance import KnowledgeVersion
from alkanet.model.record import Record
from alkanet.model.response_rules import ResponseRules
from alkanet.model.therapy import Therapy

if TYPE_CHECKING:  # a look-up needs nothing of these, and starts faster without
    from alkanet.model.grade import GradeRules
    from alkanet.model.patient_knowledge import PatientKnowledge

__all__ = ["COMPILED_SCHEMA_VERSION", "Entry", "KnowledgeBase"]

COMPILED_SCHEMA_VERSION = "2"
"""Version of the compiled file: its tables and the JSON in them."""

Value = TypeVar("Value", bound=Record)


@dataclass(frozen=True)
class Entry:
    """One entry of the compiled file; ``haplotype`` and ``therapy`` are empty where it has none."""

    kind: str
    key: str
    haplotype: str
    therapy: str
    json: str


class KnowledgeBase:
    """A read-only view of one compiled knowledge file.

    Every method returns frozen values in a fixed order; the same file gives the same answers.

    Raises
    ------
    KnowledgeError
        Where the file cannot be read or was compiled for another version of alkanet.
    """

    def __init__(self, path: Path) -> None:
        try:
            with closing(self._connect(path)) as connection:
                meta = dict(connection.execute("SELECT name, value FROM meta"))
        except sqlite3.Error as error:
            raise KnowledgeError(f"cannot be read ({error})", file=path.name) from error
        if meta.get("schema_version") != COMPILED_SCHEMA_VERSION:
            raise KnowledgeError(
                f"is compiled for schema {meta.get('schema_version')}, "
                f"this alkanet reads {COMPILED_SCHEMA_VERSION}; compile it again",
                file=path.name,
            )
        self.version = KnowledgeVersion(version=meta["version"], hash=meta["hash"])
        self._connection = self._connect(path)
        finalize(self, self._connection.close)

    def close(self) -> None:
        """Let go of the file; a knowledge base that is dropped does so by itself."""
        self._connection.close()

    @staticmethod
    def _connect(path: Path) -> sqlite3.Connection:
        return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)

    def therapies(self) -> tuple[Therapy, ...]:
        """Return all drugs: the six of the review first, by generation and name, then the rest."""
        return self._therapies

    @cached_property
    def _therapies(self) -> tuple[Therapy, ...]:
        found = self.all_of("therapy", Therapy)
        return tuple(sorted(found, key=lambda t: (not t.in_review, t.generation or 9, t.id)))

    def therapy_named(self, name: str) -> Therapy:
        """Return the drug with this generic, brand or code name, whatever its capitals.

        Raises
        ------
        InputError
            Where no drug has the name; the nearest is named.
        """
        names = self._therapy_names()
        found = names.get(name.strip().casefold())
        if found is None:
            raise InputError(
                f"{name!r} is not a drug that the knowledge holds",
                remedy=did_you_mean(name, names) or "`alkanet lookup 'wild type'` lists the drugs.",
            )
        return found

    def drug_given(self, name: str) -> str:
        """Return the generic name of a drug of a patient's history, ALK inhibitor or not.

        A name that nobody knows is kept as it is, such as the code of a trial drug.

        Raises
        ------
        InputError
            Where the name is near to one that is known, and so most likely misspelt; or where
            known drugs stand among other words.
        """
        name = name.strip()
        wanted, names = name.casefold(), self._drug_names
        if not wanted:
            raise InputError("is empty", expected="the name of one drug")
        spelt = {_joined(known): generic for known, generic in names.items()}
        if _joined(wanted) in spelt:
            return spelt[_joined(wanted)]
        among = sorted({names[known] for known in names if _holds_word(wanted, known)})
        if among:
            raise InputError(
                f"{name!r} names {', '.join(among)} among other words",
                expected="the name of one drug",
                remedy="Give each drug by itself; doses and trials do not belong here.",
            )
        # only a slip of a letter or two: names and codes of drugs look alike without being one
        # another, foritinib is not volitinib and TQ-B3101 not TQ-B3139
        has_digits = any(letter.isdigit() for letter in wanted)
        near = did_you_mean(name, names, cutoff=0.84 if has_digits else 0.8)
        if near is not None:
            raise InputError(f"{name!r} is not a drug that the knowledge holds", remedy=near)
        return name

    @cached_property
    def _drug_names(self) -> dict[str, str]:
        """All names of all drugs, in lower case, with their generic names."""
        names = {known: therapy.id for known, therapy in self._therapy_names().items()}
        for text in self._texts("other drug"):
            drug = json.loads(text)
            for known in (drug["name"], *drug.get("brand_names", ()), *drug.get("code_names", ())):
                names.setdefault(known.casefold(), drug["name"])
        return names

    def _therapy_names(self) -> dict[str, Therapy]:
        return {
            known.casefold(): therapy
            for therapy in self.therapies()
            for known in (therapy.id, *therapy.brand_names, *therapy.code_names)
        }

    def claims(self, haplotype: Haplotype, drug: str) -> tuple[Claim, ...]:
        """Return the claims about exactly this haplotype and this drug."""
        return self._about("claim", haplotype, drug, Claim)

    def measurements(self, haplotype: Haplotype, drug: str) -> tuple[Measurement, ...]:
        """Return the measurements of exactly this haplotype with this drug."""
        return self._about("measurement", haplotype, drug, Measurement)

    def parental_measurements(self, drug: str) -> tuple[Measurement, ...]:
        """Return the measurements of cells without ALK: the ceilings of their panels."""
        rows = self._connection.execute(
            "SELECT json FROM entries WHERE kind = 'measurement' AND haplotype = ? "
            "AND therapy = ? ORDER BY key",
            (PARENTAL, drug),
        )
        return tuple(Measurement.model_validate_json(row) for (row,) in rows)

    def known_mutations(self) -> frozenset[str]:
        """Return the single changes that any claim or measurement names."""
        rows = self._connection.execute(
            "SELECT DISTINCT haplotype FROM entries WHERE kind IN ('claim', 'measurement')"
        )
        found = {part for (text,) in rows for part in str(text).split("+")}
        return frozenset(found - {WILD_TYPE, PARENTAL, ""})

    def compounds(self, drug: str) -> tuple[Haplotype, ...]:
        """Return the haplotypes of two mutations or more that anything is held on for a drug."""
        rows = self._connection.execute(
            "SELECT DISTINCT haplotype FROM entries WHERE kind IN ('claim', 'measurement') "
            "AND therapy = ? AND haplotype LIKE '%+%' ORDER BY haplotype",
            (drug,),
        )
        return tuple(Haplotype.parse(text) for (text,) in rows)

    def response_rules(self) -> ResponseRules:
        """Return the written numbers of the response rules."""
        return self.all_of("rules", ResponseRules)[0]

    def grade_rules(self) -> GradeRules:
        """Return the written rules of the grades of evidence."""
        from alkanet.model.grade import GradeRules

        return self.all_of("grade rules", GradeRules)[0]

    @cached_property
    def patient(self) -> PatientKnowledge:
        """What the level of the patient needs, read once: it does not change under an open file."""
        from alkanet.model.history import Selected
        from alkanet.model.mechanism_rule import MechanismRule
        from alkanet.model.outcome import Outcome
        from alkanet.model.patient_knowledge import PatientKnowledge
        from alkanet.model.patient_rules import PatientRules
        from alkanet.model.strategy import Constraint, StrategyRow, StrategyWeights
        from alkanet.model.terms import Terms

        rules = self.all_of("patient rules", PatientRules)[0]
        strategy = self.all_of("strategy", StrategyRow)
        named = rules.outcome_ids | {
            name for row in strategy for name in (row.response, row.durability) if name
        }
        events = (json.loads(text) for text in self._texts("prevalence"))
        after_a_drug = (e for e in events if e["drug"] != "none")
        return PatientKnowledge(
            rules=rules,
            terms=self.all_of("terms", Terms)[0],
            therapies={therapy.id: therapy for therapy in self.therapies()},
            mechanisms=self.all_of("mechanism", MechanismRule),
            outcomes={o.id: o for o in self._keyed("outcome", sorted(named), Outcome)},
            selected=tuple(
                Selected.model_validate({k: e[k] for k in Selected.model_fields if k in e})
                for e in after_a_drug
            ),
            strategy=strategy,
            constraints=self.all_of("constraint", Constraint),
            weights=self.all_of("strategy weights", StrategyWeights)[0],
        )

    def transcript(self, gene: str, genome: Genome) -> Transcript | None:
        """Return the reference transcript of a gene on a build, ``None`` where it is not held."""
        found = self._keyed("transcript", [f"{gene} {genome.value}"], Transcript)
        return found[0] if found else None

    def transcripts(self) -> tuple[Transcript, ...]:
        """Return all gene models on both builds."""
        return self._transcripts

    @cached_property
    def _transcripts(self) -> tuple[Transcript, ...]:
        return self.all_of("transcript", Transcript)

    def cryptic_exons(self) -> tuple[CrypticExon, ...]:
        """Return the exons that a named variant uses and the reference transcript lacks."""
        return self.all_of("cryptic exon", CrypticExon)

    def germline_differences(self) -> tuple[GermlineDifference, ...]:
        """Return the common germline differences that are no findings."""
        return self.all_of("germline", GermlineDifference)

    def fusion_variants(self) -> tuple[FusionVariant, ...]:
        """Return the named variants of fusions."""
        return self.all_of("fusion variant", FusionVariant)

    def suppressors(self) -> tuple[Transcript, ...]:
        """Return the tumour suppressors whose truncations are named, on both builds."""
        return self.all_of("suppressor", Transcript)

    def gene_extents(self) -> tuple[GeneExtent, ...]:
        """Return the genes beside ALK whose small variants are looked at, on both builds."""
        return self.all_of("gene extent", GeneExtent)

    def hotspots(self) -> tuple[Hotspot, ...]:
        """Return the hotspot codons of those genes, on both builds."""
        return self.all_of("hotspot", Hotspot)

    def interval_rules(self) -> tuple[IntervalRule, ...]:
        """Return the stretches in which a change has one name; of several the first holds."""
        return self.all_of("interval rule", IntervalRule)

    def driver_fusions(self) -> tuple[DriverFusion, ...]:
        """Return the genes beside ALK whose fusion can drive a tumour."""
        return self.all_of("driver fusion", DriverFusion)

    def assay_covers(self, name: str) -> frozenset[str]:
        """Return the regions that a named assay covers; empty where the assay is not held."""
        wanted = name.casefold()
        for (text,) in self._connection.execute("SELECT json FROM entries WHERE kind = 'assay'"):
            assay = json.loads(text)
            if wanted in (known.casefold() for known in assay["names"]):
                return frozenset(assay["covers"])
        return frozenset()

    def sources(self, ids: Iterable[str]) -> tuple[Source, ...]:
        """Return the sources with these ids, sorted by id."""
        return self._keyed("source", sorted(set(ids)), Source)

    def caveat(self, code: str, about: str) -> Caveat:
        """Return the caveat of a code, its text filled in.

        Raises
        ------
        KnowledgeError
            Where ``messages/`` has no text for the code.
        """
        row = self._connection.execute(
            "SELECT json FROM entries WHERE kind = 'message' AND key = ?", (code,)
        ).fetchone()
        if row is None:
            raise KnowledgeError(f"there is no message {code!r}", file="knowledge/messages")
        message = json.loads(row[0])
        return Caveat(
            code=code,
            severity=Severity(message["severity"]),
            text=message["text"].format(about=about),
            about=about,
        )

    def all_of(self, kind: str, model: type[Value]) -> tuple[Value, ...]:
        """Return all entries of a kind as values of its type, in the order of their keys."""
        return tuple(model.model_validate_json(text) for text in self._texts(kind))

    def entries(self) -> tuple[Entry, ...]:
        """Return every entry of every kind as it was compiled, by kind and key."""
        rows = self._connection.execute(
            "SELECT kind, key, haplotype, therapy, json FROM entries ORDER BY kind, key"
        )
        return tuple(Entry(*row) for row in rows)

    def haplotypes(self) -> tuple[Haplotype, ...]:
        """Return the haplotypes on which any claim or measurement is held, wild type first."""
        rows = self._connection.execute(
            "SELECT DISTINCT haplotype FROM entries WHERE kind IN ('claim', 'measurement')"
        )
        found = {Haplotype.parse(text) for (text,) in rows if text != PARENTAL}
        return tuple(sorted(found, key=lambda h: ([residue(m) for m in h.mutations], str(h))))

    def _texts(self, kind: str) -> tuple[str, ...]:
        rows = self._connection.execute(
            "SELECT json FROM entries WHERE kind = ? ORDER BY key", (kind,)
        )
        return tuple(text for (text,) in rows)

    def _keyed(self, kind: str, keys: list[str], model: type[Value]) -> tuple[Value, ...]:
        marks = ",".join("?" * len(keys))
        rows = self._connection.execute(
            f"SELECT json FROM entries WHERE kind = ? AND key IN ({marks}) ORDER BY key",
            (kind, *keys),
        )
        return tuple(model.model_validate_json(text) for (text,) in rows)

    def _about(
        self, kind: str, haplotype: Haplotype, drug: str, model: type[Value]
    ) -> tuple[Value, ...]:
        rows = self._connection.execute(
            "SELECT json FROM entries WHERE kind = ? AND haplotype = ? AND therapy = ? "
            "ORDER BY key",
            (kind, str(haplotype), drug),
        )
        return tuple(model.model_validate_json(row) for (row,) in rows)


def _joined(name: str) -> str:
    """Return a name without the hyphens and blanks that people set or leave out: NVL655."""
    return name.replace("-", "").replace(" ", "")


def _holds_word(text: str, word: str) -> bool:
    return re.search(rf"(?<![\w-]){re.escape(word)}(?![\w-])", text) is not None
