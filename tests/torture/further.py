"""Further attacks as data: what is put into a folder, a command, the exit codes owed, what must be said.

Every family is in a module of its own: ``forms``, ``further_reports``, ``further_options``,
``further_inputs``, ``further_places``, ``records``, ``revisions``.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tests.cli.articles import ENGLISH, GLUED

RULES = ("--no-detector", "--no-cache", "--select", "EXT101")
"""Options of most attacks: the rule that finds the fault of the articles, and nothing that takes time."""
Make = Callable[[Path], object]
"""What is done to a folder before the command."""
FR, EN = "articles/passerelle.txt", "articles/footbridge.txt"


@dataclass(frozen=True, slots=True)
class Further:
    """One attempt.

    ``make`` is called in a folder that holds both articles, the French one with its fault; ``reported``
    adds their report, in ``report``. ``codes`` are the exit codes that are right, ``said`` is what stderr
    holds, ``kept`` names files that must be as ``make`` left them. ``shown`` says that stdout is for people,
    ``account`` names a folder of which every file must be in the report ``new``, ``workflow`` the one path
    that the workflow written must check.
    """

    name: str
    command: tuple[str, ...]
    make: Make | None = None
    codes: tuple[int, ...] = (2,)
    said: str = ""
    stdin: bytes | None = None
    reported: bool = False
    kept: tuple[str, ...] = ()
    shown: bool = False
    account: str = ""
    workflow: str = ""


def write_articles(folder: Path) -> None:
    """Write both articles, the French one with its fault."""
    for name, text in ((FR, GLUED), (EN, ENGLISH)):
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_text(text, encoding="utf-8")


def writes(name: str, content: bytes | str) -> Make:
    """Return what writes one more file."""

    def make(folder: Path) -> None:
        file = folder / name
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_bytes(content.encode("utf-8", "surrogatepass") if isinstance(content, str) else content)

    return make


def also(*makes: Make) -> Make:
    """Return what does one after the other."""

    def make(folder: Path) -> None:
        for each in makes:
            each(folder)

    return make
