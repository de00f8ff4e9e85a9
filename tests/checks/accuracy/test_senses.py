"""The tables of senses: every row is whole, and finds what it is for."""

from __future__ import annotations

from importlib.resources import files

from aligner.checks.accuracy._senses import BESIDE, _fields, _words, words_of, wrong_senses
from aligner.model import OTHER, Language
from tests.rows import each_row


def _lines(language: Language) -> list[str]:
    table = files("aligner.checks.accuracy").joinpath(f"data/senses.{language}.tsv")
    return table.read_text(encoding="utf-8").splitlines()


def _rows() -> list[tuple[Language, int, str]]:
    return [
        (language, number, line) for language in OTHER for number, line in enumerate(_lines(language)[1:], 2)
    ]


@each_row(
    "language number line", _rows, lambda language, number, line: f"senses.{language}.tsv:{number} {line}"
)
def test_a_row_finds_its_wrong_word_and_not_its_right_one(language: Language, number: int, line: str) -> None:
    cells = line.split("\t")
    meant, missed = _words(cells[0], OTHER[language]), _words(cells[1], language)
    context, better = _words(cells[2].replace("~", ""), OTHER[language]), _words(cells[3], language)
    assert meant.forms
    assert missed.forms
    assert not meant.beginnings + missed.beginnings
    assert better.forms or better.beginnings
    unless = _words(cells[4], OTHER[language]) if len(cells) == 5 else _words("", language)
    assert not unless.some_in(context.forms | meant.forms)
    word = min(missed.forms - better.forms)
    shown = min((context.forms | set(context.beginnings)) - meant.forms, key=len)
    originals = (min(meant.forms), shown)
    assert any(word in sense.wrong for sense in wrong_senses(language, {word}, originals))
    right = min(better.forms | set(better.beginnings))
    assert not any(
        word in sense.wrong and sense.better == cells[3].split()[0].strip("=*")
        for sense in wrong_senses(language, {word, right}, originals)
    )


def test_rows_are_unique() -> None:
    lines = [(language, line) for language, _, line in _rows()]
    assert len(set(lines)) == len(lines)


def test_words_of_the_context_must_be_there() -> None:
    assert not list(wrong_senses("fr", {"banque"}, ("bank", "branch")))
    assert [sense.better for sense in wrong_senses("fr", {"banque"}, ("bank", "river"))] == ["rive"]


def test_a_word_that_the_wrong_one_may_be_for_excuses_it() -> None:
    meant = "La piste de l'avion"
    assert list(wrong_senses("en", words_of("The track of the plane"), words_of(meant)))
    assert not list(wrong_senses("en", words_of("The track of the plane"), words_of(meant + " et l'enquête")))


def test_some_words_of_the_context_count_only_beside_the_word() -> None:
    beside, apart = "The asylum application failed", "The application failed in all matters of asylum"
    assert list(wrong_senses("fr", words_of("L'application a échoué"), words_of(beside)))
    assert not list(wrong_senses("fr", words_of("L'application a échoué"), words_of(apart)))
    assert len(words_of(apart)) - 2 > BESIDE


def test_the_words_of_a_field_are_context() -> None:
    assert list(wrong_senses("en", words_of("the left pillar"), words_of("le pilier gauche du rugby")))
    assert not list(wrong_senses("en", words_of("the left pillar"), words_of("le pilier gauche du portail")))


def test_fields_have_words_in_both_languages() -> None:
    for language in OTHER:
        assert all(words.forms or words.beginnings for words in _fields(language).values())


def test_a_compound_is_a_word_beside_its_parts() -> None:
    assert words_of("D'un en‑tête") == ("d", "un", "en-tête", "en", "tête")
    header = words_of("A late header by the winger sank the visitors' goalkeeper")
    (sense,) = wrong_senses("fr", words_of("Un en-tête de l'ailier"), header)
    assert (set(sense.wrong), sense.better) == ({"en-tête"}, "coup de tête")
