"""Arithmetic on probabilities that carry their 90 % intervals."""

from __future__ import annotations

from collections.abc import Sequence
from math import exp, hypot, log

from alkanet.model.record import Interval

__all__ = ["binomial_interval", "least", "mixed", "product", "scaled"]

LEAST = 0.001
MOST = 0.99


def scaled(value: Interval, share: float) -> Interval:
    """Return an interval times a number, kept between 0.001 and 0.99."""
    return _kept(value.low * share, value.median * share, value.high * share)


def product(one: Interval, other: Interval) -> Interval:
    """Return the product of two independent probabilities.

    The medians multiply; the distances of the bounds from them, on the log scale, add in
    quadrature, as those of independent log-normal factors do.
    """
    if min(one.median, other.median, one.low, other.low) <= 0:
        return _kept(0.0, one.median * other.median, one.high * other.high)
    down = hypot(log(one.median / one.low), log(other.median / other.low))
    up = hypot(log(one.high / one.median), log(other.high / other.median))
    median = one.median * other.median
    return _kept(median * exp(-down), median, median * exp(up))


def least(one: Interval, other: Interval) -> Interval:
    """Return the interval with the lower median."""
    return one if one.median <= other.median else other


def mixed(parts: Sequence[tuple[float, Interval]]) -> Interval:
    """Return the mixture of intervals: medians by weight, bounds as wide as the widest part.

    Which part is true is not known, so that the mixture cannot be surer than its parts.
    """
    held = [interval for weight, interval in parts if weight > 0]
    total = sum(weight for weight, _ in parts)
    median = sum(weight * interval.median for weight, interval in parts) / total
    return _kept(min(i.low for i in held), median, max(i.high for i in held))


def binomial_interval(responders: float, n: int) -> Interval:
    """Return a rate with its 90 % interval by Wilson's score method.

    Wilson EB, J Am Stat Assoc 1927;22:209-212.

    Parameters
    ----------
    responders
        Patients who responded; need not be whole where a rate and an ``n`` are pooled.
    n
        Patients in all.
    """
    z = 1.6449
    rate = responders / n
    centre = (rate + z * z / (2 * n)) / (1 + z * z / n)
    half = z / (1 + z * z / n) * ((rate * (1 - rate) / n + z * z / (4 * n * n)) ** 0.5)
    return _kept(centre - half, rate, centre + half)


def _kept(low: float, median: float, high: float) -> Interval:
    middle = min(MOST, max(LEAST, median))
    return Interval(
        median=middle, low=min(middle, max(LEAST, low)), high=max(middle, min(MOST, high))
    )
