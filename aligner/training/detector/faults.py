"""Clean sentences made wrong on purpose, in the ways scraped, spun and machine-translated articles are.

Every kind takes the tokens of one sentence and gives them back changed, each token marked that a
reader would call wrong; None means that the kind finds no place for itself there.
"""

from __future__ import annotations

from collections.abc import Mapping

from aligner.training.detector.faults_of_forms import (
    attribute,
    inflect,
    number,
    same_sound,
    verb_after_auxiliary,
)
from aligner.training.detector.faults_of_french import mood, participle
from aligner.training.detector.faults_of_phrases import (
    cut_short,
    exchanged,
    false_start,
    fused,
    lost_start,
    moved,
    repeated_phrase,
    repeated_word,
    run_on,
    said_again,
    stray_sign,
)
from aligner.training.detector.faults_of_words import (
    absurd,
    as_translated,
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
from aligner.training.detector.scene import Kind, Scene, Tokens
from aligner.training.detector.wordlists import (
    AUXILIARIES,
    CONFUSED,
    DETERMINERS,
    PREPOSITIONS,
    SMALL,
    SWAPPED_DETERMINERS,
)

Kinds = Mapping[str, tuple[Kind, float]]
"""Kinds of faults by name, each with the weight it is drawn by."""

SLIPS = 0.8
"""Weight of misspelt words, unless another is asked for."""

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
    "small word": (
        swapper({k: {w: tuple(sorted(v - {w})) for w in v} for k, v in SMALL.items()}, "function-word", 0.3),
        0.4,
    ),
    "inflect": (inflect, 4.0),
    "number": (number, 1.5),
    "attribute": (attribute, 0.8),
    "same sound": (same_sound, 1.6),
    "one letter off": (one_letter_off, 0.6),
    "as translated": (as_translated, 0.6),
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
    "lost start": (lost_start, 0.5),
    "fused": (fused, 0.6),
    "said again": (said_again, 0.6),
    "cut short": (cut_short, 0.4),
    "exchanged": (exchanged, 0.9),
    "moved": (moved, 1.0),
    "glued": (glued, 0.7),
    "unhyphenated": (unhyphenated, 0.6),
    "misspelt": (misspelt, SLIPS),
    "stray sign": (stray_sign, 0.5),
}

GRAMMAR: Kinds = {
    name: KINDS[name]
    for name in (
        "determiner", "uncontracted", "inflect", "number", "attribute", "same sound", "one letter off",
        "verb after auxiliary", "confused", "misspelt", "preposition", "drop auxiliary", "drop determiner",
        "insert small word", "auxiliary", "unhyphenated", "mood", "participle",
    )
} | {"same sound": (same_sound, 3.0), "attribute": (attribute, 1.4)}  # fmt: skip
"""What people get wrong who write themselves: for short everyday sentences."""


def _of(weights: Mapping[str, float]) -> Kinds:
    return {name: (KINDS[name][0], weight) for name, weight in weights.items()}


CHOSEN: Mapping[str, Kinds] = {
    "agreement": _of({"number": 1.5, "attribute": 0.8, "participle": 0.8}),
    "small words": _of(
        {"drop auxiliary": 1.5, "drop determiner": 3.0, "drop preposition": 2.5, "drop small word": 2.5,
         "auxiliary": 1.0, "determiner": 1.0, "preposition": 2.0, "insert small word": 1.2, "small word": 1.5}
    ),
    "clauses": _of(
        {"lost start": 2.0, "fused": 2.5, "said again": 2.5, "repeated phrase": 0.8, "false start": 0.4,
         "run on": 0.5, "number": 2.2, "determiner": 1.6, "attribute": 1.0, "participle": 0.6, "inflect": 0.8,
         "drop determiner": 1.0, "drop preposition": 1.0, "drop small word": 1.0, "small word": 0.6,
         "drop auxiliary": 0.5, "drop content": 0.5, "back translated": 0.8}
    ),
}  # fmt: skip
"""Kinds that are learned by themselves, for most of them is missed: agreement of words that stand apart;
small words lost, exchanged or added; clauses without a seam, left or said twice, and what is hard to hear."""

KINDS_BESIDE: Kinds = {name: kind for name, kind in KINDS.items() if name not in ("lost start", "fused")}
"""Kinds for one side of a pair: what another sentence adds would be wrong there from end to end."""


def with_slips(kinds: Kinds, weight: float) -> Kinds:
    """The same kinds, misspelt words of another weight."""
    return {**kinds, "misspelt": (misspelt, weight)}


def spoil(tokens: Tokens, scene: Scene, count: int, kinds: Kinds = KINDS) -> Tokens:
    """Put up to ``count`` faults, drawn by weight, into a sentence; unchanged if none finds a place."""
    names, weights = list(kinds), [weight for _, weight in kinds.values()]
    done = 0
    for name in scene.rng.choices(names, weights, k=4 * count):
        made = kinds[name][0](list(tokens), scene)
        if made:
            tokens = made
            done += 1
        if done == count:
            break
    return tokens
