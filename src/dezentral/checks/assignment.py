"""The most people who can get what they seek: a maximum flow between two sides."""

from __future__ import annotations

import numpy as np

Counts = np.ndarray[tuple[int, ...], np.dtype[np.int64]]
Mask = np.ndarray[tuple[int, ...], np.dtype[np.bool_]]


def left_over(sought: Counts, offered: Counts, suits: Mask) -> tuple[int, Mask]:
    """Return how many stay without in a best assignment, and which seeking groups together cause it.

    Parameters
    ----------
    sought
        Persons of each seeking group, shape ``(n_groups,)``.
    offered
        Persons whom each offer can serve, shape ``(n_offers,)``.
    suits
        Whether an offer suits a group, shape ``(n_groups, n_offers)``.

    Returns
    -------
    tuple
        The persons without, and a mask of shape ``(n_groups,)``: what these groups seek exceeds all that suits any
        of them by exactly the persons without (the minimum cut; empty if nobody is without).
    """
    waiting, free = sought.copy(), offered.copy()
    given = _greedy(waiting, free, suits)
    while True:
        path, reached = _augmenting_path(waiting, free, suits, given)
        if not path:
            return int(waiting.sum()), reached
        _augment(path, waiting, free, given)


def _greedy(waiting: Counts, free: Counts, suits: Mask) -> Counts:
    """Serve group after group, those with the fewest offers first; changes `waiting` and `free`."""
    given = np.zeros(suits.shape, dtype=np.int64)
    for group in np.argsort(suits.sum(axis=1), kind="stable"):
        offers = np.flatnonzero(suits[group])
        before = np.cumsum(free[offers]) - free[offers]
        taken = np.clip(waiting[group] - before, 0, free[offers])
        given[group, offers] = taken
        free[offers] -= taken
        waiting[group] -= taken.sum()
    return given


def _augmenting_path(waiting: Counts, free: Counts, suits: Mask, given: Counts) -> tuple[list[int], Mask]:
    """Search layer by layer from all who wait: groups, offers, groups, offers …, until one has something free."""
    group_seen, offer_seen = waiting > 0, np.zeros(len(free), dtype=np.bool_)
    offer_of_group: dict[int, int] = {}
    group_of_offer: dict[int, int] = {}
    groups = np.flatnonzero(group_seen)
    while len(offers := np.flatnonzero(suits[groups].any(axis=0) & ~offer_seen)):
        offer_seen[offers] = True
        first = groups[suits[np.ix_(groups, offers)].argmax(axis=0)]
        group_of_offer.update(zip(offers.tolist(), first.tolist(), strict=True))
        with_room = offers[free[offers] > 0]
        if len(with_room):
            return _path_to(int(with_room[0]), group_of_offer, offer_of_group), group_seen
        served = (given[:, offers] > 0) & ~group_seen[:, np.newaxis]
        groups = np.flatnonzero(served.any(axis=1))
        group_seen[groups] = True
        offer_of_group.update(zip(groups.tolist(), offers[served[groups].argmax(axis=1)].tolist(), strict=True))
    return [], group_seen


def _path_to(offer: int, group_of_offer: dict[int, int], offer_of_group: dict[int, int]) -> list[int]:
    path = [offer, group_of_offer[offer]]
    while path[-1] in offer_of_group:
        offer = offer_of_group[path[-1]]
        path += [offer, group_of_offer[offer]]
    return path[::-1]


def _augment(path: list[int], waiting: Counts, free: Counts, given: Counts) -> None:
    """Shift as many persons along the path as it carries."""
    groups, offers = path[0::2], path[1::2]
    shifted = list(zip(groups[1:], offers[:-1], strict=True))
    amount = min(int(waiting[groups[0]]), int(free[offers[-1]]), *(int(given[pair]) for pair in shifted))
    for pair in zip(groups, offers, strict=True):
        given[pair] += amount
    for pair in shifted:
        given[pair] -= amount
    waiting[groups[0]] -= amount
    free[offers[-1]] -= amount
