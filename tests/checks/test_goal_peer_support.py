"""PeerSupport: a matching within each district."""

import dezentral as dz

from .small import city, household, site, value

SITES = [site("s", "a"), site("t", "a"), site("r", "b")]


def matched(people, support=None, **where: str) -> float:
    districts = [dz.District(id="a", population=1, support=support or {}), dz.District(id="b", population=1)]
    return value(city(SITES, people, districts=districts), dz.PeerSupport(), **where)


def seeking(key: str, size: int, *languages: str) -> dz.Household:
    return household(key, size, seeks_support=True, languages=languages)


def giving(key: str, supports: int, *languages: str) -> dz.Household:
    return household(key, 1, supports=supports, languages=languages)


def test_each_seeking_person_needs_one_who_gives_it_in_a_shared_language():
    people = [seeking("g", 3, "ar", "fa"), giving("h", 2, "fa", "uk"), giving("i", 5, "uk")]
    assert matched(people, g="s", h="t", i="t") == 1.0
    assert matched(people, g="s", i="t") == 3.0  # no shared language
    assert matched(people, h="s") == 0.0  # who is unplaced does not count


def test_support_does_not_reach_other_districts():
    people = [seeking("g", 2, "ar"), giving("h", 2, "ar")]
    assert matched(people, g="s", h="r") == 2.0
    assert matched(people, g="r", h="r") == 0.0


def test_the_district_supports_in_its_languages_too():
    people = [seeking("g", 4, "ar", "fa"), giving("h", 1, "ar")]
    assert matched(people, {"ar": 1, "fa": 1, "uk": 9}, g="s", h="s") == 1.0
    assert matched(people, {"ar": 9}, g="r", h="s") == 4.0


def test_the_matching_is_a_best_one():
    # f can turn to h alone, g to h and i: h must be left to f
    people = [seeking("f", 1, "ar"), seeking("g", 1, "ar", "uk"), giving("h", 1, "ar"), giving("i", 1, "uk")]
    assert matched(people, f="s", g="s", h="s", i="s") == 0.0
    # a second g finds nobody
    assert matched([*people, seeking("e", 1, "uk")], e="s", f="s", g="s", h="s", i="s") == 1.0


def test_who_speaks_no_language_finds_nobody():
    assert matched([seeking("g", 2), giving("h", 2)], {"ar": 9}, g="s", h="s") == 2.0
