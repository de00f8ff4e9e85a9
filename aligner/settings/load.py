"""Reads settings: options of the command line over a configuration file over defaults."""

from __future__ import annotations

import codecs
import csv
import io
import os
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

from aligner.model import LANGUAGES, SUSPICION, TEXT_KINDS, InputError, Language, TextKind
from aligner.settings.beads import Beads, read_beads
from aligner.settings.content import content_of, text_of
from aligner.settings.gate import (
    Gate,
    Reading,
    Suppression,
    TableError,
    hint,
    read_confidence,
    read_gate,
    read_reading,
    read_suppressions,
)
from aligner.settings.repository import nearest
from aligner.settings.review import EMPTY, FILE, Review, read_review

CONFIG_NAME, SHARED_NAME = "aligner.toml", "pyproject.toml"
Rows = tuple[tuple[str, str], ...]
_DELIMITERS = (",", ";", "\t")


@dataclass(frozen=True, slots=True)
class Settings:
    """Everything that can be set; the names are the keys of the configuration file, with ``-`` for ``_``.

    ``encoder`` None is the shipped one, which is faster than any ``cache``; a cache of None keeps
    nothing. ``confidence`` is the least one of some checks, by code or its beginning, in place of
    ``min_confidence``; below ``suspicion`` a finding is shown apart and counts nowhere. ``detector`` is a
    folder or "default", the shipped one; None goes without. ``text_kind`` says what is read (published,
    scraped or machine-translated), which decides how sure findings are; None leaves it to each article.
    ``pairs`` and ``terms`` hold ``(fr, en)`` rows, ``review`` the marks of a person on an earlier report,
    ``beads`` those corrected by hand, by pair. ``pairs_folder`` is that of the table of pairs, and no key.
    """

    encoder: str | None = None
    detector: str | None = "default"
    select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    min_confidence: float = 0.0
    suspicion: float = SUSPICION
    confidence: tuple[tuple[str, float], ...] = ()
    text_kind: TextKind | None = None
    jobs: int = 1
    scheduler: str | None = None
    pairs: Rows = ()
    terms: Rows = ()
    allow: tuple[str, ...] = ()
    ui: Language = "en"
    cache: Path | None = Path(".aligner-cache")
    quiet: bool = False
    title: str = ""
    read: Reading = field(default_factory=Reading)
    gate: Gate = field(default_factory=Gate)
    suppress: tuple[Suppression, ...] = ()
    review: Review = EMPTY
    beads: Mapping[str, Beads] = field(default_factory=dict)
    pairs_folder: Path = Path()

    @property
    def suppressions(self) -> tuple[Suppression, ...]:
        """All suppressions, those of the review included."""
        return (*self.suppress, *self.review.suppressions)


def load_settings(
    config: str | Path | None = None,
    options: Mapping[str, object] | None = None,
    folder: Path | None = None,
) -> Settings:
    """Read settings from ``config`` (else the file that applies in ``folder``), then ``options``.

    ``folder`` is the working directory unless given. Options that are None are left out.
    Raises InputError for a file that cannot be read and for an unknown key or a wrong value.
    """
    base = Settings(ui=locale_language(os.environ))
    if config == "":  # as of a variable that is not set: to go without limits is no answer
        raise InputError("--config: no file is named")
    path = Path(config) if config else settings_file(folder or Path())
    settings = _apply(base, _table(path), origin=str(path), folder=path.parent) if path else base
    return with_options(settings, options or {}, origin="the command line")


def load_ui(config: Path | None = None) -> Language | None:
    """Return the language that ``config``, else the file that applies, asks for; None where it asks for none.

    Raises InputError for a file that cannot be read. What else is in it is not looked at.
    """
    path = config or settings_file(Path())
    value = _table(path).get("ui") if path else None
    return _language(value) if value in LANGUAGES else None


def with_options(settings: Settings, options: Mapping[str, object], origin: str = "options") -> Settings:
    """Return settings with some changed; options that are None are left out. Raises InputError."""
    chosen = {key: value for key, value in options.items() if value is not None}
    return _apply(settings, chosen, origin, folder=Path())


