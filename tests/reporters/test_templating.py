"""Templates are kept compiled, and what is kept is never needed."""

from __future__ import annotations

import sys
from pathlib import Path

import jinja2
import pytest

from aligner.reporters.templating import environment


@pytest.fixture(autouse=True)
def _keep_byte_code(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", False)


def test_a_template_is_compiled_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    compiled = tmp_path / "compiled"
    environment(compiled).get_template("macros.html")
    assert len(list(compiled.iterdir())) == 1

    def unwanted(*_: object) -> str:
        raise AssertionError("the template is compiled again")

    monkeypatch.setattr(jinja2.Environment, "compile", unwanted)
    environment(compiled).get_template("macros.html")


@pytest.mark.parametrize("content", [b"", b"nonsense", b"j2"])
def test_a_damaged_file_is_replaced(tmp_path: Path, content: bytes) -> None:
    environment(tmp_path).get_template("macros.html")
    (kept,) = tmp_path.iterdir()
    whole = kept.read_bytes()
    for damaged in (content, whole[: len(whole) // 2], whole[:20]):
        kept.write_bytes(damaged)
        environment(tmp_path).get_template("macros.html")
        assert kept.read_bytes() == whole


def test_nothing_is_kept_where_python_keeps_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "dont_write_bytecode", True)
    environment(tmp_path).get_template("macros.html")
    assert not list(tmp_path.iterdir())


def test_a_folder_that_cannot_be_made_is_no_fault(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    environment(tmp_path / "file" / "compiled").get_template("macros.html")
