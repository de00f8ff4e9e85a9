"""The messages that the code has for people, read from its syntax: templates with ``{}`` for values."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import aligner

PACKAGE = Path(aligner.__file__).parent
ERRORS = frozenset({"InputError", "TableError", "UsageError", "BadParameter", "ClickException"})
"""Exceptions whose text a person reads."""
SAID = frozenset({"warning", "error"})
"""Methods of a logger whose text a person reads without asking for it."""
NOT_SHOWN = ("lab", "api")
"""Rooms whose messages are for developers: they stay English."""
_PRINTF = re.compile(r"%(?:\.\d)?[a-z]")


def templates() -> Iterator[tuple[str, str]]:
    """Yield where a message is, and its template."""
    for path in sorted(PACKAGE.rglob("*.py")):
        name = str(path.relative_to(PACKAGE))
        if name.split("/")[0] in NOT_SHOWN:
            continue
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call) and (argument := _message(node, name)) is not None:
                for template in _templates(argument):
                    if template.replace("{}", "").strip(" :;,.\n"):
                        yield f"{name}:{node.lineno}", template


def _message(call: ast.Call, module: str) -> ast.expr | None:
    """Return the argument of a call that is a message."""
    name = call.func.attr if isinstance(call.func, ast.Attribute) else getattr(call.func, "id", "")
    if name == "Skipped" and len(call.args) > 1:
        return call.args[1]
    is_error = name in ERRORS or (name == "ValueError" and module.startswith("settings/"))
    is_logged = name in SAID and isinstance(call.func, ast.Attribute) and _is_logger(call.func.value)
    return call.args[0] if (is_error or is_logged) and call.args else None


def _is_logger(value: ast.expr) -> bool:
    return isinstance(value, ast.Name) and value.id == "logger"


def _templates(node: ast.expr) -> Iterator[str]:
    """Yield what a literal may say; each branch of a condition is a text of its own."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield _PRINTF.sub("{}", node.value)
    elif isinstance(node, ast.JoinedStr):
        yield "".join(_piece(part) for part in node.values)
    elif isinstance(node, ast.IfExp):
        yield from _templates(node.body)
        yield from _templates(node.orelse)
    elif isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add):
        left = list(_templates(node.left)) or ["{}"]
        right = list(_templates(node.right)) or ["{}"]
        yield from (a + b for a in left for b in right)


def _piece(part: ast.expr) -> str:
    return str(part.value) if isinstance(part, ast.Constant) else "{}"
