"""Sentence splitting: Punkt decides about abbreviations, our own rules about all that it was not made for.

Punkt is Kiss & Strunk, "Unsupervised Multilingual Sentence Boundary Detection" (2006). Its parameters
were learned by ``aligner train splitter`` and ship in ``data/splitter.json``.
"""

from __future__ import annotations

import functools
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from importlib import resources
from typing import Any

from aligner.model import Language, Span
from aligner.text.paragraphs import paragraph_spans, strip_span

_STOPS = re.compile(r"[.!?…]+(?:\s?[.!?…]+)*")
_NOTE_MARK = re.compile(r"\[\d{1,3}\]")
_WORD_BEFORE = re.compile(r"[^\s«»“”\"()\[\]]+$")
_WORD_AFTER = re.compile(r"[«“\"'‘(\[–—-]*\s*(\S+)")
_FIRST_LETTER = re.compile(r"[^\W_]")
_CLOSERS = frozenset("»”)]")
_OPENERS = "«“\"'‘([–—-"
_REACH = 60  # characters looked at on either side of a stop: more than any abbreviation or name needs

# Never at the end of a sentence when a capital follows.
_TITLES = frozenset("m mm mme mmes mlle mlles mgr mr mrs ms dr drs pr prof st ste sts gen gov sen rep rev capt cpt "
                    "col cdt lt sgt maj hon pres supt messrs fr sr adm cmdr det insp".split())  # fmt: skip
# Not at the end of a sentence when a number follows.
_BEFORE_NUMBER = frozenset("no nos nr n p pp art arts fig figs vol vols chap ch sec sect para par al vers v tel tél "
                           "env approx ca c cf av r rm pl ill éd ed réf ref t bd bldg apt lot".split())  # fmt: skip
# Last labels of web addresses and file names that may follow a full stop without a space.
_SUFFIXES = frozenset("com net org fr uk ca eu info gov edu io co tv be ch de js py md txt csv pdf html htm xml json "
                      "exe zip doc docx xls php asp jpg png gif mp mil int biz me app dev news ai".split())  # fmt: skip
_SAID = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Miss)\.?\s+)?(?:[A-Z][\w’'-]+|I|He|She|They|We)(?:\s+[A-Z][\w’'-]+){0,2}\s+"
    r"(?:said|says|asked|asks|told|added|adds|replied|replies|cried|answered|wrote|writes|tweeted|shouted|exclaimed)\b"
)


def split_sentences(text: str, language: Language) -> list[Span]:
    """Spans of the sentences of ``text``, in order, disjoint, without the white space around them.

    A sentence never crosses a paragraph; every character that is not white space is in one.
    """
    return [
        (start + s, start + e)
        for start, end in paragraph_spans(text)
        for s, e in split_paragraph(text[start:end], language)
    ]


def split_paragraph(text: str, language: Language) -> list[Span]:
    """Sentence spans of text that is one paragraph already, new lines taken as spaces."""
    spans: list[Span] = []
    start = 0
    for end in _breaks(text, language):
        span = strip_span(text, start, end)
        if span is not None:
            spans.append(span)
        start = end
    last = strip_span(text, start, len(text))
    return [*spans, last] if last else spans


@dataclass(frozen=True, slots=True)
class _Stop:
    """A run of stops and the closing quotes and brackets behind it, with what stands around."""

    marks: str
    word: str
    closed: bool
    glued: bool
    at_start: bool
    after: str

    @property
    def next_word(self) -> str:
        match = _WORD_AFTER.match(self.after)
        return match.group(1) if match else ""

    @property
    def is_period(self) -> bool:
        return self.marks == "."

    @property
    def is_strong(self) -> bool:
        return "!" in self.marks or "?" in self.marks


def _breaks(text: str, language: Language) -> Iterator[int]:
    """Ends of the sentences of a paragraph, the last one left out."""
    start = 0
    for match in _STOPS.finditer(text):
        end = _behind_closers(text, match.end())
        after = text[end : end + _REACH]
        if match.end() <= start or not after or after.isspace():
            continue
        before = text[max(start, match.start() - _REACH) : match.start()].rstrip()
        word = _WORD_BEFORE.search(before)
        stop = _Stop(
            marks="".join(match.group().split()),
            word=word.group() if word else "",
            closed=end > match.end(),
            glued=not after[0].isspace(),
            at_start=not text[start : match.start()].strip(_OPENERS + " ").partition(" ")[1],
            after=after.lstrip(),
        )
        if _is_break(stop, language):
            yield end
            start = end


def _behind_closers(text: str, position: int) -> int:
    """Where the closing quotes, brackets and note marks that follow ``position`` end."""
    while position < len(text):
        note = _NOTE_MARK.match(text, position)
        if note:
            position = note.end()
            continue
        spaces = position
        while spaces < len(text) and text[spaces].isspace():
            spaces += 1
        char = text[spaces : spaces + 1]
        if char in _CLOSERS and char:
            position = spaces + 1
        elif (char == '"' and _closes(text, spaces, position)) or (
            char in "'’" and char and spaces == position
        ):
            position = spaces + 1
        else:
            break
    return position


