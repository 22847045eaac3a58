"""The catalogue: one key, one sentence in each language."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from importlib import import_module
from pkgutil import iter_modules
from types import MappingProxyType
from typing import Literal, get_args

from dezentral.errors import Fault, PolicyError
from dezentral.wording import sentences

Language = Literal["en", "de"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


def say(key: str, language: Language = "en", /, **values: object) -> str:
    """Return a sentence of the catalogue with its gaps filled.

    Parameters
    ----------
    key
        Names the sentence, e.g. ``"noun.person.one"``; the sentences stand in `dezentral.wording.sentences`.
    language
        ``"en"`` or ``"de"``.
    **values
        What fills the gaps; numbers as text, already written in the language.

    Raises
    ------
    PolicyError
        If there are no sentences in the language.

    Examples
    --------
    >>> say("noun.person.many"), say("noun.person.many", "de")
    ('persons', 'Personen')
    """
    return catalogue()[key][LANGUAGES.index(require_language(language))].format_map(values)


def require_language(language: object) -> Language:
    """Return the language, or refuse one in which there are no sentences.

    Raises
    ------
    PolicyError
        If it is not one of `Language`.
    """
    for known in LANGUAGES:
        if isinstance(language, str) and language == known:
            return known
    raise PolicyError.of([Fault("arguments", "language", language, " or ".join(map(repr, LANGUAGES)))])


@cache
def catalogue() -> Mapping[str, tuple[str, str]]:
    """Return every sentence: key → (English, German).

    Merges ``SENTENCES`` of all modules in `dezentral.wording.sentences`: a new area is a new file there.
    """
    merged: dict[str, tuple[str, str]] = {}
    for name in areas():
        own = import_module(f"{sentences.__name__}.{name}").SENTENCES
        twice = sorted(merged.keys() & own.keys())
        if twice:
            msg = f"sentences.{name} says again: {', '.join(twice)}"
            raise ValueError(msg)
        merged.update(own)
    return MappingProxyType(merged)


def areas() -> list[str]:
    """Return the names of the modules that hold sentences, sorted."""
    return sorted(module.name for module in iter_modules(sentences.__path__))
