"""Puts faults of known kind into correct sentence pairs, to see which of them the checks find."""

from __future__ import annotations

import random
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from aligner.lexicon.names import exonym_rows
from aligner.lexicon.words import lexicon

Row = tuple[str, str]


def _words(words: str) -> list[str]:
    return words.split()


_NUMBER = re.compile(
    r"(?<![\w.,:/-])(?<!\d[ \u00a0\u202f])"
    r"(?:\d{1,3}(?:[.,\u00a0\u202f]\d{3})+|\d{1,3}(?: \d{3})+|\d{2,4}|\d{1,3}[.,]\d\d?)"
    r"(?![\w:/%-]|[.,]\d|[ \u00a0\u202f]\d{3}|\s?%)"
)
_PERCENT = re.compile(r"(?<![\w.,-])\d{1,2}[.,]\d(?=[  ]?(?:%|pour cent|per ?cent))")
_MAGNITUDE = {
    "fr": ({"million": "milliard", "milliard": "million"}, re.compile(r"(?<=\d )(million|milliard)(?=s?\b)")),
    "en": ({"million": "billion", "billion": "million"}, re.compile(r"(?<=\d )(million|billion)\b")),
}
_CURRENCY = {
    "fr": (
        {"euros": "dollars", "dollars": "euros"},
        re.compile(r"(?<=\d )(euros|dollars)\b|(?<=(?:ons|rds) d[e'] )\b(euros|dollars)\b"),
    ),
    "en": (
        {"euros": "dollars", "dollars": "euros", "$": "£", "£": "$", "€": "$"},
        re.compile(r"(?<=\d )(euros|dollars)\b|[$£€](?=\d)"),
    ),
}
_MONTHS = {
    "fr": _words("janvier février mars avril mai juin juillet août septembre octobre novembre décembre"),
    "en": _words("January February March April May June July August September October November December"),
}
_WEEKDAYS = {
    "fr": _words("lundi mardi mercredi jeudi vendredi samedi dimanche"),
    "en": _words("Monday Tuesday Wednesday Thursday Friday Saturday Sunday"),
}
_YEAR = re.compile(r"(?<!\d)(?:19|20)\d\d(?![\d%])")
_NAME = re.compile(r"(?<=[a-zà-ÿ,] )[A-ZÉ][a-zà-ÿ]{4,}\b")
_AUXILIARY = "is|are|was|were|do|does|did|has|have|had|would|could|should|will|can|may|must"
_NEGATION = {
    "fr": re.compile(r"\b(?:ne |n['’])((?:[\w'’-]+ ){1,2})(?:pas|jamais|plus) (?!que\b|qu['’])"),
    "en": re.compile(rf"\b({_AUXILIARY})(?: not| never| no longer|n['’]t)\b(?! only| just)|\bcan(not)\b"),
}
_AFFIRMATION = {
    "fr": re.compile(
        r"(?<=[a-zà-ÿ] )(est|sont|était|étaient|sera|seront|peut|peuvent|doit|doivent|va|vont) "
        r"(?!pas|plus|jamais|que|aussi|seulement|autant)"
    ),
    "en": re.compile(
        r"(?<=[a-zà-ÿ] )(is|are|was|were|will|can|must|should|would|could) "
        r"(?!not|never|no\b|only|just|also|as )"
    ),
}
NAMES = _words(
    "Sarkozy Merkel Clinton Johnson Martinez Thompson Kowalski Schmidt Dupont Bergmann "
    "Berlin Madrid Tokyo Chicago Lyon Toronto Nairobi Oslo Texas Toyota Siemens Reuters"
)


@dataclass(frozen=True, slots=True)
class Fault:
    """A pair with one fault in it, and the codes that a tool may find it by."""

    kind: str
    row: Row
    codes: tuple[str, ...]


