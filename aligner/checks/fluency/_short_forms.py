"""Words cut short by a full stop: months, weekdays, and what the splitter learned as abbreviations."""

from __future__ import annotations

from functools import cache

from aligner.model import Language
from aligner.quantities.units import SHORT_MONTHS, SHORT_WEEKDAYS
from aligner.text.punkt import parameters


# Saves a union of three sets a call, one call a sentence.
@cache
def short_forms(language: Language) -> frozenset[str]:
    """Return the words, in lower case, behind which a full stop ends no sentence."""
    return frozenset(
        {*parameters(language).abbreviations, *SHORT_MONTHS[language], *SHORT_WEEKDAYS[language]}
    )
