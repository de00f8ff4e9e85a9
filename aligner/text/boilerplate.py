"""Lines of a page that are not its story: credits, dates, bylines, share buttons, tags, embedded posts."""

from __future__ import annotations

import re
from collections.abc import Sequence

_MONTH = (
    r"(?:janvier|février|fevrier|mars|avril|mai|juin|juillet|ao[uû]t|septembre|octobre|novembre|d[ée]cembre|"
    r"january|february|march|april|may|june|july|august|september|october|november|december|"
    r"janv|févr|avr|juil|sept|déc|jan|feb|mar|apr|jun|jul|aug|oct|nov|dec)\.?"
)
_DAY = (
    r"(?:lundi|mardi|mercredi|jeudi|vendredi|samedi|dimanche|"
    r"monday|tuesday|wednesday|thursday|friday|saturday|sunday|mon|tue|wed|thu|fri|sat|sun)\.?,?\s+"
)
_DATE = (
    rf"(?:{_DAY})?(?:(?:le\s+)?\d{{1,2}}(?:er|st|nd|rd|th)?\s+{_MONTH},?\s+\d{{4}}|{_MONTH}\s+\d{{1,2}}(?:st|nd|rd|th)?,?\s+"
    r"\d{4}|\d{1,2}[/.-]\d{1,2}[/.-]\d{4}|\d{4}-\d{2}-\d{2})"
)
_TIME = r"(?:[,\s]*(?:[-–—|·•à]|at)?\s*\d{1,2}\s?(?:h|:|\.)\s?(?:\d{2})?\s?(?:min)?\s?(?:[ap]\.?m\.?)?(?:\s?\(?[A-Z]{2,4}\)?)?)?"
_NAME = r"(?:[A-ZÀ-ÖØ-Þ][\w’'.-]*|de|du|des|la|le|van|von|der|d['’]\w+)"
_NAMES = rf"[A-ZÀ-ÖØ-Þ][\w’'.-]*(?:\s+{_NAME}){{0,3}}"
_I = re.IGNORECASE

