"""The words of the report's interface in English and French, and numbers as each language writes them."""

from __future__ import annotations

from collections.abc import Mapping

from aligner.model import Language

NARROW_SPACE = "\u202f"

# A bar parts singular and plural; the French ones are typeset with no-break spaces where French wants them.
LABELS: Mapping[str, tuple[str, str]] = {
    "report": ("Translation audit", "Audit de traduction"),
    "report_at": ("Report", "Rapport"),
    "colon": (":", "\u00a0:"),
    "semicolon": ("; ", "\u00a0; "),
    "overview": ("Overview", "Vue d’ensemble"),
    "skip": ("Skip to content", "Aller au contenu"),
    "articles": ("{n} article|{n} articles", "{n} article|{n} articles"),
    "pairs": ("{n} pair|{n} pairs", "{n} paire|{n} paires"),
    "alone": ("{n} without counterpart", "{n} sans équivalent"),
    "unread": ("{n} skipped", "{n} ignoré|{n} ignorés"),
    "not_of_a_format": (
        "{n} file of a type that is not read|{n} files of types that are not read",
        "{n} fichier d’un type non lu|{n} fichiers de types non lus",
    ),
    "others": (
        "{n} picture, code or other file|{n} pictures, code and other files",
        "{n} image, code ou autre fichier|{n} images, codes et autres fichiers",
    ),
    "words": ("{n} word|{n} words", "{n} mot|{n} mots"),
    "findings": ("{n} finding|{n} findings", "{n} signalement|{n} signalements"),
    "found_in": ("{found} in {read}", "{found} dans {read}"),
    "bead": ("Bead", "Appariement"),
    "similarity_short": ("Sim.", "Sim."),
    "worst_pairs": ("Pairs with the lowest scores", "Paires aux notes les plus basses"),
    "n_minor": ("{n} minor", "{n} mineur|{n} mineurs"),
    "n_major": ("{n} major", "{n} majeur|{n} majeurs"),
    "n_critical": ("{n} critical", "{n} critique|{n} critiques"),
    "n_demoted": ("{n} explained by another finding", "{n} expliqué par un autre|{n} expliqués par un autre"),
    "n_quiet": (
        "{n} more, explained or suppressed|{n} more, explained or suppressed",
        "{n} autre, expliqué ou neutralisé|{n} autres, expliqués ou neutralisés",
    ),
    "n_suppressed": ("{n} suppressed", "{n} neutralisé|{n} neutralisés"),
    "score": ("Score", "Note"),
    "corpus_score": ("Corpus score", "Note du corpus"),
    "score_help": (
        "100 means that nothing was found. Findings of cause translation or extraction cost points, "
        "by severity and confidence, per 100 words.",
        "100 signifie que rien n’a été signalé. Les signalements de traduction ou d’extraction coûtent des "
        "points, selon leur gravité et leur fiabilité, pour 100\u202fmots.",
    ),
    "score_of": ("Score of the articles in {language}", "Note des articles en {language}"),
    "scores": ("Articles by score", "Articles par note"),
    "scores_help": (
        "Number of articles in each band of ten points.",
        "Nombre d’articles par tranche de dix points.",
    ),
    "broken": (
        "{n} article to look at|{n} articles to look at",
        "{n} article à revoir|{n} articles à revoir",
    ),
    "broken_help": ("at least one major or critical finding", "au moins un signalement majeur ou critique"),
    "mostly": (
        "the first cause is {cause}: {n} of {all} findings",
        "première cause\u00a0: {cause}, {n}\u00a0signalements sur {all}",
    ),
    "worst_articles": ("Articles with the lowest scores", "Articles aux notes les plus basses"),
    "contents": ("On this page", "Sur cette page"),
    "more_checks": ("{n} more check|{n} more checks", "{n} autre contrôle|{n} autres contrôles"),
    "rate": ("{n} per 1,000 words", "{n} pour 1\u202f000\u202fmots"),
    "by_cause": ("Where the trouble comes from", "D’où viennent les problèmes"),
    "by_check": ("Findings by check", "Signalements par contrôle"),
    "extraction": ("Extraction", "Extraction"),
    "translation": ("Translation", "Traduction"),
    "alignment": ("Alignment", "Alignement"),
    "editorial": ("Editorial", "Rédaction"),
    "extraction_help": ("text damaged when it was collected", "texte abîmé lors de sa collecte"),
    "translation_help": ("text that says it wrongly", "texte qui dit mal les choses"),
    "alignment_help": ("doubts of this tool, not of the text", "doutes de l’outil, pas du texte"),
    "editorial_help": ("choices of an editor, or style", "choix de rédaction, ou style"),
    "minor": ("Minor", "Mineur"),
    "major": ("Major", "Majeur"),
    "critical": ("Critical", "Critique"),
    "severity": ("Severity", "Gravité"),
    "cause": ("Cause", "Cause"),
    "check": ("Check", "Contrôle"),
    "count": ("Findings", "Signalements"),
    "per_1000": ("Per 1,000 words", "Pour 1\u202f000\u202fmots"),
    "pairs_title": ("Pairs", "Paires"),
    "unpaired_title": ("Articles without counterpart", "Articles sans équivalent"),
    "skipped_title": ("Skipped inputs", "Entrées ignorées"),
    "signature": ("Signature", "Signature"),
    "signature_help": (
        "What produced this report: the same input and signature give the same report.",
        "Ce qui a produit ce rapport\u00a0: mêmes entrées et même signature donnent le même rapport.",
    ),
    "article": ("Article", "Article"),
    "pair": ("Pair", "Paire"),
    "kind": ("Kind", "Type"),
    "translation_kind": ("translation", "traduction"),
    "abridged_kind": ("abridged", "abrégée"),
    "adapted_kind": ("adapted", "adaptée"),
    "match": ("Match", "Concordance"),
    "match_help": (
        "How surely the two articles tell the same story, 0 to 1.",
        "Certitude que les deux articles racontent la même chose, de 0 à 1.",
    ),
    "coverage": ("Coverage", "Couverture"),
    "coverage_help": (
        "Share of each side’s words that have a counterpart on the other.",
        "Part des mots de chaque côté qui ont un équivalent de l’autre.",
    ),
    "where": ("Where", "Où"),
    "where_help": (
        "Where in each text the findings stand, from its beginning to its end.",
        "Où se trouvent les signalements, du début à la fin de chaque texte.",
    ),
    "map_help": (
        "The French text above, the English one below, each from beginning to end: ribbons join the "
        "passages that answer each other, gaps have no counterpart, colours are findings.",
        "Le texte français en haut, l’anglais en bas, du début à la fin : les rubans relient les passages "
        "qui se répondent, les vides n’ont pas d’équivalent, les couleurs sont des signalements.",
    ),
    "reason": ("Reason", "Raison"),
    "candidate": ("Best rejected candidate", "Meilleur candidat écarté"),
    "no candidate": ("none", "aucun"),
    "no counterpart": ("no counterpart", "pas d’équivalent"),
    "ambiguous": ("ambiguous", "ambigu"),
    "only related": ("only related", "seulement apparenté"),
    "no counterpart_help": (
        "Even the nearest article of the other language tells another story.",
        "Même l’article le plus proche dans l’autre langue raconte autre chose.",
    ),
    "ambiguous_help": (
        "Both may tell the same story, but another article answers as well or better.",
        "Les deux racontent peut-être la même chose, mais un autre article y répond aussi bien ou mieux.",
    ),
    "only related_help": (
        "Both are about the same subject, but do not tell the same story.",
        "Les deux traitent du même sujet, sans raconter la même chose.",
    ),
    "duplicate of another article_help": (
        "The same text stands there too, and is paired there.",
        "Le même texte s’y trouve aussi, et c’est là qu’il est apparié.",
    ),
    "duplicate of another article": ("duplicate of another article", "doublon d’un autre article"),
    "path": ("Path", "Chemin"),
    "language": ("Language", "Langue"),
    "fr": ("French", "français"),
    "en": ("English", "anglais"),
    "untitled": ("Untitled", "Sans titre"),
    "nothing_found": ("Nothing was found here.", "Rien n’a été signalé ici."),
    "no_fr": (
        "There is no French article here to pair the English ones with.",
        "Il n’y a ici aucun article français à qui apparier les articles anglais.",
    ),
    "no_en": (
        "There is no English article here to pair the French ones with.",
        "Il n’y a ici aucun article anglais à qui apparier les articles français.",
    ),
    "no_pairs": (
        "No two articles here tell the same story.",
        "Aucun article n’en a d’équivalent dans l’autre langue.",
    ),
    "no_findings": ("No findings", "Aucun signalement"),
    "general": ("About the article as a whole", "Sur l’article dans son ensemble"),
    "findings_title": ("Findings", "Signalements"),
    "texts": ("The texts, passage by passage", "Les textes, passage par passage"),
    "text": ("The text", "Le texte"),
    "passage": ("Passage {n}", "Passage {n}"),
    "unaligned_fr": ("Only in the French article", "Seulement dans l’article français"),
    "unaligned_en": ("Only in the English article", "Seulement dans l’article anglais"),
    "moved": ("Moved: answered by passage {n}", "Déplacé\u00a0: le passage {n} y répond"),
    "boilerplate": ("Outside the article’s text", "Hors du texte de l’article"),
    "similarity": ("Similarity {n}", "Similarité {n}"),
    "confidence": ("confidence {n}", "fiabilité {n}"),
    "suggestion": ("Suggestion", "Suggestion"),
    "demoted": ("explained by {code}", "expliqué par {code}"),
    "suppressed": ("suppressed", "neutralisé"),
    "baselined": ("known", "connu"),
    "show": ("Show in the text", "Montrer dans le texte"),
    "previous": ("Previous pair", "Paire précédente"),
    "next": ("Next pair", "Paire suivante"),
    "quality": ("Article score {n}", "Note de l’article\u00a0: {n}"),
    "group": ("Other versions of this story", "Autres versions de ce sujet"),
    "line": ("line {n}", "ligne {n}"),
    "filter": ("Filter", "Filtrer"),
    "filter_text": ("Title, path or check", "Titre, chemin ou contrôle"),
    "all": ("all", "tout"),
    "shown": ("Pairs shown: {n}", "Paires affichées\u00a0: {n}"),
    "lone_shown": ("without counterpart: {n}", "sans équivalent\u00a0: {n}"),
    "show_all": ("Show all", "Tout afficher"),
    "score_below": ("Score under", "Note sous"),
    "copy": ("Copy", "Copier"),
    "trend": ("Since the older report", "Depuis le rapport précédent"),
    "figure": ("Figure", "Mesure"),
    "critical_rate": ("Critical per 1,000 words", "Critiques pour 1\u202f000\u202fmots"),
    "major_rate": ("Major per 1,000 words", "Majeurs pour 1\u202f000\u202fmots"),
    "minor_rate": ("Minor per 1,000 words", "Mineurs pour 1\u202f000\u202fmots"),
    "articles_read": ("Articles", "Articles"),
    "words_read": ("Words", "Mots"),
    "then": ("Then", "Avant"),
    "now": ("Now", "Maintenant"),
    "change": ("Change", "Écart"),
    "n_new": ("{n} new", "{n} nouveau|{n} nouveaux"),
    "n_fixed": ("{n} fixed", "{n} réglé|{n} réglés"),
    "n_remaining": ("{n} remaining", "{n} restant|{n} restants"),
    "n_silenced": ("{n} suppressed or explained now", "{n} neutralisé depuis|{n} neutralisés depuis"),
    "pairs_gained": ("{n} pair gained|{n} pairs gained", "{n} paire gagnée|{n} paires gagnées"),
    "pairs_lost": ("{n} pair lost|{n} pairs lost", "{n} paire perdue|{n} paires perdues"),
    "nothing_shared": (
        "The two reports have no article in common: was the second made from the same paths?",
        "Les deux rapports n’ont aucun article en commun\u00a0: le second part-il des mêmes chemins\u00a0?",
    ),
    "stale": ("Suppressions of no use", "Neutralisations sans objet"),
    "gate_passed": ("Gate: passed", "Seuils respectés"),
    "gate_failed": ("Gate: failed: {reasons}", "Seuils dépassés\u00a0: {reasons}"),
    "fail-on": ("{value} at least {subject}", "{value} de gravité au moins «\u00a0{subject}\u00a0»"),
    "max": ("{subject}: {value}, allowed {allowed}", "{subject}\u00a0: {value}, admis {allowed}"),
    "max-per-1000-words": (
        "{subject}: {value} per 1,000 words, allowed {allowed}",
        "{subject}\u00a0: {value} pour 1\u202f000\u202fmots, admis {allowed}",
    ),
    "min-article-score": (
        "{subject}: score {value}, at least {allowed} wanted",
        "{subject}\u00a0: note {value}, au moins {allowed} voulus",
    ),
    "min-corpus-score": (
        "score of what was checked {value}, at least {allowed} wanted",
        "note de l’ensemble vérifié {value}, au moins {allowed} voulus",
    ),
    "max-unpaired": (
        "articles without counterpart {value}, allowed {allowed}",
        "articles sans équivalent {value}, admis {allowed}",
    ),
    "total": ("total", "total"),
    "read_in_all": ("{read} read in all", "{read} en tout"),
    "since": ("changed since {since}", "modifiés depuis {since}"),
    "listed": ("listed", "de la liste"),
    "nothing_selected": (
        "Nothing to check: no article {chosen}.",
        "Rien à vérifier\u00a0: aucun article {chosen}.",
    ),
    "since_one": ("here has changed since {since}", "ici n’a changé depuis {since}"),
    "listed_one": ("here is in the list of files", "ici ne figure dans la liste de fichiers"),
    "not_read": ("{path}: skipped: {reason}", "{path}\u00a0: ignoré\u00a0: {reason}"),
    "n_known": (
        "{n} known finding of the baseline is not shown|{n} known findings of the baseline are not shown",
        "{n} signalement connu n’est pas montré|{n} signalements connus ne sont pas montrés",
    ),
    "n_gone": (
        "{n} entry of the baseline is fixed: --write-baseline takes it out|"
        "{n} entries of the baseline are fixed: --write-baseline takes them out",
        "{n} entrée de la référence est réglée\u00a0: --write-baseline l’enlève|"
        "{n} entrées de la référence sont réglées\u00a0: --write-baseline les enlève",
    ),
    "n_written": (
        "{n} finding written to {file}|{n} findings written to {file}",
        "{n} signalement noté dans {file}|{n} signalements notés dans {file}",
    ),
    "gone": ("fixed: {path}: {code} {excerpt}", "réglé\u00a0: {path}\u00a0: {code} {excerpt}"),
    "stale_unused": (
        "{origin}: suppresses nothing any more: {what} ({reason})",
        "{origin}\u00a0: ne neutralise plus rien\u00a0: {what} ({reason})",
    ),
    "stale_incomplete": (
        "{origin}: ignores nothing: a comment needs a code and a reason: {what}",
        "{origin}\u00a0: ne neutralise rien\u00a0: un commentaire veut un code et une raison\u00a0: {what}",
    ),
    "serious": ("Most serious findings", "Signalements les plus graves"),
    "all_findings": ("All findings", "Tous les signalements"),
    "list_help": (
        "By cost: severity times confidence. {n} of {all} findings are listed, all are in findings.jsonl.",
        "Par coût\u00a0: gravité multipliée par fiabilité. La liste montre {n}\u202fsignalements sur {all}"
        "\u00a0; tous sont dans findings.jsonl.",
    ),
    "list_help_whole": (
        "By cost: severity times confidence. What is explained or suppressed is left out.",
        "Par coût\u00a0: gravité multipliée par fiabilité, sans ce qui est expliqué par un autre ni ce qui "
        "est neutralisé.",
    ),
    "n_suspicions": ("{n} suspicion|{n} suspicions", "{n} soupçon|{n} soupçons"),
    "suspicion": ("Suspicion", "Soupçon"),
    "suspicions": ("Suspicions too", "Soupçons aussi"),
    "suspicions_help": (
        "less probable than findings: they cost nothing and fail nothing",
        "moins probables que les signalements\u00a0: ils ne coûtent rien et ne font rien échouer",
    ),
    "file": ("File", "Fichier"),
    "text_or_message": ("Text or message", "Texte ou message"),
    "findings_shown": ("Findings shown: {n}", "Signalements affichés\u00a0: {n}"),
    "rows": ("{from} to {to} of {of}", "{from} à {to} sur {of}"),
    "earlier": ("Previous rows", "Lignes précédentes"),
    "later": ("Next rows", "Lignes suivantes"),
    "only": ("Only what was chosen in the list", "Seulement ce qui est choisi dans la liste"),
    "keys_title": ("Keys (?)", "Touches (?)"),
    "next_key": (
        "next finding shown, the serious ones first",
        "signalement affiché suivant, les plus graves d’abord",
    ),
    "previous_key": ("previous finding", "signalement précédent"),
    "up_key": ("back to where you came from", "retour à la page d’où l’on vient"),
    "help_key": ("show or hide these keys", "montrer ou cacher ces touches"),
    "map_title": ("How to read the map", "Lire le plan"),
    "suppress": ("Copy suppression", "Copier la neutralisation"),
    "suppress_reason": ("say why", "dire pourquoi"),
    "copied": ("Copied", "Copié"),
}


def label(key: str, ui: Language, **values: str | int | float) -> str:
    """Return an interface text; a count ``n`` chooses between singular and plural.

    Raises ``KeyError`` for a key that has no wording.
    """
    forms = LABELS[key][ui == "fr"].split("|")
    count = values.get("n")
    form = forms[0]
    if len(forms) > 1 and isinstance(count, int | float):
        form = forms[0] if count == 1 or (ui == "fr" and count < 2) else forms[1]
    shown = {k: v if isinstance(v, str) else number(v, ui) for k, v in values.items()}
    return form.format_map(shown)


def number(value: int | float, ui: Language, digits: int = 0) -> str:
    """Write a number as the language does: ``1,234.5`` in English, ``1 234,5`` in French."""
    text = f"{value:,.{digits}f}"
    if ui == "fr":
        text = text.replace(",", NARROW_SPACE).replace(".", ",")
    return text


def percent(value: float, ui: Language) -> str:
    """Write a share 0..1 as a percentage: ``97%`` in English, ``97 %`` in French."""
    space = NARROW_SPACE if ui == "fr" else ""
    return f"{number(100 * value, ui)}{space}%"