def with_review_of(settings: Settings, report: Path) -> Settings:
    """Return settings with the marks made in a report, if it has any and settings have no others.

    Raises InputError for a file of marks that cannot be read.
    """
    try:
        marked = (report / FILE).is_file()
    except OSError:  # no path at all: opening the report will say so
        marked = False
    if settings.review != EMPTY or not marked:
        return settings
    return replace(settings, review=read_review(report / FILE))


def locale_language(environment: Mapping[str, str]) -> Language:
    """Return the language of the interface that the user's locale asks for; English unless it is French."""
    for variable in ("LC_ALL", "LC_MESSAGES", "LANG"):
        if value := environment.get(variable):
            return "fr" if value.lower().startswith("fr") else "en"
    return "en"


def read_rows(path: Path) -> Rows:
    """Read the ``(fr, en)`` rows of a CSV file with these two columns; other columns are skipped.

    Commas, semicolons or tabs separate, as the first line says; a byte order mark may lead.
    Raises InputError naming the line where a column or a value is missing.
    """
    try:
        data = content_of(path)
        lines = io.StringIO(data.decode(_marked_encoding(data)), newline="")
        header = lines.readline()
        delimiter = max(_DELIMITERS, key=header.count)
        names = [name.strip().lower() for name in next(csv.reader([header], delimiter=delimiter), [])]
        reader = csv.DictReader(lines, names, strict=True, delimiter=delimiter)
        missing = [name for name in LANGUAGES if name not in (reader.fieldnames or ())]
        if missing:
            raise InputError(
                f"{path}: no column {' and '.join(map(repr, missing))}: the first line must say fr,en"
            )
        rows = []
        for row in reader:
            fr, en = ((row[name] or "").strip() for name in LANGUAGES)
            if not fr or not en:
                raise InputError(f"{path}:{reader.line_num + 1}: a row needs both fr and en")
            rows.append((fr, en))
        return tuple(rows)
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (csv.Error, UnicodeDecodeError) as error:
        raise InputError(f"{path}: not a CSV file in UTF-8: {error}") from error


def _marked_encoding(data: bytes) -> str:
    """Name the encoding that the byte order mark of a file tells, UTF-8 without one."""
    return "utf-16" if data[:2] in (codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE) else "utf-8-sig"


def settings_file(folder: Path) -> Path | None:
    """Return the file of settings that applies in a folder, None where there is none.

    That is the nearest ``aligner.toml``, or ``pyproject.toml`` with a table for us, in the folder or above it
    up to the top of its git repository. Raises InputError for one that cannot be read.
    """
    return nearest(
        (CONFIG_NAME, SHARED_NAME), folder, lambda path: path.name == CONFIG_NAME or bool(_table(path))
    )


def _table(config: Path) -> Mapping[str, object]:
    """Return the settings in a file."""
    document = _read_toml(config)
    return _tool_table(document, config) if config.name == SHARED_NAME else document


def _read_toml(path: Path) -> Mapping[str, object]:
    try:
        return tomllib.loads(text_of(path, "utf-8"))
    except OSError as error:
        raise InputError(f"{path}: cannot be read: {error.strerror or error}") from error
    except (tomllib.TOMLDecodeError, ValueError, RecursionError) as error:
        raise InputError(f"{path}: not valid TOML: {error}") from error


def _tool_table(document: Mapping[str, object], path: Path) -> Mapping[str, object]:
    tool = document.get("tool", {})
    table = tool.get("aligner", {}) if isinstance(tool, dict) else {}
    if not isinstance(table, dict):
        raise InputError(f"{path}: tool.aligner must be a table")
    return table


def _apply(settings: Settings, table: Mapping[str, object], origin: str, folder: Path) -> Settings:
    changes: dict[str, Any] = {}
    keys = {name.replace("_", "-"): name for name in _READERS}
    for key, value in table.items():
        name = keys.get(key.replace("_", "-"))
        if name is None:
            raise InputError(f"{origin}: unknown key {key!r}; {hint(key, keys)}")
        try:
            changes[name] = _READERS[name](place := _resolved(name, value, folder))
            if name == "pairs":
                changes["pairs_folder"] = Path(str(place)).parent
        except TableError as error:
            raise InputError(f"{origin}: {error}") from None
        except ValueError as error:
            raise InputError(f"{origin}: {key} must be {error}, not {value!r}") from None
    return replace(settings, **changes)


