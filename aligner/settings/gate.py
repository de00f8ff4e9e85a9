"""The tables of the configuration file: what is read, what fails a check, and what is suppressed."""

from __future__ import annotations

import difflib
import re
import sys
from collections.abc import Callable, Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any, Literal, get_args

from aligner.model import LANGUAGES, Cause, Severity
from aligner.settings.passage import Passage

SEVERITIES: tuple[Severity, ...] = get_args(Severity)
CAUSES: tuple[Cause, ...] = get_args(Cause)
TOTAL = "total"
NO_SEVERITY: Literal["none"] = "none"
FailOn = Severity | Literal["none"]
ANY_SIDE = "any"
_CODE = re.compile(r"[A-Z]{3}\d{0,3}\Z")

Limits = tuple[tuple[str, float], ...]
"""Pairs of a limited subject (a severity, a cause, a code or its beginning, or "total") and its limit."""


@dataclass(frozen=True, slots=True)
class Gate:
    """Thresholds of ``aligner check``; one that is None, or names nothing, is not applied.

    ``fail_on`` is a severity, or "none"; None is the default, "major". ``causes`` are those that
    ``fail_on`` looks at. Limits are numbers of findings, or findings per 1,000 words; scores run from
    0 to 100; ``max_unpaired`` is a share 0..1 of the articles. ``fail_on_behind`` is the language whose
    version must lack nothing that the other has, or "any". ``baseline`` is the path of a file.
    """

    fail_on: FailOn | None = None
    causes: tuple[Cause, ...] = CAUSES
    max: Limits = ()
    max_per_1000_words: Limits = ()
    min_article_score: float | None = None
    min_corpus_score: float | None = None
    max_unpaired: float | None = None
    fail_on_behind: Literal["fr", "en", "any"] | None = None
    baseline: str | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Settings of reading; ``ignore`` are globs on files in folders, or on the ends of their paths."""

    ignore: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Suppression:
    """Findings that a person has judged and lets go, with the reason.

    ``path`` is a glob on the article key or on its end; ``code`` a code or its beginning; ``excerpt``
    is compared without regard to case and white space. What is '' holds for every finding. One that comes
    from a review has the ``passage`` that it is on: of findings with the same words, it suppresses that one.
    """

    reason: str
    path: str = ""
    code: str = ""
    excerpt: str = ""
    fingerprint: str = ""
    origin: str = ""
    passage: Passage | None = None


class TableError(ValueError):
    """A table that cannot be read; the message says where in it, and what is wrong."""


def read_gate(value: object) -> Gate:
    """Read the table ``gate``; raises TableError."""
    return Gate(**_fields(value, _GATE_READERS, "gate"))


def read_reading(value: object) -> Reading:
    """Read the table ``read``; raises TableError."""
    return Reading(**_fields(value, {"ignore": _texts}, "read"))


def read_confidence(value: object) -> Limits:
    """Read the table ``confidence``; raises TableError."""
    if not isinstance(value, Mapping):
        raise TableError(
            f"confidence must be a table of codes, not {value!r}; for all there is min-confidence"
        )
    for code, least in value.items():
        if not _CODE.match(code):
            raise TableError(
                f"confidence: a key must be a code like EXT101, or the beginning of one, not {code!r}"
            )
        try:
            _number(least, 1)
        except ValueError as error:
            raise TableError(f"confidence: {code} must be {error}, not {least!r}") from None
    return tuple((code, float(least)) for code, least in value.items())


def read_suppressions(value: object) -> tuple[Suppression, ...]:
    """Read the tables ``suppress``, in order; raises TableError.

    A table with a list of excerpts is one suppression each, so that each unused one can be named.
    """
    if not isinstance(value, Sequence) or isinstance(value, str):
        raise TableError("suppress must be tables, each headed [[suppress]] or [[tool.aligner.suppress]]")
    readers: dict[str, Callable[[object], object]] = {
        f.name: _text for f in fields(Suppression) if f.name not in ("origin", "passage")
    }
    readers |= {"code": _code, "excerpt": _texts}
    read = []
    for number, table in enumerate(value, 1):
        heading = f"suppress, table {number}"
        entry = _fields(table, readers, heading)
        if "reason" not in entry:
            raise TableError(f"{heading}: it must give a reason")
        if len(entry) == 1:
            raise TableError(f"{heading}: it must name a path, a code, an excerpt or a fingerprint")
        excerpts = entry.pop("excerpt", ("",))
        for excerpt in excerpts:
            origin = f"{heading}, {excerpt}" if len(excerpts) > 1 else heading
            read.append(Suppression(**entry, excerpt=excerpt, origin=origin))
    return tuple(read)


def hint(key: str, keys: Collection[str]) -> str:
    """Return what to write in place of an unknown key: the most similar of the known ones, or all of them."""
    similar = difflib.get_close_matches(key, keys, n=1)
    return f"did you mean {similar[0]!r}?" if similar else f"known keys: {', '.join(keys)}"


def _fields(value: object, readers: Mapping[str, Callable[[object], object]], heading: str) -> dict[str, Any]:
    if not isinstance(value, Mapping):
        raise TableError(f"{heading} must be a table, not {value!r}")
    keys = {name.replace("_", "-"): name for name in readers}
    read = {}
    for key, item in value.items():
        name = keys.get(key.replace("_", "-"))
        if name is None:
            raise TableError(f"{heading}: unknown key {key!r}; {hint(key, keys)}")
        try:
            read[name] = readers[name](item)
        except ValueError as error:
            raise TableError(f"{heading}: {key} must be {error}, not {item!r}") from None
    return read


# Each reader raises ValueError saying what the value must be.


def _text(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("a text that is not empty")
    return value.strip()


def _texts(value: object) -> tuple[str, ...]:
    if isinstance(value, str):
        return (_text(value),)
    texts = value if isinstance(value, Sequence) else ()
    if not texts or not all(isinstance(text, str) and text.strip() for text in texts):
        raise ValueError("a text that is not empty, or a list of such texts")
    return tuple(text.strip() for text in texts)


def _code(value: object) -> str:
    if not isinstance(value, str) or not _CODE.match(value):
        raise ValueError("a code like EXT101, or the beginning of one")
    return value


def _number(value: object, maximum: float = sys.float_info.max) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= maximum:
        raise ValueError("a number from 0" + (f" to {maximum:g}" if maximum < sys.float_info.max else ""))
    return value


def _limits(value: object) -> Limits:
    if not isinstance(value, Mapping):
        raise ValueError("a table of numbers")
    for name, limit in value.items():
        if name not in (*SEVERITIES, *CAUSES, TOTAL) and not _CODE.match(name):
            raise ValueError(f"a table whose keys are severities, causes, codes or {TOTAL!r}")
        _number(limit)
    return tuple(value.items())


def _severity(value: object) -> str:
    if value not in (*SEVERITIES, NO_SEVERITY):
        raise ValueError(f"one of {', '.join((*SEVERITIES, NO_SEVERITY))}")
    return str(value)


def _side(value: object) -> str | None:
    if value == "none":
        return None
    if value not in (*LANGUAGES, ANY_SIDE):
        raise ValueError(f"one of {', '.join((*LANGUAGES, ANY_SIDE, 'none'))}")
    return str(value)


def _causes(value: object) -> tuple[object, ...]:
    causes = value if isinstance(value, Sequence) and not isinstance(value, str) else ()
    if not causes or not all(cause in CAUSES for cause in causes):
        raise ValueError(f"a list of one or more of {', '.join(CAUSES)}")
    return tuple(causes)


_GATE_READERS: Mapping[str, Callable[[object], object]] = {
    "fail_on": _severity,
    "causes": _causes,
    "max": _limits,
    "max_per_1000_words": _limits,
    "min_article_score": lambda value: _number(value, 100),
    "min_corpus_score": lambda value: _number(value, 100),
    "max_unpaired": lambda value: _number(value, 1),
    "fail_on_behind": _side,
    "baseline": _text,
}
