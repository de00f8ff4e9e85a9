from __future__ import annotations

from aligner.text.boilerplate import boilerplate_lines, is_boilerplate
from tests.rows import each_row

FURNITURE = [
    "Publié le 4 mars 2024 à 10 h 12",
    "March 4, 2024",
    "Par Jean Dupont",
    "By Jane Doe",
    "BY JANE DOE",
    "Par Jeanne Dupont, à Rennes",
    "All rights reserved. This material may not be published or rewritten.",
    "Sign up here for our morning email.",
    "Cliquez ici pour lire d'autres articles",
    "Déjà inscrit ? Connectez-vous.",
    "Consultez nos offres dès 2 € par mois.",
    "Download our app to follow the news",
    "Par Jean Dupont, publié le 4 mars 2024",
    "Par Jean Dupont et Marie Lune avec AFP",
    "By Jane Doe and Joe Black | Reuters",
    "Photo : Marie Lune / AFP",
    "Photo: Getty Images",
    "Photo AFP",
    "(Photo by Jane Doe)",
    "(c) AFP",
    "© Reuters",
    "AFP/Getty Images",
    "Jane Doe/Reuters",
    "Crédit photo : Paul Martin",
    "Image source: Getty",
    "- Partager l'article :",
    "Share this article on Facebook",
    "Partager sur Facebook Twitter LinkedIn",
    "Laisser un commentaire",
    "Leave a reply",
    "3 commentaires",
    "No comments",
    "Read also: Ten ways to cook rice",
    "Lire aussi : La mairie ferme ses portes",
    "À lire aussi",
    "A lire sur BBC Afrique : le grand départ",
    "Subscribe to our newsletter",
    "Recevez notre newsletter chaque matin dans votre boîte mail",
    "Inscrivez-vous à la newsletter",
    "Ce site utilise des cookies pour améliorer votre visite.",
    "We use cookies to improve your visit.",
    "Accepter tous les cookies",
    "Mis à jour le 5 mars 2024",
    "4 mars 2024 - 10:12",
    "Updated 5 March 2024 at 9:15 a.m.",
    "Posted on March 4, 2024",
    "Monday, March 4, 2024",
    "Lundi 4 mars 2024",
    "04/03/2024",
    "2024-03-04",
    "Il y a 3 heures",
    "5 min read",
    "Temps de lecture : 4 min",
    "Tags : économie, logement",
    "Suivez-nous sur Twitter",
    "Tous droits réservés.",
    "Copyright 2024 La Gazette",
    "#IA #tech",
    "https://t.co/abc123",
    "Sign up for our daily newsletter",
    "Reporting by Jean Dupont and Mary Smith; Editing by Paul Jones",
    "(Reporting by John Doe in Paris; Editing by Jane Roe)",
    "Additional reporting by Ann Lee",
    "Rédigé par Jean Dupont, édité par Marie Lune",
    "La Gazette avec AFP",
    "With files from The Canadian Press",
    "Jean Dupont/AFP via Getty Images",
    "PHOTO FOURNIE PAR LA VILLE",
    "burs-smt/cvo/ahe/mm/",
    "Article continues below advertisement",
    "La suite après cette publicité",
    "Cet article est réservé aux abonnés",
    "Il vous reste 75 % de cet article à lire. La suite est réservée aux abonnés.",
    "Déjà abonné ? Connectez-vous",
    "Already a subscriber? Sign in",
    "Subscribe to continue reading",
    "You have 2 free articles remaining this month",
    "Abonnez-vous à partir de 1 €",
    "Lisez la suite pour 1 € le premier mois",
    "Support our journalism",
    "Faire un don",
    "Follow us on Twitter",
    "Written by Jane Doe",
    "Propos recueillis par Anne Lune",
    "Par la rédaction",
    "Facebook Twitter LinkedIn",
    "Publicité",
    "Advertisement",
    "Par Anne Lune | AFP",
    "Read more",
    "Lire la suite",
    "Par Jean Dupont - 4 mars 2024",
    "By Jane Doe, Science Correspondent",
    "March 4, 2024 by Jane Doe",
    "Publié par Jean Dupont le 4 mars 2024",
    "Par Jean Dupont, journaliste",
    "Related articles",
    "Partager :",
    "Share:",
    "Tweet",
    "Partager cet article",
    "La ville face à la contestationpar BFMTV",
    "Que retenir de la rencontre à New York?par BFMTV",
    "Le jour de grève est arrivépar euronews (en français)",
    "La grève coûtera cherpar franceinfo",
    "La météo du 3 mai 2031par Canal Sud",
    "Le patron de la SNCFpar La Gazette",
    "Les images du pont (vidéo)par Gazette.fr",
]
STORY = [
    "Le suspect a été tuépar Israël, selon Reuters.",
    "Le pont vu par Monet",
    "Un pont construit par Eiffel",
    "Le journal est réservé aux abonnés depuis mardi, dit le maire.",
    "La publicité pour le tabac est interdite.",
    "Faire un don de sang sauve des vies.",
    "Reporting by local media suggested that the mayor would resign.",
    "Donate blood now to save lives, doctors say",
    "Avec l’AFP, le journal a gagné un prix.",
    "Subscribe to the theory or not, it works.",
    "Photo du pont fermé : la ville réagit",
    "Par ailleurs, la mairie a fermé.",
    "By Monday, the team was ready.",
    "By Jane's account, nobody slept.",
    "Par Paris passe une route.",
    "Share prices fell on Monday.",
    "Partager, c'est aimer.",
    "Print is dead.",
    "Lire aussi fait du bien.",
    "Comments were closed after the match.",
    "The newsletter reaches 3,000 readers.",
    "Get a mask and wash your hands.",
    "Nous utilisons moins d'eau.",
    "Le 4 mars 2024, la ville a voté.",
    "On March 4, 2024, the city voted.",
    "Photo finish at the Tour",
    "Paris votes on bridge",
    "Reuters reported the loss.",
    "L'AFP a interrogé le maire.",
    "Copyright law changes next year and writers are afraid of what it means for them and for their books",
    "Home prices rise",
    "By far the best",
    "Tweeter ou se taire",
    "Publicité : la loi change",
    "Get Brexit done",
    "Related deaths rise",
    "The newsletter that she founded reaches 3,000 readers.",
    "Par chance, personne n’a été blessé.",
    "By hand",
    "She shared the article on Facebook.",
    "En savoir plus sur soi demande du temps.",
]


