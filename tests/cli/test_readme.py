"""The README says what the program does: its table of checks, its commands, its sample output."""

import re
from pathlib import Path

import pytest

from aligner.checks.registry import CHECKS
from aligner.cli.checks import HEADINGS, TABLE_END, TABLE_START, markdown_table, row
from aligner.cli.main import COMMANDS
from tests.cli.articles import aligner

ROOT = Path(__file__).parent.parent.parent
README = (ROOT / "README.md").read_text(encoding="utf-8")
LONGEST = 160  # lines: what a newcomer reads to the end
PAGES = [
    ROOT / "README.md",
    ROOT / "CHANGELOG.md",
    *sorted((ROOT / "corpora").glob("*.md")),
    *sorted((ROOT / ".github").rglob("*.md")),
    *sorted((ROOT / "aligner").rglob("*.md")),
]


def test_the_readme_is_short() -> None:
    assert len(README.splitlines()) <= LONGEST


def test_table_of_checks_is_the_registry() -> None:
    page = (ROOT / "aligner" / "checks" / "README.md").read_text(encoding="utf-8")
    table = page.partition(TABLE_START)[2].partition(TABLE_END)[0]
    assert table.strip() == markdown_table(HEADINGS, [row(check) for check in CHECKS]), (
        "run `aligner checks --write aligner/checks/README.md`"
    )


def test_the_table_of_checks_is_written_between_its_marks(tmp_path: Path) -> None:
    page = tmp_path / "page.md"
    page.write_text(f"Before.\n{TABLE_START}\nold\n{TABLE_END}\nAfter.\n", encoding="utf-8")
    assert aligner("checks", "--write", page).exit_code == 0
    text = page.read_text(encoding="utf-8")
    assert text.startswith(f"Before.\n{TABLE_START}\n| code |")
    assert text.endswith(f"|\n{TABLE_END}\nAfter.\n")
    page.write_text("No table.\n", encoding="utf-8")
    wrong = aligner("checks", "--write", page)
    assert wrong.exit_code == 2
    assert "no table to update" in wrong.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_is_shown(name: str) -> None:
    assert re.search(rf"`aligner {name}\b", README)


@pytest.mark.parametrize("line", re.findall(r"(?<=```sh\naligner )\S.*(?=\n```)", README))
def test_example_names_a_command_and_options_that_exist(line: str) -> None:
    name, *words = line.split()
    words = words[1:] if name == "train" else words
    shown = aligner(name, *(line.split()[1:2] if name == "train" else ()), "--help").stdout
    assert all(word in shown for word in words if word.startswith("--"))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_lead_somewhere(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    links = [link for link in re.findall(r"\]\(([^)#]+)\)", text) if "://" not in link]
    assert [link for link in links if not (page.parent / link).exists()] == []
