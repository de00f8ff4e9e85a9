"""`aligner init`: a commented file of settings, and on request a workflow for CI."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import click

from aligner.model import InputError

SETTINGS = Path("aligner.toml")
WORKFLOWS = {"github": Path(".github/workflows/aligner.yml"), "gitlab": Path(".gitlab/aligner.yml")}
"""Where a workflow goes."""
_PLAIN = re.compile(r"[\w./ -]*")
_COMMAND = re.compile(r"^(\s*- (?:run: )?)(aligner check .*)$", re.MULTILINE)


def template(name: str) -> str:
    """Return one of the files that `aligner init` writes; PATHS in a workflow becomes what is checked."""
    return files("aligner.cli").joinpath("data", name).read_text("utf-8")


def workflow(ci: str, paths: Sequence[str]) -> str:
    """Return the workflow that checks some paths. Raises InputError for one that no workflow can name."""
    for path in paths:
        if not path.isprintable() or "${{" in path:
            raise InputError(f"{path!r}: no workflow can name it; rename it, or edit the workflow by hand")
    text = template(f"{ci}.yml").replace("PATHS", shlex.join(paths) or ".")
    return text if _PLAIN.fullmatch(shlex.join(paths)) else _COMMAND.sub(_in_quotes, text)


def _in_quotes(line: re.Match[str]) -> str:
    return line[1] + json.dumps(line[2], ensure_ascii=False)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--ci", type=click.Choice(tuple(WORKFLOWS)), help="Write a workflow too.")
def init(paths: tuple[str, ...], ci: str | None) -> None:
    """Write a commented aligner.toml here, and with --ci a workflow that checks PATH... (default: here)."""
    drafts = [(SETTINGS, template("aligner.toml"))]
    if ci:
        drafts.append((WORKFLOWS[ci], workflow(ci, paths)))
    for path, _ in drafts:
        if os.path.lexists(path):
            raise InputError(f"{path}: exists already; delete it first to have a new one")
    for path, text in drafts:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
        click.echo(f"wrote {path}")
    if ci == "gitlab":
        click.echo("include it in .gitlab-ci.yml:  include: .gitlab/aligner.yml")
