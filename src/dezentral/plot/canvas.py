"""Axes to draw on, without leaving anything behind in pyplot."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING, Any

from dezentral.errors import Fault, MissingExtraError, PolicyError
from dezentral.plot.colours import INK
from dezentral.wording import Language, scale

if TYPE_CHECKING:
    from matplotlib.axes import Axes

EXTRA = "plot"
BAR_INCHES = 0.27
_LEAST_INCHES = 2.2
_MARGIN_INCHES = 0.12  # texts are a little wider at some resolutions than at others
DPI = 120


def axes_or_new(ax: Axes | None, width: float = 7.5, height: float = 6.0) -> Axes:
    """Return the given axes, or new ones on a figure of their own (inches).

    Raises
    ------
    MissingExtraError
        Without matplotlib.
    PolicyError
        If something else than axes is given.
    """
    require_axes(ax)
    if ax is not None:
        return ax
    try:
        from matplotlib.figure import Figure  # noqa: PLC0415
        from matplotlib.layout_engine import ConstrainedLayoutEngine  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError.for_extra(EXTRA, "dezentral." + EXTRA) from error
    margins = ConstrainedLayoutEngine(w_pad=_MARGIN_INCHES, h_pad=_MARGIN_INCHES)
    figure = Figure(figsize=(width, height), dpi=DPI, layout=margins)
    return figure.add_subplot(axes_class=_shown_axes())


def require_axes(ax: object) -> None:
    """Refuse what is neither axes nor None."""
    if ax is None:
        return
    try:
        from matplotlib.axes import Axes  # noqa: PLC0415
    except ImportError as error:
        raise MissingExtraError.for_extra(EXTRA, "dezentral." + EXTRA) from error
    if not isinstance(ax, Axes):
        raise PolicyError.of([Fault("arguments", "ax", type(ax).__name__, "matplotlib Axes, or None")])


@cache
def _shown_axes() -> type[Axes]:
    """Return axes that a notebook shows as a picture: pyplot, which knows none of ours, does not do it for them."""
    from matplotlib.axes import Axes  # noqa: PLC0415

    class ShownAxes(Axes):
        """Axes with a picture of their figure."""

        def _repr_png_(self) -> bytes:
            with BytesIO() as file:
                self.figure.canvas.print_figure(file, format="png", bbox_inches="tight", dpi=DPI)
                return file.getvalue()

    return ShownAxes


def bar_height(bars: int) -> float:
    """Return the inches that a chart with so many bars needs."""
    return _LEAST_INCHES + BAR_INCHES * bars


def plain(text: str) -> str:
    """Return text that matplotlib draws as it is: a dollar sign begins no formula."""
    return text.replace("$", r"\$")


def tidy(ax: Axes) -> None:
    """Take away lines that carry nothing."""
    ax.spines[["top", "right", "left"]].set_visible(False)  # type: ignore[call-overload,unused-ignore]
    ax.tick_params(axis="y", length=0)
    ax.set_axisbelow(True)
    ax.grid(axis="x", color="#d9d9d4", linewidth=0.8)


def head(ax: Axes, title: str, entries: Sequence[Any]) -> None:
    """Write the title and, below it, the legend: above the picture, where it covers nothing."""
    ax.set_title(title, loc="left", color=INK, pad=24 if entries else 8)
    if entries:
        legend = ax.legend(
            handles=entries, loc="lower left", bbox_to_anchor=(0, 1), borderaxespad=0.3, borderpad=0,
            ncols=len(entries), fontsize=8, frameon=False, handletextpad=0.5, columnspacing=1.4,
        )  # fmt: skip
        legend.set_in_layout(False)  # a wide legend must not squeeze the picture


def localised(axis: Any, language: Language) -> None:
    """Write the numbers of an axis as the language does, all with the same decimals."""
    axis.set_major_formatter(_tick_numbers()(language))


@cache
def _tick_numbers() -> type[Any]:
    from matplotlib.ticker import Formatter  # noqa: PLC0415

    class TickNumbers(Formatter):
        """The numbers of one axis, as one scale."""

        def __init__(self, language: Language) -> None:
            self.language = language

        def __call__(self, x: float, pos: int | None = None) -> str:  # noqa: ARG002  matplotlib's signature
            return scale([x], self.language)[0]

        def format_ticks(self, values: Sequence[float]) -> list[str]:
            return scale(values, self.language)

    return TickNumbers
