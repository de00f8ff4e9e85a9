"""EXT106: characters that were read in the wrong encoding, are invisible or come from another alphabet."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import product, zip_longest

from aligner.checks.base import article_check
from aligner.checks.extraction._misread import misread
from aligner.lexicon.words import is_known
from aligner.model import Context, Document, Hit, Language, Span
from aligner.text.masks import Mask, masks

# What the second byte of a UTF-8 letter looks like when it is read as Windows-1252 or Latin-1.
_TAIL = "\u0080-\u00bf€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_MOJIBAKE = re.compile(rf"[^\W_]*(?:(?:[ÃÂÅÎÐ][{_TAIL}]|Ã(?=\s)|â€[{_TAIL}]|ï¿½|ï»¿)[^\W_]*)+")
_LOST = re.compile(
    r"\w*\ufffd[\w\ufffd]*|(?<![\w/=?&])[^\W\d_]+\?(?!par [A-Z0-9])[a-zà-öø-ÿ][^\W\d_?]*(?![\w/=&?])"
)
_LOST_AT_EDGE = re.compile(
    r"(?<![\w/=?&.\u00a0])[^\W\d_?]*\?[^\W\d_?]*(?:\?(?=[ \u00a0][a-zà-öø-ÿ]))?(?![\w/=?&])"
)
"""A word with a question mark for its first letter, for its last one, or for both."""
_LETTERS_LOST = "éèêàçùâîôûëï"
# What each of them cannot be without, quick to look for: most articles have none of it.
_MISREAD = re.compile(rf"[ÃÂÅÎÐâï](?:(?<=[ÃÂÅÎÐ])[{_TAIL}\s]|(?<=â)€|(?<=ï)[¿»])")
_LOSS = re.compile(r"\ufffd|\?(?<=\w.)(?=\w)")
_OTHER_ALPHABET = re.compile(r"[\u0370-\u03ff\u0400-\u04ff]")
_UNSEEN = "\u0000-\u0008\u000b\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u200b\u2060\ufeff"
_GOES_ON = re.compile(r"[ \u00a0][a-zà-öø-ÿ]")
_INVISIBLE = re.compile(rf"[{_UNSEEN}]+|(?<=[A-Za-zÀ-ÿ])[\u200c\u200d]+(?=[A-Za-zÀ-ÿ])")
_ANY_UNSEEN = re.compile(rf"[{_UNSEEN}\u200c\u200d]")
_APOSTROPHE = re.compile(r"[´`′ʹˈ‵«](?:(?<=[^\W\d_][´`′ʹˈ‵])|(?<=\b[cdjlmnstCDJLMNST]«))(?=[^\W\d_])")
_ELIDED = r"(?:[cdjlmnst]|qu|jusqu|lorsqu|puisqu|quoiqu|aujourd|presqu|quelqu)"
_CONTRACTED = r"(?:s|re|ll|ve)"
_NO_APOSTROPHE = re.compile(
    rf"(?<![^\W\d_])(?i:{_ELIDED})(?P<elided>[‘‛])(?=[^\W\d_])"
    rf"|(?<=[^\W\d_])(?P<owned>[‘‛])(?={_CONTRACTED}\b)|(?<=[a-z]n)(?P<negated>[‘‛])(?=t\b)"
    r"|(?<=\b[Ii])(?P<first>[‘‛])(?=[dm]\b)|(?<=\b(?:[Ww]e|[Hh]e))(?P<other>[‘‛])(?=d\b)"
)
"""Opening quotation marks and letters that look like an apostrophe, where French elides or English contracts:
elsewhere they may write a sound, as in "Hawaiʻi" or "Sana‘a"."""
_LOOKALIKE = re.compile("[‘‛]")
_DOUBLED = re.compile(r"(?<=[^\W\d_])[ʼ'’]{2,3}(?=[^\W\d_])")
_CLOSED_LATER = re.compile(r"[^\n]*?[^\s‘'’«“(]['’]{1,3}(?!\w|['’])")
"""A closing mark in the same line: the second of two is the opening one of a quotation or of italics."""
_SIGN = re.compile("[ƒ‚„†‡ˆ‰¡¢¤¥¦¨¬¯±µ¶¸¿¼½¾]")
_NO_LETTER = re.compile(rf"[^\W\d_]*(?<=[a-zà-ÿ]){_SIGN.pattern}+(?=[a-zà-ÿ])[^\W\d_]*")
"""Signs of one-byte encodings inside a word: what they were cannot be known if another letter is lost."""
_FORM = re.compile(r"[\ufb00-\ufb06\uff21-\uff3a\uff41-\uff5a\U0001d400-\U0001d6a3]")
"""Ligatures of a font, wide letters and those of formulas."""
_IN_FORMS = re.compile(rf"(?:[^\W\d_]*[\ufb00-\ufb06][^\W\d_]*)+|(?:{_FORM.pattern}[^\W\d_]*){{3,}}")
"""Words with a ligature, and longer ones in such letters: a few may be a formula or a name."""
_NO_TEXT = (
    "url",
    "mail",
    "link",
    "code",
    "code span",
    "tag",
    "image",
    "template",
    "front matter",
    "definition",
)
"""Kinds of masks in which characters have another meaning."""
_MIXED = re.compile(
    r"[^\W\d_]*(?:[A-Za-zÀ-ÿ][\u0370-\u03bb\u03bd-\u03ff\u0400-\u04ff]|"
    r"[\u0370-\u03bb\u03bd-\u03ff\u0400-\u04ff][A-Za-zÀ-ÿ])"
    r"[^\W\d_]*"
)
_INSIDE = re.compile(
    r"[a-zà-ÿ][\u0370-\u03ff\u0400-\u04ff][a-zà-ÿ]|[a-zà-ÿ]{4}[\u0370-\u03ff\u0400-\u04ff]\Z"
)
"""A letter of another alphabet inside a word, or at the end of a long one: no unit and no symbol."""
_LOOKS_LATIN = str.maketrans(
    "АВЕКМНОРСТУХІЈЅаеорсухіјѕΑΒΕΖΗΙΚΜΝΟΡΤΥΧαορνικ", "ABEKMHOPCTYXIJSaeopcyxijsABEZHIKMNOPTYXaopvik"
)
"""Cyrillic and Greek letters that cannot be distinguished from a Latin one by the eye."""


@article_check(
    "EXT106",
    "encoding",
    title={"en": "Damaged characters", "fr": "Caractères endommagés"},
    category="characters",
    cause="extraction",
    severity="major",
    of_source=True,
    messages={
        "mojibake": {
            "en": "These characters were read in the wrong encoding: “{text}”.",
            "fr": "Ces caractères ont été lus avec le mauvais encodage : « {text} ».",
        },
        "lost": {
            "en": "A letter was lost in “{text}” when the text was converted.",
            "fr": "Une lettre s'est perdue dans « {text} » lors d'une conversion du texte.",
        },
        "apostrophe": {
            "en": "The mark in “{text}” is no apostrophe.",
            "fr": "Le signe dans « {text} » n'est pas une apostrophe.",
        },
        "doubled": {
            "en": "The apostrophe in “{text}” is doubled.",
            "fr": "L'apostrophe de « {text} » est doublée.",
        },
        "invisible": {
            "en": "There is an invisible character here (U+{number}).",
            "fr": "Il y a ici un caractère invisible (U+{number}).",
        },
        "forms": {
            "en": "“{text}” is written in letters of a font, which no search finds.",
            "fr": "« {text} » est écrit en caractères d'une police, qu'aucune recherche ne trouve.",
        },
        "alphabet": {
            "en": "“{text}” mixes letters of two alphabets that look alike.",
            "fr": "« {text} » mêle des lettres de deux alphabets qui se ressemblent.",
        },
    },
)
def encoding(document: Document, context: Context) -> Iterator[Hit]:
    """Characters are damaged: wrong encoding, lost letters, invisible signs, mixed alphabets.

    Finds: accented letters that became two signs ("Ã©", "√©"), another letter ("Thιβtre") or codes ("=E9"),
        accents and opening marks in the place of an apostrophe ("l´école", "the company‘s"), two of them
        ("d’’usine"), the replacement sign or a question mark in
        the place of a letter ("vot? le budget"), control and zero-width characters, Greek or Cyrillic letters
        in a Latin word, ligatures that were copied out of a font ("ﬁn"), words in letters of formulas or in
        wide ones.
    Matters: the word cannot be searched, spelled or translated any more.
    Bad: Le prÃ©sident est arrivÃ© hier.
    Good: Le président est arrivé hier.
    False positives: a question mark with no space after it, in a French text, may look like a lost letter.
    Measured: 30 of 30 findings were right on masakhanews, newstest, paracrawl and newsdiscuss. All 118 words
        of masakhanews that were put into the wrong encoding are found.
    """
    text = document.text
    masked = masks(text, document.metadata.get("format", "txt"))
    hidden = [mask for mask in masked if mask.kind in _NO_TEXT]
    for hit in _damage_hits(document, [mask for mask in masked if mask.kind == "bytes"]):
        if not any(mask.start < hit.end and hit.start < mask.end for mask in hidden):
            yield hit


def _damage_hits(document: Document, escaped: list[Mask]) -> Iterator[Hit]:
    text = document.text
    reported: list[Span] = []
    certain = ((match.span(), _corrected(match.group())) for match in _MOJIBAKE.finditer(text))
    escapes = (((mask.start, mask.end), mask.replacement) for mask in escaped)
    readings = (*misread(text, document.language), *escapes)
    for (start, end), right in (*readings, *(certain if _MISREAD.search(text) else ())):
        if not any(first < end and start < last for first, last in reported):
            reported.append((start, end))
            yield Hit("mojibake", start, end, values={"text": text[start:end]}, suggestion=right)
    for start, end in _lost_at_edges(text, document.language):
        if not any(first < end and start < last for first, last in reported):
            reported.append((start, end))
            yield Hit("lost", start, end, values={"text": text[start:end]})
    yield from _characters(text, reported)


def _lost_at_edges(text: str, language: Language) -> Iterator[Span]:
    """Yield words that are none without the letter in the place of a question mark, and are one with it."""
    for match in _LOST_AT_EDGE.finditer(text) if "?" in text else ():
        word = match.group()
        letters = word.replace("?", "")
        ends_clause = word.endswith("?") and not _GOES_ON.match(text, match.end())
        if ends_clause or not letters or (len(letters) > 1 and is_known(letters, language)):
            continue
        lost = (
            "".join(map("".join, zip_longest(word.split("?"), accents, fillvalue="")))
            for accents in product(_LETTERS_LOST, repeat=word.count("?"))
        )
        if any(is_known(right, language) for right in lost if len(right) > 1):
            yield match.span()


def _characters(text: str, reported: list[Span]) -> Iterator[Hit]:
    """Yield hits on single characters, without those in words that are reported as a whole."""
    kinds = [(_LOST, _LOSS), (_NO_LETTER, _SIGN)]
    for match in (lost for kind, quick in kinds if quick.search(text) for lost in kind.finditer(text)):
        if not _is_reported(match, reported):
            yield Hit("lost", match.start(), match.end(), values={"text": match.group()})
    yield from _apostrophes(text)
    for match in _INVISIBLE.finditer(text) if _ANY_UNSEEN.search(text) else ():
        if _is_reported(match, reported):
            continue
        number = f"{ord(match.group()[0]):04X}"
        yield Hit("invisible", *match.span(), values={"number": number}, severity="minor", suggestion="")
    for match in _IN_FORMS.finditer(text) if _FORM.search(text) else ():
        normalised = unicodedata.normalize("NFKC", match.group())
        yield Hit(
            "forms", *match.span(), values={"text": match.group()}, severity="minor", suggestion=normalised
        )
    for match in _MIXED.finditer(text) if _OTHER_ALPHABET.search(text) else ():
        if _is_reported(match, reported):
            continue
        latin = match.group().translate(_LOOKS_LATIN)
        looks_latin = latin.isascii() or not _MIXED.search(latin)
        if looks_latin or _INSIDE.search(match.group()):
            suggestion = latin if looks_latin else None
            yield Hit("alphabet", *match.span(), values={"text": match.group()}, suggestion=suggestion)


def _apostrophes(text: str) -> Iterator[Hit]:
    """Yield hits on signs in the place of an apostrophe, and on doubled ones."""
    spans = [("apostrophe", match.span()) for match in _APOSTROPHE.finditer(text)]
    if _LOOKALIKE.search(text):
        spans += [("apostrophe", m.span(m.lastgroup or 0)) for m in _NO_APOSTROPHE.finditer(text)]
    spans += [
        ("doubled", match.span())
        for match in _DOUBLED.finditer(text)
        if not _CLOSED_LATER.match(text, match.end())
    ]
    for key, (start, end) in spans:
        values = {"text": text[start - 1 : end + 1]}
        yield Hit(key, start, end, values=values, severity="minor", suggestion="’")


def _is_reported(match: re.Match[str], reported: list[Span]) -> bool:
    return any(first < match.end() and match.start() < last for first, last in reported)


def _corrected(text: str) -> str | None:
    """Return the text decoded again with the right encoding, where that helps."""
    for wrong in ("cp1252", "latin-1"):
        try:
            return text.encode(wrong).decode("utf-8")
        except UnicodeError:
            continue
    return None
