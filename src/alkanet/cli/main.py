"""The commands and their exit status: 0 done, 1 a check found faults, 2 the input is at fault.

Nothing heavy is imported here: ``alkanet --help`` loads neither pydantic nor PyYAML nor Jinja2.
"""

from __future__ import annotations

import gc
import os
import sys
import traceback
from pathlib import Path
from typing import Annotated

import typer

from alkanet.errors import AlkanetError
from alkanet.version import __version__

__all__ = ["app", "run"]

UNEXPECTED = 70
"""Exit status of a fault of alkanet itself (EX_SOFTWARE of sysexits)."""

COLLECT_AFTER = 100_000
"""New objects after which Python looks for cycles; its own 700 is for programs that run long."""

app = typer.Typer(
    name="alkanet",
    help="How each ALK inhibitor should act on the mutated kinase of one lung cancer, why, and on "
    "what evidence. Research software, not a medical device; nothing leaves this machine.",
    no_args_is_help=True,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
kb_app = typer.Typer(
    help="Check, read, compare and compile the knowledge base.",
    no_args_is_help=True,
    rich_markup_mode=None,
)
app.add_typer(kb_app, name="kb")

CaseArgument = Annotated[
    Path | None, typer.Argument(metavar="[CASE.yaml]", help="A case file; see docs/case-file.md.")
]
GenomeOption = Annotated[
    str | None, typer.Option("--genome", help="GRCh37 or GRCh38, where the files do not say.")
]
SampleOption = Annotated[
    str | None, typer.Option("--sample", help="The sample's name in files that hold several.")
]
FilesOption = list[Path] | None
KnowledgeOption = Annotated[
    str | None,
    typer.Option("--knowledge", help="A folder, a compiled file, or a git revision instead."),
]


def _version(wanted: bool) -> None:
    if not wanted:
        return
    from alkanet.kb.locate import open_knowledge

    knowledge = open_knowledge().version
    typer.echo(f"alkanet {__version__}, knowledge {knowledge.version} ({knowledge.hash[:12]})")
    raise typer.Exit


@app.callback()
def _main(
    version: Annotated[
        bool,
        typer.Option("--version", callback=_version, is_eager=True, help="Both versions."),
    ] = False,
) -> None:
    pass


@app.command("report")
def report_command(
    case: CaseArgument = None,
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write to.")] = Path("report"),
    variants: Annotated[FilesOption, typer.Option(help="VCF or MAF; repeatable.")] = None,
    fusions: Annotated[FilesOption, typer.Option(help="Fusion table; repeatable.")] = None,
    calls: Annotated[FilesOption, typer.Option(help="Outside calls TSV; repeatable.")] = None,
    genome: GenomeOption = None,
    sample: SampleOption = None,
    assay: Annotated[
        str | None, typer.Option(help="Name of the assay, such as MSK-IMPACT: what it covered.")
    ] = None,
    specimen: Annotated[
        str | None,
        typer.Option(help="tissue, plasma, csf, effusion or ctc; tissue where nothing is said."),
    ] = None,
    prior: Annotated[
        list[str] | None, typer.Option(help="A drug given before, in order; repeatable.")
    ] = None,
    formats: Annotated[
        str, typer.Option("--format", help="Any of html, json, tsv, joined by commas.")
    ] = "html,json,tsv",
) -> None:
    """Read one patient's files and write a report (the main job)."""
    from alkanet.cli.report import write_report
    from alkanet.pipeline import LooseInputs

    loose = LooseInputs(
        variants=tuple(variants or ()),
        fusions=tuple(fusions or ()),
        calls=tuple(calls or ()),
        genome=genome,
        sample=sample,
        assay=assay,
        specimen=specimen,
        prior=tuple(prior or ()),
    )
    write_report(case, loose, out=out, formats=tuple(name.strip() for name in formats.split(",")))


@app.command("lookup")
def lookup_command(
    haplotype: Annotated[str, typer.Argument(help="Such as G1202R, C1156Y+L1198F or 'wild type'.")],
    fusion: Annotated[str | None, typer.Option(help="Such as v3 or KIF5B::ALK.")] = None,
    drug: Annotated[list[str] | None, typer.Option(help="Only this drug; repeatable.")] = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON to stdout.")] = False,
) -> None:
    """Print what is known of one haplotype and each drug."""
    from alkanet.cli.lookup import print_answer

    print_answer(haplotype, fusion=fusion, drugs=tuple(drug or ()), as_json=as_json)


@app.command("ingest")
def ingest_command(
    files: Annotated[list[Path], typer.Argument(help="Files of any format that is read.")],
    genome: GenomeOption = None,
    sample: SampleOption = None,
    as_json: Annotated[bool, typer.Option("--json", help="JSON to stdout.")] = False,
) -> None:
    """Say of each file what its reader used and set aside, row by row."""
    from alkanet.cli.ingest import print_accounts

    print_accounts(tuple(files), genome=genome, sample=sample, as_json=as_json)


@kb_app.command("check")
def kb_check_command(
    folder: Annotated[Path | None, typer.Argument(help="Knowledge folder.")] = None,
) -> None:
    """Name all faults of all knowledge files, with file and line."""
    from alkanet.cli.kb import check_folder

    raise typer.Exit(check_folder(folder))


@kb_app.command("compile")
def kb_compile_command(
    out: Annotated[Path, typer.Option("-o", "--out", help="SQLite file to write.")],
    folder: Annotated[Path | None, typer.Argument(help="Knowledge folder.")] = None,
) -> None:
    """Compile a knowledge folder to one SQLite file and print its hash."""
    from alkanet.cli.kb import compile_folder

    compile_folder(folder, out)


@kb_app.command("show")
def kb_show_command(
    name: Annotated[str, typer.Argument(help="An id, a drug, or a haplotype.")],
    knowledge: KnowledgeOption = None,
) -> None:
    """Print one entry: its fields, its grade, and what names it."""
    from alkanet.cli.kb import print_entry

    print_entry(name, knowledge)


@kb_app.command("search")
def kb_search_command(
    words: Annotated[list[str], typer.Argument(help="All of them must be found.")],
    limit: Annotated[int, typer.Option(min=1, max=10_000, help="How many entries at most.")] = 20,
    knowledge: KnowledgeOption = None,
) -> None:
    """Find entries by their words, the best match first."""
    from alkanet.cli.kb import print_hits

    print_hits(" ".join(words), knowledge, limit)


@kb_app.command("gaps")
def kb_gaps_command(
    is_listed: Annotated[bool, typer.Option("--list", help="Name what is to be read.")] = False,
    knowledge: KnowledgeOption = None,
) -> None:
    """Print the verified share of each kind of value, and the pairs that nobody tested."""
    from alkanet.cli.kb import print_gaps

    print_gaps(knowledge, is_listed)


@kb_app.command("diff")
def kb_diff_command(
    before: Annotated[str, typer.Argument(help="A folder, a compiled file, or a git revision.")],
    after: Annotated[
        str | None, typer.Argument(help="The same; the installed knowledge where none is named.")
    ] = None,
    cases: Annotated[Path | None, typer.Option(help="Folder of cases to answer with both.")] = None,
) -> None:
    """Print what differs between two: entries, calls of haplotypes, and answers to patients."""
    from alkanet.cli.kb import print_diff

    print_diff(before, after, cases)


@kb_app.command("export")
def kb_export_command(
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write to.")],
    formats: Annotated[
        str, typer.Option("--format", help="Any of va, civic, tsv, schema, ids, joined by commas.")
    ] = "va,civic,tsv,schema,ids",
    knowledge: KnowledgeOption = None,
) -> None:
    """Write the knowledge for other programs: VA-Spec, CIViC's columns, tables, JSON, ids."""
    from alkanet.cli.kb_export import export_knowledge

    names = tuple(name.strip() for name in formats.split(","))
    export_knowledge(knowledge, formats=names, out=out)


@kb_app.command("pages")
def kb_pages_command(
    out: Annotated[Path, typer.Option("-o", "--out", help="Folder to write to.")],
    knowledge: KnowledgeOption = None,
) -> None:
    """Write the pages of the knowledge as Markdown: mutations, drugs, trials, conflicts, gaps."""
    from alkanet.cli.kb import write_pages

    write_pages(out, knowledge)


def run() -> None:
    """Run the command line; expected faults are one line on stderr and never a trace."""
    # Plugins would be foreign code inside a result, and looking for them costs at every start.
    os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
    # A run is short: the collector would walk over the same imported objects dozens of times.
    gc.set_threshold(COLLECT_AFTER, 20, 20)
    try:
        app()
    except AlkanetError as error:
        typer.echo(f"ERROR: {error}", err=True)
        sys.exit(2)
    except BrokenPipeError:
        sys.exit(0)
    except Exception:
        traceback.print_exc()
        typer.echo(
            "alkanet failed in a way it should not. Please report the lines above, without any "
            "patient data.",
            err=True,
        )
        sys.exit(UNEXPECTED)
