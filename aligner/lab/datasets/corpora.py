"""Reads the training corpora and fixes what is known to be broken in them."""

from __future__ import annotations

import json
import lzma
import re
from collections.abc import Iterator
from pathlib import Path

from aligner.model import InputError

Pair = tuple[str, str]

NEWS_HELD_OUT = 3003
"""Last lines of the news pairs (newstest2012), never trained on: retrieval is measured on them."""

# The Europarl copy lost every "œ". These word shapes exist only with it; "sur" (sœur) and
# "cur" (cœur) inside other words are left alone because they cannot be distinguished.
_LOST_LIGATURE = re.compile(
    r"(?<!\w)(?P<head>[vV])(?P<tail>ux?)(?!\w)"
    r"|(?<!\w)(?P<head2>|[mM]an|[dD]és|[cC]hef-d[’'])(?P<tail2>uvr(?:e|es|er|ent|é|és|ée|ées|ons|ait|aient|ant))(?!\w)"
    r"|(?<!\w)(?P<head3>[cC]|[nN]|[bB])(?P<tail3>(?<=[cC])urs?|(?<=[nN])uds?|(?<=[bB])ufs?)(?!\w)"
)


def repair_ligatures(text: str) -> str:
    """Put the lost "œ" back where the word can be nothing else ("vux" → "vœux")."""

    def repaired(match: re.Match[str]) -> str:
        head = match["head"] or match["head2"] or match["head3"] or ""
        return f"{head}œ{match['tail'] or match['tail2'] or match['tail3']}"

    return _LOST_LIGATURE.sub(repaired, text)


def read_lines(path: Path) -> Iterator[str]:
    """Yield the lines of an ``.xz`` or plain UTF-8 file, without line ends.

    Raises InputError if it is missing.
    """
    if not path.is_file():
        raise InputError(f"{path}: training data not found; name the folder that holds it with --data")
    opener = lzma.open if path.suffix == ".xz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield line.rstrip("\n")


def read_pairs(path: Path) -> list[Pair]:
    """Read sentence pairs ``fr TAB en``; lines without both sides are left out."""
    pairs = []
    for line in read_lines(path):
        fr, tab, en = line.partition("\t")
        if tab and fr.strip() and en.strip():
            pairs.append((fr.strip(), en.strip()))
    return pairs


def europarl(data: Path) -> list[Pair]:
    """Read parliament pairs, with their lost ligatures repaired."""
    pairs = read_pairs(data / "europarl.fr-en.tsv.xz")
    return [(repair_ligatures(fr), en) for fr, en in pairs]


def tatoeba(data: Path) -> list[Pair]:
    """Read short everyday pairs."""
    return read_pairs(data / "tatoeba.fr-en.tsv.xz")


def news(data: Path) -> tuple[list[Pair], list[Pair]]:
    """Read news pairs in document order: (for training, held out)."""
    pairs = read_pairs(data / "newstest2008-2012.fr-en.tsv.xz")
    return pairs[:-NEWS_HELD_OUT], pairs[-NEWS_HELD_OUT:]


def articles(data: Path) -> list[dict[str, str]]:
    """Read news articles in either language: dicts with id, lang, title, text."""
    return [json.loads(line) for line in read_lines(data / "masakhanews.jsonl.xz")]
