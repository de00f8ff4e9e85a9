"""Every check there is, in the order of the codes, and how a user chooses among them."""

from __future__ import annotations

import difflib
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module

from aligner.model import Check, InputError

FAMILIES = ("extraction", "alignment", "accuracy", "fluency", "typography", "locale", "terminology")
"""The folders that hold checks, a module each; modules that begin with an underscore are their helpers."""


def _all_checks() -> Iterator[Check]:
    for family in FAMILIES:
        package = import_module(f"aligner.checks.{family}")
        for module in pkgutil.iter_modules(package.__path__):
            if not module.name.startswith("_"):
                content = vars(import_module(f"{package.__name__}.{module.name}"))
                yield from (value for value in content.values() if isinstance(value, Check))


CHECKS: tuple[Check, ...] = tuple(sorted(_all_checks(), key=lambda check: check.code[3:]))

ALL = "ALL"
"""Selects every check, those that are off by default included."""


def select(select: Sequence[str] = (), ignore: Sequence[str] = ()) -> tuple[Check, ...]:
    """Choose checks by code, prefix of a code ("EXT", "ACC30"), name, or "ALL".

    Without ``select``, the checks that are on by default; with it, exactly those it names, also
    when they are off by default. ``ignore`` wins over both. An entry that fits no check, or a
    choice that leaves none, raises ``InputError``.
    """
    for entry in (*select, *ignore):
        _require_known(entry)
    chosen = tuple(
        check
        for check in CHECKS
        if (any(_fits(check, entry) for entry in select) if select else check.default)
        and not any(_fits(check, entry) for entry in ignore)
    )
    if not chosen:
        raise InputError("no check is left to run: everything selected is also ignored")
    return chosen


def require_codes(source: str, codes: Iterable[str]) -> None:
    """Raise ``InputError`` for the first of some codes (or their beginnings) that no check has."""
    for code in codes:
        if not any(check.code.startswith(code) for check in CHECKS):
            raise InputError(f"{source}: there is no check {code!r}; `aligner checks` lists all codes")


def _fits(check: Check, entry: str) -> bool:
    selector = entry.strip()
    return bool(selector) and (
        selector.upper() == ALL or check.code.startswith(selector.upper()) or check.name == selector.lower()
    )


def _require_known(entry: str) -> None:
    if any(_fits(check, entry) for check in CHECKS):
        return
    spellings = {check.code.lower(): check.code for check in CHECKS} | {c.name: c.name for c in CHECKS}
    similar = difflib.get_close_matches(entry.strip().lower(), spellings, n=1, cutoff=0.5)
    hint = f"did you mean {spellings[similar[0]]}?" if similar else "`aligner checks` lists all codes"
    raise InputError(f"there is no check {entry!r}; {hint}")