def _resolved(name: str, value: object, folder: Path) -> object:
    """Resolve a relative path against ``folder``; an encoder's name may be no path at all."""
    if name == "gate" and isinstance(value, Mapping) and isinstance(value.get("baseline"), str):
        return {**value, "baseline": str(folder / value["baseline"])}
    if name not in _PATHS or not isinstance(value, str) or not value:
        return value
    path = folder / value
    return value if name in _MODELS and not os.path.isdir(path) else str(path)  # noqa: PTH112 (never raises)


# Each reader raises ValueError saying what the value must be.


def _encoder(value: object) -> str:
    if not isinstance(value, str) or not value:
        raise ValueError("the name or folder of a model")
    return value


def _text_kind(value: object) -> TextKind | None:
    if value == "auto":
        return None
    if value not in TEXT_KINDS:
        raise ValueError(f'"auto" or one of {", ".join(TEXT_KINDS)}')
    return value


def _detector(value: object) -> str | None:
    if value is False:  # --no-detector
        return None
    if not isinstance(value, str) or not value:
        raise ValueError("the folder of a model, or false")
    return value


def _texts(value: object) -> tuple[str, ...]:
    parts = value.split(",") if isinstance(value, str) else value
    if not isinstance(parts, Sequence) or not all(isinstance(part, str) for part in parts):
        raise ValueError("a list of texts")
    return tuple(part.strip() for part in parts if part.strip())


def _fraction(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value <= 1:
        raise ValueError("a number from 0 to 1")
    return float(value)


def _count(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or value < 1:
        raise ValueError("a whole number from 1")
    return value


def _address(value: object) -> str:
    if not isinstance(value, str) or not value.strip():
        raise ValueError("the address of a Dask scheduler, like tcp://10.0.0.1:8786")
    return value.strip()


def _flag(value: object) -> bool:
    if not isinstance(value, bool):
        raise ValueError("true or false")
    return value


def _rows(value: object) -> Rows:
    if not isinstance(value, str | os.PathLike) or not value:
        raise ValueError("the path of a CSV file")
    return read_rows(Path(value))


def _beads(value: object) -> Mapping[str, Beads]:
    if not isinstance(value, str | os.PathLike) or not value:
        raise ValueError("the path of a JSONL file of beads")
    return read_beads(Path(value))


def _review(value: object) -> Review:
    if not isinstance(value, str | os.PathLike) or not value:
        raise ValueError("the path of a report, or of its review.jsonl")
    return read_review(Path(value))


def _language(value: object) -> Language:
    for language in LANGUAGES:
        if value == language:
            return language
    raise ValueError(" or ".join(map(repr, LANGUAGES)))


def _folder(value: object) -> Path | None:
    if value is False:  # --no-cache
        return None
    if not isinstance(value, str | os.PathLike) or not value:
        raise ValueError("a folder, or false")
    return Path(value)


def _heading(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError("a text")
    return value.strip()


_MODELS = frozenset({"encoder", "detector"})
_PATHS = _MODELS | {"pairs", "terms", "cache", "review", "beads"}
_READERS: Mapping[str, Callable[[object], object]] = {
    "encoder": _encoder,
    "detector": _detector,
    "select": _texts,
    "ignore": _texts,
    "min_confidence": _fraction,
    "suspicion": _fraction,
    "confidence": read_confidence,
    "text_kind": _text_kind,
    "jobs": _count,
    "scheduler": _address,
    "pairs": _rows,
    "terms": _rows,
    "allow": _texts,
    "ui": _language,
    "cache": _folder,
    "quiet": _flag,
    "title": _heading,
    "read": read_reading,
    "gate": read_gate,
    "suppress": read_suppressions,
    "review": _review,
    "beads": _beads,
}
