"""A sentence as a list of tokens that faults can be put into, and back to text with the places marked."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from aligner.model import Language

TOKEN = {
    "fr": re.compile(r"\w+(?:-\w+)*['’]|\w+(?:[-.,]\w+)*|[^\w\s]"),
    "en": re.compile(r"\w+(?:['’.,-]\w+)*|[^\w\s]"),
}


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that is wrong: characters ``start:end`` of the text, and the type of the fault."""

    start: int
    end: int
    type: str


@dataclass(frozen=True, slots=True)
class Token:
    """A word or a sign, whether white space precedes it, and the type of its fault ('' if correct)."""

    text: str
    space: bool = True
    fault: str = ""

    @property
    def is_word(self) -> bool:
        """True if it has letters only (hyphens and a final apostrophe apart)."""
        return self.text.strip("'’-").replace("-", "").replace("'", "").replace("’", "").isalpha()


def tokenise(text: str, language: Language) -> list[Token]:
    """Cut a sentence; French clitics ("l'", "qu'") are tokens of their own."""
    matches = TOKEN[language].finditer(text)
    return [Token(m.group(), m.start() > 0 and text[m.start() - 1].isspace()) for m in matches]


def render(tokens: list[Token]) -> tuple[str, tuple[Mark, ...]]:
    """Write the tokens out, one space between them, with a mark at each one that is faulty."""
    parts: list[str] = []
    marks = []
    offset = 0
    for i, token in enumerate(tokens):
        if token.space and i:
            parts.append(" ")
            offset += 1
        if token.fault:
            marks.append(Mark(offset, offset + len(token.text), token.fault))
        parts.append(token.text)
        offset += len(token.text)
    return "".join(parts), tuple(marks)


def faulty(token: Token, fault: str, text: str | None = None) -> Token:
    """Return the token marked with a type of fault, and another text if one is given."""
    return replace(token, fault=fault, text=token.text if text is None else text)


def like(text: str, model: str) -> str:
    """Capitalise a word like another one."""
    if model[:1].isupper() and model != "I":
        return text[:1].upper() + text[1:]
    return text
