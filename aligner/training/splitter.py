"""How the parameters of the sentence splitter were made: nltk's ``PunktTrainer`` on French and English news."""

from __future__ import annotations

import json
import logging
import lzma
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
MAX_WORDS = 20_000  # kept for each language, the most frequent first: the file stays small

# Abbreviations too rare in the training text to be learned from it; Punkt still decides by the next word.
SEEDS: dict[Language, str] = {
    "fr": "m mm mme mmes mlle mlles dr pr st ste me mgr etc cf ex p pp art fig vol chap av apr j.-c env tél éd bd ch "
    "ibid op cit n.b c.-à-d p.-d.g janv févr avr juil sept oct nov déc hab min max s.a s.a.r.l s.a.s vs gén cap lt col",
    "en": "mr mrs ms dr prof st ste sr jr gen gov sen rep rev capt col lt sgt maj hon pres etc cf e.g i.e p pp art fig "
    "vol chap no nos approx inc corp ltd co bros plc u.s u.k u.n e.u d.c a.m p.m ph.d b.a m.a jan feb mar apr aug sept "
    "sep oct nov dec vs dept univ assn mt ft ave blvd est op.cit ibid ed eds",
}


def train(data: Path, out: Path) -> None:
    """Learn Punkt's parameters from the files in ``data`` and write them to ``out`` as sorted JSON.

    ``data`` holds ``newstest2008-2012.fr-en.tsv.xz``, ``masakhanews.jsonl.xz`` and ``europarl.fr-en.tsv.xz``.
    Raises ``FileNotFoundError`` where one is missing.
    """
    from nltk.tokenize.punkt import PunktTrainer

    logger = logging.getLogger(__name__)
    stored = {}
    for language in LANGUAGES:
        trainer, counts = PunktTrainer(), Counter[str]()
        for paragraph in paragraphs(data, language):
            counts.update(WORD.findall(paragraph.lower()))
            trainer.train(paragraph, finalize=False)
        stored[language] = _to_json(trainer.get_params(), counts, language)
        logger.info("%s: %d abbreviations", language, len(stored[language]["abbreviations"]))
    text = json.dumps(stored, ensure_ascii=False, indent=0, sort_keys=True)
    out.write_text(text + "\n", encoding="utf-8")


def paragraphs(data: Path, language: Language) -> Iterator[str]:
    """The training text of one language, a paragraph at a time."""
    column = LANGUAGES.index(language)
    for name, limit in (("newstest2008-2012", None), ("europarl", EUROPARL_LINES)):
        with lzma.open(data / f"{name}.fr-en.tsv.xz", "rt", encoding="utf-8") as lines:
            sentences = (line.rstrip("\n").split("\t")[column] for line in islice(lines, limit))
            yield from _grouped(sentences)
    with lzma.open(data / "masakhanews.jsonl.xz", "rt", encoding="utf-8") as lines:
        rows = (json.loads(line) for line in lines)
        yield from (row["text"] for row in rows if row["lang"] == language)


def _grouped(sentences: Iterable[str]) -> Iterator[str]:
    iterator = iter(sentences)
    while group := list(islice(iterator, LINES_PER_PARAGRAPH)):
        yield " ".join(group)


def _to_json(parameters: Any, counts: Counter[str], language: Language) -> dict[str, Any]:
    """Punkt's parameters as sorted lists; words that use capitals alike share one list."""
    abbreviations = {a for a in parameters.abbrev_types if any(c.isalpha() for c in a)}
    frequent = {word for word, count in counts.most_common(MAX_WORDS) if count >= MIN_WORD_COUNT}
    contexts: dict[str, list[str]] = {}
    for word, flags in parameters.ortho_context.items():
        if word in frequent:
            contexts.setdefault(str(flags), []).append(word)
    return {
        "abbreviations": sorted(abbreviations | set(SEEDS[language].split())),
        "collocations": sorted(list(pair) for pair in parameters.collocations),
        "contexts": {flags: sorted(words) for flags, words in contexts.items()},
        "starters": sorted(parameters.sent_starters),
    }
