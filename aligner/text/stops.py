"""Decides whether a full stop, question mark, exclamation mark or ellipsis ends a sentence."""

from __future__ import annotations

import re
from dataclasses import dataclass

from aligner.model import Language
from aligner.text.punkt import breaks_between, parameters

TITLES = frozenset(
    """m mm mme mmes mlle mlles mgr mr mrs ms dr drs pr prof st ste sts gen gov sen rep rev capt cpt col cdt
    lt sgt maj hon pres supt messrs fr sr adm cmdr det insp""".split()
)
"""Short forms, of both languages, that no sentence ends with where a capital follows."""
BEFORE_NUMBER = frozenset(
    """no nos nr n p pp art arts fig figs vol vols chap ch sec sect para par al vers v tel tél env approx ca
    c cf av r rm pl ill éd ed réf ref t bd bldg apt lot""".split()
)
"""Short forms that no sentence ends with where a number follows."""
_WEEKDAYS = frozenset("lun mar mer jeu ven sam dim mon tue tues wed weds thu thur thurs fri sat sun".split())
"""Short forms of weekdays: most are other words too, so a date must follow."""
_MONTH = (
    r"(?:janv(?:ier)?|jan(?:uary)?|f[ée]v(?:r|rier)?|feb(?:ruary)?|mars?|march|avr(?:il)?|apr(?:il)?|mai|may|juin"
    r"|june?|juil(?:let)?|july?|ao[uû]t|aug(?:ust)?|sept(?:embre|ember)?|sep|oct(?:obre|ober)?|nov(?:embre|ember)?"
    r"|d[ée]c(?:embre|ember)?)\b"
)
_DATE = re.compile(
    rf"\d{{1,2}}(?:er|st|nd|rd|th)?(?:[/.-]\d|\s+(?:of\s+)?{_MONTH})|{_MONTH}\.?\s+\d", re.IGNORECASE
)
# Ends of web addresses and file names: a full stop before them is inside a name.
_SUFFIXES = frozenset(
    """com net org fr uk ca eu info gov edu io co tv be ch de js py md txt csv pdf html htm xml json exe zip
    doc docx xls php asp jpg png gif mp mil int biz me app dev news ai""".split()
)
_SAID = re.compile(
    r"(?:(?:Mr|Mrs|Ms|Dr|Sir|Lord|Lady|Miss)\.?\s+)?(?:[A-Z][\w’'-]+|I|He|She|They|We)(?:\s+[A-Z][\w’'-]+){0,2}\s+"
    r"(?:said|says|asked|asks|told|added|adds|replied|replies|cried|answered|wrote|writes|tweeted|shouted|exclaimed)\b"
)
_NEXT_WORD = re.compile(r"(?:[«“\"'‘(\[*_–—-]|<[^<>]*>?)*\s*(\S+)")
_LETTERS = re.compile(r"[^\W\d_]+")
_GLUED_WORD = re.compile(r"[«“\"]?([^\W\d_]+)(?:['’](?=\w)|[-\s,;:.!?…»”\"]|$)")
_ACRONYM = re.compile(r"[^\W\d_](?:\.[^\W\d_])+")  # U.S, O.N.U, e.g
_INITIALS = re.compile(r"[^\W\d_](?:\.?-[^\W\d_])+")  # J.-C, J.-B

_INITIAL = re.compile(r"(?:[^\W\d_]\.)(?:-?[^\W\d_]\.)*(?=\s)\s*")
_IN_BRACKETS = re.compile(r"\(\s*[\d.,]+\s?[^\W\d_]")
_LONGEST_UNIT = 3
_GOES_ON = ("?", "!", "&", "+", "/")
"""Signs that no sentence begins with: a mark that a quotation leaves to its sentence, "com. & marketing"."""


@dataclass(frozen=True, slots=True)
class Stop:
    """A run of stops with what is around it; closing quotation marks and brackets count as part of it."""

    marks: str
    """The stops without the white space between them."""
    word: str
    """The run of letters, digits and inner stops before, or ''."""
    before: str
    """The word before that one, or ''."""
    after: str
    """What follows, white space at its head left out."""
    closed: bool
    """A closing mark is on either side."""
    glued: bool
    """No white space follows."""
    at_start: bool
    """The word is the first of its sentence and short."""

    @property
    def is_period(self) -> bool:
        """True if it is one full stop."""
        return self.marks == "."

    @property
    def is_strong(self) -> bool:
        """True if it asks or exclaims."""
        return "!" in self.marks or "?" in self.marks

    @property
    def next_word(self) -> str:
        """The word that follows, opening marks left out."""
        match = _NEXT_WORD.match(self.after)
        return match.group(1) if match else ""

    @property
    def goes_on_small(self) -> bool:
        """True if the next word is written small ("iPhone" is not)."""
        letters = _LETTERS.search(self.next_word)
        return letters is not None and letters.group()[:1].islower() and not letters.group()[1:2].isupper()