def _closes(text: str, quote: int, position: int) -> bool:
    """Whether a straight quotation mark closes: it touches the stop, or an odd number stands before it."""
    if quote == position:
        return True
    if text[quote + 1 : quote + 2].strip():
        return False
    return text.count('"', 0, quote) % 2 == 1


def _is_break(stop: _Stop, language: Language) -> bool:
    if stop.glued:
        return _is_glued_break(stop, language)
    next_word = stop.next_word
    letter = _FIRST_LETTER.search(next_word)
    starts_low = (
        bool(letter) and next_word[: letter.end()].islower() and not next_word[letter.end() :][:1].isupper()
    )
    if stop.closed:
        if starts_low or (stop.is_strong and _SAID.match(stop.after)):
            return False
        if not stop.is_period:
            return True
    if stop.is_strong:
        return not starts_low
    if not stop.is_period:
        return not starts_low and _punkt_breaks(stop.word + "...", next_word, language)
    return _is_period_break(stop, next_word, starts_low, language)


def _is_period_break(stop: _Stop, next_word: str, starts_low: bool, language: Language) -> bool:
    word = stop.word.lower().rsplit("’", 1)[-1].rsplit("'", 1)[-1]
    if not word or not word[-1].isalnum():
        return not starts_low
    if word in _TITLES and not starts_low:
        return False
    if word in _BEFORE_NUMBER and next_word[:1].isdigit():
        return False
    if stop.at_start and (word.isdigit() or len(word) == 1):
        return False  # the number or letter of a list item
    known = _model(language)
    if word in known.abbreviations or len(word) == 1 or "." in word:
        return _punkt_breaks(stop.word + ".", next_word, language)
    return not starts_low or (len(word) > 2 and known.is_common(word))


def _is_glued_break(stop: _Stop, language: Language) -> bool:
    """A stop with a letter right behind it: a lost space, or the inside of a name, address or number."""
    if "/" in stop.word or "@" in stop.word or stop.word.startswith("www"):
        return False
    after = re.match(r"[«“\"]?([^\W\d_]+)(?:['’](?=\w)|[-\s,;:.!?…»”\"]|$)", stop.after)
    left = stop.word.rsplit("’", 1)[-1].rsplit("'", 1)[-1]
    if not after or not (stop.closed or left[-2:].isalpha() or left[-1:].isdigit()):
        return False
    word = after.group(1)
    if word.lower() in _SUFFIXES or "." in stop.word:
        return False
    if word[0].isupper():
        return stop.closed or left[-2:].islower() or not stop.is_period
    return (
        stop.is_period
        and not stop.closed
        and len(word) > 2
        and left.islower()
        and len(left) > 2
        and _model(language).is_starter(word)
    )


@dataclass(frozen=True, slots=True)
class _Model:
    """Punkt's parameters for one language, and the tokenizer made of them when first asked."""

    abbreviations: frozenset[str]
    collocations: frozenset[tuple[str, str]]
    starters: frozenset[str]
    contexts: Mapping[str, int]

    def is_common(self, word: str) -> bool:
        return bool(self.contexts.get(word, 0) & _LOWER)

    def is_starter(self, word: str) -> bool:
        flags = self.contexts.get(word, 0)
        return bool(flags & _LOWER and flags & _BEGINS_UPPER)


_BEGINS_UPPER = 1 << 1  # Punkt's flags: seen with a capital at the beginning of a sentence,
_LOWER = (1 << 4) | (1 << 5) | (1 << 6)  # and in lower case anywhere


@functools.cache
def _model(language: Language) -> _Model:
    source = resources.files("aligner.text") / "data" / "splitter.json"
    stored = json.loads(source.read_text(encoding="utf-8"))[language]
    return _Model(
        abbreviations=frozenset(stored["abbreviations"]),
        collocations=frozenset((first, second) for first, second in stored["collocations"]),
        starters=frozenset(stored["starters"]),
        contexts={word: int(flags) for flags, words in stored["contexts"].items() for word in words},
    )


@functools.cache
def _punkt(language: Language) -> Any:
    from nltk.tokenize.punkt import PunktParameters, PunktSentenceTokenizer

    known = _model(language)
    parameters = PunktParameters()
    parameters.abbrev_types = set(known.abbreviations)
    parameters.collocations = set(known.collocations)
    parameters.sent_starters = set(known.starters)
    parameters.ortho_context.update(known.contexts)
    return PunktSentenceTokenizer(parameters)


@functools.lru_cache(maxsize=8192)
def _punkt_breaks(word: str, next_word: str, language: Language) -> bool:
    return bool(_punkt(language).text_contains_sentbreak(f"{word} {next_word}"))
