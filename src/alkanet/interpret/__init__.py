"""Findings and history to mechanisms, and from the haplotype to the patient."""

from alkanet.interpret.current import current_tumour
from alkanet.interpret.dependence import alk_dependence
from alkanet.interpret.mechanisms import find_mechanisms
from alkanet.interpret.patient import patient_responses
from alkanet.interpret.picture import picture_of
from alkanet.interpret.question import PatientQuestion

__all__ = [
    "PatientQuestion",
    "alk_dependence",
    "current_tumour",
    "find_mechanisms",
    "patient_responses",
    "picture_of",
]
