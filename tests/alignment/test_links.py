"""Links between the words of a bead."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner import encoders
from aligner.alignment.links import can_link, linked_shares, pharaoh, tokenised, word_links
from aligner.lab.bench.words import measures

CORPUS = Path(__file__).parents[2] / "corpora" / "words"


def linked(fr: str, en: str) -> set[str]:
    left, right = tokenised(fr), tokenised(en)
    return {f"{left[i]}={right[j]}" for i, j in word_links(left, right, encoders.load())}


@pytest.mark.parametrize(
    ("fr", "en", "expected"),
    [
        ("La grève du port", "The port strike", {"grève=strike", "port=port"}),
        ("C’est l’été.", "It is summer.", {"C’=It", "est=is", "été=summer"}),
        (
            "Le prix du pain montera.",
            "The price of the bread will rise.",
            {"du=of", "du=the", "montera=will"},
        ),
        ("Elle court plus vite.", "She runs faster.", {"plus=faster", "vite=faster"}),
        ("Le conflit a éclaté.", "The conflict broke out.", {"éclaté=broke", "éclaté=out"}),
        ("Il vaut 12 000 euros.", "It is worth 12,000 euros.", {"12=12,000", "000=12,000"}),
        ("Mme Ruiz vit à Londres.", "Ms Ruiz lives in London.", {"Ruiz=Ruiz", "Londres=London", "à=in"}),
        ("Depuis six jours, ils attendent.", "They have waited for six days.", {"Depuis=for", "ils=They"}),
    ],
)
def test_words_are_linked(fr: str, en: str, expected: set[str]) -> None:
    assert expected <= linked(fr, en)


def test_what_is_not_there_is_not_linked() -> None:
    assert linked("Le chat dort.", "The cat sleeps, says Anna Kowalska.") == {
        "Le=The",
        "chat=cat",
        "dort=sleeps",
    }
    assert word_links([], ["a"], encoders.load()) == []
    assert linked("...", "!") == set()


def test_shares_of_the_words_that_are_linked() -> None:
    encoder = encoders.load()
    assert linked_shares("Le maire ouvre le pont.", "The mayor opens the bridge.", encoder) == (1.0, 1.0)
    fr, en = linked_shares("Le maire ouvre le pont.", "The mayor opens the bridge and the museum.", encoder)
    assert en < fr == 1.0
    assert linked_shares("Et lui ?", "12", encoder) == (0.5, 0.5)


def test_tokens_and_the_pharaoh_format() -> None:
    assert tokenised("L'eau n’est pas là.") == ["L'", "eau", "n’", "est", "pas", "là", "."]
    assert pharaoh({(2, 0), (0, 1), (0, 0)}) == "0-0 0-1 2-0"
    assert [can_link(token) for token in ("%", "«", "8", "d'")] == [True, False, True, True]


def test_links_by_hand_are_found() -> None:
    rows = {(row["half"], row["register"], row["links"]): row for row in measures(CORPUS, encoders.load())}
    ours, vectors = (rows["test", "all", name] for name in ("aligner", "vectors alone"))
    assert ours["precision"] >= 0.95
    assert ours["recall"] >= 0.9
    assert ours["error_rate"] <= 0.07 < vectors["error_rate"]
