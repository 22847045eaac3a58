"""Words of the data in German: those of the embedded city, and any other as it stands."""

from __future__ import annotations

import pytest

import dezentral as dz
from dezentral.report.rules import rules_in_force
from dezentral.wording import term

CITY = dz.datasets.stuttgart(persons=2_000)


@pytest.mark.parametrize(
    "words",
    [
        {service.kind for service in CITY.services},
        frozenset().union(*(one.traits for one in CITY.households), *(site.admits or () for site in CITY.sites)),
        frozenset().union(*(place.features for site in CITY.sites for place in (site, *site.units))),
    ],
    ids=["kinds of services", "traits", "features"],
)
def test_the_embedded_city_has_no_english_word_in_german(words):
    assert words
    assert [word for word in words if term(word) != word] == []
    assert [word for word in sorted(words - {"kita"}) if term(word, "de") == word] == []


def test_a_word_that_nobody_knows_stays_as_it_is():
    assert (term("sauna", "de"), term("{odd}", "de"), term("", "de")) == ("sauna", "{odd}", "")


def test_the_report_names_kinds_of_services_alike():
    policy = dz.Policy(rules=dz.Rules(max_distance={"school": 1500.0, "sauna": 900.0}))
    assert rules_in_force(CITY, policy, "de") == [
        "Höchstens 900 m bis zum nächsten Angebot: sauna",
        "Höchstens 1.500 m bis zum nächsten Angebot: Schule",
    ]