@each_row("line", FURNITURE, str)
def test_furniture_of_the_page(line: str) -> None:
    assert is_boilerplate(line)


@each_row("line", STORY, str)
def test_sentences_and_titles_of_the_story(line: str) -> None:
    assert not is_boilerplate(line)


def test_embedded_post_and_its_signature() -> None:
    lines = [
        "Le pont ouvre.",
        "Regardez la foule ce matin ! https://t.co/Ab1",
        "— Anna Bell (@annabell) March 3, 2024",
        "La mairie se réjouit.",
    ]
    assert boilerplate_lines(lines) == [False, True, True, False]


def test_embedded_post_in_one_paragraph() -> None:
    assert boilerplate_lines(["What a crowd! — Anna Bell (@annabell) March 3, 2024"]) == [True]


def test_lone_tag_at_the_end() -> None:
    assert boilerplate_lines(["Un titre", "Une phrase.", "Logement"]) == [False, False, True]
    assert boilerplate_lines(["Un titre", "Une phrase.", "Fin."]) == [False, False, False]
    assert boilerplate_lines(["Un titre", "Logement"]) == [False, False]


def test_a_long_line_is_read_in_no_time() -> None:
    assert not is_boilerplate("Par " + "Jean de " * 200_000)
    assert boilerplate_lines([" ." * 500_000 + "(@a) x"]) == [False]
