"""The small words that tell French from English, and that nothing else is mistaken for."""

from __future__ import annotations

from collections.abc import Mapping

from aligner.model import Language


def word_set(words: str) -> frozenset[str]:
    """Return the words of a string as a set; tables of words are easier to read and edit as running text."""
    return frozenset(words.split())


ONLY: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "le la les un une des du de au aux ce cet cette ces et est ont sont était étaient été être avoir "
        "avait avaient sera seront il elle ils elles nous vous leur leurs lui qui que dont où mais donc car "
        "dans par pour sur sous avec sans chez vers entre depuis pendant selon comme si ne pas plus très "
        "aussi son sa ses notre votre mon ma mes ton ta tes je tu se ainsi alors après avant contre afin "
        "cela celui celle ceux peut peuvent fait faire même toujours encore déjà tout tous toute toutes "
        "quand lors lorsque parce puis rien jamais aucun aucune quelques plusieurs autre autres en y"
    )
    - frozenset(("me", "plus", "son", "sa", "ton", "en", "car", "mon", "ma", "tu", "si", "pour", "fait")),
    "en": word_set(
        "the of and to is are was were be been being has have had will would could should may might must "
        "that this these those which who whom whose what when where why how with from by at into about than "
        "then they them their he she his her him it its we our you your i not but if because while during "
        "after before between through against under over more most very also there here does did do an for "
        "all any some such only other another both each every many much said says"
    )
    - frozenset(("i", "an", "him", "all", "over", "do", "much", "her", "said", "under", "does")),
}
"""Function words of one language that are no word, name or common loan of the other."""

FUNCTION: Mapping[Language, frozenset[str]] = {
    "fr": ONLY["fr"] | word_set("me plus son sa ton en car mon ma tu si pour fait on à a"),
    "en": ONLY["en"] | word_set("i an him all over do much her said under does in on as a or no so me us up"),
}
"""The same with those that are words of the other language too."""

OPENERS: Mapping[Language, frozenset[str]] = {
    "fr": word_set(
        "Le La Les Un Une Des Du De Au Aux Ce Cet Cette Ces Et Est Il Elle Ils Elles On Nous Vous Je Leur "
        "Leurs Qui Que Quand Où Mais Donc Car Dans Par Pour Sur Sous Avec Sans Chez Entre Depuis Pendant "
        "Selon Comme Si Ne Plus Très Aussi Son Sa Ses Notre Votre Ainsi Alors Après Avant Contre Afin Cela "
        "Celui Celle Ceux Tout Tous Toute Toutes Lors Lorsque Puis Aucun Aucune Quelques Plusieurs Autre "
        "Voici Voilà Malgré Grâce Outre Parmi Cependant Toutefois Pourtant Enfin Ensuite Deux Trois Aujourd "
        "Hier Quant Dès En"
    ),
    "en": word_set(
        "The Of And To Is Are Was Were In On It Its As At By He She They We You But If So Or A An This That "
        "These Those There Their His Her Our My Which Who What When Where Why How With From For Not No All "
        "Some Many Most Such Other Another Both Each Every After Before Since While During Between Under "
        "About Into According Although However Because Despite Also Then Now Two Three Only One More Here "
        "Last Until Once"
    ),
}
"""Words that open a sentence or a clause, as written with their capital."""
