"""`aligner diff` of articles that were renamed, or whose folder was: they are known by what they say."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.articles import ENGLISH, FRENCH, GLUED, aligner

RULES = ("--no-detector", "--no-cache", "--select", "EXT101,ACC")
WRONG = ENGLISH.replace("4.2 million", "4.8 million")


def report(name: str, files: dict[str, str]) -> None:
    for path, text in files.items():
        file = Path(name, path)
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    run = aligner("audit", name, "--out", f"{name}-report", *RULES)
    assert run.exit_code == 0, run.output


def change(old: str, new: str) -> dict[str, list[object]]:
    run = aligner("diff", f"{old}-report", f"{new}-report", "--format", "json")
    assert run.exit_code == 0, run.output
    content: dict[str, list[object]] = json.loads(run.stdout)
    return content


@pytest.fixture(autouse=True)
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    report("old", {"a/passerelle.txt": GLUED, "a/footbridge.txt": WRONG})


def kinds(found: dict[str, list[object]]) -> dict[str, int]:
    return {name: len(found[name]) for name in ("new", "fixed", "remaining", "pairs_gained", "pairs_lost")}


def test_a_folder_with_another_name(tmp_path: Path) -> None:
    report("new", {"b/passerelle.txt": GLUED, "b/footbridge.txt": WRONG})
    found = change("old", "new")
    assert found["renamed"] == [
        {"old": f"old/a/{name}.txt", "new": f"new/b/{name}.txt"} for name in ("footbridge", "passerelle")
    ]
    counts = kinds(found)
    assert counts.pop("remaining") >= 2
    assert set(counts.values()) == {0}
    said = aligner("diff", "old-report", "new-report").stdout
    assert "old/a/passerelle.txt → new/b/passerelle.txt" in said
    assert "2 articles have another path" in said
    assert "no article in common" not in said


def test_an_article_renamed_and_edited() -> None:
    edited = FRENCH.replace("samedi matin", "samedi soir")
    report("new", {"b/pont.txt": edited, "b/footbridge.txt": WRONG})
    found = change("old", "new")
    assert {"old": "old/a/passerelle.txt", "new": "new/b/pont.txt"} in found["renamed"]
    assert [f["code"] for f in found["fixed"] if isinstance(f, dict)] == ["EXT101"]
    assert found["pairs_gained"] == found["pairs_lost"] == []
    assert found["remaining"]


def test_another_article_is_not_taken_for_a_renamed_one() -> None:
    other = (
        "Le marché couvert ferme ses portes\n\nLes halles de Rennes ont fermé lundi pour un an de travaux.\n"
    )
    report("new", {"b/passerelle.txt": other, "b/footbridge.txt": WRONG})
    found = change("old", "new")
    assert [entry["new"] for entry in found["renamed"] if isinstance(entry, dict)] == ["new/b/footbridge.txt"]
    assert len(found["pairs_lost"]) == 1


def test_copies_are_matched_by_their_names() -> None:
    files = {"a/passerelle.txt": GLUED, "a/copie.txt": GLUED, "a/footbridge.txt": WRONG}
    report("twice", files)
    report("new", {path.replace("a/", "b/"): text for path, text in files.items()})
    assert change("twice", "new")["renamed"] == [
        {"old": f"twice/{path}", "new": f"new/{path.replace('a/', 'b/')}"} for path in sorted(files)
    ]
