"""Bars of rates: every district against its target."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dezentral.domain import Instance, Plan
from dezentral.domain.arguments import require_all
from dezentral.metrics.small_numbers import PublicSpread, public_spread
from dezentral.plot.canvas import axes_or_new, bar_height, head, localised, plain, require_axes, tidy
from dezentral.plot.colours import ACCENT, DARK, INK, PALE
from dezentral.plot.labels import beside_a_bar, rate_or_few, target_rate
from dezentral.wording import Language, require_language, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def rates(instance: Instance, plan: Plan, ax: Axes | None = None, *, language: Language = "en") -> Axes:
    """Draw the persons per 1,000 inhabitants of every district as bars, with its target as a mark.

    The highest rate stands above; districts without a rate stand last, those with fewer than five persons are hatched
    bars that reach as far as five persons would.

    Parameters
    ----------
    instance, plan
        A plan and its instance.
    ax
        To draw on; new ones if None.
    language
        ``"en"`` or ``"de"``.

    Raises
    ------
    PlanError
        If the plan does not belong to the instance.
    MissingExtraError
        Without matplotlib.

    Examples
    --------
    >>> import dezentral as dz
    >>> districts = [dz.District(id="a", population=500, housed=9), dz.District(id="b", population=500, housed=3)]
    >>> ax = dz.plot.rates(dz.Instance(districts=districts, sites=()), dz.Plan())
    >>> [text.get_text() for text in ax.texts]
    ['18.0', '<5']
    """
    require_all(lambda: require_language(language), lambda: require_axes(ax))
    spread = public_spread(instance, plan)
    ax = axes_or_new(ax, 7.5, bar_height(len(spread.rows)))
    order = _from_the_highest(spread)
    for place, d in enumerate(order):
        _bar(ax, spread, d, place, language)
    targets = [(target_rate(spread.rows[d]), place) for place, d in enumerate(order) if not spread.few_inhabitants[d]]
    known = [(rate, place) for rate, place in targets if not math.isnan(rate)]
    if known:
        xs, ys = zip(*known, strict=True)
        ax.scatter(xs, ys, marker="d", s=30, facecolor=ACCENT, edgecolor=INK, lw=0.8, zorder=3)
    ax.set_yticks(range(len(order)), [plain(beside_a_bar(spread.rows[d])) for d in order], fontsize=8)
    ax.set_ylim(len(order) - 0.4, -0.6)
    ax.margins(x=0.08)
    ax.set_xlim(left=0)
    ax.set_xlabel(say("picture.rate_axis", language))
    head(ax, say("picture.rates_title", language), _legend(spread, language))
    localised(ax.xaxis, language)
    tidy(ax)
    return ax


def _from_the_highest(spread: PublicSpread) -> list[int]:
    """Return the districts by falling rate; those with few come after, in their own order, as they tell no rate."""

    def key(d: int) -> tuple[int, float, int]:
        rate = spread.rate_limit(d)
        if math.isnan(rate):
            return 2, 0.0, d
        return (1, 0.0, d) if spread.few[d] else (0, -rate, d)

    return sorted(range(len(spread.rows)), key=key)


def _bar(ax: Axes, spread: PublicSpread, d: int, place: int, language: Language) -> None:
    rate = spread.rate_limit(d)
    text = rate_or_few(spread, d, language)
    if math.isnan(rate):
        rate = 0.0
    elif spread.few[d]:
        ax.barh(place, rate, height=0.7, facecolor=PALE, edgecolor=INK, hatch="////", lw=0.6)
    else:
        ax.barh(place, rate, height=0.7, color=DARK)
    end = max(rate, 0.0 if spread.few_inhabitants[d] else _or_zero(target_rate(spread.rows[d])))
    ax.annotate(text, (end, place), xytext=(7, 0), textcoords="offset points", va="center", fontsize=8, color=INK)


def _or_zero(value: float) -> float:
    return 0.0 if math.isnan(value) else value


def _legend(spread: PublicSpread, language: Language) -> list[Any]:
    from matplotlib.lines import Line2D  # noqa: PLC0415
    from matplotlib.patches import Patch  # noqa: PLC0415

    target = Line2D([], [], linestyle="", marker="d", markersize=6, markerfacecolor=ACCENT, markeredgecolor=INK)
    target.set_label(say("picture.target", language))
    entries: list[Any] = [Patch(facecolor=DARK, label=say("picture.rate", language)), target]
    if any(spread.few):
        entries.append(Patch(facecolor=PALE, edgecolor=INK, hatch="////", label=say("picture.few", language)))
    return entries
