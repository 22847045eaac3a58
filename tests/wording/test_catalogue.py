"""The catalogue: every sentence in both languages, with the same gaps, in the reader's words."""

from __future__ import annotations

import re
from string import Formatter

import pytest

import dezentral as dz
from dezentral.checks import RULE_NAMES
from dezentral.wording import goal_meaning, goal_name, level_name, rule_name, rule_text, say
from dezentral.wording.catalogue import areas, catalogue

# Words of those who build engines, in either language; no reader in an office should meet them.
JARGON = re.compile(
    r"\b(solver|constraints?|objectives?|variables?|infeasib\w*|feasib\w*|relaxation|heuristics?|presolve|LP|MIP|CP-SAT"
    r"|duals?|lexicograph\w*|nebenbedingung\w*|zielfunktion\w*|schattenpreis\w*|dualwert\w*|unzulässig\w*)\b",
    re.IGNORECASE,
)


def _gaps(sentence: str) -> set[str]:
    return {field for _, field, _, _ in Formatter().parse(sentence) if field is not None}


@pytest.mark.parametrize("key", sorted(catalogue()))
def test_every_sentence_stands_in_both_languages_with_the_same_gaps(key: str) -> None:
    english, german = catalogue()[key]
    assert english.strip()
    assert german.strip()
    assert _gaps(english) == _gaps(german)
    assert all(gap.isidentifier() for gap in _gaps(english))
    assert not JARGON.search(english)
    assert not JARGON.search(german)


def test_every_area_is_merged() -> None:
    assert {"goals", "nouns", "rules"} <= set(areas())


@pytest.mark.parametrize("rule", RULE_NAMES)
def test_every_rule_has_its_name_and_its_text(rule: str) -> None:
    assert len({rule_name(rule), rule_name(rule, "de"), rule_text(rule), rule_text(rule, "de")}) == 4


def test_every_goal_has_its_name_and_its_meaning() -> None:
    goals = [
        dz.KeepHoused(), dz.Placed(), dz.Stability(), dz.Evenness(), dz.Evenness(measure="persons_to_move"),
        dz.Evenness(measure="max_ratio"), dz.Seats(), dz.Proximity(), dz.Wishes(), dz.Fit(), dz.Cost(), dz.Utility(),
        dz.PeerSupport(),
    ]  # fmt: skip
    for language in ("en", "de"):
        assert len({goal_name(goal, language) for goal in goals}) == len(goals)
        assert len({goal_meaning(goal, language) for goal in goals}) == len(goals)


def test_a_level_is_named_after_its_goals() -> None:
    level = dz.Level(dz.Seats(), dz.Fit(weight=0.5))
    assert level_name(level, "de") == "Plätze in Angeboten + 0,50 × Passende Einheiten"


def test_values_fill_the_gaps_as_they_are() -> None:
    # What stands in braces inside a value is no gap: ids are free text.
    assert say("list.and", first="{last}", last="b") == "{last} and b"


@pytest.mark.parametrize("language", ["fr", "", None, 1, ["de"]])
def test_another_language_is_refused(language: object) -> None:
    with pytest.raises(dz.PolicyError, match="'en' or 'de'"):
        say("list.and", language, first="a", last="b")  # type: ignore[arg-type]
