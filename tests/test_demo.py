"""``aligner bench demo``: the scores of a made-up report folder, and what the corpora themselves promise."""

import csv
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from aligner.lab.bench.demo import Score, load_gold, rows, score_demo
from aligner.model import InputError
from tests.cli.articles import aligner

CORPORA = Path(__file__).parent.parent / "corpora"
DEMO = CORPORA / "demo"

FR = "Le pont rouvre. Il a coûté 3 millions. Le maire est ravi."
EN = "The bridge reopens. It cost 5 millions. The mayor mayor is glad. More soon."

Record = dict[str, Any]
Write = Callable[..., Path]

GOLD: Record = {
    "languages": {"pont.txt": "fr", "bridge.txt": "en", "lone.txt": "en"},
    "pairs": [{"fr": "pont.txt", "en": "bridge.txt", "kind": "translation", "group": "bridge"}],
    "unpaired": {"lone.txt": "no counterpart"},
    "beads": {
        "pont.txt|bridge.txt": [
            [[[0, 15]], [[0, 19]]],
            [[[16, 38]], [[20, 39]]],
            [[[39, 57]], [[40, 64]]],
            [[], [[65, 75]]],
        ]
    },
    "faults": [
        {
            "path": "bridge.txt",
            "start": 28,
            "end": 38,
            "excerpt": "5 millions",
            "code": "ACC308",
            "also": [],
            "other": {"path": "pont.txt", "start": 16, "end": 38},
        },
        {
            "path": "bridge.txt",
            "start": 44,
            "end": 55,
            "excerpt": "mayor mayor",
            "code": "EXT104",
            "also": ["FLU406"],
        },
    ],
}


def finding(code: str, path: str, start: int, end: int, **changes: object) -> Record:
    usual = {"severity": "major", "pair": None, "demoted_by": None, "suppressed": False}
    return usual | {"code": code, "path": f"any/{path}", "start": start, "end": end} | changes


def bead(*ends: int | None, pair: str = "any/pont.txt|any/bridge.txt") -> Record:
    return {"pair": pair} | dict(zip(("fr_start", "fr_end", "en_start", "en_end"), ends, strict=True))


PERFECT_BEADS = [bead(0, 15, 0, 19), bead(16, 38, 20, 39), bead(39, 57, 40, 64), bead(None, None, 65, 75)]


@pytest.fixture
def report(tmp_path: Path) -> Write:
    """Write a report folder from findings, beads and pairs; say nothing and it is perfect but for faults."""

    def write(
        findings: Sequence[Record] = (),
        beads: Sequence[Record] = PERFECT_BEADS,
        pairs: Sequence[tuple[str, ...]] = (("pont.txt", "bridge.txt", "translation", "7"),),
    ) -> Path:
        documents = [["path", "language"], *([f"any/{n}", lang] for n, lang in GOLD["languages"].items())]
        columns = ["fr_path", "en_path", "kind", "group"]
        for name, table in (("documents", documents), ("pairs", [columns, *map(list, pairs)])):
            with (tmp_path / f"{name}.csv").open("w", newline="") as out:
                csv.writer(out).writerows(table)
        for name, records in (("findings", findings), ("beads", beads)):
            (tmp_path / f"{name}.jsonl").write_text("".join(json.dumps(r) + "\n" for r in records))
        return tmp_path

    return write


def by_name(scores: Iterable[Score]) -> dict[str, Score]:
    return {score.name: score for score in scores}


def test_perfect_report(report: Write) -> None:
    found = [finding("ACC308", "bridge.txt", 28, 29), finding("EXT104", "bridge.txt", 40, 64)]
    scores = score_demo(report(found), GOLD)
    assert {score.f1 for score in scores.tasks} == {1.0}
    assert [(s.name, s.recall, s.precision) for s in scores.codes] == [("ACC308", 1, 1), ("EXT104", 1, 1)]
    assert scores.missed == scores.false_positives == scores.minor_false_positives == ()


def test_report_that_found_nothing(report: Write) -> None:
    scores = score_demo(report(beads=[], pairs=[]), GOLD)
    tasks = by_name(scores.tasks)
    assert (tasks["pairs"].recall, tasks["pairs"].precision, tasks["pairs"].f1) == (0, None, None)
    assert tasks["beads"].found == 0
    assert tasks["beads"].gold == 3
    assert len(scores.missed) == 2
    assert by_name(scores.faults)["faults by any code"].recall == 0


