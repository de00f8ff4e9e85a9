"""Every check against the cases of its own file, and the rules that all checks keep."""

from __future__ import annotations

import re
import string
import tomllib
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest

import aligner.checks
from aligner.checks.base import SECTIONS
from aligner.checks.registry import CHECKS, select
from aligner.checks.run import check_alignment, check_corpus, check_document
from aligner.checks.wording import message, title
from aligner.detector import Detector, score_article
from aligner.detector import load as load_detector
from aligner.model import LANGUAGES, Check, Finding, InputError
from tests.checks import build
from tests.rows import each_row

CASES = Path(__file__).parent / "checks"
SOURCES = Path(aligner.checks.__file__).parent
FAMILIES = {
    "EXT": "extraction",
    "ALN": "alignment",
    "ACC": "accuracy",
    "FLU": "fluency",
    "TYP": "typography",
    "LOC": "locale",
    "TRM": "terminology",
}
GRAMMAR = ("FLU402", "FLU403", "FLU404", "FLU405", "FLU407", "FLU409")
"""Checks whose rules read the parts of speech that the detector gives."""
FRENCH_SPACE_LOST = re.compile(r"[^\s][:;!?»]|«\S|[A-Za-z]’ ")


def file_name(check: Check) -> str:
    return f"{FAMILIES[check.code[:3]]}/{check.name.replace('-', '_')}"


def filed(folder: Path, suffix: str) -> set[str]:
    """The checks that have a file in the folders of the families; helpers begin with an underscore."""
    return {
        f"{family}/{path.stem}"
        for family in FAMILIES.values()
        for path in (folder / family).glob(f"[!_]*.{suffix}")
    }


def load(check: Check) -> dict[str, list[dict[str, Any]]]:
    path = source(check)
    return tomllib.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def cases(kind: str, check: Check) -> list[tuple[str, int, dict[str, Any]]]:
    """Return the cases of a check that are of one kind, each with the kind and its place among them."""
    return [(kind, number, case) for number, case in enumerate(load(check).get(kind, ()))]


def source(check: Check) -> Path:
    return CASES / f"{file_name(check)}.toml"


def in_file(kind: str, number: int, case: dict[str, Any]) -> str:
    """Tell a case from the others of its file, by its texts."""
    texts = (case.get(key, "") for key in ("text", "fr", "en"))
    return f"[[{kind}]] {number + 1}: {' | '.join(str(text) for text in texts if text) or case}"


each_check = pytest.mark.parametrize("check", CHECKS, ids=lambda check: check.code)


def run(check: Check, case: dict[str, Any]) -> list[Finding]:
    """The findings of one check on a case that no other explains."""
    context = build.context(case)
    if "articles" in case:
        found = check_corpus(build.corpus(case), (check,), context)
    elif "fr" in case:
        found = check_alignment(build.alignment(case), (check,), context)
    else:
        document = build.article(
            case["text"], case["language"], case.get("title"), **case.get("metadata", {})
        )
        if "scores" in case:
            document = replace(document, words=build.scores(document.text, case["scores"]))
        elif check.code in GRAMMAR:
            document = score_article(document, detector())
        found = check_document(document, (check,), context)
    return [finding for finding in found if finding.counts]


@cache
def detector() -> Detector:
    """The shipped one: the rules of grammar read what it says of the words of a case."""
    return load_detector()


def fields(wording: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(wording) if name}


def require_fired(check: Check, case: dict[str, Any]) -> None:
    found = run(check, case)
    expected = case["excerpt"] if isinstance(case["excerpt"], list) else [case["excerpt"]]
    assert [finding.excerpt for finding in found] == expected
    for key in ("suggestion", "severity", "key", "language", "other_excerpt", "path"):
        if key in case and not (key == "language" and "text" in case):
            assert getattr(found[0], key) == case[key]
    for finding in found:
        assert all(message(finding, ui).endswith((".", "?", "!")) for ui in LANGUAGES)


