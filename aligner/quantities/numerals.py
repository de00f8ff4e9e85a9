"""Reads one number at one place, in digits, words or both: "quatre-vingt-dix-sept", "2,5 millions".

Own reader because it must give exact spans, mix digits with words and keep ordinals, fractions and
collectives ("une dizaine", "half a dozen") apart; tested against num2words in both languages.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal, NamedTuple

from aligner.lexicon.function_words import word_set
from aligner.model import Language
from aligner.quantities.tokens import LINKS, Token, digit_readings, sign_fraction
from aligner.quantities.wholes import whole_after
from aligner.quantities.words import (
    COLLECTIVES,
    GREAT_ORDINALS,
    HUNDREDS,
    HUNDREDTH,
    MAGNITUDES,
    NUMBER_WORDS,
    ONES,
    ORDINALS,
    PARTS,
    UNITS,
    VAGUE,
)

Form = Literal["cardinal", "ordinal", "fraction", "collective", "vague"]


class Spelled(NamedTuple):
    """A number over the tokens before ``last``: every value it can have, the likeliest first."""

    values: tuple[float, ...]
    form: Form
    last: int


def _is_linked(tokens: Sequence[Token], i: int) -> bool:
    return i < len(tokens) and tokens[i].gap in LINKS


def _low(tokens: Sequence[Token], i: int) -> str:
    """Return the word at ``i`` if it can continue a number that ends just before it, else ""."""
    return tokens[i].low if _is_linked(tokens, i) else ""


Group = tuple[float, int, bool]  # value, next token, whether its last word is an ordinal


def _simple(word: str, language: Language, one_counts: bool) -> tuple[float, bool] | None:
    """Return the value of one word below a hundred, and whether it is an ordinal."""
    if word in UNITS[language]:
        return UNITS[language][word], False
    if one_counts and word in ("un", "une", "one"):
        return 1, False
    stem = word[:-1] if word.endswith("s") else word
    if stem in ORDINALS[language]:
        return ORDINALS[language][stem], True
    return None


def _below_hundred(tokens: Sequence[Token], i: int, language: Language, one_counts: bool) -> Group | None:
    first = _simple(tokens[i].low, language, one_counts)
    if first is None:
        return None
    value, ordinal = first
    i += 1
    if ordinal:
        return value, i, True
    if language == "fr" and value == 4 and _low(tokens, i) in ("vingt", "vingts", "vingtième"):
        value, ordinal, i = 80, tokens[i].low == "vingtième", i + 1
    if ordinal or value < 10 or (10 < value < 20):
        return value, i, ordinal
    after_and = language == "fr" and _low(tokens, i) == "et" and i + 1 < len(tokens)
    j = i + 1 if after_and else i
    units = _simple(_low(tokens, j), language, True) if _is_linked(tokens, j) else None
    if units is None or not _continues(value, units[0], language, after_and):
        return value, i, False
    if language == "fr" and units[0] == 10 and not units[1] and (teens := _ten_to_nineteen(tokens, j)):
        return value + teens[0], teens[1], teens[2]
    return value + units[0], j + 1, units[1]


def _ten_to_nineteen(tokens: Sequence[Token], ten: int) -> Group | None:
    units = _simple(_low(tokens, ten + 1), "fr", False)
    if units is None or units[0] not in (7, 8, 9):
        return None
    return 10 + units[0], ten + 2, units[1]


def _continues(tens: float, units: float, language: Language, after_and: bool) -> bool:
    """Return whether a word of value ``units`` may follow a word of value ``tens``."""
    if language == "en":
        return tens >= 20 and 1 <= units <= 9
    if after_and:
        return units == 1 or (tens == 60 and units == 11)
    if tens == 10:
        return units in (7, 8, 9)
    return 1 <= units <= 9 or (tens in (60, 80) and 10 <= units <= 16)


def _below_thousand(tokens: Sequence[Token], i: int, language: Language) -> Group | None:
    factor = 1.0
    if tokens[i].low in ONES[language] and _is_hundred(_low(tokens, i + 1), language):
        i += 1
    elif not _is_hundred(tokens[i].low, language):
        group = _below_hundred(tokens, i, language, False)
        if group is None or group[2] or not _is_hundred(_low(tokens, group[1]), language):
            return group
        factor, i = group[0], group[1]
    value, i = factor * 100, i + 1
    if tokens[i - 1].low == HUNDREDTH[language]:
        return value, i, True
    j = i + 1 if language == "en" and _low(tokens, i) == "and" else i
    lower = _below_hundred(tokens, j, language, True) if _is_linked(tokens, j) else None
    return (value, i, False) if lower is None else (value + lower[0], lower[1], lower[2])


def _is_hundred(word: str, language: Language) -> bool:
    return word in HUNDREDS[language] or word == HUNDREDTH[language]


def _magnified(
    tokens: Sequence[Token], i: int, language: Language, values: tuple[float, ...], reached: float = 1.0
) -> Spelled:
    """Apply what follows ``values`` at token ``i``; they already hold the magnitude ``reached``."""
    i, values = add_half(tokens, i, language, values, reached)
    last = reached
    if _low(tokens, i) == "autres" and _low(tokens, i + 1) in MAGNITUDES[language]:
        i += 1
    while (magnitude := MAGNITUDES[language].get(_low(tokens, i), 0.0)) > last:
        scaled = tuple(v * magnitude for v in values)
        # "Milles" is a slip for "mille", or miles.
        values = scaled + values if tokens[i].low == "milles" else scaled
        reached, i = reached * magnitude, i + 1
        last = magnitude
    if reached > 1:
        i, values = add_half(tokens, i, language, values, reached)
        i, values = _with_lower(tokens, i, language, values, reached)
    if factor := GREAT_ORDINALS.get(_low(tokens, i)):
        return Spelled(tuple(v * factor for v in values), "ordinal", i + 1)
    return Spelled(values, "cardinal", i)


def add_half(
    tokens: Sequence[Token], i: int, language: Language, values: tuple[float, ...], unit: float = 1.0
) -> tuple[int, tuple[float, ...]]:
    """Add "et demi", "and a half" or "½" of ``unit``; returns the next token and the new values."""
    if i < len(tokens) and tokens[i].kind == "sign" and (part := sign_fraction(tokens[i])):
        return i + 1, tuple(v + part * unit for v in values)
    half = ("et", ("demi", "demie")) if language == "fr" else ("and", ("half",))
    j = i + 2 if _low(tokens, i + 1) == "a" else i + 1
    if _low(tokens, i) == half[0] and _low(tokens, j) in half[1]:
        return j + 1, tuple(v + unit / 2 for v in values)
    return i, values


def _with_lower(
    tokens: Sequence[Token], i: int, language: Language, values: tuple[float, ...], magnitude: float
) -> tuple[int, tuple[float, ...]]:
    """Add a number below ``magnitude`` that goes on: "two million, three hundred thousand and five"."""
    if i >= len(tokens):
        return i, values
    if language == "fr" and tokens[i].kind == "number" and _is_linked(tokens, i):
        # "5 mille 352", "1 million 250 000"
        smaller = _magnified(tokens, i + 1, language, (digit_readings(tokens[i].text, language).native,))
        if smaller.values[0] < magnitude <= smaller.values[0] * 1000:
            return smaller.last, tuple(v + smaller.values[0] for v in values)
        return i, values
    by_and = language == "en" and _low(tokens, i) == "and" and _is_linked(tokens, i + 1)
    j = i + 1 if by_and else i
    if not by_and and not _is_linked(tokens, i) and not (language == "en" and tokens[i].gap == ", "):
        return i, values
    lower = _cardinal(tokens, j, language)
    if lower is None or lower.values[0] >= (100 if by_and else magnitude):
        return i, values
    return lower.last, tuple(v + lower.values[0] for v in values)


def _cardinal(tokens: Sequence[Token], i: int, language: Language) -> Spelled | None:
    """Read a number in words only, magnitudes and ordinals included."""
    if language == "fr" and tokens[i].low in ("mille", "mil"):
        return _magnified(tokens, i + 1, language, (1e3,), 1e3)
    if tokens[i].low in ONES[language] and _low(tokens, i + 1) in MAGNITUDES[language]:
        return _magnified(tokens, i + 1, language, (1.0,))
    group = _below_thousand(tokens, i, language)
    if group is None and tokens[i].low in ("un", "une", "one"):
        group = (1, i + 1, False)
    if group is None:
        return None
    if group[2]:
        return Spelled((group[0],), "ordinal", group[1])
    return _magnified(tokens, group[1], language, (group[0],))


_NOUGHT = frozenset({"oh", "o"})


def _spoken_year(tokens: Sequence[Token], i: int) -> Spelled | None:
    """Read an English year said as two numbers: "nineteen ninety-eight", "twenty oh five"."""
    century, second = UNITS["en"].get(tokens[i].low, 0), _low(tokens, i + 1)
    if not 13 <= century <= 20 or not second:  # below, it is rather the time: "twelve thirty"
        return None
    if second in _NOUGHT:
        year, after = UNITS["en"].get(_low(tokens, i + 2), 10), i + 3
    elif (group := _below_hundred(tokens, i + 1, "en", False)) and group[0] >= 10 and not group[2]:
        year, after = group[:2]
    else:
        return None
    following = _low(tokens, after)
    goes_on = following and (
        tokens[after].gap == "-" or following in MAGNITUDES["en"] or following == "hundred"
    )
    if year >= 100 or (second in _NOUGHT and year >= 10) or goes_on:  # "nineteen twenty-year-olds"
        return None
    return Spelled((century * 100 + year,), "cardinal", after)


def _half(tokens: Sequence[Token], i: int, language: Language) -> Spelled | None:
    """Read "half a million", "un demi-milliard" and "une demi-douzaine"; plain "half" is a fraction."""
    j = i + 1 if tokens[i].low in ONES[language] and _low(tokens, i + 1) in ("demi", "half") else i
    word = tokens[j].low
    if word == "moitié":
        return Spelled((0.5,), "fraction", j + 1)
    if word not in ("half", "demi"):
        return None
    following = j + 2 if language == "en" and _low(tokens, j + 1) in ONES["en"] else j + 1
    if magnitude := MAGNITUDES[language].get(_low(tokens, following)):
        return Spelled((magnitude / 2,), "cardinal", following + 1)
    if collective := COLLECTIVES[language].get(_low(tokens, following)):
        return Spelled((collective / 2,), "collective", following + 1)
    whole_time = language == "fr" and whole_after(tokens, j + 1, language)
    return Spelled((0.5,), "fraction", j + 1) if language == "en" or whole_time else None


_SEVERAL = word_set("several few many multi")


def _several(tokens: Sequence[Token], i: int, language: Language) -> Spelled | None:
    """Read an English power of ten that words multiply: "several hundred thousand", "multi-million"."""
    plural = f"{tokens[i].low}s"
    if language == "fr" or not i or tokens[i - 1].low not in _SEVERAL or not _is_linked(tokens, i):
        return None
    if (vague := VAGUE["en"].get(plural)) is None:
        return None
    factor = VAGUE["en"].get(f"{_low(tokens, i + 1)}s")
    return Spelled((vague * factor,), "vague", i + 2) if factor else Spelled((vague,), "vague", i + 1)


def _collective(tokens: Sequence[Token], i: int, language: Language) -> Spelled | None:
    """Read "une dizaine", "two dozen", "quelques milliers", "several million", "hundreds of thousands"."""
    if several := _several(tokens, i, language):
        return several
    if vague := VAGUE[language].get(tokens[i].low):
        of = i + 2 if _low(tokens, i + 1) in ("of", "de") else i + 1
        factor = VAGUE[language].get(_low(tokens, of))
        return Spelled((vague * factor,), "vague", of + 1) if factor else Spelled((vague,), "vague", i + 1)
    factor, j = 1.0, i
    if tokens[i].low in ONES[language]:
        j = i + 1
    elif unit := UNITS[language].get(tokens[i].low):
        factor, j = unit, i + 1
    word = _low(tokens, j) if j > i else tokens[j].low
    value = COLLECTIVES[language].get(word) or (
        COLLECTIVES["fr"].get(word[:-1]) if language == "fr" and j > i and word.endswith("s") else None
    )
    if not value:
        return None
    magnitude = (
        MAGNITUDES[language].get(_low(tokens, j + 2), 0.0) if _low(tokens, j + 1) in ("de", "of") else 0.0
    )
    return Spelled((factor * value * (magnitude or 1),), "collective", j + 3 if magnitude else j + 1)


_WHICH_THIRD = word_set("premier deuxième second dernier autre")


def _part(tokens: Sequence[Token], i: int, language: Language) -> Spelled | None:
    """Read "un tiers", "two-thirds" and "trois quarts"; "a third" may also be the ordinal."""
    if tokens[i].low in ("tiers", "quart"):
        if tokens[i].low == "tiers" and i and tokens[i - 1].low in _WHICH_THIRD:
            return Spelled((1 / 3, 3), "fraction", i + 1)  # "le dernier tiers", "the final third"
        of = _low(tokens, i + 1) in ("de", "d", "des", "du") and not _low(tokens, i + 2).startswith("final")
        return Spelled((1 / PARTS["fr"][tokens[i].low],), "fraction", i + 1) if of else None
    count = 1.0 if tokens[i].low in ONES[language] else UNITS[language].get(tokens[i].low)
    part = PARTS[language].get(_low(tokens, i + 1)) if count else None
    if not count or not part or count >= part:
        return None
    return Spelled((count / part, part) if count == 1 else (count / part,), "fraction", i + 2)


def read_number(
    tokens: Sequence[Token], i: int, language: Language, digits: tuple[float, ...] = ()
) -> Spelled | None:
    """Read the longest number from token ``i``; ``digits`` are the readings of a digit token there.

    Covers cardinals and ordinals below 10**21, mixed forms ("2,5 millions"), halves ("two and a half
    million"), fractions, and collectives ("une dizaine", "half a dozen"). An article alone is none.
    """
    if digits:
        return _magnified(tokens, i + 1, language, digits)
    word = tokens[i].low
    if word in ("cent", "mille") and i and tokens[i - 1].low == "pour":
        return None
    if word not in NUMBER_WORDS[language] and word not in ONES[language]:
        return None
    if (
        special := _half(tokens, i, language)
        or _collective(tokens, i, language)
        or _part(tokens, i, language)
        or (language == "en" and _spoken_year(tokens, i))
    ):
        return special
    if word in ONES[language]:
        following = _low(tokens, i + 1)
        if factor := GREAT_ORDINALS.get(following):
            return Spelled((factor,), "ordinal", i + 2)
        if following not in MAGNITUDES[language] and not _is_hundred(following, language):
            half = add_half(tokens, i + 1, language, (1.0,)) if word == "one" else (i + 1, (1.0,))
            return _magnified(tokens, half[0], language, half[1]) if half[0] > i + 1 else None
    if factor := GREAT_ORDINALS.get(word):
        return Spelled((factor,), "ordinal", i + 1)
    return _cardinal(tokens, i, language)
