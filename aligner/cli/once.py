"""An option with one value is given once: of two, the second would take the place of the first unseen.

With `--select EXT --select ACC`, or two `--files-from`, a gate would pass what only the first finds.
"""

from __future__ import annotations

from collections import Counter
from typing import Any

import click


def given_once(command: click.Command) -> click.Command:
    """Make a command refuse an option that it is given twice, unless both count or they have no value."""
    if "make_parser" in vars(command):  # it does already
        return command
    make = command.make_parser

    def make_parser(context: click.Context) -> Any:
        parser = make(context)
        parse = parser.parse_args

        def parse_args(args: list[str]) -> tuple[dict[str, Any], list[str], list[click.Parameter]]:
            values, remaining, order = parse(args)
            for parameter, times in Counter(order).items():
                if times > 1 and isinstance(parameter, click.Option) and _has_one_value(parameter):
                    raise click.UsageError(_repeated_option(max(parameter.opts, key=len)), context)
            return values, remaining, order

        parser.parse_args = parse_args  # type: ignore[method-assign]
        return parser

    command.make_parser = make_parser  # type: ignore[method-assign, assignment]
    return command


def _has_one_value(option: click.Option) -> bool:
    return not (option.multiple or option.is_flag or option.count)


def _repeated_option(name: str) -> str:
    if name in ("--select", "--ignore"):
        return (
            f"{name} is given twice, and the first would not count: give it once, its codes separated by "
            "commas"
        )
    return f"{name} is given twice, and the first would not count: give it once"
