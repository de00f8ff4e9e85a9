"""A small translator: phrases are learned from pairs, and what it gets wrong is told from a translation."""

import json
import random
from itertools import product
from pathlib import Path

import pytest

from aligner.lab.train.detector import machine
from aligner.lab.train.detector.examples import Corpora, Side
from aligner.lab.train.detector.machine import Translated, beside, translated, written
from aligner.lab.train.detector.tokens import UNSURE, render
from aligner.lab.train.detector.translator import Translator
from aligner.model import LANGUAGES, Language

THINGS = {"maison": "house", "porte": "door", "table": "table", "chaise": "chair", "voiture": "car"}
COLOURS = {"rouge": "red", "blanche": "white", "verte": "green", "bleue": "blue"}
DONE = {"brille": "shines", "tombe": "falls", "reste": "stays"}
PAIRS = [
    (f"la {thing} {colour} {does}", f"the {COLOURS[colour]} {THINGS[thing]} {DONE[does]}")
    for thing, colour, does in product(THINGS, COLOURS, DONE)
]


def translator(pairs: list[tuple[str, str]]) -> Translator:
    taught = [(fr.split(), en.split()) for fr, en in pairs]
    return Translator(taught, [en for _, en in taught])


@pytest.mark.parametrize("seed", range(3))
def test_words_and_their_order_are_learned(seed: int) -> None:
    kept = [pair for pair in PAIRS if pair[0] != "la porte verte brille"]
    made = translator(kept).translate("la porte verte brille".split(), random.Random(seed))
    assert made == "the green door shines".split()


def test_a_word_that_it_never_saw_stays_as_it_is() -> None:
    made = translator(PAIRS).translate("la Zorglette rouge tombe".split(), random.Random(1))
    assert made
    assert "Zorglette" in made
    assert {"the", "red", "falls"} <= set(made)


def test_the_same_chance_translates_alike_and_another_one_otherwise() -> None:
    doubtful = [("la table reste", f"the {word} stays") for word in ("table", "board", "desk", "list")]
    one = translator(doubtful * 3)
    words = "la table reste".split()
    assert one.translate(words, random.Random(7)) == one.translate(words, random.Random(7))
    assert len({tuple(one.translate(words, random.Random(seed)) or ()) for seed in range(30)}) > 1


def test_nothing_is_translated_into_nothing() -> None:
    assert translator(PAIRS).translate([], random.Random(1)) == []


@pytest.mark.parametrize(
    ("language", "words", "text"),
    [
        (
            "en",
            ["he", "said", '"', "no", '"', ",", "twice", "(", "or", "more", ")", "."],
            'He said "no", twice (or more).',
        ),
        (
            "fr",
            ["l'", "eau", "monte", ",", "dit", "-", "il", ":", '"', "vite", '"', "!"],
            'L\'eau monte, dit - il : "vite" !',
        ),
    ],
)
def test_signs_stand_where_they_are_written(language: Language, words: list[str], text: str) -> None:
    assert render(written(words, language))[0] == text


REFERENCE = "The victims do not give way to the pressure of threats."
MADE = Translated(
    "wce",
    0,
    "Les victimes ne cèdent pas à la pression des menaces.",
    REFERENCE,
    "en",
    "the victims do not yield to the force press of threats .".split(),
)


def corpora(pairs: list[tuple[str, str]], wce: list[dict[str, str]]) -> Corpora:
    texts = {language: [pair[k] for pair in pairs] for k, language in enumerate(LANGUAGES)}
    return Corpora(pairs, [], pairs, pairs, texts, [], wce, [], [], [])


def found(side: Side | None) -> tuple[set[str], set[str]]:
    """The words that are called wrong, and those that are unsure."""
    assert side
    said = {side.text[m.start : m.end]: m.type for m in side.marks}
    unsure = {word for word, kind in said.items() if kind == UNSURE}
    return set(said) - unsure, unsure


def test_beside_its_source_a_word_that_other_machines_have_too_is_unsure() -> None:
    row = {"en": "The victims yield to pressing", "google": "Victims give way", "bing": "The victims"}
    (example,) = beside([MADE], corpora([], [row]))  # of one side only, as the other was not translated
    wrong, unsure = found(example.en)
    assert wrong == {"force", "press"}
    assert unsure == {"yield"}
    assert example.fr == Side(MADE.fr, edited=0.0)


def test_where_both_sides_were_translated_each_stands_beside_each() -> None:
    words = "les victimes ne donnent pas chemin à la pression des menaces .".split()
    pair = [MADE._replace(source="news"), MADE._replace(source="news", language="fr", words=words)]
    made = list(beside(pair, corpora([], [])))
    wrong = [tuple(len(found(side)[0]) > 0 for side in (each.fr, each.en)) for each in made]
    assert wrong == [(True, False), (False, True), (True, True), (False, False)]
    assert [(each.fr.edited > 0, each.en.edited > 0) for each in made if each.fr and each.en] == [
        (True, False),
        (False, True),
        (True, True),
        (True, True),
    ]


def test_of_a_free_translation_nothing_is_told() -> None:
    free = MADE._replace(en="Nobody here is willing to resist when threatened.")
    assert list(beside([free], corpora([], [{}]))) == []


def test_the_corpora_are_translated_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(machine, "LONG_ENOUGH", 0)
    held = corpora(PAIRS, [{"fr": "la porte rouge brille", "postedit": "the red door shines"}])
    kept = tmp_path / "translations.jsonl"
    made = translated(held, 1, kept)
    assert {each.language for each in made} == set(LANGUAGES)
    assert {each.source for each in made} == {"wce", "news", "europarl", "tatoeba"}
    assert len(made) == 2 * (1 + 3 * len(PAIRS) // 2)
    right = [written(each.words, "en") for each in made if each.language == "en"]
    assert sum(render(tokens)[0].lower() in {en for _, en in PAIRS} for tokens in right) > len(right) / 2
    lines = kept.read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)[-1] for line in lines] == [each.words for each in made]
    monkeypatch.setattr(machine, "Translator", None)
    assert translated(held, 1, kept) == made
