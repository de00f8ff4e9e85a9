"""Nothing that comes from input steers a terminal, a log or a build: names of files, ids of rows, texts."""

from __future__ import annotations

import json
import os
import re
from pathlib import Path

import pytest

from tests.cli.articles import ENGLISH, GLUED, aligner
from tests.rows import each_row

RULES = ("--no-detector", "--no-cache", "--select", "EXT,ALN")
NAMES = (
    "::error::x",
    "::stop-commands::x",
    "  ::warning file=a::x",
    "a\n::error::x",
    "a\r::error::x",
    "a\r\n::set-env name=A::x",
    "##[error]x",
    "a ##[group]x",
    "##vso[task.setvariable variable=x]y",
    "##teamcity[buildStatus text='x']",
    "\x1b[2Jx",
    "\x1b]0;title\x07x",
    "\x1bPx\x1b\\",
    "\x9b2Jx",
    "\x9d0;title\x9c",
    "a\x08\x08b",
    "a\x00b",
    "a\x7fb",
    "a\x85::error::b",
    "a\u2028::error::b",
    "a\u202eb",
    "a\u2066b\u2069",
    "\ufeff::error::x",
    "\x0b::error::x",
    "\x0c::error::x",
    "-\t::error::x",
    "section_start:1:x\r\x1b[0K",
    "%0A::error::x",
)
STEERING = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")
COMMAND = re.compile(r"^\s*::(?!(?:error|warning|notice) title=)|##\w*\[", re.MULTILINE)


def harmless(output: str) -> bool:
    return not STEERING.search(output) and not COMMAND.search(output.replace("\ufeff", ""))


def in_a_file_name(name: str) -> str:
    return name.replace("\0", "0").replace("/", "_")


def with_english(folder: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with an article in it, as the current one."""
    monkeypatch.chdir(folder)
    (folder / "english.txt").write_text(ENGLISH, encoding="utf-8")
    return folder


COMMANDS = {
    "check": ("check", ".", *RULES),
    "check github": ("check", ".", *RULES, "--format", "github"),
    "check gitlab": ("check", ".", *RULES, "--format", "gitlab"),
    "check sarif": ("check", ".", *RULES, "--format", "sarif"),
    "check junit": ("check", ".", *RULES, "--format", "junit"),
    "check -v": ("check", ".", *RULES, "-v"),
    "audit": ("audit", ".", *RULES, "--out", "../out"),
    "lint": ("lint", ".", *RULES),
    "pair": ("pair", ".", "--no-cache"),
}


QUICK = ("check", "check github", "audit")


@pytest.mark.parametrize(
    "command",
    [pytest.param(c, marks=() if c in QUICK else pytest.mark.benchmark) for c in COMMANDS],
)
@each_row("name", NAMES, ascii)
def test_names_of_files_and_rows(
    name: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = with_english(tmp_path, monkeypatch)
    safe = in_a_file_name(name)
    (folder / f"{safe}.txt").write_text(GLUED, encoding="utf-8")
    (folder / f"{safe}skipped.txt").write_bytes(b"\x89PNG\0\0")
    (folder / f"{safe}.{safe[:20]}").write_bytes(b"PK\x03\x04")
    (folder / f"{safe}.docx").write_bytes(b"PK\x03\x04")
    rows = [{"id": name, "text": GLUED}, {"id": name, "text": GLUED}, {"id": f"{name}2", "text": 3}]
    (folder / f"{safe}.jsonl").write_text("".join(f"{json.dumps(r)}\n" for r in rows), encoding="utf-8")
    result = aligner(*COMMANDS[command])
    assert result.exit_code in (0, 1, 2)
    # JSON and XML spell most of it themselves; what their readers show is theirs to make harmless.
    shown = result.stderr if command.endswith(("gitlab", "sarif", "junit")) else result.output
    assert harmless(shown), shown


@pytest.mark.parametrize("command", ["check", "audit", "pair", "lint", "grade", "align", "diff", "export"])
@each_row("name", NAMES, ascii)
def test_arguments(name: str, command: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with_english(tmp_path, monkeypatch)
    result = aligner(command, in_a_file_name(name).lstrip("-") + "gone", "x", "--no-such")
    assert result.exit_code == 2
    assert harmless(result.output), result.output
    result = aligner(command, in_a_file_name(name).lstrip("-") + "gone")
    assert result.exit_code == 2
    assert harmless(result.output), result.output


@each_row("name", NAMES, ascii)
def test_settings_lists_and_baselines(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = with_english(tmp_path, monkeypatch)
    (folder / "french.txt").write_text(GLUED, encoding="utf-8")
    (folder / "list").write_bytes(os.fsencode(name.replace("\0", "")) + b"\0")
    (folder / "a.toml").write_text(f"{json.dumps(name)} = 1\n".replace("\x7f", "\\u007f"), encoding="utf-8")
    suppress = {"reason": name, "code": "EXT102", "path": name}
    lines = "".join(f"{k} = {json.dumps(v)}\n" for k, v in suppress.items()).replace("\x7f", "\\u007f")
    (folder / "b.toml").write_text(f"[[suppress]]\n{lines}", encoding="utf-8")
    known = {"schema": 2, "findings": [{"path": "x", "code": "EXT101", "excerpt": name, "row": name}]}
    (folder / "known").write_text(json.dumps(known), encoding="utf-8")
    for options in (
        ("--files-from", "list"),
        ("--config", "a.toml"),
        ("--config", "b.toml"),
        ("--baseline", "known"),
        ("--since", name.replace("\0", "")),
        ("--encoder", "./" + name.replace("\0", "")),  # a folder: a name alone asks the hub
        ("--select", name),
    ):
        rules = () if "--select" in options else ("--select", "EXT,ALN")
        result = aligner("check", ".", "--no-detector", "--no-cache", *rules, *options)
        assert result.exit_code in (1, 2), result.output
        assert harmless(result.output), (options, result.output)


@each_row("name", NAMES, ascii)
def test_texts(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = with_english(tmp_path, monkeypatch)
    text = GLUED.replace("troisde", f"troisde {name} troisde")
    (folder / "french.md").write_text(
        f"{name}\n\n{text}\n\n<!-- aligner: ignore {name} -->", encoding="utf-8"
    )
    for command in ("check", "check github", "lint", "audit"):
        result = aligner(*COMMANDS[command])
        assert harmless(result.output), result.output
