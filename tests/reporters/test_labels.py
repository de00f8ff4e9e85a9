from __future__ import annotations

import re
from string import Formatter
from typing import get_args, get_type_hints

import pytest

from aligner.model import Cause, PairKind, Severity, Unpaired
from aligner.reporters.html import TEMPLATES
from aligner.reporters.labels import label, labels, number, percent
from tests.rows import each_row

REASONS = get_args(get_type_hints(Unpaired)["reason"])


def fields(form: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(form) if name}


@each_row("key", labels, str)
def test_both_languages_say_the_same_fields(key: str) -> None:
    forms = [form for wording in labels()[key] for form in wording.split("|")]
    assert all(forms)
    assert len({frozenset(fields(form)) for form in forms}) == 1


@each_row("key", labels, str)
def test_french_is_typeset_as_french(key: str) -> None:
    assert not re.search(r"'| [:;!?»]|« ", labels()[key][1])


def test_every_value_that_a_report_shows_has_a_label() -> None:
    for reason in REASONS:
        assert reason in labels()
    for name in (*get_args(Severity), *get_args(Cause)):
        assert name in labels()
    for kind in get_args(PairKind):
        assert f"{kind}_kind" in labels()


def test_no_label_is_left_that_nothing_uses() -> None:
    package = TEMPLATES.parent
    folders = (package, package.parent / "report", package.parent / "cli")
    sources = [*TEMPLATES.glob("*.html"), *(path for folder in folders for path in folder.glob("*.py"))]
    text = "".join(path.read_text("utf-8") for path in sources if path.name != "labels.py")
    computed = (
        r"^(n_(minor|major|critical|new|fixed|remaining|demoted|suppressed|suspicions|translation|abridged|adapted)"
        r"|score_of|.+_kind|.+_help"
        r"|unaligned_.*|looks_at_.*|text_.*|corpus|finds|matters|bad|good|false_positives|(fail-on-)?behind_.*|no_(fr|en)|stale_.*|fr|en)$"
    )
    stray = [key for key in labels() if f'"{key}"' not in text and not re.match(computed, key)]
    assert set(stray) <= {*get_args(Severity), *get_args(Cause), *REASONS}


@pytest.mark.parametrize(
    ("count", "english", "french"),
    [
        (0, "0 findings", "0 signalement"),
        (1, "1 finding", "1 signalement"),
        (2, "2 findings", "2 signalements"),
    ],
)
def test_counts_choose_their_number(count: int, english: str, french: str) -> None:
    assert label("findings", "en", n=count) == english
    assert label("findings", "fr", n=count) == french


def test_numbers_are_written_as_each_language_does() -> None:
    assert number(12345.678, "en", 1) == "12,345.7"
    assert number(12345.678, "fr", 1) == "12\u202f345,7"
    assert (percent(0.974, "en"), percent(0.974, "fr")) == ("97%", "97\u202f%")


def test_an_unknown_label_is_an_error() -> None:
    with pytest.raises(KeyError):
        label("no such label", "en")
