"""Words of the embedded city's data: English as they stand there, German as an office writes them."""

from __future__ import annotations

_GERMAN = {
    "clinic": "Arztpraxis",
    "counselling": "Beratungsstelle",
    "family": "Familie",
    "kita": "Kita",
    "language_course": "Sprachkurs",
    "leisure": "Freizeitangebot",
    "own_kitchen": "eigene Küche",
    "school": "Schule",
    "shared_kitchen": "Gemeinschaftsküche",
    "step_free": "stufenloser Zugang",
    "volunteer_circle": "Freundeskreis",
    "vulnerable": "besonders schutzbedürftig",
    "woman": "Frau",
}

SENTENCES: dict[str, tuple[str, str]] = {f"term.{word}": (word, german) for word, german in _GERMAN.items()}