_LINES: tuple[re.Pattern[str], ...] = tuple(
    re.compile(rf"\W*(?:{pattern})\W*\Z", flags)
    for pattern, flags in (
        # date lines
        (rf"(?:(?:publié|mis à jour|modifié|mise à jour|posté|écrit|publié en ligne|dernière mise à jour)\s*:?\s*(?:le|ce)?\s*"
         rf"|(?:published|posted|updated|last updated|modified|created|first published)\s*:?\s*(?:on)?\s*)?{_DATE}{_TIME}"
         rf"(?:[\s|,–—·•-]*(?:mis à jour|modifié|updated|published|publié)\s*:?\s*(?:le|on)?\s*(?:{_DATE})?{_TIME})?", _I),
        (r"(?:(?:publié|mis à jour|published|posted|updated)\s+)?(?:il y a \d+ \w+|\d+ (?:minutes?|hours?|days?|weeks?|months?) ago)", _I),
        (r"(?:temps de lecture|reading time|lecture)\s*:?\s*(?:\d+\s*min\w*)|\d+\s?min(?:utes?)?(?: de lecture| read)", _I),
        # bylines
        (rf"(?:[Pp]ar|PAR|[Bb]y|BY|[Éé]crit par|Rédigé par|Publié par|Written by|Posted by|Reporting by|Propos recueillis par)\s+"
         rf"{_NAMES}(?:(?:,\s*|\s+(?:et|and|&)\s+){_NAMES}){{0,3}}(?:,?\s+(?:avec|with)\s+(?:AFP|Reuters|AP))?"
         rf"(?:\s*[,|–—·•-]\s*(?:{_NAMES}|{_DATE}{_TIME}))?", 0),
        (r"(?:(?:la|the)\s+)?(?:rédaction|editorial staff|newsroom)(?: avec afp| with afp)?", _I),
        # credits
        (r"(?:photos?|image|images|crédits?(?: photo| image)?s?|photo credits?|credits?|picture|illustration|visuel|source de l.image|"
         r"image source|image caption|getty images|vidéo|video)\s*(?:[:©/|]|by\s|par\s|via\s).{1,120}", _I),
        (r"(?:getty images|afp|reuters|ap photo|shutterstock|unsplash|istock)(?:\s*/\s*[\w .-]{1,60})?", _I),
        (r"(?:©|\(c\)|copyright)\s?.{0,120}", _I),
        (r".{0,80}(?:tous droits réservés|all rights reserved).{0,60}", _I),
        # share, comment and navigation widgets
        (r"(?:partager?|partagez|share|tweeter?|retweeter?|imprimer|print|copier le lien|copy link|envoyer par e-?mail|email this)"
         r"(?:\s+(?:l['’]article|cet article|cette page|this (?:article|story|post|page)|sur|on|via|avec|with|by|par|à|ce|this|le|the|facebook|"
         r"twitter|x|linkedin|whatsapp|telegram|e-?mail|lien|link|pinterest|reddit|messenger|bluesky|threads|et|and|,|:|\|)){0,10}", _I),
        (r"(?:laisser|laissez|écrire|ajouter|poster|publier) un commentaire|leave a (?:comment|reply)|post a comment|add a comment|"
         r"(?:annuler la réponse|cancel reply)|(?:commentaires?|comments?)\s*(?:\(\d+\))?|(?:aucun|\d+|no) (?:commentaires?|comments?)|"
         r"(?:voir|lire|afficher|view|see|read|show) (?:(?:les|all|tous les)\s+)?(?:\d+ )?(?:commentaires?|comments?)", _I),
        (r"(?:lire|voir|écouter|à lire|a lire|à voir|à écouter|lisez|read|see|watch|listen|further reading|related)"
         r"\s+(?:aussi|également|also|more|la suite|plus|on|next)(?:\s+(?:sur|on)\s+[\w .-]{1,40})?\s*(?:[:|>»–—-].*)?", _I),
        (r"(?:à lire|a lire|à lire sur [\w ]+|à suivre|related(?: articles| stories| topics)?|sur le même sujet|articles? (?:liés?|similaires?|"
         r"associés?)|en savoir plus|more on this (?:story|topic)|recommended(?: for you)?|you may also like|dans la même rubrique)"
         r"\s*(?::.*)?", _I),
        (r"(?:retour|back)\s+(?:à l['’]accueil|en haut|to (?:top|home))|(?:article|post)\s+(?:précédent|suivant)|(?:previous|next)\s+(?:article|post)|"
         r"(?:skip|passer|aller)\s+(?:to|au|directly to)\s+(?:main )?(?:content|contenu)(?: principal)?|(?:menu|rechercher|search|accueil|home)", _I),
        (r"(?:tags?|étiquettes?|mots[- ]clés|catégories?|categories|category|thèmes?|topics?|sujets?|keywords|filed under|classé sous)\s*:.{1,200}", _I),
        # newsletter, subscription and cookie lines
        (r"(?:abonnez-vous|inscrivez-vous|s['’]abonner|s['’]inscrire|je m['’]abonne|recevez|subscribe|sign up|get)\b.{0,80}"
         r"\b(?:newsletter|infolettre|lettre d['’]information|chaîne|channel|updates|inbox|boîte mail|alertes)\b.{0,60}", _I),
        (r"(?:newsletter|s['’]abonner|je m['’]abonne|subscribe|sign up|log ?in|sign in|se connecter|s['’]inscrire|connexion|créer un compte)", _I),
        (r"(?:suivez|rejoignez|retrouvez|follow|join)[- ](?:nous|us)\b.{0,60}\b(?:sur|on)\b.{1,60}", _I),
        (r"(?:(?:ce site|nous|this (?:web)?site|we|our partners)\b.{0,40}\b(?:utilis\w+|uses?)\b.{0,30}\bcookies\b.{0,160})", _I),
        (r"(?:accepter|refuser|accept|reject|gérer|manage)\s+(?:tous?|toutes|all|les|mes)?\s*(?:les\s+)?cookies|"
         r"(?:politique de confidentialité|privacy policy|mentions légales|terms of (?:use|service)|conditions d['’]utilisation)", _I),
        (r"(?:publicité|advertisement|sponsorisé|sponsored(?: content)?|contenu sponsorisé|annonce)", _I),
        # a bare link, a handle, a hash tag line
        (r"(?:https?://|www\.|t\.co/|pic\.twitter\.com/)\S+", _I),
        (r"(?:[#@]\w+[\s,]*){1,12}", 0),
        (rf"[—–-]+\s*.{{1,60}}\(@\w{{1,30}}\)\s*{_DATE}", _I),
    )
)  # fmt: skip
_POST_SIGNATURE = re.compile(rf"[—–-]+\s*[^\n]{{1,60}}\(@\w{{1,30}}\)\s*{_DATE}\s*\Z", _I)
_MAX_LENGTH = 400  # characters; no line of these kinds is longer, but an embedded post may be


def is_boilerplate(line: str) -> bool:
    """Whether a whole paragraph is furniture of the page. Made for precision: a sentence of the story is not."""
    return len(line) <= _MAX_LENGTH and any(pattern.match(line) for pattern in _LINES)


def boilerplate_lines(lines: Sequence[str]) -> list[bool]:
    """For each paragraph of an article whether it is boilerplate, seen in its place among the others."""
    marked = [is_boilerplate(line) for line in lines]
    for i, line in enumerate(lines):
        if _POST_SIGNATURE.search(line):
            marked[i] = True
            if i and "t.co/" in lines[i - 1] or (i and _POST_SIGNATURE.match(line)):
                marked[i - 1] = True
    if len(lines) > 2 and _is_lone_tag(lines[-1]):
        marked[-1] = True
    return marked


def _is_lone_tag(line: str) -> bool:
    return len(line.split()) <= 2 and len(line) <= 30 and not re.search(r"[.!?…:»”\"]\Z", line)
