"""Rows of files of translation tools: XLIFF 1.2 and 2, and what SDL, memoQ and Phrase make of 1.2.

https://docs.oasis-open.org/xliff/v1.2/os/xliff-core.html and, there, xliff-core/v2.0/xliff-core-v2.0.html.
A row is a segment. What is not translated yet by its state has an empty target; what shall not be translated
is left out. Of inline codes, pairs go and their content stays; a standalone one is shown as the text
that it replaces, or by its id, ``{1}``.
"""

from __future__ import annotations

import codecs
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from aligner.model import LANGUAGES, OTHER, InputError, Language
from aligner.readers.bitext import TOO_LONG
from aligner.readers.markup import Element, attribute, local, parse
from aligner.readers.sources import MAX_ARTICLE_BYTES, MAX_PACKAGE_BYTES, read_bytes

AUTHOR = "aligner"
"""Who a note of ours says that it is from: a second run takes those of the first away."""
_ADVICE = "export the file again"
_UNTRANSLATED = frozenset(("new", "needs-translation", "initial"))
_CODES = frozenset(("bpt", "ept", "it", "ut", "sub", "bx", "ex", "sc", "ec", "sm", "em"))
"""Marks of the format that a text came from, and beginnings and ends of pairs: no text."""
_ALONE = frozenset(("x", "ph"))
_LINE_BREAKS = frozenset(("lb", "x-lb", "xlf:lb", "pb", "xlf:pb"))


@dataclass(frozen=True, slots=True)
class _Unit:
    """One segment: its element of the file to put notes into, and its two texts."""

    element: Element
    fr: str
    en: str


def xliff_rows(path: str) -> Iterator[tuple[str, str]]:
    """Yield the rows ``(fr, en)`` of an XLIFF file.

    Raises ``InputError`` for broken XML, or for no text between French and English.
    """
    for unit in _units(parse(read_bytes(path, limit=MAX_PACKAGE_BYTES), _ADVICE)):
        yield unit.fr, unit.en


def with_notes(data: bytes, notes: Mapping[int, Sequence[str]]) -> bytes:
    """Return an XLIFF file with notes for the translator in it; ``notes`` has them by row, from 0.

    Notes of an earlier run are replaced, nothing else changes. Raises ``InputError`` as ``xliff_rows`` does.
    """
    from lxml import etree

    root = parse(data, _ADVICE)
    units = list(_units(root))
    holders = {id(unit.element): unit.element for unit in units}
    for element in holders.values():
        _remove_notes(element)
    for row, texts in sorted(notes.items()):
        for text in texts:
            _add_note(units[row].element, text)
    tree = root.getroottree()
    encoding = tree.docinfo.encoding or "UTF-8"
    # The declaration by hand: what lxml writes of it in UTF-16 is cut.
    document = f'<?xml version="1.0" encoding="{encoding}"?>\n{etree.tostring(tree, encoding="unicode")}'
    mark = codecs.BOM_UTF8 if data.startswith(codecs.BOM_UTF8) else b""
    return mark + document.encode(encoding, "xmlcharrefreplace")


def _units(root: Element) -> Iterator[_Unit]:
    if local(root) != "xliff":
        raise InputError(f"its root is <{local(root)[:40]}>, not <xliff>; {_ADVICE}")
    directions: list[str] = []
    supported = False
    for file in (child for child in root.iter() if local(child) == "file"):
        source = attribute(file, "source-language") or attribute(root, "srcLang")
        target = attribute(file, "target-language") or attribute(root, "trgLang")
        language = _source_language(source, target)
        directions.append(f"{source or '?'} to {target or '?'}")
        if language is not None:
            supported = True
            for unit in _units_of(file, language):
                if max(len(unit.fr), len(unit.en)) > MAX_ARTICLE_BYTES:
                    raise InputError(TOO_LONG)
                yield unit
    if not supported:
        raise InputError(
            f"not between French and English ({', '.join(directions[:3]) or 'no file in it'}); leave it out"
        )


def _source_language(source: str, target: str) -> Language | None:
    """Return which of the two languages the source is in; a target that is not said is the other one."""
    for language in LANGUAGES:
        if source.lower().startswith(language) and (not target or target.lower().startswith(OTHER[language])):
            return language
    return None


