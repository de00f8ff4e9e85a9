"""How a check is built: a decorator that turns a function into a ``Check`` and registers nothing."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Mapping

from aligner.model import Cause, Check, Hit, Language, Scope, Severity

Messages = Mapping[str, Mapping[Language, str]]


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
) -> Callable[[Callable[..., Iterable[Hit]]], Check]:
    """Build a ``Check`` from a function ``(subject, context) -> hits``.

    The subject is a ``Document`` for scope "article", a ``BeadView`` for "bead", an ``Alignment``
    for "pair" and a ``CorpusView`` for "corpus". The function's docstring is its documentation:
    the first line is its row in the README, the whole is what ``aligner explain`` prints.
    """

    def build(find: Callable[..., Iterable[Hit]]) -> Check:
        return Check(
            code=code, name=name, scope=scope, category=category, cause=cause, severity=severity,
            messages=messages, doc=inspect.getdoc(find) or "", find=find, default=default,
        )  # fmt: skip

    return build
