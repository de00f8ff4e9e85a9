"""What verbs govern is counted, and what never follows them is listed."""

from __future__ import annotations

from aligner.lab.train.government import count_slots, never_governed

FRENCH = [
    "Le maire renonce à partir en juin.",
    "Le maire refuse de partir en juin.",
    "Le maire va de la gare à la mairie.",
] * 60
ENGLISH = ["The team succeeded in winning the cup.", "The team wanted to win the cup."] * 60


def test_a_preposition_that_never_follows_its_verb_is_listed() -> None:
    rows = set(never_governed(count_slots(FRENCH, "fr"), "fr"))
    assert {("v:renoncer", "de+i", "à"), ("v:refuser", "à+i", "de")} <= rows
    assert not any(slot in ("à+i", "de+i") for governor, slot, _ in rows if governor == "v:aller")


def test_an_infinitive_in_the_place_of_a_gerund_is_listed() -> None:
    rows = set(never_governed(count_slots(ENGLISH, "en"), "en"))
    assert ("v:succeed", "to+i", "in+g") in rows
    assert ("v:want", "of+g", "to+i") in rows


def test_what_is_seen_as_often_as_the_other_is_not_listed() -> None:
    rows = set(never_governed(count_slots([*FRENCH, *["Le maire renonce de partir."] * 60], "fr"), "fr"))
    assert not any(governor == "v:renoncer" and slot != "-+i" for governor, slot, _ in rows)


def test_a_verb_that_never_goes_without_its_preposition_is_listed() -> None:
    texts = [
        "Elle profite de la pause.",
        "La pause dont profite la classe finit.",
        "Elle veut partir tôt.",
    ] * 60
    rows = set(never_governed(count_slots(texts, "fr"), "fr"))
    assert ("v:profiter", "-+n", "de") in rows
    assert not any(governor == "v:vouloir" for governor, *_ in rows)
