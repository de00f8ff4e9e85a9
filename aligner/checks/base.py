"""Builds checks: a decorator for each kind of subject turns a function into a ``Check``."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping
from typing import Any, TypedDict, TypeVar, Unpack

from aligner.model import (
    Alignment,
    BeadView,
    Cause,
    Check,
    Context,
    CorpusView,
    Document,
    Hit,
    Language,
    Scope,
    Severity,
)

Subject = TypeVar("Subject")
Messages = Mapping[str, Mapping[Language, str]]
Find = Callable[[Subject, Context], Iterable[Hit]]

SECTIONS = ("Finds", "Matters", "Bad", "Good", "False positives", "Measured")
"""The sections of the docstring of every check, in this order, below its first line."""


class Traits(TypedDict, total=False):
    """Arguments of the decorators besides code and name; the first five are required.

    ``title`` is the heading of the check for people. ``explained_by`` names the checks (codes, or their
    beginnings) whose finding on the same passage explains one of this check; those of ``causes.DAMAGE``
    always do. ``explained_in_bead_by`` names those that explain one anywhere in the same bead,
    ``explained_in_pair_by`` those that explain one anywhere in the same pair.
    ``needs_detector`` marks a check that reads word scores. What a check sees of an article is its prose:
    links, tags and code are masked, and offsets count there; one that is ``of_source`` sees the text of the
    file itself.
    """

    title: Mapping[Language, str]
    category: str
    cause: Cause
    severity: Severity
    messages: Messages
    default: bool
    explained_by: tuple[str, ...]
    explained_in_bead_by: tuple[str, ...]
    explained_in_pair_by: tuple[str, ...]
    needs_detector: bool
    of_source: bool


def article_check(
    code: str, name: str, *, find_in_bead: Find[BeadView] | None = None, **traits: Unpack[Traits]
) -> Callable[[Find[Document]], Check]:
    """Build a check of one article from a function ``(Document, Context) -> hits``.

    The function's docstring is the check's documentation: its first line is the row in the table of checks,
    the whole is what ``aligner explain`` prints, in the sections named by ``SECTIONS``. ``find_in_bead``
    finds what shows only once the beads are known.
    """
    return _builder(code, name, "article", traits, find_in_bead)


def bead_check(code: str, name: str, **traits: Unpack[Traits]) -> Callable[[Find[BeadView]], Check]:
    """Build a check of one bead from a function ``(BeadView, Context) -> hits``; see ``article_check``."""
    return _builder(code, name, "bead", traits)


def pair_check(code: str, name: str, **traits: Unpack[Traits]) -> Callable[[Find[Alignment]], Check]:
    """Build a check of one pair from a function ``(Alignment, Context) -> hits``; see ``article_check``."""
    return _builder(code, name, "pair", traits)


def corpus_check(code: str, name: str, **traits: Unpack[Traits]) -> Callable[[Find[CorpusView]], Check]:
    """Build a check of a run from a function ``(CorpusView, Context) -> hits``; see ``article_check``."""
    return _builder(code, name, "corpus", traits)


def _builder(
    code: str, name: str, scope: Scope, traits: Traits, find_in_bead: Find[BeadView] | None = None
) -> Callable[[Find[Any]], Check]:
    def build(find: Find[Any]) -> Check:
        doc = inspect.getdoc(find) or ""
        return Check(
            code=code, name=name, scope=scope, doc=doc, find=find, find_in_bead=find_in_bead, **traits
        )

    return build
