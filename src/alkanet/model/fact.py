"""Facts about a patient that rules may ask for, each under the words that rules use."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Fact"]


class Fact(StrEnum):
    """What is so about this patient now; what is not known holds neither a fact nor its opposite.

    A generation *failed* is the highest one through which the tumour grew, so that of the four
    facts at most one holds.
    """

    EARLY = "early stage"
    STAGE_III = "stage III"
    METASTATIC = "metastatic"

    NO_INHIBITOR = "no ALK inhibitor yet"
    NONE_FAILED = "no ALK inhibitor has failed"
    """ALK inhibitors were given and the tumour grew through none of them, as far as is stated."""
    FAILED_FIRST = "first generation failed"
    FAILED_SECOND = "second generation failed"
    FAILED_THIRD = "third generation failed"
    FAILED_FOURTH = "fourth generation failed"
    SECOND_REACHED = "second generation given"
    THIRD_REACHED = "third generation given"
    ON_INHIBITOR = "on an ALK inhibitor"
    STOPPED_FOR_TOXICITY = "stopped for toxicity"
    PRIMARY = "primary resistance"
    """Growth within three months of the start of the drug, or progression as best response."""
    ACQUIRED = "acquired resistance"
    NEVER_RESPONDED = "never responded"
    """Progression is the best response to every ALK inhibitor that was given."""
    INHIBITOR_LAST = "the last line is an ALK inhibitor"
    PLATINUM_GIVEN = "platinum given"
    DOSE_REDUCED = "dose reduced"
    NOT_ADHERENT = "not taken as prescribed"
    LOW_LEVEL = "drug level below target"
    STRONG_INDUCER = "strong CYP3A inducer taken"
    LOWERED_BY_INDUCER = "a strong inducer lowers the drug"
    """It is taken now, and lowers the ALK inhibitor of the last line with one."""
    BRAIN_RADIATED = "brain radiation before"
    RECENT_CHECKPOINT_INHIBITOR = "recent checkpoint inhibitor"

    PROGRESSING = "progressing"
    NOT_PROGRESSING = "not progressing"
    BRAIN_DISEASE = "brain disease"
    BRAIN_GROWING = "brain growing"
    BRAIN_ONLY = "growing in the brain only"
    LEPTOMENINGEAL = "leptomeningeal disease"
    BODY_GROWING = "growing outside the brain"
    FEW_GROWING = "few growing lesions"
    """At least one and at most four growing lesions, and their number is stated."""

    FUSION_SHOWN = "ALK fusion shown"
    FUSION_NOT_SHOWN = "ALK fusion not shown"
    FUSION_BY_PROTEIN_ONLY = "ALK protein by immunohistochemistry only"
    FUSION_BY_FISH_ONLY = "ALK rearrangement by FISH only"
    KINASE_READ = "kinase domain read"
    KINASE_NOT_READ = "kinase domain not read"
    MUTATION_FOUND = "ALK mutation found"
    """In every reading at least one clone carries a scored change of ALK."""
    NO_MUTATION_FOUND = "no ALK mutation found"
    """The kinase domain was read, and every clone of every reading is wild type."""
    HISTOLOGY_CHANGED = "histology changed since diagnosis"
    PHASE_UNKNOWN = "phase of ALK mutations not known"
    """Several readings hold, which differ in what stands on one allele."""
    LIQUID_ONLY = "liquid specimens only"
    LIQUID_SILENT = "plasma without tumour DNA"
    SINGLE_EXPLAINS = "one ALK mutation explains the failure"
    COMPOUND_EXPLAINS = "a compound ALK mutation explains the failure"
    EXPLAINED_IN_PART = "an ALK mutation may explain the failure"
    """The haplotype is reduced, or rests on a sum, or resists in some readings only."""
    NOT_EXPLAINED = "no ALK mutation explains the failure"
    """The kinase domain was read, and no haplotype resists the drug that failed."""
