"""The tag of each word: made from its pieces, kept with its article, remembered with its scores."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from aligner.detector import load, score_article
from aligner.detector.cache import Remembering
from aligner.detector.onnx import OnnxDetector
from aligner.detector.protocol import Analysis
from aligner.detector.tagging import Columns, Tagged
from aligner.model import Document, Language, Segment, WordTag
from aligner.storage.codec import pack_document, unpack_document
from aligner.text.prose import as_read
from tests.detector.tiny import write_detector

CARD = {
    "UPOS": ["NOUN", "VERB"],
    "Number": ["_", "Sing", "Plur"],
    "Gender": ["_", "Masc", "Fem"],
    "Relation": ["root", "nsubj"],
}


@pytest.fixture(scope="module")
def columns() -> Columns:
    found = Columns.of(CARD)
    assert found is not None
    return found


def test_a_word_is_what_its_surest_pieces_say(columns: Columns) -> None:
    # "^ chat s dort $": the first word in two pieces, of which the second knows the number.
    values = np.array([[0] * 4, [0, 1, 1, 1], [1, 2, 2, 0], [1, 1, 0, 0], [0] * 4], np.int64)
    sure = np.array(
        [[1] * 4, [0.9, 0.4, 0.45, 0.8], [0.6, 0.7, 0.3, 0.5], [1, 0.9, 0.9, 0.9], [1] * 4], np.float32
    )
    arcs = np.full((5, 5), -5.0, np.float32)
    arcs[1, 3] = arcs[2, 1] = arcs[3, 0] = 5.0
    arcs[1, 1] = arcs[1, 4] = 9.0  # no word is its own head, nor is the mark at the end one
    tagged = Tagged(columns)
    tagged.add(values, sure, arcs)
    assert list(tagged.of_words([(0, 5), (6, 10)], [(0, 2), (2, 3)])) == [
        WordTag(0, 5, "NOUN", "Number=Plur", "nsubj", 6, 0.9),
        WordTag(6, 10, "VERB", "Number=Sing", "root", 6, 1.0),
    ]


def test_heads_of_a_later_window_are_in_it(columns: Columns) -> None:
    tagged = Tagged(columns)
    for _ in range(2):
        arcs = np.full((4, 4), -5.0, np.float32)
        arcs[1, 2] = arcs[2, 0] = 5.0
        tagged.add(np.zeros((4, 4), np.int64), np.ones((4, 4), np.float32), arcs)
    words = [(0, 1), (2, 3), (4, 5), (6, 7)]
    assert [tag.head for tag in tagged.of_words(words, [(0, 1), (1, 2), (2, 3), (3, 4)])] == [2, 2, 6, 6]


def test_a_word_without_pieces_has_no_tag(columns: Columns) -> None:
    assert list(Tagged(columns).of_words([(0, 1)], [(0, 0)])) == [WordTag(0, 1, "X", "", "dep", 0, 0.0)]


@pytest.mark.parametrize("lacking", ["UPOS", "Relation"])
def test_half_a_card_is_refused(lacking: str) -> None:
    with pytest.raises(KeyError, match=lacking):
        Columns.of({name: values for name, values in CARD.items() if name != lacking})


@pytest.mark.parametrize(
    ("language", "text", "verb", "subject"),
    [
        ("fr", "Le directeur a signé un accord.", "signé", "directeur"),
        ("en", "She signed a deal.", "signed", "She"),
    ],
)
def test_the_shipped_detector_tags_words(language: Language, text: str, verb: str, subject: str) -> None:
    (analysis,) = load().analyse([text], [language])
    assert analysis.tags is not None
    assert [(t.start, t.end) for t in analysis.tags] == [(w.start, w.end) for w in analysis.words]
    of_word = {text[tag.start : tag.end]: tag for tag in analysis.tags}
    assert of_word[verb].pos == "VERB"
    assert of_word[verb].head == of_word[verb].start == text.index(verb)
    assert (of_word[subject].relation, of_word[subject].head) == ("nsubj", text.index(verb))
    assert analysis.words == load().score([text], [language])[0]


def test_a_detector_without_tags_gives_none(tmp_path: Path) -> None:
    (analysis,) = OnnxDetector(write_detector(tmp_path / "tiny")).analyse(["Un zz."], ["fr"])
    assert analysis.tags is None
    assert len(analysis.words) == 3


class Fixed:
    """A detector that tags every word alike and counts how often it is asked."""

    name = "fixed"

    def __init__(self) -> None:
        self.asked = 0

    def analyse(self, texts: Sequence[str], languages: Sequence[Language]) -> list[Analysis]:
        self.asked += len(texts)
        scored = load().score(texts, languages)
        return [
            Analysis(
                w, tuple(WordTag(x.start, x.end, "NOUN", "Number=Sing", "obj", w[0].start, 0.75) for x in w)
            )
            for w in scored
        ]


def test_tags_are_remembered(tmp_path: Path) -> None:
    detector = Fixed()
    for _ in range(2):
        (analysis,) = Remembering(detector, "a", tmp_path).analyse(["Un été."], ["fr"])  # type: ignore[arg-type]
        assert analysis.tags is not None
        assert analysis.tags[1] == WordTag(3, 6, "NOUN", "Number=Sing", "obj", 0, 0.75)
    assert detector.asked == 1


def test_tags_stand_where_the_words_are_in_the_source() -> None:
    text = "Un [bel](https://a.fr/b) été.  Deux mots."
    segments = (
        Segment(text[:29], 0, 29, 0, "body", "fr"),
        Segment(text[31:], 31, len(text), 0, "body", "fr"),
    )
    article = Document("a.md", "fr", text, segments, {"format": "md"})
    scored = score_article(article, Fixed())  # type: ignore[arg-type]
    assert scored.tags is not None
    assert [text[tag.start : tag.end] for tag in scored.tags] == [
        "Un",
        "bel",
        "été",
        ".",
        "Deux",
        "mots",
        ".",
    ]
    assert {tag.head for tag in scored.tags} == {0, 31}
    read = as_read(scored)
    assert read.tags is not None
    assert [read.text[tag.start : tag.end] for tag in read.tags][:3] == ["Un", "bel", "été"]
    assert {read.text[tag.head :][:2] for tag in read.tags} == {"Un", "De"}
    assert unpack_document(pack_document(scored)) == scored
    assert unpack_document(pack_document(replace(scored, tags=None))).tags is None
