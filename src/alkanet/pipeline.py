"""The whole path: files to calls, calls to a tumour, the tumour to an assessment, and a report."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from alkanet.assess import assess
from alkanet.errors import InputError, did_you_mean, shown, together
from alkanet.ingest.case_file import read_case
from alkanet.ingest.content import FileContent
from alkanet.ingest.formats import read_file
from alkanet.ingest.genome_names import genome_named
from alkanet.ingest.regions import Regions
from alkanet.kb.query import KnowledgeBase
from alkanet.model.alteration import Genome
from alkanet.model.calls import Calls, Origin, SpecimenLook, TouchedRow
from alkanet.model.case import Assay, Case, LineOfTherapy, Specimen, SpecimenFiles, SpecimenKind
from alkanet.model.provenance import InputAccount, Provenance
from alkanet.model.report import Report
from alkanet.normalise.tumour import normalise
from alkanet.normalise.variants import RowSetAside
from alkanet.report.compose import compose
from alkanet.version import __version__

__all__ = [
    "LooseInputs",
    "ReadFile",
    "make_report",
    "read_inputs",
    "stated_genome",
    "wanted_regions",
]

LOOSE_SPECIMEN = "specimen"
"""Name of the one specimen of a report that is made without a case file."""


@dataclass(frozen=True)
class LooseInputs:
    """Inputs given on the command line, without a case file."""

    variants: tuple[Path, ...] = ()
    fusions: tuple[Path, ...] = ()
    calls: tuple[Path, ...] = ()
    genome: str | None = None
    sample: str | None = None
    assay: str | None = None
    specimen: str | None = None
    prior: tuple[str, ...] = ()

    @property
    def has_files(self) -> bool:
        """Whether any file is given."""
        return bool(self.variants or self.fusions or self.calls)


@dataclass(frozen=True)
class ReadFile:
    """One file of one specimen, read."""

    specimen: str
    content: FileContent


def make_report(case_file: Path | None, loose: LooseInputs, kb: KnowledgeBase) -> Report:
    """Return the report of a case file, of loose files, or of a case file with options beside it.

    Raises
    ------
    InputError, UnsupportedError
        Where an input is at fault; nothing is reported then.
    """
    if case_file is None and not loose.has_files:
        raise InputError(
            "there is nothing to report on",
            expected="a case file, or --variants, --fusions or --calls",
        )
    if case_file is not None and loose.has_files:
        raise InputError(
            "a case file and loose files are given at once",
            remedy="Name the files in the case file, or leave the case file out.",
        )
    for option, value in (("--assay", loose.assay), ("--specimen", loose.specimen)):
        if case_file is not None and value is not None:
            raise InputError(
                f"a case file and {option} are given at once",
                remedy="Write it to the specimen in the case file: its `assay`, its `kind`.",
            )
    case, folder = _case(case_file, loose, kb)
    files = read_inputs(case, folder, kb, genome=stated_genome(loose.genome), sample=loose.sample)
    calls = _all_calls(files)
    _check_typed_specimens(calls, case)
    normalised = normalise(case, calls, _looks(files), kb)
    provenance = Provenance(
        software=__version__,
        knowledge=kb.version,
        as_of=case.as_of,
        inputs=_accounts(files, normalised.set_aside),
    )
    return compose(case, assess(case, normalised.tumour, kb), provenance, kb)


def read_inputs(
    case: Case,
    folder: Path,
    kb: KnowledgeBase,
    *,
    genome: Genome | None = None,
    sample: str | None = None,
) -> tuple[ReadFile, ...]:
    """Return every file of every specimen, read; ``genome`` and ``sample`` fill what a case lacks.

    Raises
    ------
    InputError, UnsupportedError
        Where a file is not what it claims.
    """
    _check_is_text((case.model_dump(), sample))
    wanted = wanted_regions(kb)
    drivers = {driver.gene: driver.side for driver in kb.driver_fusions()}
    for specimen in case.specimens:
        _check_names(specimen)
    return tuple(
        ReadFile(
            specimen=specimen.id,
            content=read_file(
                folder / name,
                specimen=specimen.id,
                sample=specimen.sample or sample,
                genome=specimen.genome or genome,
                wanted=wanted,
                drivers=drivers,
            ),
        )
        for specimen in case.specimens
        for name in _file_names(specimen.files)
    )


def wanted_regions(kb: KnowledgeBase) -> Regions:
    """Return the genes whose small variants are read: ALK, and beside it those of the tables."""
    alk = Regions.from_transcripts(t for t in kb.transcripts() if t.gene == "ALK")
    return alk.with_others(kb.gene_extents())


def _check_is_text(value: object) -> None:
    """Refuse what no report could hold: a name or a word whose bytes are not UTF-8 text."""
    if isinstance(value, str):
        try:
            value.encode("utf-8")
        except UnicodeEncodeError as error:
            raise InputError(
                f"{shown(value)} is not UTF-8 text",
                expected="names of files, samples and drugs in UTF-8",
                remedy="Rename the file, or write the word anew.",
            ) from error
    elif isinstance(value, Mapping):
        _check_is_text(tuple(value.values()))
    elif isinstance(value, (list, tuple)):
        for part in value:
            _check_is_text(part)


def _check_names(specimen: Specimen) -> None:
    """Refuse two files of one name in one specimen: their rows could not be told apart."""
    names = [Path(name).name for name in _file_names(specimen.files)]
    twice = sorted({name for name in names if names.count(name) > 1})
    if twice:
        raise InputError(
            f"specimen {specimen.id!r} names {twice[0]} twice",
            field="files",
            remedy="Give each file once, and files of one specimen different names.",
        )


def _file_names(files: SpecimenFiles) -> Iterable[str]:
    return (*files.variants, *files.fusions, *files.calls)


def _case(case_file: Path | None, loose: LooseInputs, kb: KnowledgeBase) -> tuple[Case, Path]:
    prior = tuple(LineOfTherapy(drugs=(_prior_drug(drug, kb),)) for drug in loose.prior)
    if case_file is not None:
        case = _with_known_drugs(read_case(case_file), case_file, kb)
        return case.model_copy(update={"lines": (*case.lines, *prior)}), case_file.parent
    specimen = Specimen(
        id=LOOSE_SPECIMEN,
        kind=_specimen_kind(loose.specimen),
        assay=Assay(name=loose.assay) if loose.assay else None,
        sample=loose.sample,
        files=SpecimenFiles(
            variants=tuple(map(str, loose.variants)),
            fusions=tuple(map(str, loose.fusions)),
            calls=tuple(map(str, loose.calls)),
        ),
    )
    return Case(id=loose.sample or "unnamed", lines=prior, specimens=(specimen,)), Path()


def _specimen_kind(text: str | None) -> SpecimenKind:
    """Return what the loose files are of; tissue where nobody says."""
    if text is None:
        return SpecimenKind.TISSUE
    try:
        return SpecimenKind(text.strip().lower())
    except ValueError:
        raise InputError(
            f"{shown(text)} is not a kind of specimen",
            field="--specimen",
            expected=", ".join(SpecimenKind),
        ) from None


def _prior_drug(text: str, kb: KnowledgeBase) -> str:
    """Return a drug that the command line names."""
    if not text.strip():
        raise InputError("is empty", field="--prior", expected="the name of one drug")
    try:
        return kb.drug_given(text)
    except InputError as error:
        raise InputError(
            error.found, field="--prior", expected=error.expected, remedy=error.remedy
        ) from error


def _with_known_drugs(case: Case, file: Path, kb: KnowledgeBase) -> Case:
    """Return the case with its drugs by generic name."""
    lines = []
    for number, line in enumerate(case.lines):
        try:
            drugs = tuple(kb.drug_given(drug) for drug in line.drugs)
        except InputError as error:
            raise error.at(file=file.name, field=f"lines[{number}].drugs") from error
        twice = next((drug for drug in drugs if drugs.count(drug) > 1), None)
        if twice is not None:
            raise InputError(
                f"{twice} stands twice in one line",
                file=file.name,
                field=f"lines[{number}].drugs",
                expected="each drug once, by one of its names",
                remedy="A drug that was given again later has a line of its own.",
            )
        lines.append(line.model_copy(update={"drugs": drugs}))
    levels = []
    for number, level in enumerate(case.drug_levels):
        try:
            levels.append(level.model_copy(update={"drug": kb.drug_given(level.drug)}))
        except InputError as error:
            raise error.at(file=file.name, field=f"drug_levels[{number}].drug") from error
    known = case.model_copy(update={"lines": tuple(lines), "drug_levels": tuple(levels)})
    _check_levels(known, file)
    return known


def _check_levels(case: Case, file: Path) -> None:
    """Refuse a level from a day on which the drug was not taken: it says nothing of the line."""
    for number, level in enumerate(case.drug_levels):
        taken = [line for line in case.lines if level.drug in line.drugs]
        if taken and not any(_may_have_run(line, level.date) for line in taken):
            raise InputError(
                f"{level.date} lies outside every line with {level.drug}",
                file=file.name,
                field=f"drug_levels[{number}].date",
                expected="a day on which the drug was taken",
                remedy="Correct the day, or those of the line; leave out other levels.",
            )


def _may_have_run(line: LineOfTherapy, day: dt.date) -> bool:
    """Return whether a drug could be at its trough: up to the morning after its last day."""
    is_begun = line.start is None or line.start <= day
    return is_begun and (line.stop is None or day <= line.stop + dt.timedelta(days=1))


def stated_genome(text: str | None) -> Genome | None:
    """Return the build that a user names, ``None`` where none is named.

    Raises
    ------
    InputError
        Where the name is not that of a build that is read.
    """
    if text is None:
        return None
    found = genome_named(text)
    if found is None:
        raise InputError(
            f"{text!r} is not a genome build", field="--genome", expected="GRCh37 or GRCh38"
        )
    return found


def _all_calls(files: tuple[ReadFile, ...]) -> Calls:
    return Calls(
        variants=tuple(c for f in files for c in f.content.calls.variants),
        fusions=tuple(c for f in files for c in f.content.calls.fusions),
        outside=tuple(c for f in files for c in f.content.calls.outside),
        other_variants=tuple(c for f in files for c in f.content.calls.other_variants),
        other_fusions=tuple(c for f in files for c in f.content.calls.other_fusions),
        filtered=tuple(c for f in files for c in f.content.calls.filtered),
        touched=tuple(row for f in files for row in _touched(f.content)),
        notes=tuple(f"{f.content.ledger.name}: {n}" for f in files for n in f.content.notes),
    )


def _check_typed_specimens(calls: Calls, case: Case) -> None:
    known = [specimen.id for specimen in case.specimens]
    faults = [
        InputError(
            f"{call.specimen!r} is no specimen of this case",
            file=call.origin.file,
            line=call.origin.line,
            field="specimen",
            expected=", ".join(known),
            remedy=did_you_mean(call.specimen, known),
        )
        for call in calls.outside
        if call.specimen not in known
    ]
    if faults:
        raise together(faults, file=faults[0].file or "")


def _touched(content: FileContent) -> Iterable[TouchedRow]:
    named = {call.origin.line for call in content.calls.filtered}
    for row in content.ledger.touched:
        if row.line not in named:
            origin = Origin(file=content.ledger.name, line=row.line)
            yield TouchedRow(origin=origin, reason=row.reason)


def _looks(files: tuple[ReadFile, ...]) -> Mapping[str, SpecimenLook]:
    looks: dict[str, SpecimenLook] = {}
    for file in files:
        before = looks.get(file.specimen, SpecimenLook())
        looks[file.specimen] = SpecimenLook(
            assays=tuple(sorted({*before.assays, *file.content.assays})),
            read_small_variants=before.read_small_variants or file.content.can_show_mutations,
        )
    return looks


def _accounts(
    files: tuple[ReadFile, ...], set_aside: tuple[RowSetAside, ...]
) -> tuple[InputAccount, ...]:
    """Return the account of each file, after what normalisation set aside."""
    by_name = {(file.specimen, file.content.ledger.name): file.content for file in files}
    for row in set_aside:
        content = by_name[row.specimen, row.origin.file]
        content.ledger.set_aside(row.origin.line, row.reason)
    return tuple(file.content.account() for file in files)
