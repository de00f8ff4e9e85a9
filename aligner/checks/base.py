"""How a check is built: a decorator that turns a function into a ``Check`` and registers nothing."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping

from aligner.model import Cause, Check, Hit, Language, Scope, Severity

Messages = Mapping[str, Mapping[Language, str]]

SECTIONS = ("Finds:", "Matters:", "Bad:", "Good:", "False alarms:", "Measured:")
"""What the docstring of every check tells, in this order, below its first line."""


def check(
    code: str,
    name: str,
    *,
    scope: Scope,
    category: str,
    cause: Cause,
    severity: Severity,
    messages: Messages,
    default: bool = True,
    find_in_bead: Callable[..., Iterable[Hit]] | None = None,
    needs_detector: bool = False,
) -> Callable[[Callable[..., Iterable[Hit]]], Check]:
    """Build a ``Check`` from a function ``(subject, context) -> hits``.

    The subject is a ``Document`` for scope "article", a ``BeadView`` for "bead", an ``Alignment``
    for "pair" and a ``CorpusView`` for "corpus". The function's docstring is its documentation:
    the first line is its row in the README, the whole is what ``aligner explain`` prints, in the
    sections named by ``SECTIONS``. ``find_in_bead`` is a second function, of a ``BeadView``, for
    an article check that can tell more once the beads are known; ``needs_detector`` marks a check that
    reads word scores.
    """

    def build(find: Callable[..., Iterable[Hit]]) -> Check:
        return Check(
            code=code,
            name=name,
            scope=scope,
            category=category,
            cause=cause,
            severity=severity,
            messages=messages,
            doc=inspect.getdoc(find) or "",
            find=find,
            default=default,
            find_in_bead=find_in_bead,
            needs_detector=needs_detector,
        )

    return build
