"""Inputs of which one kind of thing is very many: what they cost grows with their length, not its square."""

from __future__ import annotations

import io
from collections.abc import Iterator
from pathlib import Path

from tests.cli.articles import FRENCH, GLUED
from tests.torture.forms import FAULT, unit
from tests.torture.further import FR, RULES, Further, also, writes
from tests.torture.newer import CHECK, EITHER, FINE, NO_DETECTOR, SEEN, UNREAD, removed

UNITS = {
    "comments that nothing closes": "<!-- ",
    "comments on a line that nothing closes": "a <!-- b\n",
    "waivers that nothing closes": "<!-- aligner: ignore EXT101 ",
    "scripts that nothing closes": "<script> ",
    "styles that nothing closes": "<STYLE a=b> ",
    "indented lines": "    a\n\nb\n\n",
    "fences": "```\n",
    "code": "` ",
    "links that nothing closes": "[a](",
    "pictures that nothing closes": "![a][",
    "emphasis": "**a ",
    "templates that nothing closes": "{{ a ",
    "entities": "&amp;amp;",
    "quotation marks": "“a ",
    "guillemets": "« a ",
    "brackets": "(a ",
    "notes": "[^1] ",
    "tags": "<b>a</b> ",
    "rows of a table": "| a | b |\n",
    "addresses": "http://a.fr/b ",
    "dates": "le 3 mars 2021, ",
    "amounts": "3,5 M€ ",
    "names": "Jean Dupont ",
    "commas": ",",
    "apostrophes": "l'",
    "no-break spaces": "a\u00a0: ",
    "words twice": "le le ",
    "damaged letters": "Ã©t ",
    "letters in two": "e\u0301",
    "invisible letters": "a\u200b",
    "turns of direction": "\u202ea ",
    "steering letters": "a\x85",
}
LETTERS = 60_000
MORE_LETTERS = {"comments that nothing closes": 100_000, "scripts that nothing closes": 150_000}
"""Where the square of less would take no time."""


def everything() -> dict[str, list[Further]]:
    """All of them, by family."""
    return {family.__name__: list(family()) for family in (texts, containers)}


def texts() -> Iterator[Further]:
    """One article, with one thing very many times behind it."""
    for name, text in UNITS.items():
        many = text * (MORE_LETTERS.get(name, LETTERS) // len(text))
        made = writes("articles/a.md", f"{FRENCH}\n\n{many}\n")
        run = ("lint", "articles/a.md", *NO_DETECTOR)
        yield Further(f"growth: {name}", run, made, (0, 2), shown=True, kept=("articles/a.md",))
    for name in (
        "comments that nothing closes",
        "waivers that nothing closes",
        "scripts that nothing closes",
    ):
        made = writes("articles/passerelle.md", f"{GLUED}\n\n{UNITS[name] * 2_000}\n")
        yield Further(f"growth: behind the fault, {name}", CHECK, also(removed, made), SEEN)


def _parquet(rows: int, *, empty: bool) -> bytes:
    """Pack so many rows, all alike, into next to nothing."""
    import pyarrow as arrow
    from pyarrow import parquet

    whole = arrow.array([None if empty else "a"], arrow.string()).dictionary_encode()
    sink = io.BytesIO()
    parquet.write_table(arrow.table({"text": whole.take(arrow.array([0] * rows))}), sink, compression="zstd")
    return sink.getvalue()


def containers() -> Iterator[Further]:
    """Rows and segments, very many or very long."""
    head = 'msgid ""\nmsgstr "Language: fr\\n"\n\n'
    entry = f'msgid "It had been closed since cracks were found."\nmsgstr "{FAULT}"\n'
    line = '"Oui, monsieur. "\n'
    german = '<tuv xml:lang="de"><seg>Ja.</seg></tuv>'
    row = f"{FAULT}\tIt had been closed since cracks were found.\n"
    files: dict[str, tuple[str, str | bytes, tuple[int, ...]]] = {
        "a string of a catalogue": (
            "fr.po",
            f'{head}{entry}\nmsgid "Yes."\nmsgstr ""\n{line * 50_000}',
            SEEN,
        ),
        "a source of a catalogue": (
            "fr.po",
            f'{head}{entry}\nmsgid ""\n{line * 50_000}msgstr "Oui."\n',
            EITHER,
        ),
        "a string that is too long": (
            "fr.po",
            f'{head}{entry}\nmsgid "Yes."\nmsgstr ""\n{line * 600_000}',
            UNREAD,
        ),
        "a context": ("fr.po", f'{head}msgctxt ""\n{line * 100_000}{entry}', SEEN),
        "marks of doubt": (
            "fr.po",
            f"{head}{'#, fuzzy' * 9}\n" + "#, fuzzy\n" * 100_000 + f"\n{entry}",
            (0, 1),
        ),
        "a row of 300,000 words": ("a.tsv", f"fr\ten\n{row}Oui.\t{'a b c ' * 100_000}\n", SEEN),
        "a segment of 300,000 words": (
            "a.tmx",
            f"<tmx>{unit()}{unit('Oui.', 'a b c ' * 100_000)}</tmx>",
            SEEN,
        ),
        "clauses": ("a.tsv", f"fr\ten\n{row}{'Oui, monsieur. ' * 50_000}\tYes, sir.\n", SEEN),
        "rows in next to nothing": ("a.parquet", _parquet(3_000_000, empty=False), UNREAD),
        "empty rows in next to nothing": ("a.parquet", _parquet(3_000_000, empty=True), UNREAD),
        "languages in a unit": (
            "a.tmx",
            f"<tmx><tu>{german * 20_000}</tu>{unit()}</tmx>",
            SEEN,
        ),
    }
    for name, (file, content, codes) in files.items():
        yield Further(f"growth: {name}", CHECK, also(removed, writes(f"articles/{file}", content)), codes)
    alike = "".join(f"{'mot ' * (n % 40 + 1)}{n},{'word ' * (n % 40 + 1)}{n}\n" for n in range(3_000))

    def write_alike(folder: Path) -> None:
        writes("terms.csv", f"fr,en\n{alike}")(folder)
        writes(FR, FRENCH.replace("Le chantier", f"On a compté {'mot ' * 2_000}. Le chantier"))(folder)

    run = ("check", "articles", *NO_DETECTOR, "--select", "TRM", "--terms", "terms.csv")
    yield Further("growth: terms that begin alike", run, write_alike, FINE)
    listed = ("check", "articles", *RULES, "--files-from", "-")
    yield Further("growth: a list", listed, codes=SEEN, stdin=f"{FR}\n".encode() * 100_000)
