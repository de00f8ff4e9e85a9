from __future__ import annotations

import subprocess
import sys

import pytest

from aligner.text.language import (
    _probabilities,
    guess,
    identify,
    is_mixed,
    main_language,
    other_language,
)
from aligner.text.structure import article_language

FRENCH = [
    "La ville ouvre un nouveau pont",
    "Grève des bus lundi matin",
    "Incendie dans une usine textile",
    "Un maire réélu sans surprise",
    "Pourquoi les loyers montent encore",
    "Nouvelle ligne de tramway inaugurée",
    "Les écoles fermées jusqu’à jeudi",
    "Budget : vote prévu mardi",
    "Elle n’en savait rien, dit-elle, et personne ne l’avait prévenue.",
    "Hausse des prix du blé",
]
ENGLISH = [
    "City opens a new bridge",
    "Bus strike on Monday morning",
    "Fire in a textile factory",
    "Mayor wins second term easily",
    "Why rents keep going up",
    "New tram line opens today",
    "Schools closed until Thursday",
    "Budget vote set for Tuesday",
    "She knew nothing about it, she said, and nobody had told her.",
    "Wheat prices rise again",
]
OTHERS = {
    "German": "Die Stadt eröffnet heute eine neue Brücke über den Fluss.",
    "Spanish": "La ciudad inaugura hoy un nuevo puente sobre el río.",
    "Italian": "La città inaugura oggi un nuovo ponte sul fiume.",
    "Portuguese": "A cidade inaugura hoje uma nova ponte sobre o rio.",
    "Dutch": "De stad opent vandaag een nieuwe brug over de rivier.",
    "Japanese": "市は今日、川に新しい橋を開通させた。",
    "Russian": "Сегодня город открывает новый мост через реку.",
    "Arabic": "تفتتح المدينة اليوم جسرا جديدا فوق النهر.",
}


@pytest.mark.parametrize("text", FRENCH)
def test_french(text: str) -> None:
    assert identify(text) == "fr"


@pytest.mark.parametrize("text", ENGLISH)
def test_english(text: str) -> None:
    assert identify(text) == "en"


@pytest.mark.parametrize(("name", "text"), OTHERS.items())
def test_other_languages_are_neither_and_have_a_name(name: str, text: str) -> None:
    assert identify(text) == "other"
    assert identify(text, "fr") == "other"
    assert other_language(text) == name


def test_text_without_words_tells_nothing() -> None:
    assert guess("12 345 — 6 % !") == ("other", 0.0)
    assert identify("12 345", "fr") == "fr"
    assert identify("https://example.org/the/new/bridge", "fr") == "fr"


def test_the_expected_language_decides_only_what_the_text_leaves_open() -> None:
    assert identify("Nelson Mandela", "fr") == "fr"
    assert identify("Nelson Mandela", "en") == "en"
    assert identify("The bridge was opened by the mayor on Monday.", "fr") == "en"


def test_an_article_that_is_translated_in_part_is_of_the_language_that_it_has_more_of() -> None:
    french = "Le maire l'a dit aux habitants de la ville, et il ne changera pas d'avis."
    english = "The mayor said it to the people of the town, and he will not change his mind about this."
    for few, many, expected in ((french, english, "en"), (english, french, "fr")):
        text = "\n\n".join([*[few] * 4, *[many] * 6])
        assert is_mixed(text)
        assert main_language(text) == article_language(text) == expected
    assert not is_mixed("\n".join([french] * 9 + [english]))
    assert main_language("12 345") == "fr"


def test_same_answer_in_another_process() -> None:
    code = f"from aligner.text.language import guess; print([guess(t) for t in {FRENCH + ENGLISH!r}])"
    answers = {subprocess.check_output([sys.executable, "-c", code]) for _ in range(2)}
    assert len(answers) == 1


@pytest.mark.parametrize("text", [*FRENCH, *ENGLISH])
def test_capitals_are_read_as_small_letters(text: str) -> None:
    assert _probabilities(text.upper()) == _probabilities(text.lower())
    assert _probabilities(f"{text.upper()} mm") == _probabilities(f"{text.lower()} mm")


def test_what_downloads_larger_models_is_not_imported() -> None:
    code = (
        "import sys; from aligner.text.language import other_language; other_language('Die Stadt'); "
        "sys.exit('requests' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