def test_wrong_kind_is_a_pair_all_the_same(report: Write) -> None:
    tasks = by_name(score_demo(report(pairs=[("pont.txt", "bridge.txt", "adapted", "0")]), GOLD).tasks)
    assert tasks["pairs"].f1 == 1
    assert tasks["kinds"].f1 == 0


def test_near_miss_in_the_group_breaks_the_story(report: Write) -> None:
    said = [("pont.txt", "bridge.txt", "translation", "0"), ("pont.txt", "lone.txt", "translation", "0")]
    tasks = by_name(score_demo(report(pairs=said), GOLD).tasks)
    assert (tasks["pairs"].recall, tasks["pairs"].precision) == (1, 0.5)
    assert tasks["stories"].f1 == 0


@pytest.mark.parametrize(
    ("beads", "found", "alone"),
    [
        ([bead(0, 15, 0, 19), bead(16, 57, 20, 75)], 1, 0),
        ([bead(2, 14, 0, 20), *PERFECT_BEADS[1:]], 3, 1),
        ([bead(0, 11, 0, 19), *PERFECT_BEADS[1:]], 2, 1),
        ([*PERFECT_BEADS[:3], bead(39, 57, 65, 75)], 3, 0),
        ([bead(0, 15, 0, 19, pair="any/pont.txt|any/lone.txt")], 0, 0),
        (PERFECT_BEADS * 2, 3, 1),
    ],
    ids=["merged", "edges within the slack", "edge beyond the slack", "linked", "wrong pair", "said twice"],
)
def test_beads(report: Write, beads: list[Record], found: int, alone: int) -> None:
    tasks = by_name(score_demo(report(beads=beads), GOLD).tasks)
    assert tasks["beads"].found == found
    assert tasks["beads with an empty side"].found == alone
    assert tasks["beads"].predicted == len(beads)


def test_accepted_code_names_the_fault_and_another_only_touches_it(report: Write) -> None:
    scores = score_demo(report([finding("FLU406", "bridge.txt", 40, 64)]), GOLD)
    assert [f["code"] for f in scores.missed] == ["ACC308"]
    scores = score_demo(report([finding("FLU404", "bridge.txt", 40, 64)]), GOLD)
    assert len(scores.missed) == 2
    assert by_name(scores.faults)["faults by any code"].found == 1
    assert scores.false_positives == ()


def test_fault_shown_on_the_other_side(report: Write) -> None:
    pair = "any/pont.txt|any/bridge.txt"
    scores = score_demo(report([finding("ACC308", "pont.txt", 27, 37, pair=pair)]), GOLD)
    assert [f["code"] for f in scores.missed] == ["EXT104"]
    assert scores.false_positives == ()


@pytest.mark.parametrize(
    "wrong",
    [
        finding("ACC308", "pont.txt", 0, 15, pair="any/pont.txt|any/bridge.txt"),
        finding("ACC308", "pont.txt", 27, 37, pair="any/pont.txt|any/lone.txt"),
        finding("FLU406", "pont.txt", 27, 37),
        finding("EXT104", "bridge.txt", 55, 64),
        finding("EXT104", "lone.txt", 44, 55),
    ],
    ids=["correct sentence", "another pair", "fluency of the correct side", "adjacent", "another article"],
)
def test_false_positives(report: Write, wrong: Record) -> None:
    scores = score_demo(report([wrong]), GOLD)
    assert [f["code"] for f in scores.false_positives] == [wrong["code"]]
    assert by_name(scores.faults)["faults by any code"].precision == 0
    minor = score_demo(report([wrong | {"severity": "minor"}]), GOLD)
    assert minor.false_positives == ()
    assert len(minor.minor_false_positives) == 1


@pytest.mark.parametrize("state", [{"demoted_by": "ALN204"}, {"suppressed": True}])
def test_demoted_and_suppressed_findings_are_as_if_unsaid(report: Write, state: Record) -> None:
    said = [finding("ACC308", "bridge.txt", 28, 38, **state), finding("EXT101", "lone.txt", 0, 3, **state)]
    scores = score_demo(report(said), GOLD)
    assert len(scores.missed) == 2
    assert scores.false_positives == ()


