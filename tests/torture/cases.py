"""What a bad input is: how it is put on disk, and how many entries of the report must account for it."""

from __future__ import annotations

import gzip
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

FRENCH = """La halle de Brévigny rouvre après l'incendie

La halle couverte de Brévigny a rouvert jeudi matin, neuf mois après l'incendie qui l'avait détruite. Les \
travaux ont coûté 3,1 millions d'euros, et la charpente a été refaite en chêne.

« Nous avons tenu parole », a déclaré le maire, Henri Vauquelin, devant deux cents habitants. Les marchands \
reprendront leurs places samedi. L'ancienne horloge, elle, ne sera réparée qu'au printemps.
"""
ENGLISH = """Brévigny market hall reopens after the fire

The covered market hall in Brévigny reopened on Thursday morning, nine months after the fire that destroyed \
it. The work cost 3.1 million euros, and the frame was rebuilt in oak.

"We have kept our word," the mayor, Henri Vauquelin, said in front of two hundred residents. Stallholders \
will be back in their places on Saturday. The old clock will not be repaired until the spring.
"""

Fate = Literal["read", "skipped", "either", "nothing"]


@dataclass(frozen=True, slots=True)
class Case:
    """One bad input.

    ``name`` is its path in the corpus; bytes that are no UTF-8 are written as surrogates. ``make`` puts it
    there. ``fate`` is what must become of it, in ``entries`` entries of documents.csv and skipped.csv
    together (a container has one a row, None for any number above 0); "nothing" is for what is no
    article's file and must only do no harm. ``small`` ones cost next to nothing.
    """

    name: str
    make: Callable[[Path], object]
    fate: Fate = "either"
    entries: int | None = 1
    small: bool = True


SMALL = 20_000
"""Bytes up to which an input is small."""


def file(
    name: str,
    content: bytes | str | Callable[[], bytes | str],
    fate: Fate = "either",
    entries: int | None = 1,
) -> Case:
    """A plain file; what is large is made by a function when it is wanted."""

    def make(path: Path) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        held = content() if callable(content) else content
        path.write_bytes(held.encode("utf-8", "surrogatepass") if isinstance(held, str) else held)

    return Case(name, make, fate, entries, not callable(content) and len(content) <= SMALL)


def packed(
    name: str, content: bytes | Callable[[], bytes], fate: Fate = "either", entries: int | None = 1
) -> Case:
    """A file packed with gzip."""
    if callable(content):
        return file(name, lambda: gzip.compress(content()), fate, entries)
    return file(name, gzip.compress(content), fate, entries)


def story(middle: str) -> str:
    """The French article with something in its middle."""
    head, _, tail = FRENCH.partition("« Nous")
    return f"{head}{middle}\n\n« Nous{tail}"


CORRECT_FRENCH = """Une ourse traverse le col des Aubrais pour la première fois

Une ourse brune a été filmée dimanche au col des Aubrais, à 1 870 mètres d'altitude. Aucun ours n'avait été \
vu dans cette vallée depuis 1954, selon le parc naturel.

« Elle cherchait sans doute des myrtilles », explique la biologiste Inès Carpentier. Les bergers demandent \
des chiens de garde. Le préfet les recevra le 14 septembre.
"""
CORRECT_ENGLISH = """A she-bear crosses the Aubrais pass for the first time

A brown she-bear was filmed on Sunday at the Aubrais pass, at an altitude of 1,870 metres. No bear had been \
seen in this valley since 1954, according to the nature park.

"She was probably looking for blueberries," explains the biologist Inès Carpentier. Shepherds are asking for \
guard dogs. The prefect will meet them on 14 September.
"""
