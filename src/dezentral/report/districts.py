"""The districts as rows and as a summary."""

from __future__ import annotations

import math
from dataclasses import dataclass

from dezentral.metrics.small_numbers import SMALL_TEXT, PublicSpread, is_small
from dezentral.plot.labels import inhabitants_text, load_text, rate_text, target_rate
from dezentral.wording import NOTHING, Language, number, say, tenths

BAR_WIDTH = 150.0


@dataclass(frozen=True, slots=True)
class DistrictLine:
    """One row of the table, written out; `bar` and `mark` in pixels, `mark` < 0 = no target."""

    id: str
    name: str
    inhabitants: str
    persons: str
    target: str
    rate: str
    deviation: str
    few: bool
    bar: float
    mark: float
    label: str


def district_rows(spread: PublicSpread, language: Language) -> list[DistrictLine]:
    """Return the districts in the order of the instance."""
    known = [_or_zero(spread.rate_limit(d)) for d in range(len(spread.rows))]
    targets = [
        math.nan if few else target_rate(row) for row, few in zip(spread.rows, spread.few_inhabitants, strict=True)
    ]
    top = max([*known, *(_or_zero(target) for target in targets)], default=0.0) or 1.0
    return [_line(spread, d, (targets[d], BAR_WIDTH / top), language) for d in range(len(spread.rows))]


def _line(spread: PublicSpread, d: int, scale: tuple[float, float], language: Language) -> DistrictLine:
    row, (target, pixels) = spread.rows[d], scale
    coarse = spread.few[d] or spread.few_inhabitants[d]
    rate, shown_target = rate_text(spread, d, language), tenths(target, language)
    return DistrictLine(
        id=row.district,
        name=row.name or row.district,
        inhabitants=inhabitants_text(spread, d, language),
        persons=load_text(spread, d, language),
        target=NOTHING if spread.few_inhabitants[d] else tenths(row.target, language),
        rate=rate,
        deviation=NOTHING if coarse else tenths(row.deviation, language, signed=True),
        few=spread.few[d],
        bar=round(_or_zero(spread.rate_limit(d)) * pixels, 1),
        mark=-1.0 if math.isnan(target) else round(target * pixels, 1),
        label=say("report.bar.label", language, rate=rate, target=shown_target),
    )


def district_summary(spread: PublicSpread, language: Language) -> dict[str, str]:
    """Return persons, rates and persons to move over the whole city."""
    few = any(spread.few)
    if is_small(spread.persons):
        persons = SMALL_TEXT if not few or len(spread.few) == 1 else NOTHING
    else:
        persons = number(spread.persons, language)
        persons = say("report.at_least", language, amount=persons) if few else persons
    to_move = spread.report.persons_to_move
    moved = SMALL_TEXT if is_small(to_move) else tenths(to_move, language)
    return {
        "persons": persons,
        "rates": _rates(spread, language),
        "to_move": moved if spread.exact or is_small(to_move) else say("report.about", language, amount=moved),
    }


def _rates(spread: PublicSpread, language: Language) -> str:
    rates = [spread.rate_limit(d) for d, few in enumerate(spread.few) if not few]
    rates = [rate for rate in rates if not math.isnan(rate)]
    if not rates:
        return say("report.all_few", language) if spread.few and all(spread.few) else NOTHING
    most = tenths(max(rates), language)
    if any(spread.few):
        few, everywhere = number(sum(spread.few), language), number(len(spread.few), language)
        return say("report.range_few", language, most=most, few=few, all=everywhere)
    return say("report.range", language, least=tenths(min(rates), language), most=most)


def _or_zero(value: float) -> float:
    return 0.0 if math.isnan(value) else value
