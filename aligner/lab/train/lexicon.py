"""Counts the words of the training corpora into the word lists that the checks consult."""

from __future__ import annotations

import gzip
import re
from collections import Counter
from collections.abc import Iterable
from itertools import pairwise
from pathlib import Path

from aligner.lab.datasets import corpora
from aligner.lab.train.government import government_rows
from aligner.lab.train.letters import ngrams
from aligner.model import LANGUAGES

MIN_COUNT = 2
"""A word seen once is left out: most of those are slips of the pen and names of one article."""
LONGEST_WORD = 30
SMALL_WORDS = 300
"""Most frequent words of a language, among which pairs are counted."""
EXPECTED = 30
"""How often two words must be expected next to each other, by their own counts, for their absence to tell."""
SEEN_SHARE = 0.005
"""Share of that at which a pair counts as never seen: the corpora have slips of the pen of their own."""

_TOKEN = re.compile(r"(?P<start>(?:^|[.!?:;«»“”\"(]\s*|\n\s*[-–—]?\s*)?)(?P<word>[^\W\d_]+)")
_WORD_OR_SIGN = re.compile(r"[^\W\d_]+|\d+|[^\w\s'’]")


def train(data: Path, out: Path) -> None:
    """Write the word lists of both languages into ``out`` from the corpora under ``data``.

    ``lexicon_fr.txt.gz`` has one ``word count`` a line, most frequent first; ``apart_fr.txt.gz`` one
    ``word others`` a line, the words that never follow it; ``letters_fr.txt.gz`` one ``ngram words`` a line,
    the n-grams of letters of the common words; ``government_fr.txt.gz`` one ``governor slot right`` a line,
    what verbs and adjectives do not govern. The same corpora give identical bytes.
    """
    europarl = corpora.europarl(data)
    clean = [*corpora.tatoeba(data), *(pair for part in corpora.news(data) for pair in part)]
    articles = corpora.articles(data)
    for side, language in enumerate(LANGUAGES):
        texts = [f"{a['title']}\n{a['text']}" for a in articles if a["lang"] == language]
        counts = count_words([pair[side] for pair in clean] + texts)
        damaged = count_words(pair[side] for pair in europarl)
        counts.update(without_lost_ligatures(damaged, counts) if language == "fr" else damaged)
        frequent = [(w, n) for w, n in counts.items() if n >= MIN_COUNT and len(w) <= LONGEST_WORD]
        frequent.sort(key=lambda row: (-row[1], row[0]))
        write(out / f"lexicon_{language}.txt.gz", (f"{word} {count}" for word, count in frequent))
        letters = (f"{ngram} {n}" for ngram, n in ngrams(word for word, _ in frequent))
        write(out / f"letters_{language}.txt.gz", letters)
        followers_by_word = never_together(pair[side] for pair in (*europarl, *corpora.tatoeba(data)))
        write(
            out / f"apart_{language}.txt.gz",
            (f"{w} {' '.join(followers)}" for w, followers in followers_by_word),
        )
        governed = government_rows(data, language)
        write(out / f"government_{language}.txt.gz", (" ".join(row) for row in governed))


def count_words(texts: Iterable[str]) -> Counter[str]:
    """Count words; a word counts with the capital that it has away from sentence starts."""
    counts: Counter[str] = Counter()
    at_start: Counter[str] = Counter()
    for text in texts:
        for match in _TOKEN.finditer(text):
            (at_start if match["start"] or match.start() == 0 else counts)[match["word"]] += 1
    for word, count in at_start.items():
        lower = word.lower()
        counts[word if counts[word] > counts[lower] else lower] += count
    return Counter({w: n for w, n in counts.items() if w.islower() or w.istitle() or len(w) == 1})


def without_lost_ligatures(damaged: Counter[str], clean: Counter[str]) -> Counter[str]:
    """Leave out the words of ``damaged`` that ``clean`` shows to be an "œ" word that lost it ("cur")."""
    without_ligature = {w.replace("œ", ""): n for w, n in clean.items() if "œ" in w}
    return Counter({w: n for w, n in damaged.items() if clean[w] >= without_ligature.get(w, 0)})


def never_together(texts: Iterable[str]) -> list[tuple[str, list[str]]]:
    """List for each function word those that never follow it though both are frequent."""
    single: Counter[str] = Counter()
    double: Counter[tuple[str, str]] = Counter()
    for text in texts:
        words = [match.group().lower() for match in _WORD_OR_SIGN.finditer(text)]
        single.update(words)
        double.update(pairwise(words))
    frequent = sorted(word for word, _ in single.most_common(SMALL_WORDS) if word.isalpha())
    total = sum(single.values())
    rows = []
    for first in frequent:
        expected = {
            follower: single[first] * single[follower] / total for follower in frequent if follower != first
        }
        followers = [w for w, n in expected.items() if n >= EXPECTED and double[first, w] <= SEEN_SHARE * n]
        if followers:
            rows.append((first, followers))
    return rows


def write(path: Path, lines: Iterable[str]) -> None:
    """Write lines as a gzip without a date in it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    text = "".join(f"{line}\n" for line in lines)
    path.write_bytes(gzip.compress(text.encode("utf-8"), mtime=0))
