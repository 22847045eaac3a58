"""Towns to draw: with borders and without, with few persons, with protected addresses."""

from __future__ import annotations

import io
from typing import Any

from shapely.geometry import box

import dezentral as dz

BEDS = dz.Unit(id="beds", beds=100, sharing="dormitory")


def town(*loads: int, borders: bool = True, **more: Any) -> dz.Instance:
    """Return districts of 1,000 inhabitants side by side, whose persons are all `housed`."""
    districts = [
        dz.District(
            id=f"d{i}",
            name=f"Town {i}",
            population=1000,
            housed=load,
            geometry=box(1000 * i, 0, 1000 * i + 1000, 800) if borders else None,
        )
        for i, load in enumerate(loads)
    ]
    return dz.Instance(districts=districts, **{"sites": (), **more})


LONG_NAMES = ("Verwaltungsgemeinschaft Oberschwarzwald-Nord", "Donaudampfschifffahrtsgesellschaftsviertel", "Au")


def long_town() -> dz.Instance:
    """Return five districts side by side, each narrower than what it is called."""
    whole = town(9, 30, 12, 8, 3)
    return whole.replace(
        districts=[
            district.model_copy(update={"name": f"{LONG_NAMES[i % 3]} {i}"})
            for i, district in enumerate(whole.districts)
        ]
    )


def shelter_town() -> tuple[dz.Instance, dz.Plan]:
    """Return a town with two public sites and the protected address "haven", where 17 live, and its plan."""
    sites = [
        dz.Site(id="open", district="d0", units=[BEDS], name="Open House", x=200.0, y=200.0),
        dz.Site(id="later", district="d0", units=[BEDS], name="Later House", x=700.0, y=300.0, opening_cost=5.0),
        dz.Site(id="haven", district="d0", units=[BEDS], name="Quiet Harbour", x=400.0, y=333.0, confidential=True),
        dz.Site(id="refuge", district="d1", units=[dz.Unit(id="beds", beds=43)], confidential=True),
    ]
    households = [dz.Household(id=f"secret-{i}", size=size) for i, size in enumerate((23, 17, 11))]
    placements = [
        dz.Placement(household=f"secret-{i}", site=site, unit="beds")
        for i, site in enumerate(("open", "haven", "refuge"))
    ]
    return town(0, 0, sites=sites, households=households), dz.Plan(placements=placements)


def svg(ax: Any) -> str:
    """Return a picture as SVG, the same for the same picture."""
    import matplotlib as mpl  # noqa: PLC0415  only where it is installed

    with mpl.rc_context({"svg.hashsalt": "same", "svg.fonttype": "none"}), io.StringIO() as file:
        ax.figure.savefig(file, format="svg", metadata={"Date": None})
        return file.getvalue()


def texts(ax: Any) -> list[str]:
    """Return every text of a picture: labels, ticks, legend, title."""
    from matplotlib.text import Text  # noqa: PLC0415

    ax.figure.canvas.draw()
    return [text.get_text() for text in ax.findobj(Text) if text.get_text()]
