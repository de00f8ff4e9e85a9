"""Counts in news what the detector takes words for, where dictionaries leave something out.

LemmInflect has "act" and "responsible", but not as a noun and as an adjective; Grammalecte has "enseignant"
as an adjective alone. Nouns and adjectives are counted: other parts of speech are closed, or inflected more.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from aligner.detector import Detector, load, score_article
from aligner.lab.train.detector.texts import documents
from aligner.model import Document, Language
from aligner.text.structure import make_document

NEWS: Mapping[Language, tuple[str, ...]] = {
    "fr": ("news.fr.orangesum",),
    "en": ("news.en.allsides", "news.en.bbc2004", "news.en.abc-au2006", "news.en.onestop"),
}
WORDS = 800_000
"""Words read in each language, in equal parts of its corpora: 15 minutes on one core."""
SURE, DOUBTED = 0.95, 0.2
"""Probability of a part of speech from which it counts, and of being garbled from which it does not."""
SHORTEST = 3
_PARTS = {"NOUN": "noun", "ADJ": "adj"}
_FEATURES = {
    "Gender=Masc": "masc",
    "Gender=Fem": "fem",
    "Number=Sing": "sing",
    "Number=Plur": "plur",
}

Use = tuple[str, str]
"""A form in lower case and its tags, separated by spaces, as in ``morphology``."""


@dataclass
class Usage:
    """In how many articles each form is used as what, and how often each form occurs in all."""

    articles: Counter[Use] = field(default_factory=Counter)
    uses: Counter[Use] = field(default_factory=Counter)
    occurrences: Counter[str] = field(default_factory=Counter)

    def frequent(self, articles: int, share: float) -> Iterator[Use]:
        """Yield the uses in so many articles, and so large a share of all that the form is used for."""
        for (form, tags), count in self.articles.items():
            if count >= articles and self.uses[form, tags] >= share * self.occurrences[form]:
                yield form, tags


def usage_in_news(data: Path, language: Language) -> Usage:
    """Count uses in the news below ``data``. Raises InputError for a corpus that is missing."""
    usage, detector = Usage(), load()
    for name in NEWS[language]:
        path = data / "more" / f"{name}.txt.xz"
        articles = (make_document(name, "\n\n".join(lines), {}, language) for lines in documents(path))
        count_uses(_some(articles, language), detector, usage)
    return usage


def _some(articles: Iterable[Document], language: Language) -> Iterator[Document]:
    words = 0
    for article in articles:
        yield article
        words += len(article.text.split())
        if words >= WORDS / len(NEWS[language]):
            return


def count_uses(articles: Iterable[Document], detector: Detector, usage: Usage) -> None:
    """Add what the words of articles are used for."""
    for article in articles:
        scored = score_article(article, detector)
        doubt = {word.start: word.p_bad for word in scored.words or ()}
        seen: set[Use] = set()
        for tag in scored.tags or ():
            form = scored.text[tag.start : tag.end]
            if len(form) < SHORTEST or not (form.islower() and form.replace("-", "").isalpha()):
                continue
            usage.occurrences[form] += 1
            if tag.pos in _PARTS and tag.confidence >= SURE and doubt.get(tag.start, 0.0) < DOUBTED:
                features = (_FEATURES.get(feature) for feature in tag.features.split("|"))
                use = form, " ".join((_PARTS[tag.pos], *filter(None, features)))
                usage.uses[use] += 1
                seen.add(use)
        usage.articles.update(seen)
