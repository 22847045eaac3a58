"""The frontier: what relaxing one level brings to another."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from dezentral.domain.arguments import require_all, require_policy
from dezentral.domain.policy import COUNTS_IN_PERSONS, Evenness, PeerSupport, Policy, Wishes
from dezentral.errors import Fault, TableError
from dezentral.metrics.small_numbers import SMALL, SMALL_TEXT
from dezentral.plot.canvas import axes_or_new, head, localised, plain, require_axes, tidy
from dezentral.plot.colours import ACCENT, DARK, INK, LINE
from dezentral.wording import Language, goal_meaning, level_name, require_language, say

if TYPE_CHECKING:
    import pandas as pd
    from matplotlib.axes import Axes

_IN_PERSONS = (*COUNTS_IN_PERSONS, PeerSupport, Wishes)


def frontier(
    frame: pd.DataFrame,
    ax: Axes | None = None,
    *,
    policy: Policy | None = None,
    level: int | None = None,
    against: int | None = None,
    language: Language = "en",
) -> Axes:
    """Draw what `dezentral.frontier` found: the limit of the relaxed level to the right, another level's value upwards.

    Values of levels that count persons are drawn at five where they are smaller, and read "<5".

    Parameters
    ----------
    frame
        Columns limit, value_1 …, bound_1 … as `dezentral.frontier` returns them; rows without a plan are left out.
    ax
        To draw on; new ones if None.
    policy
        The policy that it was made with: its goals name the axes. Without it, whole values are taken for persons.
    level
        Number of the relaxed level, from 1; it names the axis to the right.
    against
        Number of the level to draw upwards, from 1; the last one that changes if None.
    language
        ``"en"`` or ``"de"``.

    Raises
    ------
    TableError
        If the frame lacks a column, or `level` or `against` is the number of none.
    MissingExtraError
        Without matplotlib.

    Examples
    --------
    >>> import dezentral as dz, pandas as pd
    >>> frame = pd.DataFrame({"limit": [10.0, 20.0], "value_1": [10.0, 20.0], "value_2": [90.0, 70.0]})
    >>> dz.plot.frontier(frame, level=1).get_ylabel()
    'level 2'
    """
    _require_frame(frame)
    if policy is not None:
        require_policy(policy)
    require_all(
        lambda: _require_level(frame, level, "level"),
        lambda: _require_level(frame, against, "against"),
        lambda: require_language(language),
        lambda: require_axes(ax),
    )
    number = _level_drawn(frame, against, policy)
    ax = axes_or_new(ax, 7.5, 5.0)
    rows = frame[frame["limit"].notna() & frame[f"value_{number}"].notna()]
    few = _drawn(ax, rows, (level, number), policy)
    ax.set_xlabel(plain(_axis_name(level, policy, language)))
    ax.set_ylabel(plain(_axis_name(number, policy, language)), fontsize=9)
    for side in sorted(few):
        _mark_few(ax, side)
    head(ax, say("picture.frontier_title", language), _legend(rows, number, language))
    localised(ax.xaxis, language)
    localised(ax.yaxis, language)
    tidy(ax)
    ax.grid(axis="y", color="#d9d9d4", linewidth=0.8)
    return ax


def _drawn(ax: Axes, rows: pd.DataFrame, levels: tuple[int | None, int], policy: Policy | None) -> set[str]:
    """Draw the points; return the sides ("x", "y") on which small numbers are drawn at five."""
    relaxed, number = levels
    values, limits = rows[f"value_{number}"], rows["limit"]
    few: set[str] = set()
    if _counts_persons(limits, relaxed, policy) and bool((limits < SMALL).any()):
        limits, few = limits.clip(lower=SMALL), few | {"x"}
    in_persons = _counts_persons(values, number, policy)
    if in_persons and bool((values < SMALL).any()):
        values, few = values.clip(lower=SMALL), few | {"y"}
    ax.plot(limits, values, color=LINE, lw=1.2, drawstyle="steps-post", zorder=2)
    ax.scatter(limits, values, s=34, marker="o", facecolor=DARK, edgecolor=INK, zorder=3)
    bounds = rows.get(f"bound_{number}")
    if bounds is not None and bounds.notna().any():
        bounds = bounds.clip(lower=SMALL) if in_persons else bounds
        ax.scatter(limits, bounds, s=70, marker="_", color=ACCENT, lw=2.5, zorder=4)
    ax.margins(0.08)
    return few


def _mark_few(ax: Axes, side: str) -> None:
    at = (SMALL, 0.0) if side == "x" else (0.0, SMALL)
    frame = ("data", "axes fraction") if side == "x" else ("axes fraction", "data")
    shift = (0, 5) if side == "x" else (5, 0)
    line = ax.axvline if side == "x" else ax.axhline
    line(SMALL, color=LINE, lw=0.8, ls=":")
    ax.annotate(SMALL_TEXT, at, xycoords=frame, xytext=shift, textcoords="offset points", fontsize=9, color=INK,
                ha="center" if side == "x" else "left", va="bottom" if side == "x" else "center")  # fmt: skip


def _require_frame(frame: object) -> None:
    import pandas as pd  # noqa: PLC0415  a frame that is one has imported it

    if not isinstance(frame, pd.DataFrame):
        raise TableError.of([Fault("arguments", "frame", type(frame).__name__, "what dezentral.frontier returns")])


def _level_drawn(frame: pd.DataFrame, against: int | None, policy: Policy | None) -> int:
    found = [int(name[6:]) for name in frame.columns if str(name).startswith("value_") and str(name)[6:].isdecimal()]
    if "limit" not in frame.columns or not found:
        allowed = "limit and value_1 …, as dezentral.frontier returns them"
        raise TableError.of([Fault("frontier", "columns", ", ".join(map(str, frame.columns)), allowed)])
    if policy is not None and len(policy.levels) != max(found):
        raise TableError.of([Fault("policy", "levels", len(policy.levels), f"{max(found)} levels, as in the frame")])
    if against is not None:
        return against
    changing = [i for i in found if len(set(frame[f"value_{i}"].dropna())) > 1]
    return max(changing or found)


def _require_level(frame: pd.DataFrame, asked: object, name: str) -> None:
    if asked is not None and f"value_{asked}" not in frame.columns:
        raise TableError.of([Fault("frontier", name, asked, "the number of a level, from 1, or None")])


def _counts_persons(values: pd.Series[float], level: int | None, policy: Policy | None) -> bool:
    if policy is None or level is None:
        return bool((values.dropna() % 1 == 0).all())
    return any(
        isinstance(goal, _IN_PERSONS) or (isinstance(goal, Evenness) and goal.measure == "persons_to_move")
        for goal in policy.levels[level - 1].goals
    )


def _axis_name(level: int | None, policy: Policy | None, language: Language) -> str:
    if level is None:
        return say("picture.relaxed_axis", language)
    if policy is None:
        return say("picture.level_number", language, level=level)
    drawn = policy.levels[level - 1]
    name = say("picture.level_axis", language, level=level, goals=level_name(drawn, language))
    # Only a goal alone and unweighted is in a unit: a sum of several is in none.
    in_unit = len(drawn.goals) == 1 and drawn.goals[0].weight == 1
    return f"{name}\n{goal_meaning(drawn.goals[0], language) if in_unit else say('picture.no_unit', language)}"


def _legend(rows: pd.DataFrame, number: int, language: Language) -> list[Any]:
    from matplotlib.lines import Line2D  # noqa: PLC0415

    found = Line2D([], [], color=LINE, marker="o", markerfacecolor=DARK, label=say("picture.found", language))
    if f"bound_{number}" not in rows or not rows[f"bound_{number}"].notna().any():
        return [found]
    bound = Line2D([], [], linestyle="", marker="_", markersize=9, markeredgewidth=2.5, color=ACCENT)
    bound.set_label(say("picture.bound", language))
    return [found, bound]
