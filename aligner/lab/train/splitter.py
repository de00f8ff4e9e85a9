"""How the parameters of the sentence splitter were made: ``PunktTrainer`` on news in both languages."""

from __future__ import annotations

import json
import logging
import lzma
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from aligner.model import LANGUAGES, Language
from aligner.text.words import WORD

EUROPARL_LINES = 60_000  # of 300,000: more of parliament drowns the abbreviations of the news
LINES_PER_PARAGRAPH = 8
MIN_WORD_COUNT = 3  # of words whose use of capitals is kept; rarer ones tell Punkt nothing sure
MIN_EVIDENCE = 3  # times that a learned abbreviation must be seen with a function word or a number behind it
MIN_STARTER_COUNT = 30  # of words that Punkt found to begin sentences; rarer ones are scraps of damaged pages
MAX_WORDS = 20_000  # kept for each language, the most frequent first: the file stays small

_BEFORE_SMALL = re.compile(r"(?<!\S)([^\W\d]\S{0,20})\.(?=,|\s+[a-zà-öø-ÿ\d])")

# Abbreviations too rare in the training text to be learned from it; Punkt still decides by the next word.
SEEDS: dict[Language, str] = {
    "fr": """m mm mme mmes mlle mlles dr pr st ste me mgr etc cf ex p pp art fig vol chap av apr j.-c env tél
    éd bd ch ibid op cit n.b c.-à-d p.-d.g janv févr avr juil sept oct nov déc hab min max s.a s.a.r.l s.a.s
    vs gén cap lt col""",
    "en": """mr mrs ms dr prof st ste sr jr gen gov sen rep rev capt col lt sgt maj hon pres etc cf e.g i.e p
    pp art fig vol chap no nos approx inc corp ltd co bros plc u.s u.k u.n e.u d.c a.m p.m ph.d b.a m.a jan
    feb mar apr aug sept sep oct nov dec vs dept univ assn mt ft ave blvd est op.cit ibid ed eds""",
}


def train(data: Path, out: Path) -> None:
    """Learn Punkt's parameters from the files in ``data`` and write them to ``out`` as sorted JSON.

    ``data`` holds ``newstest2008-2012.fr-en.tsv.xz``, ``europarl.fr-en.tsv.xz`` and ``masakhanews.jsonl.xz``.
    Raises ``FileNotFoundError`` where one is missing.
    """
    stored = {language: learn(paragraphs(data, language), SEEDS[language].split()) for language in LANGUAGES}
    for language, learned in stored.items():
        logging.getLogger(__name__).info("%s: %d abbreviations", language, len(learned["abbreviations"]))
    out.write_text(json.dumps(stored, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def learn(texts: Iterable[str], seeds: Iterable[str]) -> dict[str, Any]:
    """Return Punkt's parameters for ``texts`` as sorted lists; words with the same capitals share one."""
    from nltk.tokenize.punkt import PunktTrainer

    trainer, counts, evidence = PunktTrainer(), Counter[str](), Counter[str]()
    for text in texts:
        counts.update(WORD.findall(text.lower()))
        evidence.update(match.lower() for match in _BEFORE_SMALL.findall(text))
        trainer.train(text, finalize=False)
    learned = trainer.get_params()
    frequent = {word for word, count in counts.most_common(MAX_WORDS) if count >= MIN_WORD_COUNT}
    contexts: dict[str, list[str]] = {}
    for word, flags in learned.ortho_context.items():
        if word in frequent:
            contexts.setdefault(str(flags), []).append(word)
    abbreviations = {word for word in learned.abbrev_types if evidence[word] >= MIN_EVIDENCE}.union(seeds)
    starters = {word for word in learned.sent_starters if counts[word] >= MIN_STARTER_COUNT} - abbreviations
    return {
        "abbreviations": sorted(abbreviations),
        "collocations": sorted(list(pair) for pair in learned.collocations),
        "contexts": {flags: sorted(words) for flags, words in contexts.items()},
        "starters": sorted(starters),
    }


def paragraphs(data: Path, language: Language) -> Iterator[str]:
    """Yield the training text of one language, a paragraph at a time."""
    column = LANGUAGES.index(language)
    for name, limit in (("newstest2008-2012", None), ("europarl", EUROPARL_LINES)):
        with lzma.open(data / f"{name}.fr-en.tsv.xz", "rt", encoding="utf-8") as lines:
            sentences = (line.rstrip("\n").split("\t")[column] for line in islice(lines, limit))
            yield from _as_paragraphs(sentences)
    with lzma.open(data / "masakhanews.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        yield from (row["text"] for row in rows if row["lang"] == language)


def _as_paragraphs(sentences: Iterable[str]) -> Iterator[str]:
    iterator = iter(sentences)
    while group := list(islice(iterator, LINES_PER_PARAGRAPH)):
        yield " ".join(group)
