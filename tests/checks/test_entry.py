"""admits and requires."""

import pytest

import dezentral as dz

from .small import FLAT, broken, city, household, site

OTHER = dz.Unit(id="other", beds=4)


@pytest.mark.parametrize(
    ("admits", "traits", "rules"),
    [
        (None, set(), []),
        ({"women", "minor"}, {"women"}, []),  # one of them is enough
        ({"women"}, {"minor"}, ["admits"]),
        ({"women"}, set(), ["admits"]),
        (set(), {"women"}, ["admits"]),  # admits nobody
    ],
)
def test_a_site_admits_who_has_one_of_its_traits(admits, traits, rules):
    instance = city([site(admits=admits)], [household("h", traits=traits)])
    assert broken(instance, h="s") == rules


@pytest.mark.parametrize(
    ("requires", "rules"),
    [
        (set(), []),
        ({"lift", "ground"}, []),  # one at the site, one in the unit
        ({"lift", "bath"}, ["requires"]),
    ],
)
def test_unit_and_site_together_have_what_is_required(requires, rules):
    flat = dz.Unit(id="flat", beds=4, features={"ground"})
    instance = city([site(units=[flat], features={"lift"})], [household("h", requires=requires)])
    assert broken(instance, h="s") == rules


def test_who_stays_is_asked_neither_for_traits_nor_for_features():
    living = household("h", requires={"lift"}, current_site="s", current_unit="flat")
    instance = city([site(units=[FLAT, OTHER], admits={"women"})], [living])
    assert broken(instance, h="s") == []
    # another unit kind at the current site is judged like a new placement
    assert broken(instance, h=("s", "other")) == ["admits", "requires"]


def test_without_a_known_unit_every_kind_of_the_site_is_staying():
    living = household("h", requires={"lift"}, current_site="s")
    instance = city([site(units=[FLAT, OTHER], admits={"women"})], [living])
    assert broken(instance, h=("s", "other")) == []
