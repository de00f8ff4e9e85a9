"""Tables, lists, live blogs and share widgets are no prose: they hardly fire, and never twenty times."""

from __future__ import annotations

from pathlib import Path

import pytest

from aligner.run import pipeline
from aligner.settings import Settings

TABLE = """# Les résultats du tour de la baie

Les coureurs ont terminé la course dimanche devant une foule nombreuse venue de toute la région.

| Rang | Nom | Équipe | Temps |
|---|---|---|---|
"""
TABLE += "".join(f"| {n} | Anna Kowal | Lille | 2:3{n}:05 |\n" for n in range(1, 9))
TABLE += "\nLa prochaine course aura lieu en mai, ont annoncé les organisateurs de la course.\n"

RESULTS = """Results and fixtures of the weekend

Saturday's games were played in heavy rain across the country, with few surprises.

Harbour United 2 - 1 Dover Town
Leith Rovers 0 - 0 Penhallow
Ashby 1-1 Pelham
15:00 Harbour United v Leith Rovers
17:30 Penhallow v Kerr City
P W D L Pts
Harbour United 10 8 1 1 25
Leith Rovers 10 7 2 1 23

The league resumes next weekend after the break, its chairman said.
"""

LIST = """# Ten things to pack for the coast

Our reporter walked the coast path for a week and lists what she would not do without.

- a map
- Two pairs of socks (wool)
- sun cream, factor 30
- A torch
- water, 2 litres
- patience

1. Start early
2. Eat well
3. Ask the locals

She will walk it again next year, she said.
"""

REMINDER = """RAPPEL. Ne sortez pas !
La mairie rappelle les consignes de sécurité :
- rester chez soi
- ne pas s'approcher du littoral
- écouter la radio
"""
LIVE = """Tempête sur la côte : suivez la journée en direct

Une forte tempête touche la côte depuis la nuit de lundi. Suivez les événements minute par minute.
"""
LIVE += "".join(f"\n{hour}:30\n{REMINDER}" for hour in range(12, 20))

WIDGETS = """The harbour reopens after three weeks

Share on Facebook
Share on Twitter
Copy link
Email this article
Print
Follow us
Sign up to our newsletter
Read more: The storm that shut the port
Related topics: Ports, Ferries, Storms

The port reopened on Monday after three weeks of work on its eastern wall, the mayor said.

Image source, Getty Images
Advertisement
Accept cookies
Subscribe now
"""

VIDEO = """La mairie rouvre lundi

Le maire a promis mardi que la mairie rouvrira lundi, après trois semaines de travaux.

Le maire répond aux critiquespar Canal Sud

Le maire dit-il la vérité ?par Gazette.fr

Les habitants attendent depuis le mois de mars, et beaucoup d'entre eux ne le croient plus.
"""


@pytest.mark.parametrize(
    ("name", "text", "codes"),
    [
        ("table.md", TABLE, set()),
        ("results.txt", RESULTS, set()),
        ("list.md", LIST, set()),
        ("live.txt", LIVE, {"EXT105"}),
        ("widgets.txt", WIDGETS, {"EXT107"}),
        ("video.txt", VIDEO, {"EXT107"}),
    ],
)
def test_what_is_no_prose_fires_once_at_most(tmp_path: Path, name: str, text: str, codes: set[str]) -> None:
    file = tmp_path / name
    file.write_text(text, encoding="utf-8")
    _, found = pipeline.lint([str(file)], Settings(detector=None))
    counted = [finding.code for finding in found if finding.counts]
    assert len(counted) <= (2 if name == "video.txt" else 1)
    assert set(counted) <= codes