def faults(rows: Sequence[Row], per_kind: int, seed: int) -> Iterator[tuple[int, Fault]]:
    """Yield ``per_kind`` faults of every kind, each in another row (with its index), the same for a seed."""
    rng = random.Random(seed)
    order = list(range(len(rows)))
    rng.shuffle(order)
    used_rows: set[int] = set()
    for kind, (corrupt, codes) in KINDS.items():
        planted = 0
        for index in order:
            if planted == per_kind:
                break
            if index in used_rows or min(len(text.split()) for text in rows[index]) < 6:
                continue
            corrupted = corrupt(rows[index], rng)
            if corrupted and corrupted != rows[index]:
                used_rows.add(index)
                planted += 1
                yield index, Fault(kind, corrupted, codes)


def _one_side(
    change: Callable[[str, str, random.Random], str | None],
) -> Callable[[Row, random.Random], Row | None]:
    """Return a fault that lets ``change(text, language, rng)`` corrupt a random side, or else the other."""

    def corrupt(row: Row, rng: random.Random) -> Row | None:
        for side in rng.sample((0, 1), 2):
            corrupted = change(row[side], ("fr", "en")[side], rng)
            if corrupted is not None:
                return (corrupted, row[1]) if side == 0 else (row[0], corrupted)
        return None

    return corrupt


def _replace(text: str, match: re.Match[str], new: str) -> str:
    return text[: match.start()] + new + text[match.end() :]


def _number(text: str, _language: str, rng: random.Random) -> str | None:
    numbers = [m for m in _NUMBER.finditer(text) if not _YEAR.fullmatch(m.group())]
    if not numbers:
        return None
    match = rng.choice(numbers)
    digits = list(match.group())
    place = rng.randrange(len(digits))
    digits[place] = rng.choice([d for d in "123456789" if d != digits[place]])
    return _replace(text, match, "".join(digits))


def _percent(text: str, _language: str, _rng: random.Random) -> str | None:
    match = _PERCENT.search(text)
    return _replace(text, match, re.sub("[.,]", "", match.group())) if match else None


def _by_table(tables: Mapping[str, tuple[Mapping[str, str], re.Pattern[str]]]) -> Callable[..., str | None]:
    def change(text: str, language: str, _rng: random.Random) -> str | None:
        table, pattern = tables[language]
        match = pattern.search(text)
        return _replace(text, match, table[match.group()]) if match else None

    return change


def _date(text: str, language: str, rng: random.Random) -> str | None:
    for words in (_MONTHS[language], _WEEKDAYS[language]):
        for place, word in enumerate(words):
            match = re.search(rf"\b{word}\b", text)
            if match and word not in ("mars", "May", "March"):
                return _replace(text, match, words[(place + rng.randrange(1, len(words) - 1)) % len(words)])
    match = _YEAR.search(text)
    return _replace(text, match, str(int(match.group()) + rng.choice((-9, -1, 1, 10)))) if match else None


def _shared_names(row: Row) -> list[str]:
    return [m.group() for m in _NAME.finditer(row[0]) if re.search(rf"\b{m.group()}\b", row[1])]


def _misspelt(row: Row, rng: random.Random) -> Row | None:
    names = _shared_names(row)
    if not names:
        return None
    name = rng.choice(names)
    place = rng.randrange(1, len(name) - 1)
    letter = rng.choice("aeioulrstn")
    misspelling = rng.choice(
        (
            name[:place] + letter + name[place + 1 :],
            name[:place] + name[place + 1] + name[place] + name[place + 2 :],
            name[:place] + name[place + 1 :],
            name[:place] + letter + name[place:],
        )
    )
    return _in_one_side(row, (name, name), misspelling, rng) if misspelling != name else None


def _with_other_name(row: Row, rng: random.Random) -> Row | None:
    """Put another name for one that both sides spell alike, or that each has its own form of."""
    words = [frozenset(re.findall(r"(?<![\w-])\w+(?![\w-])", text)) for text in row]
    exonyms = sorted(
        (fr, en)
        for fr, en in exonym_rows()
        if fr in words[0] and en in words[1] and fr != en and fr.lower() not in lexicon("fr")
    )
    pairs = [(name, name) for name in _shared_names(row)] + exonyms
    if not pairs:
        return None
    other_names = [n for n in NAMES if n not in row[0] and n not in row[1]]
    return _in_one_side(row, rng.choice(pairs), rng.choice(other_names), rng)


