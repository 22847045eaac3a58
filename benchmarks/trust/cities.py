"""The city of Stuttgart and a policy, as a command line asks for them."""

from __future__ import annotations

import argparse

import dezentral as dz


def add_city(parser: argparse.ArgumentParser, persons: int) -> None:
    """Let a command line say which city is solved under which policy; unless it does, one of some persons."""
    parser.add_argument("--persons", type=int, default=persons)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument("--anchors", action="store_true", help="households with places of work")
    parser.add_argument("--occupied", type=float, default=0.0, help="share of persons who live somewhere already")
    parser.add_argument("--policy", default="default", choices=("default", "stuttgarter_weg"))


def asked_for(options: argparse.Namespace) -> tuple[dz.Instance, dz.Policy]:
    """Return the city and the policy that were asked for."""
    city = dz.datasets.stuttgart(options.persons, options.seed, options.anchors, options.occupied)
    return city, getattr(dz.Policy, options.policy)()
