"""What a check says of itself in the language of the interface: what it finds, why it matters, examples."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from aligner.checks.base import SECTIONS
from aligner.checks.wording import typeset
from aligner.model import Check, Language

_SECTION = re.compile(rf"^({'|'.join(SECTIONS)}):", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Explanation:
    """The parts of a check's documentation; the examples are in the languages of the texts."""

    summary: str
    finds: str
    matters: str
    bad: str
    good: str
    false_positives: str


def explanation(check: Check, ui: Language) -> Explanation:
    """Return a check's documentation in parts; in French, what has no French wording stays English."""
    summary, *parts = _SECTION.split(check.doc)
    said = {name: " ".join(text.split()) for name, text in zip(parts[::2], parts[1::2], strict=True)}
    own = _french().get(check.code, {}) if ui == "fr" else {}
    return Explanation(
        summary=own.get("summary") or summary.strip().partition("\n")[0],
        finds=own.get("finds") or said.get("Finds", ""),
        matters=own.get("matters") or said.get("Matters", ""),
        bad=said.get("Bad", ""),
        good=said.get("Good", ""),
        false_positives=own.get("false_positives") or said.get("False positives", ""),
    )


# Saves 6 ms a call, one call for each kind of finding on a French page.
@cache
def _french() -> Mapping[str, Mapping[str, str]]:
    text = files("aligner.checks").joinpath("data", "explanations_fr.toml").read_text("utf-8")
    return {
        code: {name: typeset(said) for name, said in parts.items()}
        for code, parts in tomllib.loads(text).items()
    }
