"""Every check there is, in the order of the codes, and how a user chooses among them."""

from __future__ import annotations

import difflib
import pkgutil
from collections.abc import Iterable, Iterator, Sequence
from importlib import import_module

from aligner.model import Check, InputError

FAMILIES = ("extraction", "alignment", "accuracy", "fluency", "typography", "locale", "terminology")
"""The folders that hold checks, a module each; modules that begin with an underscore are their helpers."""


def _discovered() -> Iterator[Check]:
    for family in FAMILIES:
        package = import_module(f"aligner.checks.{family}")
        for module in pkgutil.iter_modules(package.__path__):
            if not module.name.startswith("_"):
                content = vars(import_module(f"{package.__name__}.{module.name}"))
                yield from (value for value in content.values() if isinstance(value, Check))


CHECKS: tuple[Check, ...] = tuple(sorted(_discovered(), key=lambda check: check.code[3:]))

ALL = "ALL"
"""What selects every check, those that are off by default included."""


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


def require_codes(where: str, codes: Iterable[str]) -> None:
    """Raise ``InputError`` for the first of some codes (or their beginnings) that no check has."""
    for code in codes:
        if not any(check.code.startswith(code) for check in CHECKS):
            raise InputError(f"{where}: there is no check {code!r}; `aligner checks` lists all codes")


def _fits(check: Check, entry: str) -> bool:
    wanted = entry.strip()
    return bool(wanted) and (
        wanted.upper() == ALL or check.code.startswith(wanted.upper()) or check.name == wanted.lower()
    )


def _require_known(entry: str) -> None:
    if any(_fits(check, entry) for check in CHECKS):
        return
    known = {check.code.lower(): check.code for check in CHECKS} | {c.name: c.name for c in CHECKS}
    near = difflib.get_close_matches(entry.strip().lower(), known, n=1, cutoff=0.5)
    hint = f"did you mean {known[near[0]]}?" if near else "`aligner checks` lists all codes"
    raise InputError(f"there is no check {entry!r}; {hint}")
