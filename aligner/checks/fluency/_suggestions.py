"""The corrected words that a rule of grammar proposes, filled in from those that it found."""

from __future__ import annotations

import re
from collections.abc import Sequence

from aligner.checks.fluency._terms import FEATURES, Match, Word, values_of
from aligner.lexicon.morphology import Reading, forms, pluralised, regularised
from aligner.model import Language

_A_BEFORE_VOWEL = re.compile(r"\b([Aa])(?= (?!uni[^n]|eu|one\b|us[eu]|ur[aeio])[aeiou])")
_ELIDED = re.compile(r"\b(d|qu)e (?=[aâeéèêiîoôuœ]|h[aâeéèêiîouy])", re.IGNORECASE)
_SLOT = re.compile(r"\{(?P<place>\d+)(?:(?P<how>[:=])(?P<what>[\w.]+))?\}")


def suggestion_of(template: str, match: Match, language: Language) -> str | None:
    """Fill the places of a suggestion; None if a form that it asks for is not known."""
    is_missing = False

    def filled(slot: re.Match[str]) -> str:
        nonlocal is_missing
        words = match[int(slot["place"]) - 1]
        if slot["how"] is None:
            return " ".join(word.text for word in words)
        if not words:
            return ""
        form = _form_of(words[-1], slot["how"], slot["what"], match, language)
        is_missing = is_missing or form is None
        return form or ""

    text = re.sub(r"\s+", " ", _SLOT.sub(filled, template)).strip()
    text = re.sub(r"(?<=[’']) ", "", text)
    pattern, replacement = (_ELIDED, r"\1'") if language == "fr" else (_A_BEFORE_VOWEL, r"\1n")
    text = pattern.sub(replacement, text)
    return None if is_missing else text


def _form_of(word: Word, mode: str, target: str, match: Match, language: Language) -> str | None:
    if mode == "=":
        model = match[int(target) - 1][-1]
        shape: frozenset[str] = frozenset()
        for values in (FEATURES["number"], FEATURES["gender"]):
            model_values = values_of(model, values)
            if len(model_values) == 1:
                shape |= model_values
        candidates = _with_shape(word.readings, shape, language)
    elif target == "regular":
        form = regularised(word.lower) if language == "en" else pluralised(word.lower)
        candidates = {form} if form else set()
    else:
        tags = frozenset(target.split("."))
        candidates = {form for reading in word.readings for form in forms(reading.lemma, tags, language)}
    return candidates.pop() if len(candidates) == 1 else None


def _with_shape(all_readings: Sequence[Reading], shape: frozenset[str], language: Language) -> set[str]:
    """Forms of the same word and kind, of another number or gender."""
    features = (FEATURES["number"], FEATURES["gender"])
    words: set[str] = set()
    for reading in all_readings:
        kind = reading.tags - features[0] - features[1]
        for values in features:
            kind |= shape & values or reading.tags & values
        words.update(forms(reading.lemma, kind, language))
    return words
