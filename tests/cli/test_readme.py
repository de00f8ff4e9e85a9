"""The README says what the program does: its table of checks, its commands, its sample output."""

import re
import subprocess
import sys
from pathlib import Path

import pytest

from aligner.checks.registry import CHECKS
from aligner.cli.checks import HEADINGS, markdown_table, row
from aligner.cli.main import COMMANDS
from tests.cli.articles import aligner

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")


def test_table_of_checks_is_the_registry() -> None:
    found = re.search(r"<!-- checks: .*?-->\n(.*?)\n?<!-- end of checks -->", README, re.DOTALL)
    assert found
    assert found[1].strip() == markdown_table(HEADINGS, [row(check) for check in CHECKS]), (
        "paste the output of `aligner checks --format markdown` into the README"
    )


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown(name: str) -> None:
    assert re.search(rf"^\| .*`aligner {name}\b", README, re.MULTILINE)


@pytest.mark.parametrize("line", re.findall(r"(?<=```sh\naligner )\S.*(?=\n```)", README))
def test_example_names_a_command_and_options_that_exist(line: str) -> None:
    name, *words = line.split()
    words = words[1:] if name == "train" else words
    shown = aligner(name, *(line.split()[1:2] if name == "train" else ()), "--help").stdout
    assert all(word in shown for word in words if word.startswith("--"))


def test_sample_findings_are_what_lint_says() -> None:
    sample = re.findall(r"^corpora/demo/.*$", README, re.MULTILINE)
    assert sample
    # From the repository, as a reader would: the paths are part of what is printed.
    command = [sys.executable, "-m", "aligner.cli.main", "lint", "corpora/demo", "--ui", "en"]
    run = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, timeout=60, check=True)
    assert set(sample) <= set(run.stdout.splitlines())


def test_links_lead_somewhere() -> None:
    links = re.findall(r"\]\(([^)#]+)\)", README)
    assert [link for link in links if not link.endswith(".png") and not (ROOT / link).exists()] == []


def test_anchors_lead_somewhere() -> None:
    headings = {
        line.lstrip("# ").lower().replace(" ", "-") for line in README.splitlines() if line.startswith("#")
    }
    assert set(re.findall(r"\]\(#([^)]+)\)", README)) <= headings
