"""The documentation of a check in the language of the interface: finds, matters, examples."""

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
    sections = {name: " ".join(text.split()) for name, text in zip(parts[::2], parts[1::2], strict=True)}
    translated = _french().get(check.code, {}) if ui == "fr" else {}
    return Explanation(
        summary=translated.get("summary") or summary.strip().partition("\n")[0],
        finds=translated.get("finds") or sections.get("Finds", ""),
        matters=translated.get("matters") or sections.get("Matters", ""),
        bad=sections.get("Bad", ""),
        good=sections.get("Good", ""),
        false_positives=translated.get("false_positives") or sections.get("False positives", ""),
    )


# Saves 6 ms a call, one call for each kind of finding on a French page.
@cache
def _french() -> Mapping[str, Mapping[str, str]]:
    text = files("aligner.checks").joinpath("data", "explanations_fr.toml").read_text("utf-8")
    return {
        code: {name: typeset(wording) for name, wording in parts.items()}
        for code, parts in tomllib.loads(text).items()
    }
