"""Counts the words of the training corpora into the lexicon that the checks consult."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from aligner.model import LANGUAGES, Language
from aligner.training import data as corpora

MIN_COUNT = 2
"""A word seen once is left out: most of those are slips of the pen and names of one article."""
LONGEST_WORD = 30

_TOKEN = re.compile(r"(?P<start>(?:^|[.!?:;«»“”\"(]\s*|\n\s*[-–—]?\s*)?)(?P<word>[^\W\d_]+)")


def train(data: Path, out: Path) -> None:
    """Write ``lexicon_fr.txt.gz`` and ``lexicon_en.txt.gz`` into ``out`` from the corpora under ``data``.

    One ``word count`` a line, most frequent first. The same corpora give identical bytes.
    """
    europarl = corpora.europarl(data)
    clean = [*corpora.tatoeba(data), *(pair for part in corpora.news(data) for pair in part)]
    articles = corpora.articles(data)
    for side, language in enumerate(LANGUAGES):
        texts = [f"{a['title']}\n{a['text']}" for a in articles if a["lang"] == language]
        counts = count_words([pair[side] for pair in clean] + texts)
        damaged = count_words(pair[side] for pair in europarl)
        counts.update(without_lost_ligatures(damaged, counts) if language == "fr" else damaged)
        write(counts, out, language)


def count_words(texts: Iterable[str]) -> Counter[str]:
    """How often each word occurs, a name under its capital: as it is written away from sentence starts."""
    inside: Counter[str] = Counter()
    at_start: Counter[str] = Counter()
    for text in texts:
        for found in _TOKEN.finditer(text):
            (at_start if found["start"] or found.start() == 0 else inside)[found["word"]] += 1
    for word, count in at_start.items():
        lower = word.lower()
        inside[word if inside[word] > inside[lower] else lower] += count
    return Counter({w: n for w, n in inside.items() if w.islower() or w.istitle() or len(w) == 1})


def without_lost_ligatures(damaged: Counter[str], clean: Counter[str]) -> Counter[str]:
    """Leave out the words of ``damaged`` that ``clean`` shows to be an "œ" word that lost it ("cur")."""
    lost = {w.replace("œ", ""): n for w, n in clean.items() if "œ" in w}
    return Counter({w: n for w, n in damaged.items() if clean[w] >= lost.get(w, 0)})


def write(counts: Counter[str], out: Path, language: Language) -> None:
    """Write the words that are frequent enough, as a gzip without a date in it."""
    kept = [(w, n) for w, n in counts.items() if n >= MIN_COUNT and len(w) <= LONGEST_WORD]
    kept.sort(key=lambda row: (-row[1], row[0]))
    text = "".join(f"{word} {count}\n" for word, count in kept)
    out.mkdir(parents=True, exist_ok=True)
    packed = gzip.compress(text.encode("utf-8"), mtime=0)
    out.joinpath(f"lexicon_{language}.txt.gz").write_bytes(packed)
