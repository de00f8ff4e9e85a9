"""What outlives a run means the same article, from wherever the next run is started."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

from aligner.keys import pair_key, split_pair
from aligner.run.lazy import ArticleRef
from aligner.run.names import Names, home
from tests.cli.articles import GLUED, aligner, write_pair
from tests.gate.repository import commit_all

RULES = ("--select", "EXT101,ACC308", "--no-detector", "--no-cache")
FR, EN = "passerelle.txt", "footbridge.txt"


@pytest.fixture(params=["git", "no git"])
def project(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder with a corpus in ``articles``, in a repository or not."""
    monkeypatch.setenv("LC_ALL", "C")
    top = tmp_path / "project"
    write_pair(top / "articles")
    (top / "articles" / FR).write_text(GLUED.replace("4,2 millions", "4,8 millions"), encoding="utf-8")
    if request.param == "git":
        commit_all(top)
    monkeypatch.chdir(top)
    return top


def places(project: Path) -> list[tuple[Path, str]]:
    """From where, and how, one corpus may be named."""
    link = project.parent / "link"
    link.symlink_to(project, target_is_directory=True)
    return [
        (project, "articles"),
        (project, "./articles/../articles"),
        (project, str(project / "articles")),
        (project / "articles", "."),
        (project.parent, "project/articles"),
        (project.parent, "link/articles"),
        (Path("/"), str(project / "articles")),
    ]


def fingerprints(where: Path, path: str, command: str = "check") -> list[str]:
    os.chdir(where)
    form = ("--format", "json") if command == "check" else ("--format", "jsonl")
    out = aligner(command, path, *RULES, *form).stdout
    findings = json.loads(out)["findings"] if command == "check" else map(json.loads, out.splitlines())
    return sorted(finding["fingerprint"] for finding in findings)


@pytest.mark.parametrize("command", ["check", "lint"])
def test_fingerprints_do_not_depend_on_where_a_run_is_started(project: Path, command: str) -> None:
    first, *others = [fingerprints(*place, command) for place in places(project)]
    assert len(first) == (2 if command == "check" else 1)
    assert all(other == first for other in others)


def test_a_corpus_that_moves_keeps_its_fingerprints(project: Path, tmp_path: Path) -> None:
    before = fingerprints(project, "articles")
    shutil.move(project, tmp_path / "elsewhere")
    assert fingerprints(tmp_path / "elsewhere/articles", ".") == before


@pytest.mark.parametrize(
    ("folder", "path", "former"),
    [("articles", ".", "182e9c111318f030"), (".", "articles", "7a04cc6616407886")],
)
def test_a_fingerprint_of_the_path_as_given_is_still_known(
    project: Path, folder: str, path: str, former: str
) -> None:
    """Those of earlier versions: suppressions and marks of a review must hold."""
    os.chdir(project / folder)
    Path("aligner.toml").write_text(
        f'[[suppress]]\nfingerprint = "{former}"\ncode = "EXT101"\nreason = "A word."\n'
    )
    found = json.loads(aligner("check", path, *RULES, "--format", "json").stdout)["findings"]
    assert [f["suppressed"] for f in found if f["code"] == "EXT101"] == [True]
    assert not any("former" in f for f in found)


@pytest.mark.parametrize(
    "names", [(FR, EN), (f"articles/{FR}", f"articles/{EN}"), ("/there/articles/" + FR, EN)]
)
def test_pairs_are_found_from_everywhere(project: Path, names: tuple[str, str]) -> None:
    rows = project / "pairs.csv"
    rows.write_text("fr,en\n" + ",".join(names) + "\n", encoding="utf-8")
    for where, path in places(project):
        os.chdir(where)
        run = aligner("pair", path, "--pairs", str(rows), "--format", "jsonl", "--no-cache")
        assert run.exit_code == 0, run.stderr
        assert json.loads(run.stdout)["margin"] == 1.0


