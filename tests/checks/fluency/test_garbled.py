"""FLU406: how sure it must be to call a sentence a major fault depends on the rest of the article."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest

from aligner.checks.fluency import garbled as module
from aligner.checks.fluency.garbled import garbled
from aligner.model import Context, Document, WordScore
from tests.checks.build import article as plain_article

SENTENCE = "The council voted late on Monday to close the old bridge for a year."


def article(sentences: int) -> Document:
    document = plain_article(" ".join([SENTENCE] * sentences), "en")
    words = tuple(WordScore(s.start, s.start + 3, 0.5, "lexical") for s in document.segments)
    return replace(document, words=words)


@pytest.mark.parametrize(
    ("probabilities", "severity"),
    [
        ((0.8, *[0.01] * 19), "minor"),
        ((0.95, *[0.01] * 19), "major"),
        ((0.8, *[0.7] * 5, *[0.01] * 14), "major"),
    ],
)
def test_a_sentence_in_clean_prose_must_be_surer_to_be_major(
    probabilities: Sequence[float], severity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "sentence_probabilities", lambda *_: list(probabilities))
    first = next(iter(garbled.find(article(len(probabilities)), Context())))
    assert first.confidence == probabilities[0]
    assert first.severity == severity


@pytest.mark.parametrize(
    ("text", "suspect", "kind", "reported"),
    [
        ("The can holds about five gallons of diesel fuel today.", "can holds", "agreement", False),
        ("Her will was invalidated by the court back in 1974.", "was", "verb-form", False),
        ("The will leave the farm to his only living niece.", "will leave", "agreement", True),
        ("The former attaché described his soirée in great detail.", "attaché", "untranslated", False),
        ("The former attaché described his éclaboussure in detail.", "éclaboussure", "untranslated", True),
        ("The cook served a crème glacée to all of them.", "crème glacée", "spelling", False),
        ("Will did the whole thing by himself last night.", "Will", "lexical", False),
    ],
)
def test_nouns_like_modals_and_loanwords_are_english(
    text: str, suspect: str, kind: str, reported: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "sentence_probabilities", lambda *_: [0.95])
    start = text.index(suspect)
    words = (WordScore(start, start + len(suspect), 0.9, kind),)
    hits = list(garbled.find(replace(plain_article(text, "en"), words=words), Context()))
    assert bool(hits) == reported


@pytest.mark.parametrize(
    ("text", "suspect", "severity"),
    [
        ("She is known for the Carry On films of the sixties.", "the Carry On", "minor"),
        ("Once we had Notify up and running, we rested.", "Notify up", "minor"),
        ("It can be told through the contactTOWN app today.", "contactTOWN", "minor"),
        ("She is known for the carry on films of the sixties.", "carry on films", "major"),
        ("The firm announced Monday its results of the year.", "announced Monday its results", "major"),
        ("Under of the law, he had no right to appeal.", "Under of", "major"),
    ],
)
def test_names_and_titles_within_a_sentence_are_minor(
    text: str, suspect: str, severity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "sentence_probabilities", lambda *_: [0.95])
    start = text.index(suspect)
    words = (WordScore(start, start + len(suspect), 0.9, "lexical"),)
    (hit,) = garbled.find(replace(plain_article(text, "en"), words=words), Context())
    assert hit.severity == severity


@pytest.mark.parametrize(("others", "probability"), [(4, 0.95), (9, 0.5)])
def test_a_name_in_a_clean_article_is_a_suspicion(
    others: int, probability: float, monkeypatch: pytest.MonkeyPatch
) -> None:
    text = " ".join(["She is known for the Carry On films of the sixties.", *[SENTENCE] * others])
    document = plain_article(text, "en")
    monkeypatch.setattr(module, "sentence_probabilities", lambda *_: [0.95, *[0.01] * others])
    start = text.index("the Carry On")
    starts = [start, *(segment.start for segment in document.segments[1:])]
    words = tuple(WordScore(s, s + 12, 0.9 if s == start else 0.01, "lexical") for s in starts)
    (hit,) = garbled.find(replace(document, words=words), Context())
    assert hit.confidence == probability


@pytest.mark.parametrize(
    ("text", "suspect", "kind", "probability", "severity"),
    [
        ("They read it in the contactTOWN app and in no other.", "contactTOWN", "lexical", 0.8, "minor"),
        ("They met in the Queen Anne the Queen room on Monday.", "the Queen", "duplication", 0.8, "minor"),
        ("They met in the Queen Anne the Queen room on Monday.", "the Queen", "duplication", 0.95, "major"),
        ("They met the governor Wickramanayek in the old town.", "Wickramanayek", "glued", 0.95, "minor"),
        ("They met the governor of the old twon on Monday.", "twon", "spelling", 0.8, "major"),
    ],
)
def test_a_name_in_garbled_text_must_be_surer_to_be_major(
    text: str, suspect: str, kind: str, probability: float, severity: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    document = plain_article(f"{text} {SENTENCE} {SENTENCE}", "en")
    monkeypatch.setattr(module, "sentence_probabilities", lambda *_: [probability, 0.7, 0.7])
    start = text.index(suspect)
    others = (WordScore(s.start, s.start + 3, 0.5, "lexical") for s in document.segments[1:])
    words = (WordScore(start, start + len(suspect), 0.9, kind), *others)
    first = next(iter(garbled.find(replace(document, words=words), Context())))
    assert first.severity == severity


@pytest.mark.parametrize(("suspect", "reported"), [("goldfinches", False), ("Chalkfinches", True)])
def test_a_word_of_the_dictionary_is_not_glued(
    suspect: str, reported: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "sentence_probabilities", lambda scored, _: [0.95] * len(scored))
    document = plain_article(f"They saw two {suspect} in the old town.", "en")
    words = (WordScore(13, 13 + len(suspect), 0.9, "glued"),)
    assert bool(list(garbled.find(replace(document, words=words), Context()))) == reported


@pytest.mark.parametrize(("times", "reported"), [(1, True), (3, False)])
def test_a_name_that_the_article_repeats_is_not_misspelled(
    times: int, reported: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(module, "sentence_probabilities", lambda scored, _: [0.95] * len(scored))
    text = " ".join(["They met the governor Wickramanayek in the old town."] * times)
    start = text.index("Wickramanayek")
    words = (WordScore(start, start + 13, 0.9, "glued"),)
    assert bool(list(garbled.find(replace(plain_article(text, "en"), words=words), Context()))) == reported
