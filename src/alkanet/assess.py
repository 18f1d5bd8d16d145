"""The inner sentence: from a case and its tumour to everything that follows from them."""

from __future__ import annotations

from dataclasses import replace

from alkanet import interpret, recommend, sensitivity
from alkanet.history import derive
from alkanet.history.months import months_between
from alkanet.kb.query import KnowledgeBase
from alkanet.model.case import Case
from alkanet.model.caveat import Caveat
from alkanet.model.history import History
from alkanet.model.report import Assessment
from alkanet.model.tumour import Tumour

__all__ = ["assess"]


def assess(case: Case, tumour: Tumour, kb: KnowledgeBase) -> Assessment:
    """Return what the knowledge says about a tumour, on both levels, and the next steps.

    The haplotype level says how a drug acts if ALK drives the tumour; the level of the patient
    asks whether it does, given what was tried and what was found.
    """
    knowledge = kb.patient
    history = derive(case, kb, tumour.current_observations)
    now = interpret.current_tumour(tumour)
    responses = sensitivity.predict(dict.fromkeys((*tumour.haplotypes, *now.haplotypes)), kb)
    picture = interpret.picture_of(case, now, history, responses)
    mechanisms = interpret.find_mechanisms(picture, history, knowledge.mechanisms)
    dependence = interpret.alk_dependence(picture, mechanisms, knowledge)
    outlook = interpret.patient_responses(
        interpret.PatientQuestion(
            tumour=now,
            history=history,
            picture=picture,
            mechanisms=mechanisms,
            dependence=dependence,
            responses={(r.haplotype, r.drug): r for r in responses},
            knowledge=knowledge,
        )
    )
    calls = {(r.drug, "systemic"): r.systemic.call for r in outlook}
    calls |= {(r.drug, "cns"): r.cns.call for r in outlook}
    whole = replace(picture, mechanisms=mechanisms, calls=calls)
    return Assessment(
        tumour=tumour,
        haplotype_responses=responses,
        history=history,
        alk_dependence=dependence,
        mechanisms=mechanisms,
        patient_responses=outlook,
        options=recommend.rank(
            recommend.StrategyQuestion(
                picture=whole,
                outlook=outlook,
                dependence=dependence,
                history=history,
                case=case,
                knowledge=knowledge,
            )
        ),
        caveats=(
            *tumour.caveats,
            *_assumptions(tumour, history, case, kb),
            *_only_before(tumour, now, kb),
            *_stale_knowledge(case, kb),
        ),
    )


def _stale_knowledge(case: Case, kb: KnowledgeBase) -> list[Caveat]:
    """Return a doubt where the case is dated long after the knowledge."""
    if case.as_of is None:
        return []
    months = months_between(kb.version.as_of, case.as_of)
    if months < kb.patient.rules.knowledge_stale_months:
        return []
    return [kb.caveat("knowledge-old", f"{int(months)} months")]


def _only_before(tumour: Tumour, now: Tumour, kb: KnowledgeBase) -> list[Caveat]:
    """Return a doubt for each haplotype that only specimens from before the treatment show."""
    current = {str(haplotype) for haplotype in now.haplotypes}
    old = [str(haplotype) for haplotype in tumour.haplotypes if str(haplotype) not in current]
    return [kb.caveat("mutation-before-treatment", name) for name in old]


def _assumptions(tumour: Tumour, history: History, case: Case, kb: KnowledgeBase) -> list[Caveat]:
    """Return what the calls take for granted."""
    told = [
        kb.caveat("failure-presumed", " + ".join(line.inhibitors))
        for line in history.lines
        if line.presumed
    ]
    if tumour.readings:
        told.append(kb.caveat("alk-driven-assumed", case.id))
        if history.given:
            told.append(kb.caveat("given-before", ", ".join(history.given)))
    return told