@pytest.mark.parametrize("names", [(FR, EN), (f"articles/{FR}", f"articles/{EN}")])
def test_align_finds_the_files_of_a_table_from_everywhere(project: Path, names: tuple[str, str]) -> None:
    rows = project / ("pairs.csv" if names[0] != FR else "articles/pairs.csv")
    rows.write_text("fr,en\n" + ",".join(names) + "\n", encoding="utf-8")
    results = set()
    for where in (project, project / "articles", project.parent):
        os.chdir(where)
        run = aligner("align", "--pairs", os.path.relpath(rows), "--format", "jsonl")
        assert run.exit_code == 0, run.stderr
        beads = map(json.loads, run.stdout.splitlines())
        results.add(tuple((bead["fr_text"], bead["en_text"]) for bead in beads))
    assert len(results) == 1


def test_an_unknown_name_is_still_an_error(project: Path) -> None:
    (project / "pairs.csv").write_text(f"fr,en\nother/{FR},{EN}\n", encoding="utf-8")
    run = aligner("pair", "articles", "--pairs", "pairs.csv", "--no-cache")
    assert run.exit_code == 2
    assert f"no article 'other/{FR}' was read; did you mean 'articles/{FR}'?" in run.stderr


def test_beads_and_marks_are_found_from_everywhere(project: Path) -> None:
    lock = {"fr": [0], "en": [0, 1]}
    beads, review = project / "beads.jsonl", project / "review.jsonl"
    for key in (f"articles/{FR}|articles/{EN}", f"{FR}|{EN}"):
        beads.write_text(json.dumps({"pair": key, **lock}) + "\n")
        review.write_text(json.dumps({"kind": "beads", "pair": key, "beads": [lock]}) + "\n")
        for number, (where, path) in enumerate(places(project)):
            os.chdir(where)
            for option in (("--beads", str(beads)), ("--review", str(review))):
                out = project.parent / f"report-{number}"
                run = aligner("audit", path, *RULES, *option, "--out", str(out))
                assert run.exit_code == 0, run.stderr
                first = json.loads((out / "beads.jsonl").read_text("utf-8").splitlines()[0])
                assert (first["fr"], first["en"]) == ([0], [0, 1])
        (project.parent / "link").unlink()


def refs(*paths: str) -> list[ArticleRef]:
    return [ArticleRef(path, b"", "fr", 9, "txt", path.partition("#")[0]) for path in paths]


def test_names_of_rows_and_of_standard_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "sub").mkdir()
    monkeypatch.chdir(tmp_path / "sub")
    articles = refs("a.csv#7", "-#2", "/elsewhere/b.txt")
    names = Names(articles, [".", "-"])
    assert [names.lasting(ref) for ref in articles] == ["a.csv#7", "-#2", "/elsewhere/b.txt"]
    assert Names(refs("sub/a.csv#7"), ["sub"]).find("a.csv#7") == "sub/a.csv#7"
    assert home(["-"]) is None
    assert home(["/usr", "/tmp"]) is None


def test_a_name_that_two_articles_have_is_none(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    names = Names(refs("x/a.txt", "y/a.txt", "y/b.txt"), ["."])
    assert names.find("a.txt") is None
    assert names.find("b.txt") == "y/b.txt"
    assert names.find("z/b.txt") is None
    assert names.find(f"{tmp_path.name}/y/b.txt") == "y/b.txt"
    assert names.find("/somewhere/y/b.txt") == "y/b.txt"


@pytest.mark.parametrize("fr", ["a", "a|b", "a\\", "a\\|", "\\\\|x", "", "a\\b"])
@pytest.mark.parametrize("en", ["b", "|b", "\\b\\\\", "|"])
def test_the_key_of_a_pair_gives_its_articles(fr: str, en: str) -> None:
    assert split_pair(pair_key(fr, en)) == (fr, en)


@pytest.mark.parametrize("key", ["", "a", "a\\|b", "a|b|c"])
def test_what_is_no_key_of_a_pair(key: str) -> None:
    assert split_pair(key) is None
