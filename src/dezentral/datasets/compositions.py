"""Who belongs to a family of a given size, and what else people need: few patterns, many households."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Composition:
    """Adults, and children who need a place at a school or a kita; the rest of a family are infants."""

    adults: int
    school: int = 0
    kita: int = 0

    @property
    def needs(self) -> dict[str, int]:
        """Service kind → children who need it."""
        return {kind: members for kind, members in (("school", self.school), ("kita", self.kita)) if members}


# Households of three and more: an agency's public extract of 2017 (3: 34, 4: 41, 5: 34, 6: 21, 7: 6, 8: 1). Families
# of two are missing there; their number is an assumption.
FAMILY_SIZES = {2: 40, 3: 34, 4: 41, 5: 34, 6: 21, 7: 6, 8: 1}

# size → composition → share. Invented so that a third of all people are children (city, 2024).
COMPOSITIONS = {
    2: {Composition(1, school=1): 0.25, Composition(1, kita=1): 0.25, Composition(1): 0.1, Composition(2): 0.4},
    3: {
        Composition(1, school=2): 0.15,
        Composition(1, school=1, kita=1): 0.15,
        Composition(2, school=1): 0.3,
        Composition(2, kita=1): 0.25,
        Composition(2): 0.15,
    },
    4: {
        Composition(2, school=2): 0.35,
        Composition(2, school=1, kita=1): 0.35,
        Composition(2, kita=1): 0.15,
        Composition(1, school=2, kita=1): 0.15,
    },
    5: {Composition(2, school=2, kita=1): 0.5, Composition(2, school=3): 0.3, Composition(2, school=1, kita=1): 0.2},
    6: {Composition(2, school=3, kita=1): 0.5, Composition(2, school=2, kita=1): 0.3, Composition(3, school=3): 0.2},
    7: {Composition(2, school=4, kita=1): 0.6, Composition(2, school=3, kita=2): 0.4},
    8: {Composition(2, school=4, kita=2): 1.0},
}

# What adults need besides; "" = nothing more. A visit to the clinic marks the vulnerable. Invented.
COURSE = "language_course"
CLINIC = "clinic"
ALONE_NEEDS = {
    (COURSE,): 0.34,
    (COURSE, "leisure"): 0.18,
    (COURSE, "counselling"): 0.18,
    ("counselling", "volunteer_circle"): 0.1,
    (CLINIC, "counselling"): 0.1,
    (): 0.1,
}
FAMILY_NEEDS = {
    (COURSE,): 0.4,
    (COURSE, "volunteer_circle"): 0.2,
    (COURSE, "counselling"): 0.2,
    (CLINIC, COURSE): 0.1,
    (): 0.1,
}

# Wishes of those who have any: near relatives, work, the quarters that people know. Invented.
WISHES = {
    ("06",): 0.18,
    ("06", "03"): 0.12,
    ("01", "05"): 0.1,
    ("03", "19", "21"): 0.08,
    ("12", "20"): 0.1,
    ("20",): 0.1,
    ("05", "04", "01"): 0.1,
    ("10", "23"): 0.08,
    ("22",): 0.06,
    ("09", "17"): 0.05,
    ("16",): 0.03,
}

# Languages, by what the city and the Federal Office published on where people come from (half from Ukraine in
# 2023/24; of the others most from Syria, Iraq, Afghanistan, Türkiye). Languages only; no record holds an origin.
LANGUAGES = {
    ("uk",): 0.2,
    ("ru", "uk"): 0.22,
    ("ar",): 0.2,
    ("ar", "ku"): 0.07,
    ("fa",): 0.12,
    ("tr",): 0.05,
    ("ku", "tr"): 0.03,
    ("en",): 0.03,
    ("so",): 0.02,
    ("ti",): 0.02,
    ("sq",): 0.02,
    ("es",): 0.02,
}
