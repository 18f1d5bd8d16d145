"""Fusions of another driver than ALK, each once, with what its tables say of it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from alkanet.model.alteration import FusionAlteration
from alkanet.model.calls import FusionCall
from alkanet.model.other_gene import DriverFusion, FusionSide

__all__ = ["other_fusions"]

ORDER_UNKNOWN = "the table does not say which gene is the 5' one"


def other_fusions(
    calls: Iterable[FusionCall], drivers: Iterable[DriverFusion]
) -> tuple[FusionAlteration, ...]:
    """Return the fusions of other drivers, by name.

    Where a table does not tell the order of the genes, the driver is put on its side. What a table
    says of the frame is noted and drops nothing.

    Parameters
    ----------
    calls
        Fusions that hold a driver.
    drivers
        The genes that drive, each with the side that must hold it.
    """
    sides = {driver.gene: driver.side for driver in drivers}
    by_name: dict[tuple[str, str], list[FusionCall]] = {}
    for call in calls:
        by_name.setdefault(_in_order(call, sides), []).append(call)
    return tuple(
        FusionAlteration(five_prime_gene=five, three_prime_gene=three, note=_note(of_name))
        for (five, three), of_name in sorted(by_name.items())
    )


def _in_order(call: FusionCall, sides: Mapping[str, FusionSide]) -> tuple[str, str]:
    """Return the 5' gene and the 3' gene."""
    genes = call.first_gene, call.second_gene
    if call.order_is_known:
        return genes
    driver = genes[0] if genes[0] in sides else genes[1]
    partner = genes[1] if driver == genes[0] else genes[0]
    return (driver, partner) if sides[driver] is FusionSide.FIVE_PRIME else (partner, driver)


def _note(calls: Sequence[FusionCall]) -> str:
    said: list[str] = []
    for call in calls:
        said.append(f"{call.specimen}, {call.origin}")
        if call.stated_frame is not None:
            said.append(f"{call.stated_frame} in the words of {call.origin.file}")
    if not any(call.order_is_known for call in calls):
        said.append(ORDER_UNKNOWN)
    return "; ".join(dict.fromkeys(said))
