"""Regions, and files written for one test."""

from __future__ import annotations

from pathlib import Path

import pytest

from alkanet.ingest.regions import GeneRegion, Regions
from alkanet.model.alteration import Genome

DATA = Path(__file__).parent / "data"
SHARED = Path(__file__).parents[2] / ".." / "shared" / "testdata"


@pytest.fixture
def data() -> Path:
    return DATA


@pytest.fixture
def shared() -> Path:
    """Real files made by others, where they lie beside the checkout."""
    if not SHARED.is_dir():
        pytest.skip("the test inputs made by others are not here")
    return SHARED


@pytest.fixture(scope="session")
def alk() -> Regions:
    return Regions(
        (
            GeneRegion("ALK", Genome.GRCH37, "2", 29_415_640, 30_144_432),
            GeneRegion("ALK", Genome.GRCH38, "2", 29_192_774, 29_921_566),
        )
    )


@pytest.fixture(scope="session")
def alk_and_eml4(alk: Regions) -> Regions:
    return Regions((*alk.regions, GeneRegion("EML4", Genome.GRCH37, "2", 42_396_490, 42_559_688)))


@pytest.fixture
def write(tmp_path: Path):
    """Write a text, or rows of fields, into a file."""

    def write_file(name: str, content: str | list) -> Path:
        if isinstance(content, list):
            content = "".join(
                (line if isinstance(line, str) else "\t".join(line)) + "\n" for line in content
            )
        path = tmp_path / name
        path.write_bytes(content.encode("utf-8"))
        return path

    return write_file


@pytest.fixture
def vcf(write):
    """Write a VCF of one sample ``T`` from its rows; a row of eight fields or more is whole."""

    def write_vcf(*rows: str, header: tuple[str, ...] = (), columns: str | None = None) -> Path:
        names = columns or "#CHROM POS ID REF ALT QUAL FILTER INFO FORMAT T"
        lines = ["##fileformat=VCFv4.2", *header, "\t".join(names.split()), *rows]
        return write("calls.vcf", "".join(line + "\n" for line in lines))

    return write_vcf
