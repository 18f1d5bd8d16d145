"""The one sentence that answers first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from alkanet.model.history import Resistance
from alkanet.model.mechanism import MechanismCategory
from alkanet.model.option import Option, OptionKind, Tier
from alkanet.model.report import Assessment
from alkanet.model.response import Call
from alkanet.report.haplotype_sentence import haplotype_sentence
from alkanet.report.outline import surest, taken_now
from alkanet.report.subject import mutations_of, tumour_words
from alkanet.report.words import listed, lowered

__all__ = ["headline"]

EVEN_ODDS = 0.5
"""Below this probability that ALK drives the tumour the headline says that it may not."""
MOST_LISTED = 3
"""A group of more drugs than this is told as the others."""

_ORDER = (Call.SENSITIVE, Call.REDUCED, Call.RESISTANT, Call.NO_DATA)
_NUMBERS = {4: "four", 5: "five"}
_KINDS = {"csf": "CSF", "ctc": "circulating tumour cells"}


def headline(
    assessment: Assessment,
    leading_drugs: Sequence[str],
    given: Sequence[str] = (),
    *,
    next_tests: Sequence[str] = (),
    silent: Sequence[str] = (),
) -> str:
    """Return one sentence on the level of the patient, for the drugs that lead the tables.

    It says what the tumour is, after which drug it grew, why as far as that is at least likely,
    what each leading drug should do, and the first step. Where no drug is called for the patient it
    says why and names the step; where evidence carries none it speaks of the haplotype and names
    its assumption. It never denies a mutation that no reading denies.

    Parameters
    ----------
    assessment
        What follows from the case.
    leading_drugs
        Drugs of the review, in their order.
    given
        All drugs that were given, in order.
    next_tests
        Tests to think of next; the first is named where no act stands.
    silent
        Kinds of the liquid specimens that show nothing of the tumour (``plasma``).
    """
    tumour = assessment.tumour
    calls = _calls(assessment, leading_drugs)
    failed = _failed(assessment) if calls else ()
    if calls:
        parts = _patient_parts(assessment, calls, next_tests)
        parts[0] = f"{_subject(assessment, failed, silent)}: {parts[0]}"
    elif any(_is_carried(option) for option in assessment.options):
        parts = _first_step(assessment.options, next_tests)
        parts[0] = f"{_subject(assessment, failed, silent)}: {_why_no_call(assessment)}; {parts[0]}"
    else:
        parts = [haplotype_sentence(assessment, leading_drugs), *_silence(silent)]
    named = {*failed, *(taken_now(assessment.history) if calls else ())}
    before = [drug for drug in leading_drugs if drug in given and drug not in named]
    rejected = [m for m in tumour.rejected_changes if m not in mutations_of(tumour)]
    if before and (calls or tumour.readings):
        parts.append(f"given before: {listed(before)}")
    if rejected:
        parts.append(f"called and rejected by the caller's filter: {listed(rejected)}")
    return f"{'; '.join(parts)}."


def _calls(
    assessment: Assessment, leading_drugs: Sequence[str]
) -> dict[str, tuple[Call, Call]] | None:
    """Return the systemic and CNS call of each leading drug, ``None`` where none is made."""
    responses = [r for r in assessment.patient_responses if r.drug in leading_drugs]
    calls = {r.drug: (r.systemic.call, r.cns.call) for r in responses}
    is_called = any(call is not Call.NO_DATA for pair in calls.values() for call in pair)
    return calls if is_called else None


def _failed(assessment: Assessment) -> tuple[str, ...]:
    """Return the drugs that have just failed, else the one that failed last."""
    return assessment.history.just_failed or assessment.history.failed[-1:]


def _subject(assessment: Assessment, failed: Sequence[str], silent: Sequence[str]) -> str:
    words = ", ".join((tumour_words(assessment.tumour), *_silence(silent)))
    line = assessment.history.last_inhibitor_line
    taken = taken_now(assessment.history)
    if failed:
        presumed = line is not None and line.presumed and set(failed) <= set(line.inhibitors)
        is_listing = bool(silent) or len(assessment.tumour.readings) > 1
        words += f"{',' if is_listing else ''} after {listed(failed)}"
        words += " (growth presumed)" * presumed
    return f"{words}, on {listed(taken)}" if taken else words


def _silence(silent: Sequence[str]) -> tuple[str, ...]:
    kinds = listed(tuple(dict.fromkeys(_KINDS.get(kind, kind) for kind in silent)))
    verb = "shows" if len(set(silent)) == 1 else "show"
    return (f"{kinds} {verb} no tumour DNA",) if kinds else ()


def _patient_parts(
    assessment: Assessment, calls: Mapping[str, tuple[Call, Call]], next_tests: Sequence[str]
) -> list[str]:
    growth = assessment.history.growth
    differs = any(body is not brain for body, brain in calls.values())
    has_brain = differs and (growth.brain or growth.leptomeninges)
    excused = _excused(assessment, calls)
    others = {drug: pair for drug, pair in calls.items() if drug not in excused}
    parts = _cause(assessment)
    for drug, reason in excused.items():
        systemic, cns = calls[drug]
        where = f"{systemic.value} in the body, {cns.value} in the brain"
        called = where if has_brain else systemic.value
        parts.append(f"{drug}, just failed ({reason}), called {called}")
    body, brain = (_grouped(others, site, len(calls)) for site in (0, 1))
    if not has_brain:
        parts.append(body)
    elif body == brain:
        parts.append(f"in body and brain {body}")
    else:
        known = {d: pair for d, pair in others.items() if set(pair) != {Call.NO_DATA}}
        parts += [f"in the body {body}", f"in the brain {_grouped(known, 1, len(calls))}"]
    return [*parts, *_first_step(assessment.options, next_tests)]


def _excused(assessment: Assessment, calls: Mapping[str, tuple[Call, Call]]) -> dict[str, str]:
    """Return the drugs that just failed and are called better than resistant, with the reason.

    Such a drug is never named with its call alone.
    """
    found = {}
    for response in assessment.patient_responses:
        better = {Call.SENSITIVE, Call.REDUCED}.intersection(calls.get(response.drug, ()))
        if response.just_failed and response.qualification and better:
            reasons = response.qualification.partition("but: ")[2] or response.qualification
            found[response.drug] = reasons.partition(";")[0]
    return found


def _cause(assessment: Assessment) -> list[str]:
    """Return why the drug fails, in one part or none."""
    found = surest(assessment.mechanisms)
    said = [f"{lowered(found.name)} ({found.confidence.value})"] if found is not None else []
    dependence = assessment.alk_dependence
    if dependence is not None and dependence.value.median < EVEN_ODDS:
        line = assessment.history.last_inhibitor_line
        once = line is not None and line.failed and line.resistance is not Resistance.PRIMARY
        said.append(f"ALK may {'no longer' if once else 'not'} drive the tumour")
    is_open = any(m.category is MechanismCategory.UNDETERMINED for m in assessment.mechanisms)
    if not said and is_open:
        said.append("cause not known")
    return [", ".join(said)] if said else []


def _grouped(calls: Mapping[str, tuple[Call, Call]], site: int, total: int) -> str:
    """Return the drugs by their call at a site; one large group is told last, as the others."""
    told: dict[Call, list[str]] = {}
    for call in _ORDER:
        if drugs := [drug for drug, pair in calls.items() if pair[site] is call]:
            told[call] = drugs
    if len(told) == 1 and len(calls) == total > 1:
        return f"all {total} drugs {next(iter(told)).value}"
    others = next((call for call, drugs in told.items() if len(drugs) > MOST_LISTED), None)
    parts = [f"{listed(drugs)} {call.value}" for call, drugs in told.items() if call is not others]
    if others is not None:
        count = len(told[others])
        parts.append(f"the other {_NUMBERS.get(count, count)} drugs {others.value}")
    return ", ".join(parts)


def _why_no_call(assessment: Assessment) -> str:
    """Return why no drug is called in this patient: what holds for the first of them."""
    why = next((r.why[0] for r in assessment.patient_responses if r.why), "")
    return f"no drug is called in this patient ({lowered(why)})"


def _is_carried(option: Option) -> bool:
    """Return whether an act is supported or reasonable."""
    return option.kind is not OptionKind.TEST and option.tier in (Tier.SUPPORTED, Tier.REASONABLE)


def _is_of_use(option: Option) -> bool:
    return option.tier is not Tier.NOT_ADVISED and not option.folded


def _first_step(options: Sequence[Option], next_tests: Sequence[str]) -> list[str]:
    """Return the first act that is of any use in patients, or the test that comes before it.

    A test comes first where no act stands, or where it stands first by a better tier.
    """
    of_use = [option for option in options if _is_of_use(option)]
    act = next((option for option in of_use if option.kind is not OptionKind.TEST), None)
    first = of_use[0] if of_use else None
    if act is None or first is None:
        return [f"first test: {lowered(test).rstrip('.')}" for test in next_tests[:1]]
    if first.kind is OptionKind.TEST and first.tier.rank < act.tier.rank:
        return [f"first test: {lowered(first.regimen)}"]
    weak = " (investigational)" * (act.tier is Tier.INVESTIGATIONAL)
    return [f"first step{weak}: {lowered(act.regimen)}"]
