"""Marks on what a report found: read, checked, and what follows from them in the next run."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

import aligner
from aligner.model import InputError
from aligner.review.content import with_locks
from aligner.settings.review import (
    EMPTY,
    LockedBead,
    Sides,
    beads_lines,
    checked,
    found_again,
    pairs_table,
    read_review,
)
from tests.cli.articles import GLUED, write_pair
from tests.cli.articles import aligner as command

FINDING: dict[str, Any] = {
    "kind": "finding",
    "fingerprint": "f1",
    "code": "EXT101",
    "verdict": "false",
    "reason": "a name",
}
PAIR: dict[str, Any] = {"kind": "pair", "fr": "a.txt", "en": "b.txt", "verdict": "right"}
BEADS: dict[str, Any] = {
    "kind": "beads",
    "pair": "a.txt|b.txt",
    "beads": [{"fr": [1], "en": [1, 2]}, {"fr": [2], "en": []}],
}


def written(tmp_path: Path, *marks: object) -> Path:
    path = tmp_path / "review.jsonl"
    path.write_text("".join(f"{json.dumps(mark)}\n" for mark in marks), encoding="utf-8")
    return path


def test_the_last_mark_on_a_thing_holds(tmp_path: Path) -> None:
    path = written(
        tmp_path, FINDING, PAIR, BEADS, FINDING | {"verdict": "right"}, PAIR | {"verdict": "wrong"}
    )
    review = read_review(path)
    assert (review.suppressions, review.known, review.apart) == ((), (), (("a.txt", "b.txt"),))
    assert review.precision == {"EXT101": (1, 0)}
    assert review.beads == {"a.txt|b.txt": (LockedBead((1,), (1, 2)), LockedBead((2,), ()))}
    assert read_review(written(tmp_path, *map(json.loads, review.lines()))) == review
    nothing = review
    for mark in (FINDING, PAIR):
        nothing = nothing.with_mark(checked(mark | {"verdict": "none"}))
    assert nothing.with_mark(checked(BEADS | {"beads": []})) == EMPTY


def test_what_follows_from_marks(tmp_path: Path) -> None:
    review = read_review(
        written(tmp_path, FINDING, FINDING | {"fingerprint": "f2", "verdict": "fixed"}, PAIR, BEADS)
    )
    (suppression,) = review.suppressions
    assert (suppression.code, suppression.fingerprint, suppression.reason) == ("EXT101", "f1", "a name")
    assert review.precision == {"EXT101": (1, 1)}
    assert pairs_table(review.known) == "fr,en\na.txt,b.txt\n"
    assert [json.loads(line) for line in beads_lines(review)] == [
        {"pair": "a.txt|b.txt", "fr": [1], "en": [1, 2]},
        {"pair": "a.txt|b.txt", "fr": [2], "en": []},
    ]


@pytest.mark.parametrize(
    "mark",
    [
        3,
        {"kind": "other"},
        FINDING | {"verdict": "maybe"},
        FINDING | {"code": 3},
        FINDING | {"reason": "x" * 10_001},
        FINDING | {"suggestion": "x" * 10_001},
        FINDING | {"before": 3},
        FINDING | {"start": "3"},
        PAIR | {"en": None},
        BEADS | {"beads": 3},
        BEADS | {"beads": [3]},
        BEADS | {"beads": [{"fr": ["1"], "en": []}]},
        BEADS | {"beads": [{"fr": [True], "en": []}]},
        BEADS | {"beads": [{"fr": [], "en": []}]},
        BEADS | {"beads": [{"fr": [2], "en": [1]}, {"fr": [1], "en": [2]}]},
        BEADS | {"beads": [{"fr": [-1], "en": [1]}]},
    ],
)
def test_what_is_no_mark(tmp_path: Path, mark: object) -> None:
    with pytest.raises(ValueError, match=r"[a-z]"):
        checked(mark)
    with pytest.raises(InputError, match="2: not a mark"):
        read_review(written(tmp_path, PAIR, mark))


def test_a_file_that_cannot_be_read(tmp_path: Path) -> None:
    with pytest.raises(InputError, match="nothing was marked"):
        read_review(tmp_path)
    with pytest.raises(InputError, match="cannot be read"):
        read_review(tmp_path / "gone.jsonl")
    (tmp_path / "review.jsonl").write_text("{", encoding="utf-8")
    with pytest.raises(InputError, match="not a mark"):
        read_review(tmp_path / "review.jsonl")


@pytest.mark.parametrize(
    ("beads", "locked", "expected"),
    [
        ([((0,), (0,)), ((1,), (1,))], [((0,), (0, 1))], [((0,), (0, 1)), ((1,), ())]),
        ([((0,), (0,)), ((1, 2), (1,))], [((2,), (1,))], [((0,), (0,)), ((1,), ()), ((2,), (1,))]),
        ([((0, 1, 2), (0, 1, 2))], [((1,), (1,))], [((0,), (0,)), ((1,), (1,)), ((2,), (2,))]),
        ([((0,), ()), ((1,), (0,))], [((0, 1), (0,))], [((0, 1), (0,))]),
        ([((0,), (0,)), ((1,), (1,))], [((1,), ())], [((0,), (0,)), ((), (1,)), ((1,), ())]),
    ],
)
def test_beads_put_right_among_the_others(beads: Any, locked: Any, expected: Any) -> None:
    assert with_locks(beads, locked) == expected


def path(sizes: list[tuple[int, int]], fr: int, en: int) -> list[Sides]:
    """Make a way through a pair of these sizes, as far as it goes: every segment once, in order."""
    beads, i, j = [], 0, 0
    for a, b in [*sizes, (fr, en)]:
        a, b = min(a, fr - i), min(b, en - j)
        if a or b:
            beads.append((tuple(range(i, i + a)), tuple(range(j, j + b))))
        i, j = i + a, j + b
    return beads


SIZES = st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), max_size=8)


@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine
@given(SIZES, SIZES, st.sets(st.integers(0, 8)), st.integers(1, 8), st.integers(1, 8))
def test_every_segment_stands_once_and_in_order(
    ours: list[tuple[int, int]], theirs: list[tuple[int, int]], kept: set[int], fr: int, en: int
) -> None:
    beads = path(ours, fr, en)
    locked = [bead for i, bead in enumerate(path(theirs, fr, en)) if i in kept]
    found = with_locks(beads, locked)
    assert [n for fr_side, _ in found for n in fr_side] == list(range(fr))
    assert [n for _, en_side in found for n in en_side] == list(range(en))
    assert set(locked) <= set(found)
    assert all(map(any, found))


def test_a_second_run_knows_the_marks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_pair(Path("articles"))
    Path("articles/passerelle.txt").write_text(GLUED, encoding="utf-8")
    options = ("--select", "EXT101", "--no-detector")
    assert command("audit", "articles", "--out", "report", *options).exit_code == 0
    (finding,) = aligner.Report("report").findings()
    mark = FINDING | {"fingerprint": finding.fingerprint}
    Path("report/review.jsonl").write_text(json.dumps(mark), encoding="utf-8")
    run = command("audit", "articles", "--out", "report", "--fail-on", "minor", *options)
    assert (run.exit_code, "report/review.jsonl" in run.stderr) == (0, True)
    assert [f.suppressed for f in aligner.Report("report").findings()] == [True]
    assert command("check", "articles", *options).exit_code == 1
    assert command("check", "articles", *options, "--review", "report/review.jsonl").exit_code == 0
    assert (
        command(
            "lint", "articles", "--fail-on", "minor", *options, "--review", "report/review.jsonl"
        ).exit_code
        == 0
    )
    # A finding that is gone is not missed.
    Path("articles/passerelle.txt").write_text(GLUED.replace("troisde", "trois de"), encoding="utf-8")
    run = command("check", "articles", *options, "--review", "report/review.jsonl")
    assert (run.exit_code, "EXT101" in run.output) == (0, False)


def test_pairs_marked_wrong_and_right(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_pair(Path("articles"))
    Path("articles/autre.txt").write_text(
        "Le marché couvert rouvre mardi après de longs travaux de toiture.\n", encoding="utf-8"
    )
    pair = {"fr": "articles/passerelle.txt", "en": "articles/footbridge.txt"}
    assert [p.pair.fr.path for p in aligner.pair("articles")] == [pair["fr"]]
    wrong = written(tmp_path, PAIR | pair | {"verdict": "wrong"})
    assert len(aligner.pair("articles", review=wrong)) == 0
    other = PAIR | pair | {"fr": "articles/autre.txt"}
    gone = PAIR | pair | {"fr": "articles/gone.txt"}
    right = written(tmp_path, PAIR | pair | {"verdict": "wrong"}, other, gone)
    assert [p.pair.fr.path for p in aligner.pair("articles", review=right)] == ["articles/autre.txt"]


def test_beads_are_found_again_by_their_texts() -> None:
    locked = (LockedBead((1,), (1, 2), "Il pleut.", "It rains. A lot."), LockedBead((2,), (), "Fin.", ""))
    fr = {0: "Titre", 1: "Il  pleut.", 2: "Fin."}
    en = {0: "Title", 1: "It rains.", 2: "A lot.", 3: "The end."}
    assert found_again(locked, fr, en) == locked
    shifted = {0: "Titre", 1: "Neuf.", 3: "Il pleut.", 4: "Fin.", 5: "Fin."}
    assert [bead[:2] for bead in found_again(locked, shifted, en)] == [((3,), (1, 2)), ((4,), ())]
    edited = {0: "Titre", 1: "Il neige.", 2: "Fin."}
    assert [bead[:2] for bead in found_again(locked, edited, en)] == [((2,), ())]
    crossed = {0: "Fin.", 1: "Il pleut."}
    assert [bead[:2] for bead in found_again(locked, crossed, en)] == [((1,), (1, 2))]
    bare = (LockedBead((1,), (3,)), LockedBead((9,), ()))
    assert found_again(bare, fr, en) == bare[:1]


def test_beads_put_right_are_locks_of_the_next_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    write_pair(Path("articles"))
    fr, en = Path("articles/passerelle.txt"), Path("articles/footbridge.txt")
    key = f"{fr}|{en}"
    options = ("--select", "EXT101", "--no-detector")

    def beads() -> list[Any]:
        assert command("audit", "articles", "--out", "report", *options).exit_code == 0
        return [[list(bead.fr), list(bead.en)] for bead in aligner.Report("report").beads()]

    before = beads()
    assert [[1], [1]] in before
    assert [[2], [2]] in before
    texts = {"fr_text": "", "en_text": ""}
    for language, path in (("fr", fr), ("en", en)):
        article = aligner.Report("report").article(str(path))
        texts[f"{language}_text"] = " ".join(article.segments[n].text for n in (1, 2))
    locked = BEADS | {"pair": key, "beads": [{"fr": [1, 2], "en": [1, 2]} | texts]}
    Path("report/review.jsonl").write_text(json.dumps(locked), encoding="utf-8")
    after = beads()
    assert [[1, 2], [1, 2]] in after
    assert after[0] == before[0]
    assert after[2:] == before[3:]
    # One line more before it: the sentences are found again; others in their place: they are not.
    fr.write_text(f"Un chapeau tout neuf.\n\n{fr.read_text('utf-8')}", encoding="utf-8")
    assert [[2, 3], [1, 2]] in beads()
    fr.write_text(fr.read_text("utf-8").replace("samedi", "dimanche"), encoding="utf-8")
    assert [[2, 3], [1, 2]] not in beads()
    # The same from a file of beads, which is not forgiving.
    Path("beads.jsonl").write_text(json.dumps({"pair": key, "fr": [2, 3], "en": [1, 2]}), encoding="utf-8")
    (pair,) = aligner.pair("articles", beads="beads.jsonl")
    assert any(len(bead.fr) == len(bead.en) == 2 for bead in pair.beads)
    for bad in ({"pair": key, "fr": [99], "en": [1]}, {"fr": [1], "en": [1]}):
        Path("beads.jsonl").write_text(json.dumps(bad), encoding="utf-8")
        assert (
            command("audit", "articles", "--out", "other", *options, "--beads", "beads.jsonl").exit_code == 2
        )
