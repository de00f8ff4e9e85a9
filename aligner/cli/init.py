"""`aligner init`: a commented file of settings, and on request a workflow for CI."""

from __future__ import annotations

from pathlib import Path

import click

from aligner.model import InputError

SETTINGS = """\
# Settings of aligner. Every line is optional; the command line wins. See `aligner COMMAND --help`.

# select = ["EXT", "ACC"]     # run only these checks (codes, beginnings of codes, names)
# ignore = ["ACC302"]         # leave these out
# min-confidence = 0.0        # leave out what is less probable
# suspicion = 0.6             # what is less probable is shown apart and counts nowhere
# allow = ["Sensoréa"]        # words that no check reports
# terms = "glossary.csv"      # columns fr,en
# pairs = "pairs.csv"         # columns fr,en: pairs that are known

# [read]
# ignore = ["*.pdf"]          # files in folders that are left out on purpose

[gate]
fail-on = "major"             # minor, major, critical or none
# causes = ["extraction", "translation"]
# min-article-score = 60
# max-unpaired = 0.1          # share of articles without counterpart

# [gate.max]                  # findings allowed, by severity, cause or code
# minor = 50
# ACC309 = 0

# [[suppress]]                # a finding to waive: any of path, code, excerpt, fingerprint
# path = "sport/*"
# code = "EXT101"
# excerpt = "YouCool"
# reason = "A brand that spells itself so."
"""
GITHUB = """\
name: aligner
on: [pull_request]
permissions:
  contents: read
jobs:
  articles:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v5
        with: { fetch-depth: 0 }
      - uses: actions/setup-python@v6
        with: { python-version: "3.11", cache: pip }
      - run: pip install "$ALIGNER"
        env:
          ALIGNER: git+https://github.com/OWNER/aligner # where you install aligner from
      - run: aligner check PATHS --since "origin/$BASE" --format text --format github
        env:
          BASE: ${{ github.base_ref }}
"""
GITLAB = """\
aligner:
  image: python:3.11
  rules:
    - if: $CI_PIPELINE_SOURCE == "merge_request_event"
  variables:
    GIT_DEPTH: "0"
    PIP_CACHE_DIR: "$CI_PROJECT_DIR/.pip"
    ALIGNER: git+https://gitlab.com/OWNER/aligner # where you install aligner from
  cache: { key: pip, paths: [.pip] }
  script:
    - pip install "$ALIGNER"
    - git fetch origin "$CI_MERGE_REQUEST_TARGET_BRANCH_NAME"
    - aligner check PATHS --since FETCH_HEAD --format text --format gitlab=quality.json
  artifacts:
    when: always
    reports: { codequality: quality.json }
"""
WORKFLOWS = {
    "github": (Path(".github/workflows/aligner.yml"), GITHUB),
    "gitlab": (Path(".gitlab/aligner.yml"), GITLAB),
}


@click.command()
@click.argument("paths", nargs=-1, metavar="[PATH]...")
@click.option("--ci", type=click.Choice(tuple(WORKFLOWS)), help="Write a workflow too.")
def init(paths: tuple[str, ...], ci: str | None) -> None:
    """Write a commented aligner.toml here, and with --ci a workflow that checks PATH... (default: here)."""
    files = [(Path("aligner.toml"), SETTINGS)]
    if ci:
        place, text = WORKFLOWS[ci]
        files.append((place, text.replace("PATHS", " ".join(paths) or ".")))
    for path, _ in files:
        if path.exists():
            raise InputError(f"{path}: exists already; delete it first to have a new one")
    for path, text in files:
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text(text, encoding="utf-8")
        except OSError as error:
            raise InputError(f"{path}: cannot be written: {error.strerror or error}") from error
        click.echo(f"wrote {path}")
    if ci == "gitlab":
        click.echo("include it in .gitlab-ci.yml:  include: .gitlab/aligner.yml")
