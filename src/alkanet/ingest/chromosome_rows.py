"""The chromosomes that the rows of one file name: understood or not, and the build they state."""

from __future__ import annotations

from alkanet.errors import InputError, shown
from alkanet.ingest.chromosomes import chromosome_name, genome_of_accession, is_chromosome
from alkanet.ingest.genome_names import agreed_genome
from alkanet.model.alteration import Genome

__all__ = ["ChromosomeRows"]


class ChromosomeRows:
    """Meets each spelling of a chromosome in a file once.

    Parameters
    ----------
    file
        Base name, for messages.
    genome
        The build as far as it is stated; the accession of a chromosome may state it too.
    field
        Name of the column.
    """

    def __init__(self, file: str, genome: Genome | None, *, field: str) -> None:
        self.genome = genome
        self._file = file
        self._field = field
        self._first: tuple[int, str] | None = None
        self._is_any_understood = False
        self._names: dict[str, str] = {}
        self._stating: set[str] = set()

    def meet(self, line: int, text: str) -> str:
        """Return the bare name of a chromosome on a row of the sample, and note its build.

        Raises
        ------
        InputError
            Where its accession is that of another build than the file, the user or a row states.
        UnsupportedError
            Where its accession is that of a build that is not read.
        """
        if text in self._stating:
            return self._names[text]
        name = self.see(line, text)
        stated = genome_of_accession(text, file=self._file, line=line)
        self.genome = agreed_genome(
            stated, self.genome, file=self._file, line=line, field=self._field
        )
        self._stating.add(text)
        return name

    def see(self, line: int, text: str) -> str:
        """Return the bare name of a chromosome on a row that states no build for the sample."""
        name = self._names.get(text)
        if name is None:
            name = self._names[text] = chromosome_name(text)
            self._first = self._first or (line, text)
            self._is_any_understood = self._is_any_understood or is_chromosome(name)
        return name

    def check(self) -> None:
        """Raise where rows were met and none has a chromosome that is understood.

        Raises
        ------
        InputError
            With the first of the names.
        """
        if self._first is None or self._is_any_understood:
            return
        line, text = self._first
        raise InputError(
            f"found {shown(text)}, and no row of the file has a chromosome that is understood",
            file=self._file,
            line=line,
            field=self._field,
            expected="a name such as 2, chr2, NC_000002.12 or CM000664.2",
            remedy="Rename the chromosomes, for example with `bcftools annotate --rename-chrs`.",
        )
