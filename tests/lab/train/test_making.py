"""Examples of broken text: how many faults, where a fragment is cut, and how it is written."""

from collections import Counter
from statistics import mean

import pytest

from aligner.lab.train.detector.examples import Example, Side
from aligner.lab.train.detector.making import DENSE, FRAGMENTS, SPOILED_SOURCES, Maker
from aligner.lab.train.detector.resources import Tongue, folded
from aligner.lab.train.detector.tokens import Mark, tokenise
from aligner.model import LANGUAGES, Language

TEXTS: dict[Language, str] = {
    "fr": "Les deux maires ont promis lundi soir aux habitants de la vallée que le vieux pont serait réparé "
    "avant la fin de l'hiver, et que les camions de la mine passeraient par la route du nord.",
    "en": "Both mayors promised the people of the valley on Monday evening that the old bridge would be "
    "mended before the end of winter, and that the trucks of the mine would take the northern road.",
}


def tongue(language: Language) -> Tongue:
    words = Counter(folded(token.text) for token in tokenise(TEXTS[language], language))
    families = {"fr": {"maires": ("maire",)}, "en": {"mayors": ("mayor",)}}[language]
    return Tongue(words, Counter(), sum(words.values()), families, {}, {}, frozenset(), {}, {})


def maker(seed: int, *, dense: bool = False) -> Maker:
    return Maker({n: tongue(n) for n in LANGUAGES}, {n: [TEXTS[n]] for n in LANGUAGES}, seed, dense=dense)


def side(example: Example) -> Side:
    found = example.fr or example.en
    assert found is not None
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_dense_sentences_have_a_fault_in_every_few_words(language: Language) -> None:
    def faults(*, dense: bool) -> float:
        return mean(
            len(side(maker(seed, dense=dense).alone(TEXTS[language], language, "")).marks)
            for seed in range(60)
        )

    tokens = len(tokenise(TEXTS[language], language))
    assert faults(dense=True) > max(2 * faults(dense=False), 0.6 * tokens / DENSE)


@pytest.mark.parametrize("language", LANGUAGES)
def test_fragments_are_short_and_mark_what_is_not_in_the_text(language: Language) -> None:
    found = [maker(seed).fragment(TEXTS[language], language, "") for seed in range(120)]
    made = [side(example) for example in found if example]
    assert len(made) > 60
    sound = [each.text for each in made if not each.marks]
    assert sound, "some are sound"
    assert len(sound) < len(made), "some are not"
    whole = TEXTS[language].lower()
    for text in sound:
        assert text.lower() in whole
        assert 2 <= len(tokenise(text, language)) <= FRAGMENTS[1]
    for each in made:
        if each.marks:
            assert each.text.lower() not in whole, each


def test_now_and_then_every_sign_stands_alone() -> None:
    text = "Le pont, trop vieux, n'est plus sûr : il ferme."
    written = {side(maker(seed).alone(text, "fr", "")).text.replace("’", "'") for seed in range(200)}
    assert "Le pont , trop vieux , n'est plus sûr : il ferme ." in written
    assert text in written


def test_the_same_seed_makes_the_same_fragments() -> None:
    one, other = ([maker(4).fragment(TEXTS["en"], "en", "") for _ in range(3)] for _ in range(2))
    assert one == other


def test_a_source_is_spoiled_now_and_then_and_its_translation_never() -> None:
    translation = Side(TEXTS["en"], (Mark(0, 4, ""),))
    made = [
        maker(seed).with_its_source_spoiled(Example(Side(TEXTS["fr"], edited=0.0), translation, "wce"))
        for seed in range(200)
    ]
    assert all(example.en == translation for example in made)
    spoiled = [example.fr for example in made if example.fr and example.fr.marks]
    assert 0.5 * SPOILED_SOURCES < len(spoiled) / len(made) < 1.5 * SPOILED_SOURCES
    assert not any(source.edited for source in spoiled)


def test_two_translations_beside_one_another_have_no_source() -> None:
    both = Example(Side(TEXTS["fr"]), Side(TEXTS["en"]), "machine")
    assert all(maker(seed).with_its_source_spoiled(both) == both for seed in range(20))
