"""Sentences of a text: where they may end, and the quotation marks and brackets that close with them."""

from __future__ import annotations

import re
from collections.abc import Iterator

from aligner.model import Language, Span
from aligner.text.paragraphs import paragraph_spans, strip_span
from aligner.text.stops import Stop, ends_sentence

_STOPS = re.compile(r"[.!?…]+(?:\s?[.!?…]+)*")
_TRAILER = re.compile(
    r"\[\d{1,3}\]|</\w{1,10}>|[*_]{1,3}(?=\s)|&nbsp;"
)  # notes and marks that end a sentence too
_SPEECH = re.compile(
    r"\s(?:(?:he|she|I|they|we|[A-Z]\w+) )?(?:said|says|cried|answered|replied|asked|added|told|shouted|"
    r"exclaimed|returned|dit|a dit|demanda|répondit|ajouta|déclare|a déclaré|explique|répond|s['’]écria)\b"
)
_CLOSERS = frozenset("»”)]")
_QUOTES = ("»", "”", '"')
_CLOSING = (*_QUOTES, ")", "]")
_OPENING = "«“\"'‘(["
_APOSTROPHES = frozenset("'’")

_REACH = 60  # characters looked at on either side of a stop: more than any abbreviation or name needs
_QUOTE_REACH = 1_000  # how far back the beginning of a quotation is looked for
_MAX_MARKS = 20  # and how many marks are passed on the way
_ITEM_REACH = 6  # characters that the number of a list item may take
_MAX_SENTENCE = 2_000  # longest in the novels of `bench align`: 796; beyond, text without stops is cut

_SENTENCE = re.compile(r"[^\w.!?]*[A-ZÀ-ÖØ-ÞŒ0-9].*[.!?…][^\w.!?…]*", re.DOTALL)


def is_sentence(text: str) -> bool:
    """Return whether a text begins and ends as a sentence does; captions, headings and list items do not."""
    return bool(_SENTENCE.fullmatch(text))


def split_sentences(text: str, language: Language) -> list[Span]:
    """Return the spans of the sentences of ``text``, in order, without the white space around them.

    A sentence never crosses a paragraph; every character that is not white space is in exactly one.
    """
    return [
        (start + s, start + e)
        for start, end in paragraph_spans(text)
        for s, e in split_paragraph(text[start:end], language)
    ]


def split_paragraph(text: str, language: Language) -> list[Span]:
    """Return the sentence spans of text that is one paragraph already, new lines taken as spaces."""
    spans: list[Span] = []
    start = 0
    for end in (*_ends(text, language), len(text)):
        while end - start > _MAX_SENTENCE:
            cut = text.rfind(" ", start + 1, start + _MAX_SENTENCE)
            cut = cut if cut > 0 else start + _MAX_SENTENCE
            spans.extend(_stripped(text, start, cut))
            start = cut
        spans.extend(_stripped(text, start, end))
        start = end
    return spans


def _stripped(text: str, start: int, end: int) -> list[Span]:
    span = strip_span(text, start, end)
    return [span] if span else []


def _ends(text: str, language: Language) -> Iterator[int]:
    """Yield the ends of the sentences of a paragraph, except the last."""
    start = 0
    for match in _STOPS.finditer(text):
        if match.end() <= start:
            continue
        end = _behind_closers(text, match.end())
        after = text[end : end + _REACH]
        if after and not after.isspace() and ends_sentence(_stop(text, start, match, end, after), language):
            yield end
            start = end


def _stop(text: str, start: int, match: re.Match[str], end: int, after: str) -> Stop:
    before = text[max(start, match.start() - _REACH) : match.start()].rstrip()
    words = ["", "", *before.rsplit(None, 2)]
    return Stop(
        marks="".join(match.group().split()),
        word="" if words[-1].endswith(_CLOSING) else words[-1].lstrip(_OPENING),
        before=words[-2].lstrip(_OPENING),
        after=after.lstrip(),
        closed=end > match.end() or before.endswith(_QUOTES),
        glued=not after[0].isspace(),
        at_start=match.start() - start <= _ITEM_REACH and " " not in text[start : match.start()].strip(),
    )


def _behind_closers(text: str, position: int) -> int:
    """Find where the closing quotation marks, brackets, notes and marks that follow ``position`` end."""
    while position < len(text):
        trailer = _TRAILER.match(text, position)
        if trailer:
            position = trailer.end()
            continue
        place = position
        while place < len(text) and text[place].isspace():
            place += 1
        char = text[place : place + 1]
        if not (
            char in _CLOSERS
            or (char == '"' and _closes(text, place, position))
            or (char in _APOSTROPHES and place == position)
        ):
            break
        position = place + 1
    return position


def _closes(text: str, quote: int, position: int) -> bool:
    """Return whether the straight quotation mark at ``quote`` closes; ``position`` is where the stop ends.

    It does when it touches the stop, or when a quotation is open: counted from the last mark that shows
    by its neighbours what it is, so that one lost mark does not turn all that follow around.
    """
    if quote == position:
        return True
    if text[quote + 1 : quote + 2].strip():
        return False
    if text[quote + 1 : quote + 4].lstrip().startswith('"'):
        return True
    first, unknown, mark = max(0, quote - _QUOTE_REACH), 0, quote
    while unknown < _MAX_MARKS and (mark := text.rfind('"', first, mark)) >= 0:
        opens = _opens(text, mark)
        if opens is not None:
            return opens == (unknown % 2 == 0)
        unknown += 1
    return unknown % 2 == 1


def _opens(text: str, mark: int) -> bool | None:
    """Return whether a straight quotation mark opens (True) or closes (False); None if it could do either."""
    before, after = text[max(0, mark - 2) : mark], text[mark + 1 : mark + 3]
    if before[-1:].isspace() != after[:1].isspace():
        return before[-1:].isspace()
    if before.strip()[-1:] == '"' or after.strip()[:1] == '"':
        return before.strip()[-1:] == '"'
    if _SPEECH.match(text, mark + 1):
        return False
    return True if before.strip()[-1:] == ":" else None
