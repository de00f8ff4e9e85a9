"""Clean text made wrong on purpose: what changes is marked, and nothing else changes."""

import random
from collections import Counter
from dataclasses import replace

import pytest

from aligner.lab.train.detector.context import Context
from aligner.lab.train.detector.faults import KINDS, corrupt
from aligner.lab.train.detector.homophones import homophones, sound
from aligner.lab.train.detector.network import TYPES
from aligner.lab.train.detector.tokens import render, tokenise
from aligner.lab.train.detector.word_statistics import LanguageStatistics
from aligner.model import LANGUAGES, OTHER, Language

TEXTS: dict[Language, str] = {
    "fr": "Les élus ont voté lundi la fermeture du vieux pont, « trop faible » pour les camions qui sont "
    "attendus, bien qu'il soit neuf, a-t-il dit.",
    "en": "The council has voted on Monday to close the old bridge and it was too weak for trucks of a mine.",
}
DISTRACTORS: dict[Language, str] = {
    "fr": "Une boulangère vend chaque matin deux cents pains dans son petit magasin de la gare.",
    "en": "A baker sells two hundred loaves every morning in her small shop near the station.",
}
FAMILIES: dict[Language, dict[str, tuple[str, ...]]] = {
    "fr": {
        "voté": ("voter", "votée"),
        "vieux": ("vieille",),
        "camions": ("camion",),
        "attendus": ("attendu", "attendue"),
    },
    "en": {"voted": ("vote", "votes"), "close": ("closed", "closes"), "trucks": ("truck",)},
}


def statistics(language: Language) -> LanguageStatistics:
    words = Counter(t.text.lower() for t in tokenise(TEXTS[language] + " " + DISTRACTORS[language], language))
    near = {"pont": ("tunnel",), "bridge": ("tunnel",), "weak": ("feeble",)}
    gloss = {"pont": ("bridge", "deck"), "bridge": ("pont",), "mine": ("mine", "pencil"), "deck": ("tillac",)}
    alike = {"voté": ("voter", "votez"), "camions": ("camion",)} if language == "fr" else {}
    common = frozenset({"font", "mince", "mines", "week", "brides"})
    return LanguageStatistics(
        words, Counter(), sum(words.values()), FAMILIES[language], near, gloss, common, alike
    )


def context(language: Language, seed: int) -> Context:
    return Context(
        language,
        statistics(language),
        statistics(OTHER[language]),
        tokenise(DISTRACTORS[language], language),
        random.Random(seed),
    )


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_finds_a_place_and_marks_it(kind: str) -> None:
    made = 0
    for language in LANGUAGES:
        clean = tokenise(TEXTS[language], language)
        for seed in range(40):
            corrupted = KINDS[kind][0](list(clean), context(language, seed))
            if corrupted is None:
                continue
            made += 1
            text, marks = render(corrupted)
            assert text != TEXTS[language]
            assert marks, text
            assert {mark.type for mark in marks} <= set(TYPES)
            for mark in marks:
                assert text[mark.start : mark.end].strip() == text[mark.start : mark.end] != ""
    assert made


@pytest.mark.parametrize(
    ("language", "text", "made"),
    [
        ("fr", "Le prix des camions est tombé.", "Le prix des camions sont tombé."),
        ("fr", "Les élus ont voté.", "Les élus a voté."),
        ("en", "The price of trucks has fallen.", "The price of trucks have fallen."),
        ("en", "The trucks were late.", "The trucks was late."),
    ],
)
def test_a_verb_gets_the_other_number(language: Language, text: str, made: str) -> None:
    corrupted = KINDS["number"][0](tokenise(text, language), context(language, 1))
    assert corrupted is not None
    assert render(corrupted)[0] == made


@pytest.mark.parametrize(
    ("kind", "text", "made"),
    [
        ("mood", "Il veut que ce soit voté.", "Il veut que ce est voté."),
        ("mood", "Si on avait du pain.", "Si on aurait du pain."),
        ("mood", "Que ce soit un pont ou non, soit.", "Que ce est un pont ou non, soit."),
        ("mood", "Soit le pont, soit la gare.", None),
        ("participle", "Les lois que les élus ont votées.", "Les lois que les élus ont voté."),
        ("participle", "Ils ont déjà voté la loi.", "Ils ont déjà votés la loi."),
        ("participle", "Je les ai voté.", None),  # who knows what "les" stands for
        ("participle", "Il a une gare.", None),
        ("attribute", "Ils semblent attendus.", "Ils semblent attendu."),
        ("attribute", "Je serai attendu.", None),
        ("attribute", "Il est le premier.", None),
    ],
)
def test_grammar_that_stands_on_a_word_farther_off(kind: str, text: str, made: str | None) -> None:
    here = context("fr", 1)
    families = {
        **here.statistics.families,
        "voté": ("votés",),
        "votées": ("voter", "voté"),
        "avait": ("aurait",),
        "attendus": ("attendu",),
        "une": ("unes",),
        "le": ("la",),
    }
    corrupted = KINDS[kind][0](
        tokenise(text, "fr"), replace(here, statistics=replace(here.statistics, families=families))
    )
    assert (corrupted and render(corrupted)[0]) == made


def test_sound_words_stay_unmarked() -> None:
    clean = tokenise(TEXTS["fr"], "fr")
    corrupted = KINDS["repeated word"][0](list(clean), context("fr", 1))
    assert corrupted is not None
    assert [t.text for t in corrupted if not t.fault] == [t.text for t in clean]


def test_the_same_chance_corrupts_alike() -> None:
    clean = tokenise(TEXTS["en"], "en")
    assert corrupt(clean, context("en", 7), 3) == corrupt(clean, context("en", 7), 3)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("voté", "votez"),
        ("cou", "coup"),
        ("près", "prêt"),
        ("auteur", "hauteur"),
        ("pose", "pause"),
        ("finit", "finis"),
        ("maire", "mère"),
        ("statut", "statu"),
        ("donnait", "donnaient"),
    ],
)
def test_words_spoken_alike_share_a_key(one: str, other: str) -> None:
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other"), [("cou", "coupe"), ("grand", "grande"), ("port", "porte"), ("dessert", "désert")]
)
def test_words_spoken_otherwise_do_not(one: str, other: str) -> None:
    assert sound(one) != sound(other)


def test_homophones_leave_out_the_word_itself_and_the_lonely() -> None:
    assert homophones(["pris", "prix", "lune"]) == {"pris": ("prix",), "prix": ("pris",)}
