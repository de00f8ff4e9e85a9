"""Copies of idioms are found in any form where the other side has the idiom."""

from __future__ import annotations

import lzma
from importlib.resources import files
from pathlib import Path

import pytest

from aligner.checks.fluency._copied import EXACT, copies
from aligner.checks.fluency._wordings import wordings
from aligner.lab.train.wordings import met_wordings, train, write_needs
from aligner.model import LANGUAGES, OTHER, Language

FIRES: list[tuple[Language, str, str, str]] = [
    (
        "en",
        "All that money was thrown by our windows, says the union.",
        "Tout cet argent a été jeté par les fenêtres, dit le syndicat.",
        "money was thrown by our windows",
    ),
    ("en", "“I fell, that day, from the clouds.”", "« Je suis tombée des nues ce jour-là. »", ""),
    (
        "en",
        "“I really fell from the clouds,” she says.",
        "« Je suis tombée des nues. »",
        "fell from the clouds",
    ),
    ("fr", "Ce chiffre a levé bien des sourcils.", "The figure raised many an eyebrow.", ""),
    (
        "fr",
        "Le chiffre a levé bien des sourcils.",
        "The figure has raised eyebrows.",
        "levé bien des sourcils",
    ),
]
SILENT: list[tuple[Language, str, str]] = [
    # the native wording
    ("en", "The money went down the drain.", "L'argent a été jeté par les fenêtres."),
    # the words, without the idiom on the other side
    ("en", "He threw the money out of the window.", "Il a lancé les billets depuis la chambre."),
    # the words of the idiom in another order, and so no idiom
    ("en", "It was a war of nerves for a month.", "Ce fut une guerre des nerfs pendant un mois."),
    # part of the native wording has the words of the copy
    ("en", "The outgoing mayor has won.", "Le maire sortant l'a emporté."),
]


@pytest.mark.parametrize(("language", "text", "other_text", "excerpt"), FIRES)
def test_a_copy_is_found_in_another_form(
    language: Language, text: str, other_text: str, excerpt: str
) -> None:
    found = {text[start:end] for (start, end), _ in copies(text, language, other_text)}
    assert found == ({excerpt} if excerpt else set())


@pytest.mark.parametrize(("language", "text", "other_text"), SILENT)
def test_what_is_no_copy_is_left_alone(language: Language, text: str, other_text: str) -> None:
    assert not [*copies(text, language, other_text)]


def test_rows_that_are_left_to_their_pattern_are_in_the_table() -> None:
    table = files("aligner.checks.fluency").joinpath("data", EXACT).read_text(encoding="utf-8")
    listed = [tuple(line.split("\t")) for line in table.splitlines()[1:]]
    assert listed == sorted(set(listed))
    assert set(listed) <= {(language, row.pattern) for language in LANGUAGES for row in wordings(language)}


def test_words_that_good_translations_have_leave_a_row_to_its_pattern(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pair = "Il a joué la carte de l'Europe.", "He played his European card."
    assert OTHER["fr"] == "en"
    for name in ("europarl", "tatoeba"):
        monkeypatch.setattr(f"aligner.lab.datasets.corpora.{name}", lambda _: [pair])
    monkeypatch.setattr("aligner.lab.datasets.corpora.news", lambda _: ([], []))
    (tmp_path / "more").mkdir()
    for language in LANGUAGES:
        (tmp_path / f"{language}.jsonl").touch()
        (tmp_path / "more" / f"news.{language}.none.txt.xz").write_bytes(lzma.compress(b""))
        (tmp_path / f"wordings.{language}.tsv").write_text("pattern\n")
    figures = train(tmp_path, tmp_path, garbled=tmp_path)
    assert figures["rows left to their pattern"] >= 1.0
    lines = (tmp_path / EXACT).read_text(encoding="utf-8").splitlines()
    assert any(line.startswith("en\t=play the card") for line in lines)


def test_rows_that_good_texts_never_have_need_no_source(tmp_path: Path) -> None:
    texts = ["They took their legs to their necks.", "He is said to have the hand green, as it were."]
    met = met_wordings(texts, "en")
    assert met
    assert met <= {row.pattern for row in wordings("en")}
    assert not met_wordings(["The council met on Monday."], "en")
    table = tmp_path / "wordings.en.tsv"
    table.write_text(
        "pattern\tbetter\torigin\twrong\tneeds\na b\tc\td\ta b\tsource\ne f\tg\th\te f\tsource\n"
    )
    write_needs(table, {"a b"})
    assert table.read_text().splitlines()[1:] == ["a b\tc\td\ta b", "e f\tg\th\te f\tsource"]
