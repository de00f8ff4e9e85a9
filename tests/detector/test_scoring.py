"""Word scores are kept with articles and beads, with offsets into the text."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from aligner.checks.run import check_document
from aligner.checks.wording import message
from aligner.detector import score_alignment, score_article
from aligner.detector.onnx import OnnxDetector
from aligner.detector.scoring import MAX_CHARACTERS
from aligner.model import Alignment, Bead, Context, Document, DocumentPair, Segment, WordScore
from aligner.run.tasks import DetectorSpec, TaskConfig, chosen, scored_article
from tests.checks import build
from tests.detector.tiny import write_detector


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_detector(tmp_path_factory.mktemp("models") / "tiny")


@pytest.fixture(scope="module")
def detector(folder: Path) -> OnnxDetector:
    return OnnxDetector(folder)


def shown(document: Document, words: tuple[WordScore, ...]) -> list[str]:
    return [document.text[word.start : word.end] for word in words]


def test_an_article_is_scored_where_it_is_french_or_english(detector: OnnxDetector) -> None:
    article = build.article("Un zz bon. Der Hund zz. Fin.", "fr", title="Le zz")
    title, first, german, last = article.segments
    segments = (title, first, replace(german, language="other"), replace(last, role="boilerplate"))
    scores = score_article(replace(article, segments=segments), detector)
    assert scores.words is not None
    assert shown(scores, scores.words) == ["Le", "zz", "Un", "zz", "bon", "."]


def test_beads_with_both_sides_are_scored(detector: OnnxDetector) -> None:
    alignment = build.alignment({"fr": ["Un zz.", "", "Trois."], "en": ["One.", "Two zz.", "Three axx."]})
    scores = score_alignment(alignment, detector)
    first, alone, last = (bead.evidence for bead in scores.beads)
    pair = scores.pair
    assert shown(pair.fr, first.scores_fr) == ["Un", "zz", "."]
    assert shown(pair.en, last.scores_en) == ["Three", "axx", "."]
    assert last.scores_en[1].p_edited > 0.5
    assert (alone.scores_fr, alone.scores_en) == ((), ())


def test_what_is_too_long_to_be_a_sentence_is_not_scored(detector: OnnxDetector) -> None:
    long = "zz " * (MAX_CHARACTERS // 3 + 1)
    article = replace(
        build.article("x", "fr"), text=long, segments=(Segment(long, 0, len(long), 0, "body", "fr"),)
    )
    assert score_article(article, detector).words == ()
    (bead,) = score_alignment(build.alignment({"fr": [long], "en": ["One."]}), detector).beads
    assert (bead.evidence.scores_fr, bead.evidence.scores_en) == ((), ())


def test_words_of_joined_segments_keep_their_places(detector: OnnxDetector) -> None:
    text = "Un.  Photo\n\nDeux zz."
    one, two = Segment("Un.", 0, 3, 0, "body", "fr"), Segment("Deux zz.", 12, 20, 1, "body", "fr")
    fr = Document("f", "fr", text, (one, two))
    other = Segment("One two.", 0, 8, 0, "body", "en")
    en = Document("e", "en", "One two.", (other,))
    pair = DocumentPair(fr, en, 1.0, 1.0, "translation", 0)
    scores = score_alignment(Alignment(pair, (Bead((one, two), (other,), 0.9),)), detector)
    assert shown(fr, scores.beads[0].evidence.scores_fr) == ["Un", ".", "Deux", "zz", "."]


def test_checking_hears_only_what_a_check_asks_for(folder: Path) -> None:
    article = build.article("Un zz bon.", "fr")
    spec = DetectorSpec(str(folder), "tiny-tiny", None)
    scores = scored_article(TaskConfig(("FLU406",), detector=spec), article)
    (finding,) = check_document(scores, chosen(("FLU406",)), Context())
    assert (finding.excerpt, finding.key) == ("zz", "verb-form")
    assert scored_article(TaskConfig(("FLU406",)), article).words is None
    nowhere = DetectorSpec("nowhere", "none", None)
    assert scored_article(TaskConfig(("EXT101", "ACC320"), detector=nowhere), article).words is None


@pytest.mark.parametrize(
    ("word", "fault", "said"),
    [
        ("zzkrv", "spelling", "seems to be misspelled"),
        ("réunoin", "lexical", "slip for “réunion”"),
        ("prêt", "spelling", "seems to be written for another word"),
        ("annoncé", "auxiliary", "“a annoncé” is expected"),
        ("rue", "agreement", "seem to agree"),
        ("rue", "unheard of", "does not read right"),
    ],
)
def test_the_message_says_in_words_what_is_wrong(word: str, fault: str, said: str) -> None:
    article = build.article(f"Il {word} de la ville.", "fr")
    start = article.text.index(word)
    scores = replace(article, words=(WordScore(start, start + len(word), 0.995, fault),))
    (finding,) = check_document(scores, chosen(("FLU406",)), Context())
    assert said in message(finding, "en")
