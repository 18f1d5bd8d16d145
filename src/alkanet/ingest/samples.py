"""Which sample of a file is read: the one named, or the only one there is."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from alkanet.errors import InputError, did_you_mean
from alkanet.ingest.faults import listed

__all__ = ["ANOTHER_SAMPLE", "NOT_CARRIED", "SampleRows", "chosen_sample"]

ANOTHER_SAMPLE = "another sample"
NOT_CARRIED = "the sample does not carry it"


def chosen_sample(
    names: Sequence[str], sample: str | None, *, file: str, line: int, field: str
) -> str | None:
    """Return the name of the sample to read; ``None`` where the file names no sample.

    Raises
    ------
    InputError
        Where the file holds several samples and none was named, or lacks the one named.
    """
    if not names:
        return None
    if sample is None:
        if len(names) == 1:
            return names[0]
        raise InputError(
            f"the file holds {len(names)} samples: {listed(names)}",
            file=file,
            line=line,
            field=field,
            expected="one of them to be chosen",
            remedy="Name it with --sample, or as `sample` of the specimen in the case file.",
        )
    if sample in names:
        return sample
    holds = f"the file holds {listed(names)}" if len(names) > 1 else f"its sample is {names[0]}"
    raise InputError(
        f"there is no sample {sample!r}; {holds}",
        file=file,
        line=line,
        field=field,
        remedy=did_you_mean(sample, names),
    )


class SampleRows:
    """Chooses the rows of one sample in a table that names the sample in each row.

    The names are known only at the end, so rows are taken provisionally until then.
    """

    def __init__(self, sample: str | None, *, also_named: Iterable[str] = ()) -> None:
        self._sample = sample
        self._names: dict[str, None] = dict.fromkeys(also_named)

    def takes(self, name: str) -> bool:
        """Whether a row of this sample is read, as far as can be told now."""
        self._names.setdefault(name, None)
        return self._sample is None or name == self._sample

    def is_another(self, cells: Sequence[str]) -> bool:
        """Whether cells of a row name a sample, and not the one that is read.

        To be asked once all rows were met, when the names are known.
        """
        if self._sample is None or self._sample in cells:
            return False
        return any(cell in self._names for cell in cells)

    def check(self, *, file: str, line: int, field: str) -> None:
        """Raise where the rows taken are not those of one known sample.

        Raises
        ------
        InputError
            See :func:`chosen_sample`.
        """
        chosen_sample(sorted(self._names), self._sample, file=file, line=line, field=field)