def _in_one_side(row: Row, old: tuple[str, str], new: str, rng: random.Random) -> Row:
    side = rng.randrange(2)
    corrupted = re.sub(rf"\b{old[side]}\b", new, row[side])
    return (corrupted, row[1]) if side == 0 else (row[0], corrupted)


def _with_negation(text: str, language: str, rng: random.Random) -> str | None:
    verbs = list(_AFFIRMATION[language].finditer(text))
    if not verbs or _NEGATION[language].search(text):
        return None
    match = rng.choice(verbs)
    verb = match[1]
    if language == "en":
        return _replace(text, match, f"{verb} not ")
    return _replace(text, match, f"n'{verb} pas " if verb[0] in "eé" else f"ne {verb} pas ")


def _without_negation(text: str, language: str, _rng: random.Random) -> str | None:
    match = _NEGATION[language].search(text)
    if not match:
        return None
    verb = match[1] or "can"
    return _replace(text, match, verb)


def _negation(row: Row, rng: random.Random) -> Row | None:
    """Take away one of two negations that match, or now and then put one in."""
    if rng.random() < 0.3:
        return _one_side(_with_negation)(row, rng)
    negated_on_both = all(
        _NEGATION[language].search(text) for language, text in zip(("fr", "en"), row, strict=True)
    )
    return _one_side(_without_negation)(row, rng) if negated_on_both else None


def _with_repetition(text: str, _language: str, rng: random.Random) -> str | None:
    words = text.split(" ")
    length = rng.randrange(2, 4)
    if len(words) < length + 6:
        return None
    place = rng.randrange(1, len(words) - length - 1)
    run = words[place : place + length]
    if any(not w.isalpha() for w in run):
        return None
    return " ".join(words[: place + length] + run + words[place + length :])


def _without_space(text: str, _language: str, rng: random.Random) -> str | None:
    stops = [m.start() for m in re.finditer(r"(?<=[a-zà-ÿ]{3})[.,] (?=[A-ZÀ-Þ][a-zà-ÿ]{2})", text)]
    spaces = [m.start() for m in re.finditer(r"(?<=[a-zà-ÿ]{3}) (?=[A-ZÀ-Þ][a-zà-ÿ]{2})", text)]
    if not spaces:
        return None
    place = rng.choice(spaces)
    return text[:place] + text[place + 1 :] if place not in stops else None


def _omission(row: Row, rng: random.Random) -> Row:
    return (row[0], "") if rng.random() < 0.5 else ("", row[1])


def _with_copy(row: Row, rng: random.Random) -> Row:
    return (row[0], row[0]) if rng.random() < 0.5 else (row[1], row[1])


KINDS: Mapping[str, tuple[Callable[[Row, random.Random], Row | None], tuple[str, ...]]] = {
    "percent": (_one_side(_percent), ("ACC310", "ACC308")),
    "magnitude": (_one_side(_by_table(_MAGNITUDE)), ("ACC309", "ACC308")),
    "currency": (_one_side(_by_table(_CURRENCY)), ("ACC311",)),
    "number": (_one_side(_number), ("ACC308", "ACC310", "ACC311", "ACC312", "ACC313")),
    "date": (_one_side(_date), ("ACC312", "ACC308")),
    "negation": (_negation, ("ACC318",)),
    "name misspelt": (_misspelt, ("ACC314",)),
    "name exchanged": (_with_other_name, ("ACC314",)),
    "omission": (_omission, ("ACC301", "ACC302")),
    "untranslated": (_with_copy, ("ACC304", "ACC305")),
    "duplication": (_one_side(_with_repetition), ("EXT104",)),
    "glued words": (_one_side(_without_space), ("EXT101",)),
}
