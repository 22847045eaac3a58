"""Every sentence that people read, in English and German, and numbers as each of them writes them."""

from dezentral.wording.catalogue import Language, require_language, say
from dezentral.wording.names import goal_meaning, goal_name, level_name, rule_name, rule_text, term
from dezentral.wording.numerals import NOTHING, counted, day, listed, metres, number, percent, scale, tenths

__all__ = [
    "NOTHING",
    "Language",
    "counted",
    "day",
    "goal_meaning",
    "goal_name",
    "level_name",
    "listed",
    "metres",
    "number",
    "percent",
    "require_language",
    "rule_name",
    "rule_text",
    "say",
    "scale",
    "tenths",
    "term",
]
