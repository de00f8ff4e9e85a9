"""`aligner align`: the sentence alignment of one pair, or of many, in any of the usual forms."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import click

from aligner.cli.options import common_options, write_lines, write_result
from aligner.model import LANGUAGES, Alignment, InputError
from aligner.settings import Settings
from aligner.settings.repository import placed
from aligner.text.visible import one_line

if TYPE_CHECKING:
    from aligner.alignment import Known
    from aligner.model import Document
    from aligner.settings.beads import Beads

FORMATS = ("table", "tsv", "jsonl", "tmx", "moses", "ladder", "vecalign", "html")
WORDS = "words"
"""The form of --words, which is no choice of --format."""


@click.command()
@click.argument("fr", metavar="FR", required=False)
@click.argument("en", metavar="EN", required=False)
@click.option("--format", "form", type=click.Choice(FORMATS), default="table", show_default=True)
@click.option("--presegmented", is_flag=True, help="One sentence per line: no splitting or filtering.")
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Default: standard output. With --pairs, the folder of a file per pair.",
)
@click.option(
    "--words", is_flag=True, help="Link words: FR tokens, TAB, EN tokens, TAB, 0-0 1-2 (Pharaoh format)."
)
@click.option(
    "--break",
    "breaks",
    metavar="REGEX",
    help="No bead crosses the start of a sentence where this matches (chapters, headings).",
)
@common_options("detecting", "selecting", "terms", "encoding", "pairs")
def align(
    fr: str | None,
    en: str | None,
    form: str,
    presegmented: bool,
    out: Path | None,
    words: bool,
    breaks: str | None,
    settings: Settings,
) -> int:
    """Align the sentences of the French article FR and the English article EN.

    tsv has one bead per line: 0-based numbers of the French segments, TAB, of the English ones, TAB,
    similarity. moses writes two files and needs --out PREFIX (PREFIX.fr and PREFIX.en).

    Without FR and EN, the pairs of --pairs FILE are aligned in one go: jsonl gives the beads of all of them,
    every other format a file per pair, numbered from 1, in the folder that --out names. Paths count from
    here, else from the table's folder, else from the top of its git repository. What cannot be aligned is
    listed, and exits with 2.

    --beads and --break are for one pair. A bead of --beads has "fr" and "en", 0-based numbers of segments as
    in beads.jsonl, and may have "pair"; --break must match as many French sentences as English ones.

    --words writes a line for each bead with two sides, its words and marks apart; links count them from 0.
    """
    if words and form != FORMATS[0]:
        raise click.UsageError("--words has a format of its own: leave out --format")
    form = WORDS if words else form
    if fr is None and settings.pairs:
        if settings.beads or breaks:
            raise click.UsageError("--beads and --break go with FR and EN")
        return _align_many(form, out, settings, presegmented=presegmented)
    if fr is None or en is None:
        raise click.UsageError("give FR and EN, or --pairs FILE")
    from aligner.run import pipeline

    if form == "moses" and out is None:
        raise click.UsageError("--format moses writes two files: name them with --out PREFIX")
    fixed = _fixed_beads(settings.beads, breaks, (fr, en)) if settings.beads or breaks else None
    _write(pipeline.align(fr, en, settings, presegmented=presegmented, known=fixed), form, out, settings)
    return 0


def _fixed_beads(fixed: Mapping[str, Beads], breaks: str | None, pair: tuple[str, str]) -> Known:
    from aligner.alignment import Known
    from aligner.keys import pair_key, stored

    pair_keys = ("", pair_key(*map(stored, pair)), pair_key(*map(stored, pair[::-1])))
    if fixed and not any(key in fixed for key in pair_keys):
        raise InputError(f"--beads: no bead of this pair, {pair_keys[1]}")
    return Known(tuple(bead for key in pair_keys for bead in fixed.get(key, ())), breaks or None)


def _align_many(form: str, out: Path | None, settings: Settings, *, presegmented: bool) -> int:
    from aligner.reporters import alignments
    from aligner.reporters.labels import label
    from aligner.reporters.messages import in_language
    from aligner.run.two_files import align_many, read_pair

    unread = 0

    numbers: list[int] = []

    def read() -> Iterator[tuple[Document, Document]]:
        nonlocal unread
        for number, names in enumerate(settings.pairs, 1):
            fr, en = (placed(name, settings.pairs_folder) for name in names)
            try:
                yield read_pair(fr, en, presegmented=presegmented)
                numbers.append(number)
            except InputError as error:
                unread += 1
                reason = one_line(in_language(str(error), settings.ui))
                click.echo(label("pair_not_read", settings.ui, number=number, reason=reason), err=True)

    aligned = align_many(read(), settings)
    if form == "jsonl":
        texts = (str(alignments.render(alignment, form, settings.ui)) for alignment in aligned)
        write_lines((line for text in texts for line in text.split("\n") if line), out)
    elif out is None:
        raise click.UsageError(f"--format {form} writes a file per pair: name their folder with --out DIR")
    else:
        width = len(str(len(settings.pairs)))
        for count, alignment in enumerate(aligned):
            number = numbers[count]
            ending = "" if form == "moses" else f".{'txt' if form == 'table' else form}"
            _write(alignment, form, out / f"{number:0{width}}{ending}", settings)
    return 2 if unread else 0


def _write(alignment: Alignment, form: str, out: Path | None, settings: Settings) -> None:
    from aligner.reporters import alignments
    from aligner.run import pipeline

    if form == WORDS:
        write_lines(map(str, pipeline.linked_words(alignment)), out)
        return
    findings = pipeline.find_in_pair(alignment, settings) if form == "html" else ()
    text = alignments.render(alignment, form, settings.ui, findings)
    if isinstance(text, str):
        write_result(text, out, for_people=form == "table")
    elif out is not None:
        for language, side in zip(LANGUAGES, text, strict=True):
            write_result(side, out.with_name(f"{out.name}.{language}"))