def ends_sentence(stop: Stop, language: Language) -> bool:
    """Return whether a sentence ends at ``stop``."""
    if stop.after[:1] in _GOES_ON:
        return False
    if stop.glued:
        return _ends_glued(stop, language)
    continues = stop.goes_on_small
    if stop.closed and (continues or (stop.is_strong and _SAID.match(stop.after))):
        return False
    if stop.is_strong:
        return not continues
    if stop.is_period:
        return _ends_at_period(stop, language)
    letters = _LETTERS.search(stop.next_word)
    return not continues and (
        stop.closed or letters is None or parameters(language).is_small(letters.group())
    )


def _ends_at_period(stop: Stop, language: Language) -> bool:
    statistics, continues = parameters(language), stop.goes_on_small
    cased = _behind_elision(stop.word)
    word = cased.lower()
    if not word or not word[-1].isalnum():
        return not continues
    if word in TITLES and not continues:
        return False
    if _leads_to_number(word, stop) or _is_among_initials(cased, stop):
        return False
    if word in _WEEKDAYS and _DATE.match(stop.after):
        return False
    if stop.at_start and (word.isdigit() or len(word) == 1):
        return False  # the number or letter of a list item
    if (
        (cased.isupper() and _ACRONYM.fullmatch(cased))
        or _INITIALS.fullmatch(cased)
        or _is_initial(cased, stop)
    ):
        return not continues and _letters(stop.next_word) in statistics.starters
    if word in statistics.abbreviations or len(word) == 1 or "." in word:
        return breaks_between(f"{stop.word}.", stop.next_word, language)
    return not continues or (len(word) > 2 and statistics.is_small(word))


def _leads_to_number(word: str, stop: Stop) -> bool:
    """Return whether the word abbreviates one that takes a number, or a unit with its measure in brackets."""
    is_unit = stop.before[-1:].isdigit() and word.isalpha() and len(word) <= _LONGEST_UNIT
    return (word in BEFORE_NUMBER and stop.next_word[:1].isdigit()) or (
        is_unit and bool(_IN_BRACKETS.match(stop.after))
    )


def _is_among_initials(word: str, stop: Stop) -> bool:
    """Return whether an initial follows, as in "J. R. R.", or the last of several leads to the name."""
    if len(word) != 1 or not word.isupper():
        return False
    return bool(_INITIAL.match(stop.after)) or (
        bool(_INITIAL.fullmatch(f"{stop.before} ")) and not stop.goes_on_small
    )


def _behind_elision(word: str) -> str:
    return word.rsplit("’", 1)[-1].rsplit("'", 1)[-1]


def _letters(word: str) -> str:
    match = _LETTERS.search(word)
    return match.group().lower() if match else ""


def _is_initial(word: str, stop: Stop) -> bool:
    """Return whether a single capital follows a name or another initial: "George W.", "J. K."."""
    return len(word) == 1 and word.isupper() and stop.before[:1].isupper()


def _ends_glued(stop: Stop, language: Language) -> bool:
    """Decide whether a stop right before a letter ends a sentence, or is inside a name, address or number."""
    match = _GLUED_WORD.match(stop.after)
    left = _behind_elision(stop.word)
    if not stop.word and not stop.is_strong and not stop.is_period:
        return False  # an ellipsis that opens a quotation
    if match is None or "/" in stop.word or "@" in stop.word or "." in stop.word:
        return False
    word = match.group(1)
    if word.lower() in _SUFFIXES or not (stop.closed or left[-2:].isalpha() or left[-1:].isdigit()):
        return False
    if word[0].isupper():
        return stop.closed or left[-2:].islower() or left.isdigit() or not stop.is_period
    return (
        stop.is_period
        and not stop.closed
        and min(len(left), len(word)) > 2
        and left.islower()
        and parameters(language).may_start(word)
    )
