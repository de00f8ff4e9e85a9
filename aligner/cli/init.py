"""`aligner init`: a commented file of settings, and on request a workflow for CI."""

from __future__ import annotations

import shlex
from importlib.resources import files
from pathlib import Path

import click

from aligner.model import InputError

SETTINGS = Path("aligner.toml")
WORKFLOWS = {"github": Path(".github/workflows/aligner.yml"), "gitlab": Path(".gitlab/aligner.yml")}
"""Where a workflow goes."""


def template(name: str) -> str:
    """Return one of the files that `aligner init` writes; PATHS in a workflow becomes what is checked."""
    return files("aligner.cli").joinpath("data", name).read_text("utf-8")


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--ci", type=click.Choice(tuple(WORKFLOWS)), help="Write a workflow too.")
def init(paths: tuple[str, ...], ci: str | None) -> None:
    """Write a commented aligner.toml here, and with --ci a workflow that checks PATH... (default: here)."""
    drafts = [(SETTINGS, template("aligner.toml"))]
    if ci:
        drafts.append((WORKFLOWS[ci], template(f"{ci}.yml").replace("PATHS", shlex.join(paths) or ".")))
    for path, _ in drafts:
        if path.exists():
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
