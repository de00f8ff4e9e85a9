"""`aligner init`: a commented file of settings, and on request a workflow for CI."""

from __future__ import annotations

import json
import os
import re
import shlex
from collections.abc import Mapping, Sequence
from importlib.resources import files
from pathlib import Path

import click

from aligner.cli.options import ui_option
from aligner.model import InputError, Language
from aligner.settings.repository import from_top, repository
from aligner.text.visible import printable_path

SETTINGS = Path("aligner.toml")
DRAFTS: Mapping[Language, str] = {"en": "aligner.toml", "fr": "aligner_fr.toml"}
WORKFLOWS = {"github": Path(".github/workflows/aligner.yml"), "gitlab": Path(".gitlab/aligner.yml")}
"""Paths of workflows, from the top of the repository."""
PLACEHOLDER = "OWNER/aligner"
"""Placeholder in a workflow for the repository that aligner is installed from."""
_UNQUOTED = re.compile(r"[\w./ -]*")
_COMMAND = re.compile(r"^(\s*- (?:run: )?)(aligner check .*)$", re.MULTILINE)


def template(name: str) -> str:
    """Return one of the files that `aligner init` writes; PATHS in a workflow becomes what is checked."""
    return files("aligner.cli").joinpath("data", name).read_text("utf-8")


def workflow(ci: str, paths: Sequence[str]) -> str:
    """Return the workflow that checks some paths. Raises InputError for one that no workflow can name.

    ``paths`` are what follows ``aligner check``.
    """
    for path in paths:
        if not path.isprintable() or "${{" in path:
            raise InputError(f"{path!r}: no workflow can name it; rename it, or edit the workflow by hand")
    text = template(f"{ci}.yml").replace("PATHS", shlex.join(paths))
    return text if _UNQUOTED.fullmatch(shlex.join(paths)) else _COMMAND.sub(_in_quotes, text)


def _in_quotes(line: re.Match[str]) -> str:
    return line[1] + json.dumps(line[2], ensure_ascii=False)


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option(
    "--ci", multiple=True, type=click.Choice(tuple(WORKFLOWS)), help="Write a workflow too; repeatable."
)
@ui_option
def init(paths: tuple[str, ...], ci: tuple[str, ...], ui: Language) -> None:
    """Write a commented aligner.toml here, and with --ci a workflow that checks PATH... (default: here).

    The workflow goes to the top of the git repository, where it runs, and so do new settings with it. With
    --ci, settings that apply here already are left as they are.
    """
    from aligner.reporters.labels import label
    from aligner.settings.load import settings_file

    top = repository(Path()) if ci else None
    top_folder = Path(os.path.relpath(top)) if top else Path()
    settings = settings_file(Path()) if ci else None
    config = settings or top_folder / SETTINGS
    config_option = [] if config.parent == top_folder else ["--config", from_top(str(config), top)]
    checked = [_seen_from(top, path) for path in paths or (".",)]
    drafts = {top_folder / WORKFLOWS[host]: workflow(host, [*checked, *config_option]) for host in ci}
    if settings is None:
        drafts = {config: template(DRAFTS[ui]), **drafts}
    else:
        click.echo(label("left_as_it_is", ui, file=printable_path(str(settings))))
    for path in drafts:
        if os.path.lexists(path):
            raise InputError(f"{path}: exists already; delete it first to have a new one")
    for path, text in drafts.items():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
        click.echo(label("wrote", ui, file=str(path)))
        for number, line in enumerate(text.splitlines(), 1):
            if PLACEHOLDER in line:
                click.echo(label("put_repository", ui, where=f"{path}:{number}", placeholder=PLACEHOLDER))
    if "gitlab" in ci:
        click.echo(label("include_it", ui))


def _seen_from(top: Path | None, path: str) -> str:
    """Return a path as it is seen from the top of the repository; what is not in it, as it is."""
    return "." if top is not None and Path(os.path.realpath(path)) == top else from_top(path, top)
