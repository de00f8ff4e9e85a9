"""Reads every number, amount, date and measure of a text by value, in French or English.

``read_quantities`` is all that others need; ``aligner.quantities.compare`` compares two sides.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import lru_cache

from aligner.lexicon.function_words import word_set
from aligner.model import Language
from aligner.quantities.compound import join_compounds, tail_value
from aligner.quantities.dates import month_first, read_calendar, read_clock, short_years
from aligner.quantities.issuers import with_issuer
from aligner.quantities.measures import SYMBOLS, Measure, abbreviated_magnitude, measure_after, money_before
from aligner.quantities.numerals import Spelled, add_half, read_number
from aligner.quantities.phrases import read_clock_words, read_phrases
from aligner.quantities.shared import fiscal, share_units, signed
from aligner.quantities.single import implied, word_alone
from aligner.quantities.tokens import (
    Readings,
    Token,
    covered,
    digit_readings,
    digit_values,
    marks_are_sure,
    sign_fraction,
    tokenize,
)
from aligner.quantities.types import Kind, Quantity
from aligner.quantities.units import (
    ABBREVIATED,
    CURRENCIES,
    HOMOGRAPHS,
    MONTHS,
    MULTIPLES,
    SHORT_WEEKDAYS,
    UNITS_OF_MEASURE,
    WEEKDAYS,
)
from aligner.quantities.wholes import whole_after
from aligner.quantities.words import FACTORS, HALVED, MAGNITUDES, NUMBER_WORDS, ONES, ORDINALS, TIMES

__all__ = ["Quantity", "marks_are_sure", "month_first", "read_quantities"]

_CALENDAR = {
    "fr": frozenset({*MONTHS["fr"], *WEEKDAYS["fr"], *SHORT_WEEKDAYS["fr"], "midi", "minuit"}),
    "en": frozenset({*MONTHS["en"], *WEEKDAYS["en"], *SHORT_WEEKDAYS["en"], "noon", "midday", "midnight"}),
}
_CANDIDATES = {
    language: NUMBER_WORDS[language]
    | ONES[language]
    | _CALENDAR[language]
    | MULTIPLES[language].keys()
    | FACTORS[language].keys()
    | HALVED[language]
    for language in ("fr", "en")
}
_ABOUT_WORDS = word_set(
    "environ près presque quelque quelques autour moins plus quasiment approximativement about "
    "around some nearly almost roughly approximately over than under up close"
)
_YEAR_WORDS = word_set(
    "en année années depuis dès fin début mi avant après été printemps automne hiver in since "
    "year years late early mid before after until by during summer spring winter autumn fall"
)
_ORDINAL_ENDINGS = word_set("er ère re e è ème ième eme nd nde ᵉ st rd th")
_TURNS = frozenset({"33", "45", "78"})
"""Turns a minute that name a record: "un 45 tours" is a single."""
_FLOOR_WORDS = word_set("étage étages floor floors storey story")

_SEGMENTS_KEPT = 8192
"""Segments whose quantities are kept: more than the longest pair has."""


# Saves 0.3 s of the 8 s of an audit of corpora/stories: the neighbours of a bead are read with it.
@lru_cache(maxsize=_SEGMENTS_KEPT)
def read_quantities(
    text: str, language: Language, us_dates: bool = False, sure_marks: bool = False
) -> tuple[Quantity, ...]:
    """Return all quantities of ``text`` in order, with offsets into it.

    ``us_dates`` reads ambiguous numeric dates month first (see ``month_first``); ``sure_marks`` reads
    commas and points as ``language`` means them (see ``marks_are_sure``).
    """
    tokens = tokenize(text)
    quantities_read = list(read_clock(text, us_dates)) if any(t.kind == "number" for t in tokens) else []
    quantities_read += read_clock_words(text, language)
    clock = covered((q.start, q.end) for q in quantities_read)
    candidates = _CANDIDATES[language]
    i = 0
    while i < len(tokens):
        token = tokens[i]
        if token.kind == "sign" and (part := sign_fraction(token)):
            quantities_read.append(Quantity("fraction", (part,), token.start, token.end))
        if token.kind == "sign" or clock(token.start):
            i += 1
            continue
        if token.kind == "word" and token.low not in candidates:
            if read := word_alone(tokens, i, language):
                quantities_read.append(read)
            i += 1
            continue
        quantities, i = _read_at(tokens, i, language)
        quantities_read += [replace(q, foreign=()) for q in quantities] if sure_marks else quantities
    quantities_read.sort(key=lambda q: (q.start, q.end))
    quantities_read = join_compounds(share_units(quantities_read, text), text)
    named = (with_issuer(signed(fiscal(q, text), text), text, language) for q in quantities_read)
    return (*named, *read_phrases(text, language))


def _read_at(tokens: Sequence[Token], i: int, language: Language) -> tuple[list[Quantity], int]:
    token = tokens[i]
    if token.kind == "number" or token.low in _CALENDAR[language] or token.low == "premier":
        calendar = read_calendar(tokens, i, language)
        if calendar:
            return calendar
    if token.kind == "number" and (code := _code(tokens, i, language)):
        return [code], i + 1
    digits = digit_readings(token.text, language) if token.kind == "number" else None
    spelled = read_number(tokens, i, language, (digits.native,) if digits else ())
    if spelled is None:
        if single := _single_unit(tokens, i, language):
            return single
        word = None if _is_numbered(tokens, i, language) else implied(token, language)
        return [word] if word else [], i + 1
    quantities, after = _read_counted(tokens, i, spelled, language)
    if digits and digits.foreign is not None:
        quantities = [_open_marks(q, digits, language) for q in quantities]
    return quantities, after


def _is_numbered(tokens: Sequence[Token], i: int, language: Language) -> bool:
    """Return whether a part of the year has a number: "le quatrième trimestre" says nothing of three."""
    before = tokens[i - 1].low if i else ""
    return tokens[i].low.endswith("mestre") and (before in ORDINALS[language] or before in _ORDINAL_ENDINGS)


def _open_marks(q: Quantity, digits: Readings, language: Language) -> Quantity:
    """Return the quantity with its reading by the other language's marks, where nothing decides between them.

    Before a magnitude no English point and no comma groups thousands wrongly: "2.345 million" is decimal.
    A French point does both: old style groups thousands by it, and many a newsroom takes English decimals.
    """
    if digits.foreign is None or not digits.native:
        return q
    foreign = tuple(value / digits.native * digits.foreign for value in q.values)
    if q.magnitude > 1:
        return replace(q, values=q.values + foreign) if language == "fr" and digits.mark == "." else q
    return replace(q, foreign=foreign)


def _single_unit(tokens: Sequence[Token], i: int, language: Language) -> tuple[list[Quantity], int] | None:
    """Read a unit with an article: "un an et demi", "a week", "one hectare"."""
    unit = UNITS_OF_MEASURE.get(tokens[i + 1].low) if i + 1 < len(tokens) else None
    if tokens[i].low not in ONES[language] or unit is None or tokens[i + 1].gap != " ":
        return None
    after, values = add_half(tokens, i + 2, language, (1.0,))
    return [Quantity("unit", values, tokens[i].start, tokens[after - 1].end, unit.name)], after


def _code(tokens: Sequence[Token], i: int, language: Language) -> Quantity | None:
    """Read digits inside a name or code ("G7", "F-16", "Covid-19", "4x4"): compared by letters and value."""
    token = tokens[i]
    before = tokens[i - 1] if i else None
    if token.text in _TURNS and i + 1 < len(tokens) and tokens[i + 1].low == "tours" and language == "fr":
        return Quantity("code", (float(token.text),), token.start, token.end, "tours", digits=True)
    if before and before.text == "FY":
        return None  # "FY2013" is a year
    if before and before.text == "x" and measure_after(tokens, i + 1, language):
        return None  # "4x6 inches"
    hyphened = token.gap == "-" and before is not None and not before.text.islower()
    if before and before.kind == "word" and (not token.gap or hyphened):
        letters = before.text
    elif i + 1 < len(tokens) and tokens[i + 1].kind == "word" and not tokens[i + 1].gap:
        letters = "" if _is_suffix(tokens[i + 1]) else tokens[i + 1].text
    else:
        return None
    if not letters:
        return None
    value = digit_values(token.text, language)[0]
    years = (1900 + value, 2000 + value) if len(token.text) == 2 else ()  # "JO-92"
    return Quantity("code", (value, *years), token.start, token.end, letters.lower(), digits=True)


def _is_suffix(token: Token) -> bool:
    low = token.low
    return (
        low in _ORDINAL_ENDINGS
        or low in UNITS_OF_MEASURE
        or low in CURRENCIES
        or low in ("s", "h", "p", "m", "pour", "per", "percent")
        or any(low in table for table in MAGNITUDES.values())
        or any(token.text in table for table in (*ABBREVIATED.values(), *SYMBOLS.values()))
    )


def _read_counted(
    tokens: Sequence[Token], i: int, spelled: Spelled, language: Language
) -> tuple[list[Quantity], int]:
    """Return the number at token ``i`` with what it counts, and the token after both."""
    token, after, values = tokens[i], spelled.last, spelled.values
    digits = token.kind == "number"
    single_token = after == i + 1 and digits
    suffix = tokens[after] if single_token and after < len(tokens) and not tokens[after].gap else None
    if suffix and suffix.low in _ORDINAL_ENDINGS:
        return [_ordinal(tokens, i, after + 1, values, True)], after + 1
    if decade := _decade(tokens, i, after, values, language):
        return [decade], after + 1 if suffix else after
    if spelled.form == "ordinal":
        return [_ordinal(tokens, i, after, values, digits)], after
    currency = money_before(tokens, i, language)
    if single_token and (power := abbreviated_magnitude(tokens, after, language, currency is not None)):
        # A lone letter may also be a unit or part of a name, unless an amount of money asks for it.
        ambiguous = len(tokens[after].text) == 1 and not currency
        values = tuple(v * power for v in values) + (values if ambiguous else ())
        after += 1
    kind, unit, start = _KINDS[spelled.form], "", token.start
    if currency:
        kind, unit, start = "money", currency, tokens[i - 1].start
    else:
        kind, unit, after, values = _with_measure(tokens, i, after, values, kind, language)
        if kind == "number" and single_token and not unit and _is_year(tokens, i):
            kind = "year"
    face_value = digit_values(token.text, language)[0] if digits else values[0]
    if kind == "number" and single_token and (years := short_years(token)):
        values += years
    quantity = Quantity(
        kind,
        values,
        start,
        tokens[after - 1].end,
        unit,
        digits,
        approximate=spelled.form == "collective" or _called_approximate(tokens, i),
        magnitude=values[0] / face_value if digits and face_value else _power_in(values[0]),
        collective=spelled.form == "collective",
        doubtful=kind == "money" and not currency and any(t.low in HOMOGRAPHS for t in tokens[i + 1 : after]),
    )
    return [quantity], after


def _with_measure(
    tokens: Sequence[Token], i: int, after: int, values: tuple[float, ...], kind: Kind, language: Language
) -> tuple[Kind, str, int, tuple[float, ...]]:
    """Return kind, unit, next token and values of the number at token ``i``, by the word at ``after``."""
    measure = measure_after(tokens, after, language) if kind in ("number", "vague") else None
    if kind == "number" and measure:
        return _in_measure(tokens, measure, values, language)
    if kind == "number" and after < len(tokens) and tokens[after].low in TIMES[language]:
        return kind, "times", after + 1, values
    if kind == "number" and _multiplies(tokens, i):
        return kind, "times", after, values
    if kind == "number" and language == "en" and after < len(tokens) and tokens[after].text == "kt":
        return kind, "", after + 1, values + tuple(v * 1000 for v in values)  # knots, or kilotonnes
    if kind == "fraction" and (whole := whole_after(tokens, after, language)):
        parts = tuple(v * whole.factor for v in values)
        return whole.kind, whole.unit, min(whole.after, len(tokens)), parts
    if kind == "vague" and measure and measure.kind == "money":
        return kind, measure.unit, measure.after, values
    return kind, "", after, values


def _in_measure(
    tokens: Sequence[Token], measure: Measure, values: tuple[float, ...], language: Language
) -> tuple[Kind, str, int, tuple[float, ...]]:
    """Return a number with the measure after it, and with a magnitude, a half or cents after that."""
    kind, unit, after = measure
    if tokens[after - 1].kind == "sign" and (power := _magnitude_at(tokens, after, language)):
        values, after = tuple(v * power for v in values), after + 1  # "440 $ millions"
    if unit == "m" and tokens[after - 1].low == "m" and not tokens[after - 1].gap:
        values += tuple(v * 1e6 for v in values)  # "6m" may be millions, as English writes them
    after, values = add_half(tokens, after, language, values)
    if language == "fr" and (cents := _cents(tokens, after, kind)):
        values, after = tuple(v + cents for v in values), after + 1
    elif language == "fr" and kind == "unit" and (tail := tail_value(tokens, after, unit)):
        values, after = tuple(v + tail for v in values), after + 1
    return kind, unit, after, values


def _multiplies(tokens: Sequence[Token], i: int) -> bool:
    """Return whether the number at token ``i`` is a factor: "multiplié par trois", "divided by two"."""
    verb = tokens[i - 2].low if i > 1 and tokens[i - 1].low in ("par", "by") else ""
    return verb.startswith(("multipli", "divis", "divid"))


def _cents(tokens: Sequence[Token], after: int, kind: Kind) -> float:
    """Return what two digits after a currency add to the amount: "3 euros 50", "3 € 50"."""
    if kind != "money" or after >= len(tokens) or tokens[after].gap not in ("", " ", "\u00a0", "\u202f"):
        return 0.0
    digits = tokens[after].text
    ends = after + 1 == len(tokens) or tokens[after + 1].low not in MAGNITUDES["fr"]
    return int(digits) / 100 if len(digits) == 2 and digits.isdecimal() and ends else 0.0


_KINDS: dict[str, Kind] = {
    "cardinal": "number",
    "collective": "number",
    "fraction": "fraction",
    "vague": "vague",
}


def _magnitude_at(tokens: Sequence[Token], after: int, language: Language) -> float | None:
    """Return the magnitude that a word right after a sign names."""
    follows = after < len(tokens) and tokens[after].gap in (" ", "\u00a0", "\u202f")
    return MAGNITUDES[language].get(tokens[after].low) if follows else None


def _power_in(value: float) -> float:
    """Return the power of a thousand in the name of a number ("deux millions" → 10**6)."""
    return next((p for p in (1e12, 1e9, 1e6, 1e3) if value >= p), 1.0)


def _ordinal(
    tokens: Sequence[Token], i: int, after: int, values: tuple[float, ...], digits: bool
) -> Quantity:
    unit = "floor" if after < len(tokens) and tokens[after].low in _FLOOR_WORDS else ""
    return Quantity("ordinal", values, tokens[i].start, tokens[after - 1].end, unit, digits=digits)


def _decade(
    tokens: Sequence[Token], i: int, after: int, values: tuple[float, ...], language: Language
) -> Quantity | None:
    value = values[0]
    if value % 10 or not (value < 100 or 1000 <= value <= 2100):
        return None
    if language == "fr":
        is_named = i > 0 and tokens[i - 1].low == "années"
    else:
        is_named = after < len(tokens) and tokens[after].low == "s" and tokens[after].gap in ("", "'", "’")
    if not is_named:
        return None
    end = tokens[after].end if language == "en" else tokens[after - 1].end
    # "The 1800s" are a decade or, as "le XIXe siècle", a century.
    century = (value / 100 + 1,) if language == "en" and value >= 1000 and not value % 100 else ()
    return Quantity("decade", (value % 100, *century), tokens[i].start, end, digits=True)


def _is_year(tokens: Sequence[Token], i: int) -> bool:
    token = tokens[i]
    if len(token.text) != 4 or not token.text.isdecimal() or not "1500" <= token.text <= "2100":
        return False
    return "(" in token.gap or (i > 0 and tokens[i - 1].low in _YEAR_WORDS)


def _called_approximate(tokens: Sequence[Token], i: int) -> bool:
    return any(t.low in _ABOUT_WORDS for t in tokens[max(0, i - 2) : i])
