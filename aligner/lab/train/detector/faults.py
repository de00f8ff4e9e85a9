"""Clean sentences made wrong on purpose, in the ways scraped, spun and machine-translated articles are.

Every kind takes the tokens of one sentence and gives them back changed, each token marked that a
reader would call wrong; None means that the kind finds no place for itself there.
"""

from __future__ import annotations

from collections.abc import Mapping

from aligner.lab.train.detector.context import Context, Kind, Tokens
from aligner.lab.train.detector.faults_of_forms import (
    attribute,
    inflect,
    number,
    same_sound,
    verb_after_auxiliary,
)
from aligner.lab.train.detector.faults_of_french import mood, participle
from aligner.lab.train.detector.faults_of_phrases import (
    cut_short,
    exchanged,
    false_start,
    moved,
    repeated_phrase,
    repeated_word,
    run_on,
    stray_sign,
)
from aligner.lab.train.detector.faults_of_words import (
    absurd,
    back_translated,
    drop_content,
    dropper,
    glued,
    insert_small,
    lexical,
    misspelt,
    one_letter_off,
    preposition,
    swapper,
    uncontracted,
    unhyphenated,
    untranslated,
)
from aligner.lab.train.detector.wordlists import (
    AUXILIARIES,
    CONFUSED,
    DETERMINERS,
    PREPOSITIONS,
    SMALL,
    SWAPPED_DETERMINERS,
)

Kinds = Mapping[str, tuple[Kind, float]]
"""Kinds of faults by name, each with the weight it is drawn by."""

KINDS: Kinds = {
    "drop auxiliary": (dropper(AUXILIARIES, "auxiliary", 0.5), 2.0),
    "drop determiner": (dropper(DETERMINERS, "determiner", 0.3), 1.6),
    "drop preposition": (dropper(PREPOSITIONS, "preposition", 0.4), 1.4),
    "drop small word": (dropper(SMALL, "function-word", 0.3), 1.2),
    "drop content": (drop_content, 1.4),
    "auxiliary": (
        swapper(
            {k: {w: tuple(sorted(v - {w})) for w in v} for k, v in AUXILIARIES.items()}, "auxiliary", 0.4
        ),
        0.7,
    ),
    "determiner": (swapper(SWAPPED_DETERMINERS, "agreement", 0.6), 1.2),
    "preposition": (preposition, 1.0),
    "uncontracted": (uncontracted, 0.4),
    "insert small word": (insert_small, 0.9),
    "inflect": (inflect, 4.0),
    "number": (number, 1.5),
    "attribute": (attribute, 0.8),
    "same sound": (same_sound, 1.6),
    "one letter off": (one_letter_off, 0.6),
    "verb after auxiliary": (verb_after_auxiliary, 1.2),
    "mood": (mood, 0.6),
    "participle": (participle, 0.8),
    "confused": (swapper(CONFUSED, "spelling", 0.8), 1.3),
    "lexical": (lexical, 1.6),
    "absurd": (absurd, 0.7),
    "back translated": (back_translated, 1.2),
    "untranslated": (untranslated, 0.9),
    "repeated word": (repeated_word, 0.3),
    "repeated phrase": (repeated_phrase, 0.9),
    "false start": (false_start, 0.8),
    "run on": (run_on, 1.0),
    "cut short": (cut_short, 0.4),
    "exchanged": (exchanged, 0.9),
    "moved": (moved, 1.0),
    "glued": (glued, 0.7),
    "unhyphenated": (unhyphenated, 0.6),
    "misspelt": (misspelt, 0.8),
    "stray sign": (stray_sign, 0.5),
}

GRAMMAR: Kinds = {
    name: KINDS[name]
    for name in (
        "determiner",
        "uncontracted",
        "inflect",
        "number",
        "attribute",
        "same sound",
        "one letter off",
        "verb after auxiliary",
        "confused",
        "misspelt",
        "preposition",
        "drop auxiliary",
        "drop determiner",
        "insert small word",
        "auxiliary",
        "unhyphenated",
        "mood",
        "participle",
    )
} | {"same sound": (same_sound, 3.0), "attribute": (attribute, 1.4)}
"""What people get wrong who write themselves: for short everyday sentences."""


def corrupt(tokens: Tokens, context: Context, count: int, kinds: Kinds = KINDS) -> Tokens:
    """Put up to ``count`` faults, drawn by weight, into a sentence; unchanged if none finds a place."""
    names, weights = list(kinds), [weight for _, weight in kinds.values()]
    planted = 0
    for name in context.rng.choices(names, weights, k=4 * count):
        corrupted = kinds[name][0](list(tokens), context)
        if corrupted:
            tokens = corrupted
            planted += 1
        if planted == count:
            break
    return tokens
