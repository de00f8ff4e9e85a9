"""Small words that scraped, spun and machine-translated text loses, adds or confuses, by language."""

from __future__ import annotations

from collections.abc import Mapping

from aligner.model import Language


def _sets(lines: str) -> dict[str, tuple[str, ...]]:
    """Map each word of a line to all others of the line."""
    table: dict[str, list[str]] = {}
    for line in lines.strip().splitlines():
        words = line.split()
        for word in words:
            table.setdefault(word, []).extend(w for w in words if w != word)
    return {word: tuple(dict.fromkeys(alternatives)) for word, alternatives in table.items()}


AUXILIARIES: Mapping[Language, frozenset[str]] = {
    "fr": frozenset(
        """
        a ai as ont avons avez avait avaient aura auront aurait auraient ait aient est sont
        sommes êtes était étaient sera seront serait seraient soit soient fut furent eut va vont
        allait doit doivent peut peuvent pourrait devrait pouvait fait été
        """.split()
    ),
    "en": frozenset(
        """
        is are was were be been being am has have had do does did will would can could should may
        might must shall
        """.split()
    ),
}
DETERMINERS: Mapping[Language, frozenset[str]] = {
    "fr": frozenset(
        """
        le la les l' un une des du au aux ce cet cette ces son sa ses leur leurs mon ma mes notre
        nos votre vos quelques plusieurs chaque tout toute tous toutes
        """.split()
    ),
    "en": frozenset(
        """
        the a an this that these those his her its their our my your some any each every
        """.split()
    ),
}
PREPOSITIONS: Mapping[Language, frozenset[str]] = {
    "fr": frozenset(
        """
        à de d' en dans sur sous par pour avec sans entre vers chez contre depuis pendant selon
        après avant malgré parmi lors dès jusqu'
        """.split()
    ),
    "en": frozenset(
        """
        of to in on at by for with from into over about between against during after before under
        through without since among within towards
        """.split()
    ),
}
SMALL: Mapping[Language, frozenset[str]] = {
    "fr": frozenset(
        """
        que qu' qui dont où et ou mais si il elle ils elles on nous se s' ne n' pas y lui comme
        lorsque car donc ni plus c' cela ceux celle celui
        """.split()
    ),
    "en": frozenset(
        """
        that which who whom whose where when and or but if it he she they we not as than there so
        because while them him us what how
        """.split()
    ),
}

CONFUSED: Mapping[Language, Mapping[str, tuple[str, ...]]] = {
    "fr": _sets(
        """
        a à as
        ont on
        est et ai es
        ou où
        son sont
        ses ces c'est s'est sais
        ce se
        la là l'a
        ma m'a
        ta t'a
        leur leurs
        peu peut peux
        sa ça
        dans d'en
        sans s'en cent sang
        si s'y ci
        ni n'y
        mais mes met
        tout tous
        quand quant qu'en
        près prêt
        voir voire
        cet cette
        aux au eau
        des dès
        du dû
        sur sûr
        quel quelle qu'elle
        quels quelles qu'elles
        plutôt tôt
        notre nôtre
        votre vôtre
        soit sois soient
        fait faits fais
        dit dis
        fois foi
        compte conte comte
        point poing
        pris prix
        vers vert verre
        mot maux
        pain pin
        voie voix
        cour cours court
        champ chant
        fin faim
        mettre mètre maître
        mère mer maire
        père paire
        port porc
        temps tant
        part par
        hors or
        bien biens
        chaque chaques
        davantage d'avantage
        parmi parmis
        malgré malgrés
        quelque quelques
        même mêmes
        censé sensé
        différent différend
        cession session
        raisonner résonner
        auteur hauteur
        ancre encre
        reine renne
        balade ballade
        prémices prémisses
        """
    ),
    "en": _sets(
        """
        a an
        its it's
        their there they're
        your you're
        than then
        to too two
        of off
        were where we're
        who's whose
        affect effect
        lose loose
        accept except
        advice advise
        quite quiet
        principal principle
        passed past
        weather whether
        much many
        less fewer
        this these
        that those
        is are
        was were
        has have
        do does
        don't doesn't
        wasn't weren't
        isn't aren't
        hasn't haven't
        he him
        she her
        they them
        who which what
        there it
        other another others
        people peoples
        information informations
        money moneys
        good well
        bad badly
        hard hardly
        every all
        also too
        so such
        like as
        say tell
        make do
        almost most
        live life
        through threw
        know no now
        right write
        here hear
        by buy
        new knew
        peace piece
        brake break
        led lead
        choose chose
        rise raise
        lie lay
        """
    ),
}
SWAPPED_DETERMINERS: Mapping[Language, Mapping[str, tuple[str, ...]]] = {
    "fr": _sets(
        """
        le la les
        un une des
        ce cette ces
        son sa ses
        mon ma mes
        leur leurs
        notre nos
        votre vos
        du des
        au aux
        tout toute
        tous toutes
        quel quelle quels quelles
        aucun aucune
        certains certaines
        """
    ),
    "en": _sets("a the\nthis these\nthat those\nmuch many\nhis its\ntheir its\nan a"),
}
NUMBERED: Mapping[Language, Mapping[str, tuple[str, ...]]] = {
    "fr": _sets(
        """
        est sont
        a ont
        fait font
        va vont
        fut furent
        eut eurent
        peut peuvent
        doit doivent
        veut veulent
        vient viennent
        devient deviennent
        tient tiennent
        obtient obtiennent
        prend prennent
        comprend comprennent
        met mettent
        permet permettent
        dit disent
        sait savent
        vit vivent
        reçoit reçoivent
        part partent
        sort sortent
        soit soient
        """
    ),
    "en": _sets(
        """
        is are
        was were
        has have
        does do
        isn't aren't
        wasn't weren't
        hasn't haven't
        doesn't don't
        says say
        goes go
        makes make
        gives give
        takes take
        comes come
        gets get
        seems seem
        remains remain
        becomes become
        includes include
        continues continue
        believes believe
        wants want
        expects expect
        brings bring
        keeps keep
        knows know
        thinks think
        tells tell
        requires require
        provides provide
        contains contain
        depends depend
        agrees agree
        lives live
        leads lead
        """
    ),
}
"""Verbs of one person and their plurals."""

CONTRACTED = {"de le": "du", "de les": "des", "à le": "au", "à les": "aux"}
CONTRACTED_BACK = {short: long for long, short in CONTRACTED.items()}

INSERTED: Mapping[Language, tuple[str, ...]] = {
    "fr": tuple("le la les de à un une en que qui a est ont se y du des pour il dans".split()),
    "en": tuple("the a of to in that for is has are on at it be by with was have".split()),
}
FALSE_STARTS: Mapping[Language, tuple[str, ...]] = {
    "fr": ("Il est dit", "Il a été dit", "Selon lui", "Il s'agit", "Cela a", "On dit que", "C'est ce que"),
    "en": ("It is said", "It has been", "According to", "He has said", "There is", "This is what", "It was"),
}
