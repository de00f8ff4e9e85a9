"""The words that numbers are made of, French and English, with their values."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from aligner.model import Language


def _table(words: str, values: Sequence[float]) -> dict[str, float]:
    return dict(zip(words.split(), values, strict=True))


_SMALL = [0, *range(2, 17)]
_TENS = [20, 30, 40, 50, 60]
UNITS: Mapping[Language, Mapping[str, float]] = {
    "fr": _table(
        "zéro deux trois quatre cinq six sept huit neuf dix onze douze treize quatorze quinze seize "
        "vingt trente quarante cinquante soixante vingts septante huitante octante nonante",
        [*_SMALL, *_TENS, 20, 70, 80, 80, 90],
    ),
    "en": _table(
        "zero two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen "
        "twenty thirty forty fifty sixty seventeen eighteen nineteen seventy eighty ninety",
        [*_SMALL, *_TENS, 17, 18, 19, 70, 80, 90],
    ),
}
ORDINALS: Mapping[Language, Mapping[str, float]] = {
    "fr": _table(
        "unième deuxième troisième quatrième cinquième sixième septième huitième neuvième dixième onzième "
        "douzième treizième quatorzième quinzième seizième vingtième trentième quarantième cinquantième "
        "soixantième premier première second seconde",
        [*range(1, 17), *_TENS, 1, 1, 2, 2],
    ),
    "en": _table(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth "
        "fourteenth fifteenth sixteenth twentieth thirtieth fortieth fiftieth sixtieth seventeenth "
        "eighteenth nineteenth seventieth eightieth ninetieth",
        [*range(1, 17), *_TENS, 17, 18, 19, 70, 80, 90],
    ),
}
ONES: Mapping[Language, frozenset[str]] = {
    "fr": frozenset({"un", "une"}),
    "en": frozenset({"one", "a", "an"}),
}
HUNDREDS: Mapping[Language, frozenset[str]] = {
    "fr": frozenset({"cent", "cents"}),
    "en": frozenset({"hundred"}),
}
HUNDREDTH: Mapping[Language, str] = {"fr": "centième", "en": "hundredth"}
MAGNITUDES: Mapping[Language, Mapping[str, float]] = {
    "fr": {
        "mille": 1e3,
        "milles": 1e3,
        "mil": 1e3,
        "million": 1e6,
        "millions": 1e6,
        "milion": 1e6,
        "milliard": 1e9,
        "milliards": 1e9,
        "billion": 1e12,
        "billions": 1e12,
        "trillion": 1e18,
        "trillions": 1e18,
    },
    "en": {
        "thousand": 1e3,
        "thousands": 1e3,
        "million": 1e6,
        "millions": 1e6,
        "milion": 1e6,
        "milliard": 1e9,
        "milliards": 1e9,
        "billion": 1e9,
        "billions": 1e9,
        "trillion": 1e12,
        "trillions": 1e12,
    },
}
COLLECTIVES: Mapping[Language, Mapping[str, float]] = {
    "fr": {
        "dizaine": 10,
        "douzaine": 12,
        "quinzaine": 15,
        "vingtaine": 20,
        "trentaine": 30,
        "quarantaine": 40,
        "cinquantaine": 50,
        "soixantaine": 60,
        "centaine": 100,
        "millier": 1000,
    },
    "en": {"dozen": 12, "couple": 2, "pair": 2},
}
VAGUE: Mapping[Language, Mapping[str, float]] = {
    "fr": {
        "dizaines": 10,
        "douzaines": 12,
        "vingtaines": 20,
        "centaines": 100,
        "milliers": 1e3,
        "millions": 1e6,
        "milliards": 1e9,
    },
    "en": {
        "tens": 10,
        "dozens": 12,
        "scores": 20,
        "hundreds": 100,
        "thousands": 1e3,
        "millions": 1e6,
        "billions": 1e9,
        "trillions": 1e12,
        "multimillion": 1e6,
        "multibillion": 1e9,
    },
}
PARTS: Mapping[Language, Mapping[str, float]] = {
    "fr": {
        "demi": 2,
        "demie": 2,
        "tiers": 3,
        "quart": 4,
        "quarts": 4,
        "cinquième": 5,
        "cinquièmes": 5,
        "sixième": 6,
        "sixièmes": 6,
        "septième": 7,
        "septièmes": 7,
        "huitième": 8,
        "huitièmes": 8,
        "neuvième": 9,
        "neuvièmes": 9,
        "dixième": 10,
        "dixièmes": 10,
    },
    "en": {
        "half": 2,
        "halves": 2,
        "third": 3,
        "thirds": 3,
        "quarter": 4,
        "quarters": 4,
        "fourth": 4,
        "fourths": 4,
        "fifth": 5,
        "fifths": 5,
        "sixth": 6,
        "sixths": 6,
        "seventh": 7,
        "sevenths": 7,
        "eighth": 8,
        "eighths": 8,
        "ninth": 9,
        "ninths": 9,
        "tenth": 10,
        "tenths": 10,
    },
}
FACTORS: Mapping[Language, Mapping[str, float]] = {
    "fr": {
        stem + ending: factor
        for stem, factor in (("doubl", 2), ("tripl", 3), ("quadrupl", 4), ("quintupl", 5), ("décupl", 10))
        for ending in "e es er é ée és ées ent ait aient a ant era eront".split()
    },
    "en": {
        "twice": 2,
        "thrice": 3,
        "twofold": 2,
        "threefold": 3,
        "fourfold": 4,
        "fivefold": 5,
        "tenfold": 10,
        **{
            stem + ending: factor
            for stem, factor in (("doubl", 2), ("tripl", 3), ("trebl", 3), ("quadrupl", 4), ("quintupl", 5))
            for ending in ("e", "es", "ed", "ing")
        },
    },
}
"""Words that say how many times as much: they answer "three times", and differ from it."""
HALVED: Mapping[Language, frozenset[str]] = {
    "fr": frozenset(),
    "en": frozenset({"halve", "halved", "halving"}),
}
"""Words for the half that French calls "divisé par deux" too."""
TIMES: Mapping[Language, frozenset[str]] = {
    "fr": frozenset({"fois", "reprises"}),
    "en": frozenset({"times", "occasions", "fold"}),
}
"""Words behind a number that make a factor, or a count of occasions, of it."""
NUMBER_WORDS: Mapping[Language, frozenset[str]] = {
    language: frozenset(
        {*UNITS[language], *ORDINALS[language], *HUNDREDS[language], *MAGNITUDES[language]}
        | {*COLLECTIVES[language], *VAGUE[language], *PARTS[language]}
        | {"moitié", "half", "demi", "hundredth", "thousandth", "millionth", "centième", "millième"}
    )
    for language in ("fr", "en")
}
GREAT_ORDINALS: Mapping[str, float] = {
    "millième": 1e3,
    "millionième": 1e6,
    "milliardième": 1e9,
    "thousandth": 1e3,
    "millionth": 1e6,
    "billionth": 1e9,
}
