"""Passages with very many numbers: nothing raises, and none takes longer than its budget allows."""

from __future__ import annotations

import random
import time

import pytest

from aligner.model import Language
from aligner.quantities.compare import Discrepancy, compare
from aligner.quantities.reader import read_quantities

SECONDS = 20
"""Far above what a passage takes (under 2 s), far below what trying each against each took (77 s for 200)."""
LANGUAGES: tuple[Language, ...] = ("fr", "en")


def _numbers(count: int, highest: int, seed: int) -> str:
    dice = random.Random(seed)
    return ", ".join(str(dice.randint(100, highest)) for _ in range(count))


def _mixed(count: int, seed: int) -> dict[Language, str]:
    dice = random.Random(seed)
    forms = (
        ("{} %", "{}%"),
        ("{} euros", "{} euros"),
        ("{} km", "{} km"),
        ("{} h 30", "{}:30 p.m."),
        ("le {} mai", "May {}"),
        ("{}e", "{}th"),
        ("{} fois", "{} times"),
        ("{},5 millions", "{}.5 million"),
    )
    texts: dict[Language, list[str]] = {"fr": [], "en": []}
    for _ in range(count):
        form = dice.choice(forms)
        for language, pattern in zip(LANGUAGES, form, strict=True):
            texts[language].append(pattern.format(dice.randint(2, 28)))
    return {language: ", ".join(parts) for language, parts in texts.items()}


def _compared(fr: str, en: str) -> tuple[Discrepancy, ...]:
    started = time.process_time()
    found = compare(read_quantities(fr, "fr"), read_quantities(en, "en"))
    assert time.process_time() - started < SECONDS
    return found


@pytest.mark.parametrize(("count", "highest"), [(103, 999), (200, 99_999), (1000, 999), (4000, 10**7)])
def test_many_other_numbers(count: int, highest: int) -> None:
    assert _compared(_numbers(count, highest, 1), _numbers(count, highest, 2))


@pytest.mark.parametrize("count", [103, 200, 1000])
def test_many_mixed_values(count: int) -> None:
    texts = _mixed(count, 3)
    assert _compared(texts["fr"], texts["en"])


def test_one_wrong_number_of_a_thousand_is_found() -> None:
    fr = _numbers(1000, 10**6, 4)
    first, _, rest = fr.partition(", ")
    (found,) = _compared(fr, f"{int(first) + 1}, {rest}")
    assert (found.way, found.fr and found.fr.value) == ("differs", int(first))


def test_it_says_when_it_gave_up() -> None:
    (found,) = _compared(_numbers(2000, 10**6, 5), _numbers(2000, 10**6, 6))
    assert found.way == "uncompared"


def test_values_out_of_range_are_read() -> None:
    for text in ("9" * 400, "1" * 5000, "9" * 310 + " millions", "0,0", "00 00 00"):
        assert isinstance(compare(read_quantities(text, "fr"), read_quantities(text + " 2", "en")), tuple)


@pytest.mark.parametrize(
    "piece", ["à 20 h 3 ", "12/03/04 ", "2024-02-30 ", "5'10\" ", "8:30 p.m. ", "5 ft 10 in "]
)
def test_time_grows_with_the_length_of_a_passage(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    started = time.process_time()
    assert read_quantities(text, "fr")
    assert time.process_time() - started < SECONDS / 4
