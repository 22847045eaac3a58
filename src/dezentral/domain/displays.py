"""Records at a glance: one line for a prompt, a small table for a notebook; counts only, nobody's data."""

from __future__ import annotations

import html
from collections import Counter
from collections.abc import Collection, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from dezentral.domain.instance import Instance
    from dezentral.domain.plan import Plan


def counted(amount: int, noun: str) -> str:
    """Return an amount with its noun.

    Examples
    --------
    >>> counted(1, "site"), counted(4123, "household")
    ('1 site', '4,123 households')
    """
    return f"{amount:,} {noun}{'' if amount == 1 else 's'}"


def instance_line(instance: Instance) -> str:
    """Return what an instance holds, in one line."""
    name = f"{instance.name!r}, " if instance.name else ""
    parts = (
        counted(len(instance.districts), "district"),
        counted(len(instance.sites), "site"),
        f"{counted(len(instance.households), 'household')} of {counted(_persons(instance), 'person')}",
        counted(len(instance.services), "service"),
    )
    return f"Instance({name}{', '.join(parts)})"


def plan_line(plan: Plan) -> str:
    """Return what a plan holds, in one line."""
    by_hand = f", {counted(len(plan.overrides), 'override')}" if plan.overrides else ""
    placed = counted(len(plan.placements), "placement")
    return f"Plan({placed}, {len(plan.unplaced):,} unplaced{by_hand}, digest {plan.digest[:12]!r})"


def instance_html(instance: Instance) -> str:
    """Return what an instance holds as a table."""
    units = [(unit.beds, unit.count) for site in instance.sites for unit in site.units]
    kinds = Counter(service.kind for service in instance.services)
    rows = [
        ("Districts", f"{len(instance.districts):,}"),
        ("Inhabitants", f"{sum(district.population for district in instance.districts):,}"),
        ("Sites", f"{len(instance.sites):,}"),
        ("Beds", f"{sum(beds * count for beds, count in units):,}"),
        ("Households", f"{len(instance.households):,}"),
        ("Persons in them", f"{_persons(instance):,}"),
        ("Services", ", ".join(f"{amount:,} {kind}" for kind, amount in sorted(kinds.items())) or "0"),
        ("Relations", f"{len(instance.relations):,}"),
        ("Planning day", "none" if instance.date is None else instance.date.isoformat()),
        ("Coordinates", instance.crs),
    ]
    return html_table(instance.name or "Instance", rows)


def html_table(caption: str, rows: Sequence[tuple[str, str]]) -> str:
    """Return names and values as a table, everything escaped."""
    lines = "".join(
        f'<tr><th scope="row" style="text-align:left">{html.escape(name)}</th>'
        f'<td style="text-align:right">{html.escape(value)}</td></tr>'
        for name, value in rows
    )
    head = f'<caption style="text-align:left"><b>{html.escape(caption)}</b></caption>'
    return f"<table>{head}<tbody>{lines}</tbody></table>"


def columns_table(head: Sequence[str], rows: Sequence[Sequence[str]], texts: Collection[int], caption: str = "") -> str:
    """Return rows under their columns, everything escaped; the columns at `texts` to the left, numbers to the right.

    Examples
    --------
    >>> columns_table(["name", "beds"], [["a&b", "9"]], {0}).partition("<tbody>")[2]
    '<tr><td style="text-align:left">a&amp;b</td><td style="text-align:right">9</td></tr></tbody></table>'
    """
    sides = ["left" if i in texts else "right" for i in range(len(head))]

    def line(tag: str, cells: Sequence[str]) -> str:
        shown = (
            f'<{tag} style="text-align:{side}">{html.escape(cell)}</{tag}>'
            for side, cell in zip(sides, cells, strict=True)
        )
        return f"<tr>{''.join(shown)}</tr>"

    above = f'<caption style="text-align:left">{html.escape(caption)}</caption>' if caption else ""
    top = f"<thead>{line('th', head)}</thead>" if rows else ""
    return f"<table>{above}{top}<tbody>{''.join(line('td', row) for row in rows)}</tbody></table>"


def _persons(instance: Instance) -> int:
    return sum(household.size for household in instance.households)
