"""The rows of faults that no peer tells in both directions: each fault is found, its look-alikes are not.

Every row of ``rows/*.toml`` has faults and sound texts, with the keys of the checks' own case files. All
checks run on each of them: a fault is found on the right side, under the code of its row and no other that
weighs as much, and nothing of weight is reported in correct text.
"""

from __future__ import annotations

import tomllib
from dataclasses import replace
from functools import cache, partial
from pathlib import Path
from typing import Any

from aligner.checks.causes import demote
from aligner.checks.registry import CHECKS
from aligner.checks.run import check_alignment, check_corpus, check_document
from aligner.detector import Detector, load, score_article
from aligner.model import Finding
from aligner.text.language import identify
from tests.checks import build
from tests.rows import each_row

ROWS = [
    row | {"file": file.name}
    for file in sorted((Path(__file__).parent / "rows").glob("*.toml"))
    for row in tomllib.loads(file.read_text(encoding="utf-8"))["row"]
]
Case = dict[str, Any]


def cases(kind: str) -> list[Any]:
    return [
        (f"{row['file']} row {row['number']}, {kind} {number}", row["code"], case)
        for row in ROWS
        for number, case in enumerate(row[kind], 1)
    ]


def in_file(place: str, code: str, case: Case) -> str:
    return f"{place}, {code}: {case}"


def findings(case: Case) -> list[Finding]:
    """The findings of all checks that count, those that are off by default too."""
    context = build.context(case)
    if "articles" in case:
        found = check_corpus(build.corpus(case), CHECKS, context)
    elif "fr" in case:
        alignment = build.alignment(case)
        found = check_alignment(alignment, CHECKS, context)
        for document in (alignment.pair.fr, alignment.pair.en):
            found += check_document(document, CHECKS, context)
    else:
        document = build.article(case["text"], case["language"], case.get("title"))
        identified = (replace(s, language=identify(s.text, case["language"])) for s in document.segments)
        document = replace(document, segments=tuple(identified))
        if "scores" in case:
            document = replace(document, words=build.scores(document.text, case["scores"]))
        else:
            document = replace(document, tags=score_article(document, detector()).tags)
        found = check_document(document, CHECKS, context)
    return [finding for finding in demote(found) if finding.counts]


@cache
def detector() -> Detector:
    """The shipped one, for the parts of speech of a case; its scores are measured elsewhere."""
    return load()


def weighing(found: list[Finding]) -> set[str]:
    """Codes of the findings of severity major or critical, doubts about the alignment left out."""
    return {f.code for f in found if f.severity != "minor" and not f.code.startswith("ALN")}


@each_row("place code case", partial(cases, "fault"), in_file)
def test_a_fault_is_found_where_it_is(place: str, code: str, case: Case) -> None:
    found = findings(case)
    reported = [(f.excerpt, f.key if "key" in case else None) for f in found if f.code == code]
    assert (case["excerpt"], case.get("key")) in reported, found
    assert weighing(found) <= {code}


@each_row("place code case", partial(cases, "sound"), in_file)
def test_what_only_looks_like_it_is_not(place: str, code: str, case: Case) -> None:
    found = findings(case)
    assert code not in {f.code for f in found}, found
    assert weighing(found) == set()


def test_every_row_has_its_fault_and_its_look_alike() -> None:
    assert [row["number"] for row in sorted(ROWS, key=lambda row: row["number"])] == list(range(1, 41))
    assert all(len(row["fault"]) >= 2 and len(row["sound"]) >= 2 for row in ROWS)
    assert {row["code"] for row in ROWS} <= {check.code for check in CHECKS}
