"""Words that sound alike: a rough key of how French is spoken, for the slips of those who write by ear."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping

_RULES = tuple(
    (re.compile(pattern), sound)
    for pattern, sound in (
        ("^h", ""),
        ("œu|eu|œ", "2"),
        ("eaux?$|aux?$|eau|au|ô", "o"),
        ("(?<=[^aeiouéèêq])(er|ez|és|ées?|é|ai|et)$", "é"),
        ("(?<=i)(er|ez|és|ées?|é)$", "é"),
        ("(ais|ait|aient|ets|êts?|aits?)$", "è"),
        ("aî|ai|ei|ê|ë", "è"),
        ("ill", "Y"),
        ("oî|oi", "W"),
        ("où|oû|ou", "U"),
        ("(?:ain|ein|in|im|yn)(?![aeiouyéèênm])", "5"),
        ("(?:an|am|en|em)(?![aeiouyéèênm])", "@"),
        ("(?:on|om)(?![aeiouyéèênm])", "O"),
        ("(?:un|um)(?![aeiouyéèênm])", "5"),
        ("ph", "f"),
        ("ch", "$"),
        ("gn", "G"),
        ("qu|q|k|c(?![eiéèêîy])", "K"),
        ("(?<=[aeiouyéèêUWo2])s(?=[aeiouyéèêUWo2])", "z"),
        ("sc(?=[eiéèê])|ç|c|ss", "s"),
        ("gu(?=[eiéèê])", "g"),
        ("g(?=[eiéèê])", "j"),
        ("ge(?=[aoâ])", "j"),
        (r"([bdfglmnprst])\1", r"\1"),
        ("tion", "siO"),
        ("ent$", "e"),
        ("â", "a"),
        ("û|ù", "u"),
        ("î|ï|y", "i"),
        ("h", ""),
        ("(?<=[^e])[stxdpz]+$", ""),
        ("(?<=..)es?$", ""),
    )
)
"""Order matters: endings first, then pairs of letters, then letters that stay silent."""


def sound(word: str) -> str:
    """Return roughly how a French word in lower case is spoken: words that sound alike mostly share a key."""
    for pattern, spoken in _RULES:
        word = pattern.sub(spoken, word)
    return word


def homophones(words: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Map each word to the others of the same key, where there are any."""
    by_sound: Mapping[str, list[str]] = defaultdict(list)
    for word in words:
        by_sound[sound(word)].append(word)
    return {
        word: tuple(o for o in group if o != word)
        for group in by_sound.values()
        if len(group) > 1
        for word in group
    }
