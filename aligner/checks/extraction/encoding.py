"""EXT106: characters that were read in the wrong encoding, are invisible or come from another alphabet."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.checks.base import article_check
from aligner.model import Context, Document, Hit

# What the second byte of a UTF-8 letter looks like when it is read as Windows-1252 or Latin-1.
_TAIL = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(rf"[^\W_]*(?:(?:[ÃÂÅÎÐ][{_TAIL}]|Ã(?=\s)|â€[{_TAIL}]|ï¿½|ï»¿)[^\W_]*)+")
_LOST = re.compile(r"\w*\ufffd[\w\ufffd]*|(?<![\w/=?&])[^\W\d_]+\?[a-zà-öø-ÿ][^\W\d_?]*(?![\w/=&?])")
# What each of them cannot be without, quick to look for: most articles have none of it.
_MISREAD = re.compile(rf"[ÃÂÅÎÐ][{_TAIL}\s]|â€|ï[¿»]")
_LOSS = re.compile(r"\ufffd|\w\?\w")
_OTHER_ALPHABET = re.compile(r"[\u0370-\u03ff\u0400-\u04ff]")
_INVISIBLE = re.compile(
    "[\u0000-\u0008\u000b\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u2060\ufeff]+"
)
_MIXED = re.compile(
    r"[^\W\d_]*(?:[A-Za-zÀ-ÿ][\u0370-\u03bb\u03bd-\u03ff\u0400-\u04ff]|"
    r"[\u0370-\u03bb\u03bd-\u03ff\u0400-\u04ff][A-Za-zÀ-ÿ])"
    r"[^\W\d_]*"
)
_LOOKS_LATIN = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορνικ", "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXaopvik"
)
"""Cyrillic and Greek letters that cannot be told from a Latin one by the eye."""


@article_check(
    "EXT106",
    "encoding",
    title={"en": "Damaged characters", "fr": "Caractères abîmés"},
    category="characters",
    cause="extraction",
    severity="major",
    of_source=True,
    messages={
        "mojibake": {
            "en": "These characters were read in the wrong encoding: “{text}”.",
            "fr": "Ces caractères ont été lus dans un mauvais codage : « {text} ».",
        },
        "lost": {
            "en": "A letter was lost in “{text}” when the text was converted.",
            "fr": "Une lettre s'est perdue dans « {text} » lors d'une conversion du texte.",
        },
        "invisible": {
            "en": "There is an invisible character here (U+{number}).",
            "fr": "Il y a ici un caractère invisible (U+{number}).",
        },
        "alphabet": {
            "en": "“{text}” mixes letters of two alphabets that look alike.",
            "fr": "« {text} » mêle des lettres de deux alphabets qui se ressemblent.",
        },
    },
)
def encoding(document: Document, context: Context) -> Iterator[Hit]:
    """Characters are damaged: wrong encoding, lost letters, invisible signs, mixed alphabets.

    Finds: accented letters that became two signs ("Ã©"), the replacement sign or a question mark in the place
        of a letter, control and zero-width characters, and Greek or Cyrillic letters inside a Latin word.
    Matters: the word cannot be searched, spelled or translated any more.
    Bad: Le prÃ©sident est arrivÃ© hier.
    Good: Le président est arrivé hier.
    False alarms: a question mark with no space after it, in a French text, may look like a lost letter.
    Measured: 30 of 30 firings were right on masakhanews, newstest, paracrawl and newsdiscuss. All 118 words
        of masakhanews that were put into the wrong encoding are found.
    """
    text = document.text
    for found in _MOJIBAKE.finditer(text) if _MISREAD.search(text) else ():
        yield Hit(
            "mojibake", *found.span(), values={"text": found.group()}, suggestion=_mended(found.group())
        )
    for found in _LOST.finditer(text) if _LOSS.search(text) else ():
        yield Hit("lost", *found.span(), values={"text": found.group()})
    for found in _INVISIBLE.finditer(text):
        number = f"{ord(found.group()[0]):04X}"
        yield Hit("invisible", *found.span(), values={"number": number}, severity="minor", suggestion="")
    for found in _MIXED.finditer(text) if _OTHER_ALPHABET.search(text) else ():
        latin = found.group().translate(_LOOKS_LATIN)
        if latin.isascii() or not _MIXED.search(latin):
            yield Hit("alphabet", *found.span(), values={"text": found.group()}, suggestion=latin)


def _mended(text: str) -> str | None:
    """The text read again in the right encoding, where that gives something."""
    for wrong in ("cp1252", "latin-1"):
        try:
            return text.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
    return None
