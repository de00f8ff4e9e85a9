from __future__ import annotations

import json
import re

import pytest

from aligner.reporters.findings import render
from tests.reporters import samples

FOUND = samples.HARBOUR_FINDINGS + samples.HARBOUR_PAIR_FINDINGS
READ = [samples.HARBOUR_FR, samples.HARBOUR_EN]


def test_text_has_a_line_a_finding_and_says_how_much_was_read() -> None:
    lines = render(FOUND, READ, "text", "en").splitlines()
    assert lines[0] == "en/harbour.txt:3:41: major EXT101 Something is wrong with “morningwith”."
    assert len(lines) == 6  # the one that another explains is left out
    assert lines[-1] == "5 findings (1 critical, 3 major, 1 minor) in 2 articles, 95 words"
    assert all(re.match(r"\S+:\d+:\d+: (minor|major|critical) [A-Z]{3}\d{3} ", line) for line in lines[:-1])


def test_text_in_french() -> None:
    lines = render(FOUND[:1], READ, "text", "fr").splitlines()
    assert lines[0].endswith("majeur EXT101 Quelque chose ne va pas avec «\u00a0morningwith\u00a0».")
    assert lines[1] == "1 signalement (1 majeur) dans 2 articles, 95 mots"


def test_no_findings_still_say_how_much_was_read() -> None:
    assert render([], READ[:1], "text", "en") == "0 findings in 1 article, 50 words\n"


def test_jsonl_has_all_of_them() -> None:
    records = [json.loads(line) for line in render(FOUND, READ, "jsonl", "fr").splitlines()]
    assert [record["fingerprint"] for record in records] == [finding.fingerprint for finding in FOUND]
    assert records[0]["message"].startswith("Something")


def test_a_name_or_text_cannot_break_the_line_or_steer_the_terminal() -> None:
    article = samples.document("a\nb\x1b[2J.txt", "en", ["odd \x1b[31m\u202eword"])
    found = samples.finding(article, "odd \x1b[31m\u202eword")
    text = render([found], [article], "text", "en")
    assert len(text.splitlines()) == 2
    assert text.startswith("a␊b␛[2J.txt:1:1: major EXT101 ")
    assert "\x1b" not in text
    assert "\u202e" not in text


def test_a_lone_surrogate_can_be_written() -> None:
    article = samples.document("a", "en", ["odd \ud800 word"])
    line = render([samples.finding(article, "\ud800")], [article], "jsonl", "en")
    assert json.loads(line.encode("utf-8"))["excerpt"] == "\ud800"


def test_an_unknown_format_is_an_error() -> None:
    with pytest.raises(ValueError, match="there are text, jsonl"):
        render([], [], "xml", "en")