def test_an_empty_span_means_the_character_after_it(report: Write) -> None:
    assert len(score_demo(report([finding("EXT104", "bridge.txt", 44, 44)]), GOLD).missed) == 1
    assert len(score_demo(report([finding("EXT104", "bridge.txt", 55, 55)]), GOLD).missed) == 2


def test_rows_are_plain_records(report: Write) -> None:
    first = rows(score_demo(report(), GOLD).tasks)[0]
    assert first == {
        "name": "languages",
        "found": 3,
        "gold": 3,
        "right": 3,
        "predicted": 3,
        "precision": 1.0,
        "recall": 1.0,
        "f1": 1.0,
    }


def test_a_folder_that_is_no_report(tmp_path: Path) -> None:
    with pytest.raises(InputError, match=r"documents\.csv does not exist"):
        score_demo(tmp_path, GOLD)


@pytest.mark.parametrize(
    ("content", "message"),
    [
        (None, "does not exist"),
        ("{", "not valid JSON"),
        ('{"pairs": [], "beads": {}}', "lacks languages, faults"),
    ],
)
def test_gold_that_cannot_be_used(tmp_path: Path, content: str | None, message: str) -> None:
    if content is not None:
        (tmp_path / "gold.json").write_text(content)
    with pytest.raises(InputError, match=message):
        load_gold(tmp_path)


# What corpora/demo promises.


@pytest.fixture(scope="module")
def demo() -> Mapping[str, Any]:
    return load_gold(DEMO)


@pytest.fixture(scope="module")
def texts(demo: Mapping[str, Any]) -> dict[str, str]:
    return {name: (DEMO / name).read_bytes().decode() for name in demo["languages"]}


def test_demo_gold_speaks_of_every_article(demo: Mapping[str, Any], texts: dict[str, str]) -> None:
    articles = {path.name for path in DEMO.iterdir()} - {"gold.json"}
    paired = {name for pair in demo["pairs"] for name in (pair["fr"], pair["en"])}
    assert set(texts) == articles
    assert paired | set(demo["unpaired"]) == articles
    assert not paired & set(demo["unpaired"])
    assert {f"{pair['fr']}|{pair['en']}" for pair in demo["pairs"]} == set(demo["beads"])


def test_demo_faults_are_where_the_gold_says(demo: Mapping[str, Any], texts: dict[str, str]) -> None:
    for fault in demo["faults"]:
        assert texts[fault["path"]][fault["start"] : fault["end"]] == fault["excerpt"]


def test_demo_beads_hold_every_sentence_once_in_order(demo: Mapping[str, Any], texts: dict[str, str]) -> None:
    sentences: dict[str, list[list[int]]] = {}
    for pair, beads in demo["beads"].items():
        for side, name in enumerate(pair.split("|")):
            spans = [span for bead in beads for span in bead[side]]
            assert spans == sorted(spans)
            assert sentences.setdefault(name, spans) == spans
    for name, spans in sentences.items():
        for (_, end), (start, _) in zip([[0, 0], *spans], [*spans, [len(texts[name])] * 2], strict=True):
            assert end <= start
            between = texts[name][end:start].strip(" #")
            assert not between or between[0] == between[-1] == "\n", f"{name}: {between!r} is in no bead"


# What corpora/nearmiss promises.


def test_nearmiss_gold_speaks_of_every_article_once() -> None:
    folder = CORPORA / "nearmiss"
    with (folder / "articles.jsonl").open(encoding="utf-8") as lines:
        articles = [f"articles.jsonl#{json.loads(line)['id']}" for line in lines]
    with (folder / "gold.csv").open(encoding="utf-8") as lines:
        paired = [path for pair in csv.DictReader(lines) for path in pair.values()]
    with (folder / "lone.csv").open(encoding="utf-8") as lines:
        lone = [row["path"] for row in csv.DictReader(lines)]
    assert sorted(paired + lone) == sorted(articles)
    assert len(lone) >= 40


def test_the_demo_has_all_faults_and_no_false_major(tmp_path: Path) -> None:
    run = aligner("audit", DEMO, "--out", tmp_path / "report", "--no-cache")
    assert run.exit_code in (0, 1), run.stderr
    scores = score_demo(tmp_path / "report", load_gold(DEMO))
    assert scores.false_positives == ()
    faults = {score.name: score.found for score in scores.faults}
    assert faults["faults by any code"] == len(load_gold(DEMO)["faults"])
