"""Before and after: the rates of two plans, district by district."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

from dezentral.domain import Instance, Plan, require_match
from dezentral.domain.arguments import require_all, require_instance
from dezentral.metrics.loads import district_loads
from dezentral.metrics.small_numbers import SMALL_TEXT, PublicSpread, hidden_changes, public_spread
from dezentral.plot.canvas import axes_or_new, bar_height, head, localised, plain, require_axes, tidy
from dezentral.plot.colours import ACCENT, DARK, INK, LINE
from dezentral.plot.labels import beside_a_bar, rate_text
from dezentral.wording import Language, require_language, say

if TYPE_CHECKING:
    from matplotlib.axes import Axes


def compare(
    instance: Instance, plan_a: Plan, plan_b: Plan, ax: Axes | None = None, *, language: Language = "en"
) -> Axes:
    """Draw the persons per 1,000 inhabitants of every district before (plan a) and after (plan b).

    A district that changes by fewer than five persons shows its rate before and no change; so does another one where
    such a change could otherwise be worked out.

    Parameters
    ----------
    instance, plan_a, plan_b
        Two plans of one instance.
    ax
        To draw on; new ones if None.
    language
        ``"en"`` or ``"de"``.

    Raises
    ------
    PlanError
        If a plan does not belong to the instance.
    MissingExtraError
        Without matplotlib.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(districts=[dz.District(id="a", population=900, housed=9)], sites=())
    >>> dz.plot.compare(city, dz.Plan(), dz.Plan()).get_title(loc="left")
    'Before and after'
    """
    require_all(lambda: require_language(language), lambda: require_axes(ax))
    before, after, hidden = _public(instance, plan_a, plan_b)
    ax = axes_or_new(ax, 7.5, bar_height(len(hidden)))
    order = _from_the_highest(before)
    for place, d in enumerate(order):
        _row(ax, (before, after), d, place, hide=hidden[d], language=language)
    ax.set_yticks(range(len(order)), [plain(beside_a_bar(before.rows[d])) for d in order], fontsize=8)
    ax.set_ylim(len(order) - 0.4, -0.6)
    ax.margins(x=0.08)
    ax.set_xlim(left=0)
    ax.set_xlabel(say("picture.rate_axis", language))
    head(ax, say("picture.compare_title", language), _legend(language))
    localised(ax.xaxis, language)
    tidy(ax)
    return ax


def _public(instance: Instance, plan_a: Plan, plan_b: Plan) -> tuple[PublicSpread, PublicSpread, list[bool]]:
    require_instance(instance)
    require_all(lambda: require_match(instance, plan_a), lambda: require_match(instance, plan_b))
    before, after = public_spread(instance, plan_a), public_spread(instance, plan_b)
    changes = (district_loads(instance, plan_b) - district_loads(instance, plan_a)).tolist()
    limited = [few or later for few, later in zip(before.few, after.few, strict=True)]
    return before, after, hidden_changes(changes, limited)


def _from_the_highest(spread: PublicSpread) -> list[int]:
    def key(d: int) -> tuple[bool, float]:
        rate = spread.rate_limit(d)
        return (True, 0.0) if math.isnan(rate) or spread.few[d] else (False, -rate)

    return sorted(range(len(spread.rows)), key=key)


def _row(
    ax: Axes, spreads: tuple[PublicSpread, PublicSpread], d: int, place: int, *, hide: bool, language: Language,
) -> None:  # fmt: skip
    before, after = (spread.rate_limit(d) for spread in spreads)
    if math.isnan(before):
        ax.annotate(rate_text(spreads[0], d, language), (0, place), xytext=(5, 0), textcoords="offset points",
                    va="center", fontsize=8, color=INK)  # fmt: skip
        return
    if hide:
        ax.scatter([before], [place], marker="|", s=90, color=LINE, zorder=3)
        ends = [(before, spreads[0])]
    else:
        ax.annotate("", (after, place), (before, place), arrowprops={"arrowstyle": "->", "color": LINE, "lw": 1.2})
        ax.scatter([before], [place], marker="o", s=34, facecolor=ACCENT, edgecolor=INK, lw=0.8, zorder=3)
        ax.scatter([after], [place], marker="D", s=28, facecolor=DARK, edgecolor=INK, lw=0.8, zorder=3)
        ends = [(before, spreads[0]), (after, spreads[1])]
    for rate, spread in ends:
        if spread.few[d]:
            # Above its mark: an arrow may leave to either side.
            ax.annotate(SMALL_TEXT, (rate, place), xytext=(0, 3.5), textcoords="offset points", ha="center",
                        va="bottom", fontsize=7, color=INK)  # fmt: skip


def _legend(language: Language) -> list[Any]:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    marks = (("picture.before", "o", ACCENT), ("picture.after", "D", DARK), ("picture.unchanged", "|", LINE))
    return [
        Line2D([], [], linestyle="", marker=marker, markersize=7, markerfacecolor=colour,
               markeredgecolor=LINE if marker == "|" else INK, label=say(key, language))
        for key, marker, colour in marks
    ]  # fmt: skip
