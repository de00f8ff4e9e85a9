"""A French and an English article of our own that tell one story, and how to run the command on them."""

from pathlib import Path

from click.testing import CliRunner, Result

from aligner.cli.main import main

FRENCH = """La passerelle de Morvilliers rouvre après deux ans de travaux

La passerelle qui relie les deux rives de Morvilliers a rouvert samedi matin. Elle était fermée depuis \
l'automne 2022, après la découverte de fissures dans trois de ses piles. Le chantier a coûté 4,2 millions \
d'euros, soit un peu moins que prévu.

« Nous l'attendions tous », a déclaré la maire, Claire Ostrowski, devant une centaine d'habitants. Les \
cyclistes pourront de nouveau gagner la gare en dix minutes. Les voitures, elles, n'y passeront plus.
"""
ENGLISH = """Morvilliers footbridge reopens after two years of repairs

The footbridge that links the two banks in Morvilliers reopened on Saturday morning. It had been closed \
since the autumn of 2022, when cracks were found in three of its piers. The work cost 4.2 million euros, \
slightly less than planned.

"We had all been waiting for it," the mayor, Claire Ostrowski, said in front of about a hundred residents. \
Cyclists will once more be able to reach the station in ten minutes. Cars will no longer be allowed across.
"""
# The French article with one fault: two words run together.
GLUED = FRENCH.replace("dans trois de ses piles", "dans troisde ses piles")


def write_pair(folder: Path) -> Path:
    """Write both articles into ``folder``, made if it is not there."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "passerelle.txt").write_text(FRENCH, encoding="utf-8")
    (folder / "footbridge.txt").write_text(ENGLISH, encoding="utf-8")
    return folder


def aligner(*args: str | Path, stdin: bytes | None = None) -> Result:
    """Run the command in this process, with an English interface."""
    return CliRunner(env={"LC_ALL": "C.UTF-8"}).invoke(main, [str(arg) for arg in args], input=stdin)
