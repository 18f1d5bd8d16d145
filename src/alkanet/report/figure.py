"""Small SVG figures, written by hand: the fold change against a drug's cuts, and the fusion."""

from __future__ import annotations

from html import escape
from math import log10

from alkanet.model.record import Interval
from alkanet.model.therapy import FoldCut
from alkanet.model.tumour import Fusion

__all__ = ["fold_change_figure", "fusion_figure", "probability_figure"]

WIDTH = 220
HEIGHT = 30
LEAST_LOG10 = -1.5
MOST_LOG10 = 3.5
BAR_WIDTH = 180
BAR_MARGIN = 5
BANDS = ("#d5ece2", "#f7e8c8", "#f3d4d3")
"""Fills of the sensitive, the middle and the resistant band; the words stand beside them."""


def fold_change_figure(fold_change: Interval | None, cut: FoldCut | None) -> str:
    """Return an SVG of a fold change and its interval on a log axis, behind it the drug's cuts.

    The axis runs from 0.03-fold to 3,000-fold; what lies outside is drawn at the border.
    """
    parts = [
        f'<svg class="fold" viewBox="0 0 {WIDTH} {HEIGHT}" width="{WIDTH}" height="{HEIGHT}" '
        f'role="img" aria-label="{escape(_words(fold_change, cut), quote=True)}">'
    ]
    if cut is not None:
        edges = [0.0, _x(cut.sensitive_up_to), _x(cut.resistant_from), float(WIDTH)]
        for left, right, fill in zip(edges, edges[1:], BANDS, strict=False):
            parts.append(
                f'<rect x="{left:.1f}" y="2" width="{right - left:.1f}" height="15" fill="{fill}"/>'
            )
    for exponent in range(-1, 4):
        x = _x(10.0**exponent)
        label = f"{10.0**exponent:g}"
        parts.append(f'<line x1="{x:.1f}" y1="17" x2="{x:.1f}" y2="20" stroke="#667"/>')
        parts.append(
            f'<text x="{x:.1f}" y="29" text-anchor="middle" font-size="8" fill="#556">'
            f"{label}</text>"
        )
    parts.append(f'<line x1="0" y1="17.5" x2="{WIDTH}" y2="17.5" stroke="#667"/>')
    if fold_change is not None:
        low, middle, high = (_x(v) for v in (fold_change.low, fold_change.median, fold_change.high))
        parts.append(
            f'<line x1="{low:.1f}" y1="9.5" x2="{high:.1f}" y2="9.5" stroke="#223" '
            f'stroke-width="2"/><circle cx="{middle:.1f}" cy="9.5" r="4" fill="#223"/>'
        )
    parts.append("</svg>")
    return "".join(parts)


def _x(fold: float) -> float:
    place = (log10(fold) - LEAST_LOG10) / (MOST_LOG10 - LEAST_LOG10)
    return WIDTH * min(1.0, max(0.0, place))


def _words(fold_change: Interval | None, cut: FoldCut | None) -> str:
    told = "no fold change"
    if fold_change is not None:
        told = (
            f"{fold_change.median:g}-fold over wild type, 90 % interval {fold_change.low:g} to "
            f"{fold_change.high:g}"
        )
    if cut is None:
        return f"{told}; no cut is set for this drug"
    return f"{told}; cuts at {cut.sensitive_up_to:g} and {cut.resistant_from:g}"


def probability_figure(value: Interval) -> str:
    """Return an SVG of a probability and its interval on an axis from 0 to 100 %."""
    label = (
        f"{100 * value.median:.0f} %, 90 % interval {100 * value.low:.0f} to "
        f"{100 * value.high:.0f} %"
    )
    low, middle, high = (
        BAR_MARGIN + (BAR_WIDTH - 2 * BAR_MARGIN) * v for v in (value.low, value.median, value.high)
    )
    return (
        f'<svg class="share" viewBox="0 0 {BAR_WIDTH} 12" width="{BAR_WIDTH}" height="12" '
        f'role="img" aria-label="{label}">'
        f'<rect x="0" y="3" width="{BAR_WIDTH}" height="6" rx="3" fill="#e8edf2"/>'
        f'<line x1="{low:.1f}" y1="6" x2="{high:.1f}" y2="6" stroke="#7d8da0" stroke-width="3" '
        'stroke-linecap="round"/>'
        f'<circle cx="{middle:.1f}" cy="6" r="4.5" fill="#1f4e79"/></svg>'
    )


def fusion_figure(fusion: Fusion) -> str:
    """Return an SVG of the fusion: the partner up to its last exon, ALK from its first."""
    partner_exon, _, alk_exon = (fusion.junction or "?;?").partition(";")
    kinase = fusion.kinase_retained
    fill = "#1f4e79" if kinase else "#9aa5b1"
    state = {True: "kinase domain whole", False: "kinase domain not whole", None: "not computed"}
    label = f"{fusion.name}, junction {fusion.junction or 'not known'}, {state[kinase]}"
    return (
        '<svg class="fusion" viewBox="0 0 560 74" width="560" height="74" role="img" '
        f'aria-label="{escape(label, quote=True)}">'
        '<rect x="4" y="16" width="216" height="30" rx="6" fill="#cfd8e3"/>'
        '<rect x="220" y="16" width="336" height="30" rx="6" fill="#e6edf5"/>'
        f'<rect x="282" y="16" width="190" height="30" fill="{fill}"/>'
        '<line x1="220" y1="8" x2="220" y2="54" stroke="#b23a48" stroke-width="2"/>'
        f'<text x="112" y="36" text-anchor="middle" font-size="14">{escape(fusion.partner)}</text>'
        '<text x="377" y="36" text-anchor="middle" font-size="13" fill="#fff">'
        f"{escape(state[kinase])}</text>"
        '<text x="514" y="36" text-anchor="middle" font-size="14">ALK</text>'
        f'<text x="214" y="68" text-anchor="end" font-size="12">{escape(partner_exon)}</text>'
        f'<text x="226" y="68" font-size="12">{escape(alk_exon)}</text></svg>'
    )
