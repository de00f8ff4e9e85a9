"""Dates and times of day: "le 1er janvier 2024", "April 3rd", "03/04/2024", "14 h 30", "2:30 p.m."."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from aligner.lexicon.function_words import word_set
from aligner.model import Language
from aligner.quantities.tokens import Token
from aligner.quantities.types import Kind, Quantity
from aligner.quantities.units import MONTHS, SHORT_MONTHS, SHORT_WEEKDAYS, WEEKDAYS

_NUMERIC_DATE = re.compile(
    r"(?<![\d./-])(?:(?P<iso>\d{4})-(?P<m>[01]?\d)-(?P<d>[0-3]?\d)"
    r"|(?P<a>[0-3]?\d)(?P<sep>[/.-])(?P<b>[0-3]?\d)(?P=sep)(?P<y>(?:1[5-9]|20)\d\d|(?<=/)\d\d)"
    r"|(?P<nine>9/11))(?![\d/-]|\.\d)"
)
_TIME = re.compile(
    r"(?<![\d:.,/-])(?P<h>[01]?\d|2[0-4])"
    r"(?:\s?[hH](?!\s?\d{1,2}\s?min\s?[0-5]?\d\s?s\b|\s?\d\s?min\b)\s?(?P<m1>[0-5]\d)?(?!\w|\smoins\s)|\s?heures?\s(?P<m2>[0-5]\d)(?!\w)"
    r"|:(?P<m3>[0-5]\d)(?::(?P<s3>[0-5]\d))?(?!\d|[:.,]\d|\s?[apAP]\.?\s?[mM]\b)"
    r"|(?:[:.](?P<m4>[0-5]\d)(?::(?P<s4>[0-5]\d))?)?\s?(?P<half>[apAP])\.?\s?[mM]\b\.?)"
    r"(?P<evening>\sdu soir|\sde l['’]après-midi|\sdans l['’]après-midi)?"
)
_YEARS = range(1000, 2101)
# Months whose name is also another word; without a day or a year they need one of these before them.
_DOUBTFUL = {"fr": frozenset({"mars"}), "en": frozenset({"may", "march"})}
_BEFORE_MONTH = word_set(
    "in of since until till last this next early late mid by from during through to and before "
    "after between every each en de depuis fin début mi avant après jusqu dès"
)
_DAY_SUFFIX = frozenset({"er", "st", "nd", "rd", "th"})
_MONTH_GAPS = frozenset({" ", "-", "\u00a0", "\u202f", ". ", ".\u00a0", ".\u202f", ", ", "., ", "\n"})
_NOON: dict[Language, dict[str, int]] = {
    "fr": {"midi": 720, "minuit": 0},
    "en": {"noon": 720, "midday": 720, "midnight": 0},
}


_CENTURIES = (1800.0, 1900.0, 2000.0)


def short_years(token: Token) -> tuple[float, ...]:
    """Return the years that two digits may mean, which the other side decides: "in ’98", "la crise de 29"."""
    if len(token.text) != 2 or not token.text.isdecimal():
        return ()
    return tuple(century + int(token.text) for century in _CENTURIES)


def month_first(text: str) -> bool:
    """Return whether an English article writes dates as month/day, judging by the unambiguous ones."""
    votes = 0
    for match in _NUMERIC_DATE.finditer(text):
        if match["a"] is not None:
            votes += (int(match["b"]) > 12) - (int(match["a"]) > 12)
    return votes > 0


def read_clock(text: str, us_dates: bool) -> Iterator[Quantity]:
    """Yield numeric dates (day, month and year with one span) and times of day."""
    for match in _NUMERIC_DATE.finditer(text):
        yield from _numeric_date(match, us_dates)
    for match in _TIME.finditer(text):
        hour, minute = int(match["h"]), _minutes(match)
        half = (match["half"] or "").lower()
        values: tuple[float, ...] = (hour % 24 * 60 + minute,)
        if half and hour <= 12:
            values = (hour % 12 * 60 + minute + (720 if half == "p" else 0),)
        elif match["evening"] and hour < 12:
            values = (hour * 60 + minute + 720,)
        elif match["m3"] and hour <= 12:
            values = (hour % 12 * 60 + minute, hour % 12 * 60 + minute + 720)
        yield Quantity("time", values, match.start(), match.end(), digits=True)


def _minutes(match: re.Match[str]) -> float:
    minutes = int(match["m1"] or match["m2"] or match["m3"] or match["m4"] or 0)
    return minutes + int(match["s3"] or match["s4"] or 0) / 60


def _numeric_date(match: re.Match[str], us_dates: bool) -> Iterator[Quantity]:
    start, end = match.span()
    if match["nine"]:
        day, month, year = 11, 9, None
    elif match["iso"]:
        day, month, year = int(match["d"]), int(match["m"]), int(match["iso"])
    else:
        day, month, year = int(match["a"]), int(match["b"]), int(match["y"])
        if month > 12 or (us_dates and day <= 12):
            day, month = month, day
    if month > 12 or day > 31:
        return
    yield from _date(start, end, day, month, year)


def _date(start: int, end: int, day: int | None, month: int, year: int | None) -> Iterator[Quantity]:
    parts: tuple[tuple[Kind, int | None], ...] = (("day", day), ("month", month), ("year", year))
    for kind, value in parts:
        if value is not None:
            long = float(value + 2000 if kind == "year" and value < 50 else value)
            yield Quantity(kind, (long,), start, end, digits=True)


def read_calendar(tokens: Sequence[Token], i: int, language: Language) -> tuple[list[Quantity], int] | None:
    """Read a date with a month in words, a weekday, or noon at token ``i``; with the token after it."""
    token = tokens[i]
    if token.kind == "word":
        if token.low in WEEKDAYS[language] and (language == "fr" or token.text[0].isupper()):
            value = float(WEEKDAYS[language][token.low])
            # A night belongs to the day before or after it.
            by_night = any(
                t.low in ("nuit", "night", "heures", "hours") for t in tokens[max(0, i - 3) : i + 2]
            )
            return [Quantity("weekday", (value,), token.start, token.end, approximate=by_night)], i + 1
        if (short := _short_weekday(tokens, i, language)) is not None:
            return [Quantity("weekday", (float(short),), token.start, token.end)], i + 1
        if token.low in _NOON[language] and not (i and tokens[i - 1].low == "après"):
            minutes = float(_NOON[language][token.low])
            past = [t.low for t in tokens[i + 1 : i + 3]]
            if language == "fr" and past in (["et", "demi"], ["et", "demie"]):
                return [Quantity("time", (minutes + 30,), token.start, tokens[i + 2].end)], i + 3
            return [Quantity("time", (minutes,), token.start, token.end)], i + 1
    day, month_at = _day_before_month(tokens, i)
    if month_at >= len(tokens) or tokens[month_at].low not in MONTHS[language]:
        return None
    if day is not None and tokens[month_at].gap not in _MONTH_GAPS:
        return None
    after = month_at + 1
    if day is None:
        day, after = _day_after_month(tokens, after, language)
    year, after = _year_after(tokens, after)
    if day is None and year is None and not _surely_month(tokens, month_at, language):
        return None
    if language == "en" and not tokens[month_at].text[0].isupper():
        return None
    month = MONTHS[language][tokens[month_at].low]
    return list(_date(token.start, tokens[after - 1].end, day, month, year)), after


def _short_weekday(tokens: Sequence[Token], i: int, language: Language) -> int | None:
    """Return the weekday of "dim." or "Wed" in front of a date, where it cannot be another word."""
    weekday = SHORT_WEEKDAYS[language].get(tokens[i].low)
    if weekday is None or (language == "en" and not tokens[i].text[0].isupper()):
        return None
    after, month_at = _day_before_month(tokens, i + 1) if i + 1 < len(tokens) else (None, i + 1)
    if month_at >= len(tokens) or tokens[i + 1].gap not in _WEEKDAY_GAPS:
        return None
    if tokens[month_at].low in MONTHS[language]:
        return weekday
    return weekday if after is not None and tokens[i + 1].gap.startswith(".") else None


_WEEKDAY_GAPS = frozenset({" ", "\u00a0", "\u202f", ". ", ".\u00a0", ".\u202f", ", ", "., "})


def _number_within(token: Token, limits: range) -> int | None:
    short = len(token.text) <= 4 and token.text.isdecimal()
    return int(token.text) if short and int(token.text) in limits else None


def _day_before_month(tokens: Sequence[Token], i: int) -> tuple[int | None, int]:
    """Return the day at token ``i`` ("3", "1er", "3rd of", "premier"), and where the month must follow."""
    if tokens[i].low == "premier":
        return 1, i + 1
    day = _number_within(tokens[i], range(1, 32))
    if day is None:
        return None, i
    i += 1
    if i < len(tokens) and tokens[i].low in _DAY_SUFFIX and len(tokens[i].gap) <= 1:
        i += 1
    if i < len(tokens) and tokens[i].low == "of":
        i += 1
    return day, i


def _day_after_month(tokens: Sequence[Token], i: int, language: Language) -> tuple[int | None, int]:
    if language == "fr" or i >= len(tokens) or tokens[i].gap not in (" ", "\u00a0", ". ", "-"):
        return None, i
    day = _number_within(tokens[i], range(1, 32))
    if day is None:
        return None, i
    suffixed = i + 1 < len(tokens) and not tokens[i + 1].gap
    if not suffixed:
        return day, i + 1
    return (day, i + 2) if tokens[i + 1].low in _DAY_SUFFIX else (None, i)


def _year_after(tokens: Sequence[Token], i: int) -> tuple[int | None, int]:
    j = i + 1 if i < len(tokens) and tokens[i].low == "of" else i
    if j >= len(tokens) or tokens[j].gap not in _MONTH_GAPS:
        return None, i
    year = _number_within(tokens[j], _YEARS)
    return (year, j + 1) if year is not None and len(tokens[j].text) == 4 else (None, i)


def _surely_month(tokens: Sequence[Token], i: int, language: Language) -> bool:
    token = tokens[i]
    if token.low in SHORT_MONTHS[language]:
        stopped = i + 1 < len(tokens) and tokens[i + 1].gap.startswith(".")
        return stopped and i > 0 and tokens[i - 1].low in _BEFORE_MONTH
    if token.low not in _DOUBTFUL[language]:
        return True
    if language == "fr":
        return token.text.islower()
    return i > 0 and tokens[i - 1].low in _BEFORE_MONTH
