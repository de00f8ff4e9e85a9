"""Words inside a bead without counterpart: which are found, and which sentences say all."""

from __future__ import annotations

import pytest

from aligner.alignment.coverage import with_evidence
from aligner.encoders import Encoder, load
from aligner.model import Alignment, Bead, Document, DocumentPair, Language, Segment

FR = "Le conseil a voté mardi la rénovation du gymnase, fermé depuis l'incendie de mars, malgré le prix."
EN = "The council voted on Tuesday to renovate the gym, closed since the fire in March, despite its cost."


@pytest.fixture(scope="module")
def encoder() -> Encoder:
    return load()


def _document(sentences: list[str], language: Language) -> Document:
    text, segments = " ".join(sentences), []
    for sentence in sentences:
        start = text.index(sentence)
        segments.append(Segment(sentence, start, start + len(sentence), 0, "body", language))
    return Document(language, language, text, tuple(segments))


def uncovered(fr: list[str], en: list[str], encoder: Encoder) -> list[tuple[Language, str]]:
    """Return the words found in the first bead of a pair, each bead a sentence of both."""
    left, right = _document(fr, "fr"), _document(en, "en")
    beads = tuple(Bead((a,), (b,), 1.0) for a, b in zip(left.segments, right.segments, strict=True))
    alignment = Alignment(DocumentPair(left, right, 1.0, 1.0, "translation", 1), beads)
    evidence = with_evidence(alignment, encoder).beads[0].evidence
    found: list[tuple[Language, str]] = [("fr", fr[0][a:b]) for a, b in evidence.uncovered_fr]
    return found + [("en", en[0][a:b]) for a, b in evidence.uncovered_en]


def test_a_sentence_that_says_all_has_nothing_uncovered(encoder: Encoder) -> None:
    assert uncovered([FR], [EN], encoder) == []


def test_a_clause_left_out_is_found_on_either_side(encoder: Encoder) -> None:
    ((side, words),) = uncovered([FR], [EN.replace(", closed since the fire in March,", "")], encoder)
    assert (side, words) == ("fr", "fermé depuis l'incendie de mars")
    ((side, words),) = uncovered([FR.replace(", fermé depuis l'incendie de mars,", "")], [EN], encoder)
    assert (side, words) == ("en", "closed since the fire in March")


def test_words_that_no_comma_parts_are_found(encoder: Encoder) -> None:
    fr = "La ministre a visité hier avec une délégation de chercheurs brésiliens le nouveau musée de Lyon."
    ((side, words),) = uncovered([fr], ["The minister visited the new museum in Lyon yesterday."], encoder)
    assert side == "fr"
    assert words.endswith("délégation de chercheurs brésiliens")


def test_an_article_that_is_longer_throughout_is_no_evidence(encoder: Encoder) -> None:
    fr = ["La réunion du comité a eu lieu à Paris.", "Il pleuvait.", "Le vote était serré."]
    en = [
        f"{text} as was to be seen by all"
        for text in ("The committee met in Paris", "It rained", "The vote was close")
    ]
    assert uncovered([FR, *fr], [f"{EN} For all of them.", *en], encoder) == []


@pytest.mark.parametrize("sides", [("1984.", "It was in 1984."), ("Oui !", "—"), ("Non.", "No.")])
def test_what_has_few_words_or_none(sides: tuple[str, str], encoder: Encoder) -> None:
    assert uncovered([sides[0]], [sides[1]], encoder) == []
