"""Words that must not appear in free text: household ids, and whatever names a confidential site."""

from __future__ import annotations

import re

from dezentral.domain import Instance
from dezentral.wording import Language, say


class HiddenWords:
    """The ids of households, and the ids and names of confidential sites.

    People write them into reasons and names; there they are replaced.

    Examples
    --------
    >>> import dezentral as dz
    >>> city = dz.Instance(districts=(), sites=(), households=[dz.Household(id="h-17", size=2)])
    >>> HiddenWords(city).removed("near H-17, not h-170", "en")
    'near [withheld], not h-170'
    """

    def __init__(self, instance: Instance) -> None:
        words = {household.id for household in instance.households}
        for site in instance.sites:
            if site.confidential:
                words |= {site.id, site.name.strip()}
        self._words = sorted((word.casefold() for word in words if word), key=lambda word: (-len(word), word))

    def removed(self, text: str, language: Language) -> str:
        """Return a text with every hidden word replaced."""
        lower = text.casefold()
        found = [re.escape(word) for word in self._words if word in lower]
        if not found:
            return text
        pattern = re.compile(rf"(?<!\w)(?:{'|'.join(found)})(?!\w)", re.IGNORECASE)
        return pattern.sub(say("report.hidden_word", language), text)
