"""Puts a finding into words, in the language of the interface."""

from __future__ import annotations

import re

from aligner.checks.registry import CHECKS
from aligner.model import Finding, Language, Values

_MESSAGES = {check.code: check.messages for check in CHECKS}
_TITLES = {check.code: check.title for check in CHECKS}
_REPEATED = {
    "en": " The same thing is found {count} times in this article.",
    "fr": " La même chose se trouve {count} fois dans cet article.",
}
_FRENCH_SPACE = re.compile(r"(?<=«) | (?=[:;!?»])")


def message(finding: Finding, ui: Language) -> str:
    """Word a finding in whole sentences, as its check words it."""
    wording = _filled(_MESSAGES[finding.code][finding.key][ui], finding.values, ui)
    return wording + _filled(_REPEATED[ui], finding.values, ui) if "count" in finding.values else wording


def title(code: str, ui: Language) -> str:
    """Return the heading of a check for people; nothing for a code that this version does not know."""
    return _TITLES[code][ui] if code in _TITLES else ""


def _filled(template: str, values: Values, ui: Language) -> str:
    """Fill the fields, with the no-break spaces and apostrophes of French set in the template alone."""
    if ui == "fr":
        template = typeset(template)
    return template.format_map({name: _formatted(value, ui) for name, value in values.items()})


def typeset(french: str) -> str:
    """Set the no-break spaces and the apostrophes of French."""
    return _FRENCH_SPACE.sub("\u00a0", french).replace("'", "’")


def _formatted(value: str | int | float, ui: Language) -> str:
    """Write a value as the language does: a decimal comma in French. Texts of articles stay as they are."""
    if isinstance(value, float):
        return f"{value:.10g}".replace(".", "," if ui == "fr" else ".")
    return str(value)
