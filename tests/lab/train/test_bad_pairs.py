"""Pairs that do not match, made of pairs that do, for the curve of adequacy."""

from __future__ import annotations

import random

from aligner.lab.train.grade import _BadPairs

PAIRS = [
    (f"Le {k} mars, la mairie de {town} a été fermée.", f"On {k} March, the town hall of {town} was closed.")
    for k, town in enumerate(["Brest", "Lille", "Nantes", "Rennes", "Toulon", "Vannes", "Lorient"] * 7, 10)
]


def test_every_way_spoils_a_pair_and_does_it_again() -> None:
    made = [list(_BadPairs(PAIRS, random.Random(1)).spoiled(range(30))) for _ in range(2)]
    assert made[0] == made[1]
    assert not set(made[0]) & set(PAIRS)


def test_what_each_way_changes() -> None:
    bad = _BadPairs(PAIRS, random.Random(1))
    fr, en = bad.unfinished(0)
    assert "la mairie" in fr + en
    assert "was closed." in fr + en
    assert any("Ã" in side for side in bad.damaged(0))
    assert sum(side == whole for side, whole in zip(bad.counted(0), PAIRS[0], strict=True)) == 1
