"""The options that every call takes, typed, and how they become settings."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from os import PathLike
from typing import Any, Literal, TypedDict

from aligner.model import Language, TextKind
from aligner.settings import Settings, load_settings, with_options

Path = str | PathLike[str]


class Options(TypedDict, total=False):
    """Settings by name, as on the command line; those that are left out, or None, have their defaults.

    ``select``, ``ignore`` (codes or their beginnings) and ``allow`` (words) are lists, or texts with commas;
    ``detector`` and ``cache`` may be False; ``pairs`` and ``terms`` are paths of CSV files,
    ``review`` and ``beads`` those of a ``review.jsonl`` and of beads corrected by hand. ``confidence``,
    ``read``, ``gate`` and ``suppress`` are tables as in ``aligner.toml``. ``config`` is the path of such a
    file; without it none is read.
    """

    encoder: str | None
    detector: str | Literal[False] | None
    select: str | Sequence[str] | None
    ignore: str | Sequence[str] | None
    min_confidence: float | None
    suspicion: float | None
    text_kind: TextKind | None
    confidence: Mapping[str, float] | None
    jobs: int | None
    scheduler: str | None
    pairs: Path | None
    terms: Path | None
    allow: str | Sequence[str] | None
    ui: Language | None
    title: str | None
    cache: Path | Literal[False] | None
    quiet: bool | None
    read: Mapping[str, Any] | None
    gate: Mapping[str, Any] | None
    suppress: Sequence[Mapping[str, str]] | None
    review: Path | None
    beads: Path | None
    config: Path | None


def settings_of(options: Options) -> Settings:
    """Return the settings that options say. Raises InputError for an unknown one or a wrong value."""
    table: dict[str, object] = {**options}
    config = table.pop("config", None)
    if config is None:
        return with_options(Settings(), table)
    return load_settings(str(config), table)
