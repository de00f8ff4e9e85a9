"""TYP501: a quotation mark or bracket without its counterpart."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator
from itertools import groupby

from aligner.checks.base import article_check
from aligner.lexicon.function_words import word_set
from aligner.model import Context, Document, Hit

_MARK = re.compile(r"[«»“”\"()\[\]]")
_FAMILY = {"«": "«»", "»": "«»", "“": "“”", "”": "“”", "(": "()", ")": "()", "[": "[]", "]": "[]", '"': '"'}
_OPENERS = frozenset("«“([")
_LOOK_BACK = 8
_NO_CLOSER = re.compile(
    r"(?:(?:^|[\s;:,.(])(?:[^\W_]{1,2}|[ivxIVX]{1,4}|\d{1,3})|[:;=8][’'-]?|\d[.,]?\d?\s?)\Z"
)
"""Before a mark that closes nothing: a list label "a)", a smiley, a number of inches."""
_SENTENCE_END = re.compile(r"(?:^|[.!?…:][»”\"')\]]?)\s*\Z")
_PARAGRAPH_BREAK = re.compile(r"\n\s*")
_GOES_ON = {"«": "«»", "“": "“", '"': '"', "(": "", "[": ""}
"""First marks of a paragraph with which a quotation goes on."""
_LOOK_BACK_WORD = 30
_WORD_BEFORE = re.compile(r"(?<![^\W\d_])([^\W\d_]+)(?:[ \u00a0]|(?<=[dlDL])['’])\Z")
_SMALL_AFTER = re.compile(r"[ \u00a0\u202f]?[a-zà-öø-ÿœ]")
_DETERMINERS = word_set(
    "un une des le la les l d de du ce cette ces son sa ses leur leurs a an the this that of"
)
_CLAUSE_BEFORE = re.compile(r"\w[ \u00a0\u202f]?\Z")
_SAYS = (
    r"(?:said|says|told|asked|asks|added|adds|wrote|writes|explained|explains|announced|warned|insisted|replied|argued|"
    r"recalled|noted|stressed)"
)
_DIT = (
    r"(?:dit|déclar|ajout|affirm|expliqu|annonc|soulign|indiqu|précis|assur|estim|confi|répond|lanc|lanç|rappel|insist|"
    r"témoign|conclu|écri|racont|demand)"
)
_CLAUSE_AFTER = re.compile(
    rf"[ \u00a0](?!(?:(?:he|she|it|they|we|I|a|ont|avait|the \w+) )?(?:{_SAYS}|{_DIT}))[a-zà-öø-ÿœ]"
)
_SAID_LAST = re.compile(
    rf"[,?!] (?:[^,.“”\"]{{2,50}} {_SAYS}|{_SAYS} [^,.“”\"]{{2,50}})(?:,[^.“”\"]{{1,60}})?\.?\Z"
)
_DIT_LAST = re.compile(
    rf"[,?!] (?:(?:a|ont|avait)(?:-t-\w+)? )?{_DIT}\w*(?:[ -][^,.«»“”\"]{{2,60}})?(?:,[^.«»]{{1,60}})?\.?\Z"
)
_EXCERPT = re.compile(r"[^\w\s]\s?[\w’'-]*")
MAX_CHARACTERS = 1_500
"""Characters after which an open mark is taken for one that was never closed."""
FLATTENED = 2_000
"""Characters of a paragraph that must have been several ones before its line breaks were lost
(longest one with line breaks in masakhanews: 1,400)."""


@article_check(
    "TYP501",
    "quote-balance",
    title={"en": "Quotation mark or bracket left open", "fr": "Guillemet ou parenthèse sans pendant"},
    category="punctuation",
    cause="editorial",
    severity="minor",
    explained_by=("EXT101", "EXT103", "EXT104", "EXT105", "EXT108"),
    messages={
        "unclosed": {
            "en": "This {sign} is opened and never closed.",
            "fr": "Le signe {sign} est ouvert et n'est jamais refermé.",
        },
        "unopened": {
            "en": "Unmatched closing {sign}.",
            "fr": "Le signe {sign} ferme ce qui n'a pas été ouvert.",
        },
    },
)
def quote_balance(document: Document, context: Context) -> Iterator[Hit]:
    """A quotation mark or a bracket lacks its counterpart.

    Finds: guillemets, curly and straight double quotes, round and square brackets that are opened and not
        closed in their paragraph, or closed and not opened.
    Matters: the reader cannot tell who speaks where; the end of a quotation may be lost with words in it.
    Bad: "We shall open in May, the mayor said.
    Good: "We shall open in May," the mayor said.
    False positives: a quotation over several paragraphs, each opened anew and only the last one closed, is
        accepted; list labels "a)", smileys and inches are too. Single quotes are not looked at.
    Measured: 30 of 30 findings were right on masakhanews and ntrex. Of closing quotation marks taken out of
        masakhanews 51 % are found: in French articles whose line breaks were lost a new quotation may be the
        old one going on.
    """
    text = document.text
    german = "„" in text
    paragraphs = _Paragraphs(document)
    open_marks: dict[str, list[int]] = defaultdict(list)
    for match in _MARK.finditer(text):
        place = match.start()
        family = _FAMILY[text[place]]
        if text[place] == "»" and _opens_line(text, place):  # the bullet of a list
            continue
        if family == "“”" and german:  # German marks: the one that opens in English closes there
            continue
        stack = open_marks[family]
        while stack and not paragraphs.same(stack[-1], place) and paragraphs.must_close(stack[-1]):
            yield _hit("unclosed", text, stack.pop())
        while stack and place - stack[0] > MAX_CHARACTERS:
            yield _hit("unclosed", text, stack.pop(0))
        if _opens(text, place, bool(stack)):
            if stack and _continues(text, stack[-1], place):
                stack.pop()
            stack.append(place)
        elif stack and (paragraphs.same(stack[-1], place) or not _ends_fragment(text, place)):
            stack.pop()
        elif not _NO_CLOSER.search(text, max(0, place - _LOOK_BACK), place):
            yield _hit("unopened", text, place)
    for place in sorted(place for stack in open_marks.values() for place in stack):
        yield _hit("unclosed", text, place)


class _Paragraphs:
    """The paragraphs of an article, by the places where they start."""

    def __init__(self, document: Document) -> None:
        self.text = document.text
        self.is_table = "rows" in document.metadata
        bodies = groupby(document.segments, key=lambda segment: segment.paragraph)
        spans = [(group[0].start, group[-1].end) for group in (tuple(run) for _, run in bodies)]
        self.starts, self.ends = [start for start, _ in spans], [end for _, end in spans]

    def same(self, first: int, second: int) -> bool:
        """Return whether two places are in one paragraph."""
        return bisect_right(self.starts, first) == bisect_right(self.starts, second)

    def must_close(self, place: int) -> bool:
        """Return whether what is opened at a place ends within its paragraph.

        So do brackets in a sentence, and words that are quoted as a part of the sentence: a quotation that
        runs over several paragraphs begins with a sentence, and its speaker is not named after the first. One
        that the next paragraph opens anew goes on there.
        """
        number = bisect_right(self.starts, place) - 1
        if number < 0 or place >= self.ends[number]:
            return False
        following = self.text[self.starts[number + 1]] if number + 1 < len(self.starts) else ""
        if following and following in _GOES_ON[self.text[place]] and not self.is_table:
            return False
        if _is_part(self.text, place):
            return True
        rest = self.text[place : self.ends[number]]
        return bool(_SAID_LAST.search(rest)) or (self.is_table and bool(_DIT_LAST.search(rest)))


def _is_part(text: str, place: int) -> bool:
    """Return whether a mark opens in the middle of a clause: "un « dossier", "(built"."""
    before = _WORD_BEFORE.search(text, max(0, place - _LOOK_BACK_WORD), place)
    if before is None:
        return False
    is_small = _SMALL_AFTER.match(text, place + 1) is not None
    return is_small or text[place] in "([" or before[1].lower() in _DETERMINERS


def _ends_fragment(text: str, place: int) -> bool:
    """Return whether a closing mark is in the middle of a clause: "a miracle” after the concert"."""
    return _CLAUSE_BEFORE.search(text, max(0, place - _LOOK_BACK), place) is not None and bool(
        _CLAUSE_AFTER.match(text, place + 1)
    )


def _opens_line(text: str, place: int) -> bool:
    return text[max(0, place - _LOOK_BACK) : place].rstrip(" \t\u00a0\u202f")[-1:] in ("", "\n")


def _opens(text: str, place: int, is_open: bool) -> bool:
    """Return whether the mark at ``place`` opens: a straight one by its neighbours, or else by turns."""
    if text[place] != '"':
        return text[place] in _OPENERS
    touched_before = place > 0 and not text[place - 1].isspace() and text[place - 1] not in "([«“-–—’'/"
    touched_after = place + 1 < len(text) and (text[place + 1].isalnum() or text[place + 1] in "([«“’'$£€#@")
    return not is_open if touched_before == touched_after else touched_after


def _continues(text: str, opened: int, place: int) -> bool:
    """Return whether a quotation goes on with a new opening mark, as at the start of each paragraph."""
    line = text.rfind("\n", 0, place) + 1
    if not text[line:place].strip():
        return len(_PARAGRAPH_BREAK.findall(text, opened, place)) == 1
    end = text.find("\n", place)
    flattened = (end if end >= 0 else len(text)) - line > FLATTENED
    return flattened and bool(_SENTENCE_END.search(text, max(line, place - _LOOK_BACK), place))


def _hit(key: str, text: str, place: int) -> Hit:
    excerpt = _EXCERPT.match(text, place)
    end = excerpt.end() if excerpt and key == "unclosed" else place + 1
    return Hit(key, place, end, values={"sign": text[place]})
