"""Articles that are hard to pair, made of texts that are aligned; the same for the same data.

`align/` below the folder holds novels and news with their beads, and the news once more with another English
version; `pair/ntrex/` news articles, most of them without counterpart. No part of a pair is in a distractor,
but a near miss has half of an article.
"""

from __future__ import annotations

import csv
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast

from aligner.lab.bench.alignment import read_beads
from aligner.lab.bench.pairs import load_gold
from aligner.model import LANGUAGES, Document, InputError, Language
from aligner.text.structure import make_document

SEED = 22
WINDOW, STEP = 24, 12
"""Beads of an article cut from a novel, and beads from one to the next: each shares half with the next."""
CUT = 3
"""Part of a novel that is cut into pairs, one in so many; the rest is distractors."""
PAIRS_PER_KIND = 15
"""Pairs of each other kind."""
NEEDED = 5 * PAIRS_PER_KIND
TRANSLATED = 0.6
"""Share of an article that is translated in its unfinished version: enough for it to pass as English."""
SHARE = 3
"""Beads of which an abridged version keeps one."""
PARAGRAPH = 4
DISTRACTORS = 400

Beads = Sequence[tuple[str, str]]
"""French and English texts that match; one of the two may be empty."""
OVERLAPPING, NEAR_MISS, VERSIONS, HALF, ABRIDGED = (
    "overlapping",
    "near miss",
    "two versions",
    "half translated",
    "abridged",
)


@dataclass
class HardArticles:
    """Articles of both languages, and the kind of each pair of their names (French, English)."""

    documents: list[Document] = field(default_factory=list)
    gold: dict[tuple[str, str], str] = field(default_factory=dict)
    distractors: int = 0

    def add(self, text: str, language: Language) -> str:
        """Add an article under a name that says nothing."""
        name = f"{language}{len(self.documents)}"
        self.documents.append(make_document(name, text, {}, language))
        return name

    def pair(self, kind: str, fr: str, *versions: str) -> None:
        """Add an article and its English versions."""
        name = self.add(fr, "fr")
        for en in versions:
            self.gold[name, self.add(en, "en")] = kind


def hard_articles(data: Path) -> HardArticles:
    """Make the articles. Raises InputError where the folder lacks its data."""
    rng = random.Random(SEED)
    articles = HardArticles()
    lone = [*_cut(articles, _texts(data / "align" / "novels"))]
    lone += _add_edited(articles, _texts(data / "align" / "news"), _texts(data / "align" / "news_mt"), rng)
    lone += _lone(data / "pair" / "ntrex")
    for language, text in rng.sample(lone, min(DISTRACTORS, len(lone))):
        articles.add(text, language)
        articles.distractors += 1
    rng.shuffle(articles.documents)
    return articles


def _cut(articles: HardArticles, novels: dict[str, Beads]) -> Iterator[tuple[Language, str]]:
    """Add overlapping articles of the novels; yield parts of their rest, each in one language only."""
    for beads in novels.values():
        end = len(beads) // CUT
        for start in range(0, end - WINDOW + 1, STEP):
            part = beads[start : start + WINDOW]
            articles.pair(OVERLAPPING, _text(part, "fr"), _text(part, "en"))
        for number, start in enumerate(range(end, len(beads) - STEP, WINDOW - PARAGRAPH * 2)):
            language = LANGUAGES[number % 2]
            yield language, _text(beads[start : start + WINDOW - PARAGRAPH * 2], language)


def _add_edited(
    articles: HardArticles, news: dict[str, Beads], second: dict[str, Beads], rng: random.Random
) -> Iterator[tuple[Language, str]]:
    """Add news beside near misses, in two versions, half translated, abridged; yield one side of the rest."""
    if len(news) < NEEDED or not news.keys() <= second.keys():
        raise InputError(
            f"{len(news)} news texts, {len(second)} in a second version; {NEEDED} are needed in both"
        )
    names = iter(rng.sample(sorted(news), len(news)))
    for _ in range(PAIRS_PER_KIND):
        beads, distractor = news[next(names)], news[next(names)]
        language: Language = rng.choice(LANGUAGES)
        articles.pair(NEAR_MISS, _text(beads, "fr"), _text(beads, "en"))
        articles.add(
            _text([*beads[: len(beads) // 2], *distractor[len(distractor) // 2 :]], language), language
        )
    for _ in range(PAIRS_PER_KIND):
        name = next(names)
        articles.pair(VERSIONS, _text(news[name], "fr"), _text(news[name], "en"), _text(second[name], "en"))
    for _ in range(PAIRS_PER_KIND):
        beads = news[next(names)]
        cut = round(len(beads) * TRANSLATED)
        first, tail = beads[:cut], beads[cut:]
        articles.pair(HALF, _text(beads, "fr"), f"{_text(first, 'en')}\n\n{_text(tail, 'fr')}")
    for _ in range(PAIRS_PER_KIND):
        beads = news[next(names)]
        sampled = sorted(rng.sample(range(len(beads)), len(beads) // SHARE))
        articles.pair(ABRIDGED, _text(beads, "fr"), _text([beads[k] for k in sampled], "en"))
    for number, name in enumerate(names):
        language = LANGUAGES[number % 2]
        yield language, _text(news[name], language)


def _lone(folder: Path) -> Iterator[tuple[Language, str]]:
    """Yield articles without counterpart, and one of each pair."""
    gold = load_gold(folder / "gold.csv")
    left_out = {pair[number % 2] for number, pair in enumerate(sorted(gold))}
    with (folder / "languages.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            if row["path"] not in left_out:
                text = (folder / "docs" / row["path"]).read_text("utf-8")
                yield cast(Language, row["language"]), text


def _text(beads: Beads, language: Language) -> str:
    """Return one side of beads, in paragraphs."""
    side = [bead[LANGUAGES.index(language)] for bead in beads]
    parts = (filter(None, side[start : start + PARAGRAPH]) for start in range(0, len(side), PARAGRAPH))
    return "\n\n".join(" ".join(part) for part in parts)


def _texts(folder: Path) -> dict[str, Beads]:
    """Return the beads of every text below a folder, by its name. Raises InputError if there is none."""
    texts: dict[str, Beads] = {}
    for gold in sorted(folder.glob("*/gold.tsv")):
        fr, en = (gold.with_name(f"{side}.txt").read_text("utf-8").splitlines() for side in LANGUAGES)
        texts[gold.parent.name] = [
            (" ".join(fr[i] for i in left), " ".join(en[j] for j in right))
            for left, right in read_beads(gold)
        ]
    if not texts:
        raise InputError(f"{folder}: no text with fr.txt, en.txt and gold.tsv; name dev/ with --data")
    return texts
