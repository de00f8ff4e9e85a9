"""The measures: known values, and what a missing segment costs."""

import pytest

from aligner.run.pipeline import find_in_pair
from aligner.run.two_files import align_many, read_texts, score_texts
from aligner.settings import Settings


def test_a_text_against_itself() -> None:
    texts = ["La marée montait déjà sur la digue.", "Personne ne bougeait plus."]
    chrf, bleu, ter = score_texts(texts, texts)
    assert (chrf.name, bleu.name, ter.name) == ("chrF2", "BLEU", "TER")
    assert (round(chrf.value, 6), round(bleu.value, 6), ter.value) == (100, 100, 0)
    assert all("version:" in score.signature for score in (chrf, bleu, ter))


def test_one_word_in_four() -> None:
    _, _, ter = score_texts(["the tide rose fast"], ["the tide rose slowly"])
    assert ter.value == 25


def test_a_missing_segment_costs() -> None:
    whole = ["the tide rose over the long grey wall", "nobody moved any more at all"]
    before = score_texts(whole, whole)
    after = score_texts([whole[0], ""], whole)
    assert after[0].value < before[0].value
    assert after[1].value < before[1].value
    assert after[2].value > before[2].value


@pytest.mark.parametrize(("hypothesis", "reference"), [([], []), (["a"], ["a", "b"])])
def test_what_has_no_score(hypothesis: list[str], reference: list[str]) -> None:
    with pytest.raises(ValueError, match="segments"):
        score_texts(hypothesis, reference)


def test_clauses_left_out_are_looked_for_where_checks_ask() -> None:
    fr = "Le conseil a voté mardi la rénovation du gymnase, fermé depuis l'incendie de mars, malgré le prix."
    en = "The council voted on Tuesday to renovate the gym, despite its cost."
    settings = Settings(cache=None, select=("ACC303",))
    (alignment,) = align_many(
        [read_texts(f"Le maire s'y opposait. {fr}", f"The mayor opposed it. {en}")], settings
    )
    assert not any(bead.evidence.uncovered_fr for bead in alignment.beads)
    assert [finding.code for finding in find_in_pair(alignment, settings)] == ["ACC303"]
