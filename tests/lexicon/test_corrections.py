"""What a misspelled word was meant to be: proposed where one word stands out, else nothing."""

import random

import pytest

from aligner.lexicon.corrections import correction, intended, reformed
from aligner.lexicon.words import is_known, lexicon
from aligner.model import LANGUAGES, Language


@pytest.mark.parametrize(
    ("language", "word", "meant"),
    [
        ("fr", "gouvernemnt", "gouvernement"),
        ("fr", "gouvernnement", "gouvernement"),
        ("fr", "réunoin", "réunion"),
        ("fr", "diffférence", "différence"),
        ("en", "goverment", "government"),
        ("en", "presidant", "president"),
        ("en", "becuase", "because"),
    ],
)
def test_a_slip_is_put_right(language: Language, word: str, meant: str) -> None:
    assert correction(word, language) == meant


@pytest.mark.parametrize(
    ("language", "word", "meant"),
    [
        ("fr", "perquisitioné", "perquisitionné"),  # no text that we count has it
        ("fr", "printannières", "printanières"),
        ("en", "benediciton", "benediction"),
        ("en", "broodstock", None),  # not "bloodstock"
    ],
)
def test_of_rare_words_only_doubled_and_exchanged_letters_are_slips(
    language: Language, word: str, meant: str | None
) -> None:
    assert intended(word, language) == meant


@pytest.mark.parametrize(
    ("language", "word"),
    [
        ("fr", "maison"),  # known
        ("fr", "uns"),  # too short
        ("en", "Obmaa"),  # a name
        ("en", "qqqqqqq"),  # near to nothing
        ("en", "cear"),  # clear, year, car, near
        ("en", "can't"),
    ],
)
def test_no_guess_is_made(language: Language, word: str) -> None:
    assert correction(word, language) is None


@pytest.mark.parametrize("language", LANGUAGES)
def test_of_words_with_a_letter_lost_most_are_found_and_hardly_any_wrongly(language: Language) -> None:
    rng = random.Random(3)
    frequent = [word for word, n in lexicon(language).items() if n > 50 and len(word) > 5 and word.islower()]
    right = wrong = 0
    for word in rng.sample(frequent, 150):
        place = rng.randrange(1, len(word))
        slip = word[:place] + word[place + 1 :]
        if not is_known(slip, language):
            found = correction(slip, language)
            right += found == word
            wrong += found not in (None, word)
    assert right > 90
    assert wrong <= 0.05 * right


@pytest.mark.parametrize("word", ["disparaitre", "aout", "maitre", "boite"])
def test_the_spelling_of_1990_is_no_slip(word: str) -> None:
    assert reformed(word)


@pytest.mark.parametrize("word", ["sur", "du", "mur", "fut", "maison", "gouvernemnt"])
def test_other_words_are_not_taken_for_it(word: str) -> None:
    assert not reformed(word)
