"""The type of a quantity: one value with its unit at one place of a text."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Kind = Literal[
    "number",
    "ordinal",
    "fraction",
    "multiple",
    "vague",
    "code",
    "percent",
    "point",
    "money",
    "unit",
    "day",
    "month",
    "year",
    "weekday",
    "decade",
    "time",
]

SMALLEST_STRONG = 13
"""Numbers in words below this are too freely reworded to be missed on their own (newstest 2008-2012)."""


@dataclass(frozen=True, slots=True)
class Quantity:
    """A value at ``start:end`` of a text.

    ``values`` are all readings, the likeliest first: plain numbers for most kinds, 0-6 for
    weekdays (Monday first), minutes since midnight for times, 0-90 for decades. ``unit`` names the
    currency, the unit of measure or the letters of a code. ``magnitude`` is the power of ten that
    was written as a word or letter. ``digits`` says how it was written, ``approximate`` whether the text
    calls it so, ``collective`` whether it is a round number by its word ("une dizaine", "dozens").
    ``foreign`` holds the readings by the other language's marks: "1.250" in English may be 1250 where the
    other side leaves it as open. ``doubtful`` says that the unit is also another word ("livres", "won"),
    ``compound`` that it was given in two units ("2 ans et 6 mois") and is meant exactly. ``issuer`` is the
    code of the currency where the text says whose it is: "dollars canadiens", "C$".
    """

    kind: Kind
    values: tuple[float, ...]
    start: int
    end: int
    unit: str = ""
    digits: bool = False
    approximate: bool = False
    magnitude: float = 1.0
    collective: bool = False
    foreign: tuple[float, ...] = ()
    doubtful: bool = False
    compound: bool = False
    issuer: str = ""

    @property
    def value(self) -> float:
        """The likeliest reading."""
        return self.values[0]

    @property
    def strong(self) -> bool:
        """True if a faithful translation must show this value."""
        if self.kind in ("fraction", "multiple", "vague", "weekday", "month", "code"):
            return False
        if self.digits:
            return self.kind not in ("number", "ordinal", "money", "unit") or self.value not in (0, 1)
        if self.kind == "time":  # noon and midnight
            return False
        return not self.approximate and self.kind != "ordinal" and self.value >= SMALLEST_STRONG