def _units_of(file: Element, language: Language) -> Iterator[_Unit]:
    for element in file.iter():
        if local(element) not in ("trans-unit", "unit") or attribute(element, "translate") == "no":
            continue
        pairs = _classic(element) if local(element) == "trans-unit" else _modern(element)
        for source, target in pairs:
            if source or target:
                fr, en = (source, target) if language == "fr" else (target, source)
                yield _Unit(element, fr, en)


def _classic(unit: Element) -> Iterator[tuple[str, str]]:
    """Yield source and target of every segment of a unit of XLIFF 1."""
    target = _child(unit, "target")
    translated = target is not None and attribute(target, "state") not in _UNTRANSLATED
    segmented = _child(unit, "seg-source")
    sources = _segments(segmented) if segmented is not None else {}
    if not sources:
        yield _visible_text(_child(unit, "source")), _visible_text(target) if translated else ""
        return
    targets = _segments(target) if translated else {}
    for name, source in sources.items():
        yield _visible_text(source), _visible_text(targets.get(name))


def _segments(element: Element | None) -> dict[str, Element]:
    marks = () if element is None else element.iter()
    return {
        attribute(child, "mid"): child
        for child in marks
        if local(child) == "mrk" and attribute(child, "mtype") == "seg"
    }


def _modern(unit: Element) -> Iterator[tuple[str, str]]:
    """Yield source and target of every segment of a unit of XLIFF 2."""
    for segment in unit:
        if local(segment) == "segment":
            translated = attribute(segment, "state") not in _UNTRANSLATED
            yield (
                _visible_text(_child(segment, "source")),
                _visible_text(_child(segment, "target")) if translated else "",
            )


def _child(element: Element, name: str) -> Element | None:
    return next((child for child in element if local(child) == name), None)


def _visible_text(element: Element | None) -> str:
    """Return a text on one line, as a reader sees it."""
    return "" if element is None else " ".join("".join(_pieces(element)).splitlines()).strip()


def _pieces(element: Element) -> Iterator[str]:
    yield element.text or ""
    for child in element:
        name = local(child)
        if name in _ALONE:
            yield _standing(child)
        elif name == "cp":
            yield _character(attribute(child, "hex"))
        elif name and name not in _CODES:
            yield from _pieces(child)
        yield child.tail or ""


def _standing(code: Element) -> str:
    """Return what is shown for a standalone code."""
    kinds = {attribute(code, name) for name in ("ctype", "type", "subType")}
    if kinds & _LINE_BREAKS:
        return " "
    text = attribute(code, "equiv-text") or attribute(code, "equiv")
    if text:
        return "" if "<" in text else text
    return f"{{{attribute(code, 'id')}}}"


def _character(code: str) -> str:
    """Return the character that XML has no place for; one that cannot be is shown as damaged."""
    try:
        return chr(int(code, 16))
    except (ValueError, OverflowError):
        return "\ufffd"


def _remove_notes(unit: Element) -> None:
    for holder in [unit, *(child for child in unit if local(child) == "notes")]:
        for note in [child for child in holder if local(child) == "note"]:
            if AUTHOR in (attribute(note, "from"), attribute(note, "category")):
                holder.remove(note)
        if holder is not unit and not len(holder):
            unit.remove(holder)


def _add_note(unit: Element, text: str) -> None:
    """Put a note where the schema of its version has it."""
    namespace = unit.tag[: -len(local(unit))]
    if local(unit) == "trans-unit":
        note = unit.makeelement(f"{namespace}note", {"from": AUTHOR})
        last = max(
            i for i, child in enumerate(unit) if local(child) in ("source", "seg-source", "target", "note")
        )
        unit.insert(last + 1, note)
    else:
        notes = _child(unit, "notes")
        if notes is None:
            notes = unit.makeelement(f"{namespace}notes")
            parts = ("originalData", "segment", "ignorable")
            unit.insert(next(i for i, child in enumerate(unit) if local(child) in parts), notes)
        note = notes.makeelement(f"{namespace}note", {"category": AUTHOR})
        notes.append(note)
    note.text = "".join(c if c.isprintable() else " " for c in text)