@each_check
@each_row("kind number case", partial(cases, "fires"), in_file)
def test_fires(check: Check, kind: str, number: int, case: dict[str, Any]) -> None:
    require_fired(check, case)


@each_check
@each_row("kind number case", partial(cases, "silent"), in_file)
def test_is_silent(check: Check, kind: str, number: int, case: dict[str, Any]) -> None:
    assert [finding.excerpt for finding in run(check, case)] == []


KNOWN_GAPS = [
    pytest.param(check, case, id=f"{check.code}-{number}")
    for check in CHECKS
    for _, number, case in cases("known_gap", check)
]


@pytest.mark.xfail(strict=True, raises=AssertionError)
@pytest.mark.parametrize(("check", "case"), KNOWN_GAPS)
def test_known_gap(check: Check, case: dict[str, Any]) -> None:
    if "excerpt" in case:
        require_fired(check, case)
    else:
        assert [finding.excerpt for finding in run(check, case)] == []


def test_files_are_the_registry_and_have_cases() -> None:
    registered = {file_name(check) for check in CHECKS}
    assert filed(SOURCES, "py") == registered
    assert filed(CASES, "toml") == registered


def test_codes_are_unique_ordered_and_of_a_family() -> None:
    codes = [check.code for check in CHECKS]
    assert len(set(codes)) == len(codes)
    assert len({check.name for check in CHECKS}) == len(codes)
    assert codes == sorted(codes, key=lambda code: code[3:])
    assert all(re.fullmatch(r"[A-Z]{3}\d{3}", code) and code.startswith(tuple(FAMILIES)) for code in codes)


@each_check
def test_every_check_has_both_kinds_of_case(check: Check) -> None:
    filed = load(check)
    assert set(filed) <= {"fires", "silent", "known_gap"}
    assert len(filed["fires"]) >= 2
    assert len(filed["silent"]) >= 2


@each_check
def test_every_message_is_worded_in_both_languages(check: Check) -> None:
    for wording in check.messages.values():
        assert set(wording) == set(LANGUAGES)
        assert fields(wording["fr"]) == fields(wording["en"])
        assert all(text.endswith((".", "?", "!")) for text in wording.values())
        assert not FRENCH_SPACE_LOST.search(wording["fr"])


def test_every_check_has_a_heading_of_its_own_in_both_languages() -> None:
    for ui in LANGUAGES:
        headings = [title(check.code, ui) for check in CHECKS]
        assert all(headings)
        assert len(set(headings)) == len(CHECKS)
    assert title("XYZ999", "en") == ""


@each_check
def test_every_docstring_tells_what_explain_prints(check: Check) -> None:
    first, _, rest = check.doc.partition("\n")
    assert first.endswith(".")
    starts = [f"\n{rest}".find(f"\n{section}: ") for section in SECTIONS]
    assert -1 not in starts, f"{check.code} lacks {SECTIONS[starts.index(-1)]}"
    assert starts == sorted(starts)


def test_select_takes_codes_prefixes_and_names() -> None:
    assert select() == tuple(check for check in CHECKS if check.default)
    assert {check.code[:3] for check in select(["EXT"])} == {"EXT"}
    assert [check.code for check in select(["ext101"])] == ["EXT101"]
    assert [check.code for check in select(["glued-words"])] == ["EXT101"]
    assert select(["ALL"]) == CHECKS
    assert "EXT101" not in {check.code for check in select(["EXT"], ["EXT101"])}


def test_explicit_selection_turns_on_what_is_off_by_default() -> None:
    for check in CHECKS:
        assert select([check.code]) == (check,)


def test_an_unknown_code_names_the_nearest() -> None:
    with pytest.raises(InputError, match="did you mean EXT10"):
        select(["EXT10l"])
    with pytest.raises(InputError, match="did you mean glued-words"):
        select(["glued-word"])


def test_nothing_left_to_run_is_an_error() -> None:
    with pytest.raises(InputError, match="no check is left"):
        select(["EXT101"], ["EXT"])
