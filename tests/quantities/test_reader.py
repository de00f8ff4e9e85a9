"""The fact reader: values of both languages, alone and compared."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from num2words import num2words

from aligner.model import LANGUAGES, Language
from aligner.quantities.compare import Discrepancy, compare
from aligner.quantities.numerals import read_number
from aligner.quantities.reader import month_first, read_quantities
from aligner.quantities.tokens import digit_values, tokenize


def facts(text: str, language: Language) -> list[tuple[str, float, str]]:
    return [(q.kind, q.value, q.unit) for q in read_quantities(text, language)]


def differences(fr: str, en: str) -> tuple[Discrepancy, ...]:
    return compare(read_quantities(fr, "fr"), read_quantities(en, "en"))


# (French, English, the reason that must be found or None where the two are the same)
PROBES = (
    ("1 300", "1,300", None),
    ("1\u00a0300", "1,300", None),
    ("1\u202f300", "1,300", None),
    ("1300", "1,300", None),
    ("1,3 milliard", "1.3 billion", None),
    ("1,3 milliard", "1.3 million", "magnitude"),
    ("1,3 million", "1.3 billion", "magnitude"),
    ("2 billions", "2 billion", "magnitude"),
    ("2021", "2012", "number"),
    ("2012", "2021", "number"),
    ("12,5 %", "12.5%", None),
    ("12,5 %", "125%", "percent"),
    ("125 %", "12.5%", "percent"),
    ("1 300 000", "1.3 million", None),
    ("1,3 million", "1,300,000", None),
    ("14 h 30", "2:30 p.m.", None),
    ("14h30", "2.30pm", None),
    ("2 h 30", "2:30 p.m.", "date"),
    ("trois", "3", None),
    ("3", "three", None),
    ("XXe", "20th", None),
    ("20e", "twentieth", None),
    ("XXe", "19th", "number"),
    ("03/04/2024", "03/04/2024", None),
    ("03/04/2024", "04/03/2024", "date"),
    ("04/03/2024", "03/04/2024", "date"),
    ("2 h 5 min 30 s", "2:05:30", None),
    ("2 h 5 min 30 s", "2 hours, 5 minutes and 30 seconds", None),
    ("2 h 5 min 30 s", "2:05:50", "number"),
    ("2 h 5 min", "two hours and five minutes", None),
    ("3 min 25 s", "3:25", None),
    ("3 min 25 s", "3:35", "number"),
    ("1 h 05", "65 minutes", None),
    ("1 h 45", "115 minutes", "number"),
    ("2 livres 8 onces", "2 lb 8 oz", None),
    ("2 livres 8 onces", "two pounds eight ounces", None),
    ("3,4 Mt de sel", "3.4 million tonnes of salt", None),
    ("3,4 Mt de sel", "4.3 million tonnes of salt", "unit"),
    ("35 q de blé", "3.5 tonnes of wheat", None),
    ("2 hl", "200 litres", None),
    ("200 ml", "7 fl oz", None),
    ("20 litres", "4.4 gallons", None),
    ("une demi-tonne", "500 kg", None),
    ("110 kW", "150 hp", None),
    ("150 ch", "110 kW", None),
    ("3 bars", "44 psi", None),
    ("2 To", "2 GB", "unit"),
    ("500 Mo", "500 MB", None),
    ("5 MHz", "5 GHz", "unit"),
    ("10 m/s", "36 km/h", None),
    ("120 km/h", "75 miles an hour", None),
    ("30 degrés", "86 degrees", None),
    ("30 degrés", "68 degrees", "number"),
    ('9"58', "9.58 seconds", None),
    ("2h05'12\"", "2:05:12", None),
    ("3 euros et 50 centimes", "€3.50", None),
    ("50 centimes", "50p", None),
    ("12 F", "12 francs", None),
    ("6 pi 2 po", "6'2\"", None),
    ("61 cm", "24 in,", None),
    ("1,78 m", "5ft 10,", None),
    ("10 x 15 cm", "4x6 inches", None),
    ("10 x 15 cm", '4"x6"', None),
    ("1,2 m sur 2,4 m", "4' by 8'", None),
    ("la crise de 29", "the 1929 crash", None),
    ("la saison 98/99", "the 1998/99 season", None),
    ("de 98 à 2004", "from ’98 to 2004", None),
    ("en 62", "in 1926", "number"),
    ("30 dollars canadiens", "30 US dollars", "currency"),
    ("30 dollars canadiens", "C$30", None),
    ("30 dollars", "C$30", None),
    ("30 $ CA", "30 American dollars", "currency"),
    ("2 000 couronnes suédoises", "2,000 Norwegian kroner", "currency"),
    ("2 000 couronnes danoises", "2,000 Danish kroner", None),
    ("45 francs suisses", "CHF 45", None),
    ("45 francs", "45 Swiss francs", None),
    ("200 livres égyptiennes", "200 pounds sterling", "currency"),
    ("500 pesos mexicains", "500 Argentine pesos", "currency"),
    ("le quatrième trimestre", "the third quarter", "number"),
    ("mil neuf cent quatre-vingt-dix-huit", "nineteen ninety-eight", None),
    ("1998", "nineteen eighty-nine", "number"),
    ("dix-neuf cent dix-huit", "nineteen eighteen", None),
    ("en 2005", "in twenty oh five", None),
    ("en 1905", "in nineteen oh six", "number"),
    ("deux mille vingt-cinq", "twenty twenty-five", None),
    ("19 hommes de 20 ans", "nineteen twenty-year-old", None),
    ("12 h 30", "12:30, twelve thirty", None),
    ("l'exercice 2012-2013", "fiscal 2013", None),
    ("en 2012-2013", "in FY2013", None),
    ("l'exercice 2012-2013", "the 2013 financial year", None),
    ("l'exercice 2013", "the 2012-13 financial year", None),
    ("l'exercice 2012", "fiscal 2015", "number"),
    ("en 2012-2013", "in the year to 2013", "date"),
    ("816 000 t", "816kt", None),
    ("816 kt", "816 kt", None),
    ("20 nœuds", "20 kt", None),
    ("450 kt", "45 kt", "number"),
    ("76 kg", "12 stone", None),
    ("76 kg", "15 stone", "unit"),
    ("12 statues", "12 stone statues", None),
    ("5 ares", "500 sq m", None),
    ("370 km", "200 nautical miles", None),
    ("200 milles nautiques", "200 nautical miles", None),
    ("200 milles nautiques", "200 miles", None),
    ("370 km", "200 miles", "unit"),
    ("180 °C", "350 °F", None),
    ("180 °C", "380 °F", "unit"),
    ("dix jours", "a fortnight", "unit"),
    ("trois semaines", "a fortnight", "unit"),
    ("dix jours", "two weeks", "unit"),
    ("quinze jours", "a fortnight", None),
    ("une quinzaine de jours", "a fortnight", None),
    ("huit jours", "a week", None),
    ("dix-huit mois", "a year and a half", None),
)


@pytest.mark.parametrize(("fr", "en", "reason"), PROBES)
def test_probe_pairs(fr: str, en: str, reason: str | None) -> None:
    found = differences(f"On en parle : {fr} exemple.", f"They talk: {en} example.")
    assert [d.reason for d in found] == ([reason] if reason else [])


SAME = (
    ("Près de 300 000 habitants", "some 299,000 people"),
    ("une douzaine d'œufs", "a dozen eggs"),
    ("deux millions et demi d'euros", "€2.5m"),
    ("5 M€ et 3 Md€", "5 million euros and €3bn"),
    ("mille milliards de dollars", "$1 trillion"),
    ("un demi-million de voix", "half a million votes"),
    ("entre 5 et 6 millions", "between 5 million and 6 million"),
    ("de 10 à 12 %", "10-12 percent"),
    ("le 1er janvier 2024", "January 1st, 2024"),
    ("lundi 3 avril", "Monday, April 3"),
    ("le 11 septembre", "9/11"),
    ("les années 1990", "the nineties"),
    ("quinze jours", "two weeks"),
    ("30 °C", "86°F"),
    ("100 km/h", "62 miles per hour"),
    ("le quart des votes", "25% of the votes"),
    ("la moitié", "half"),
    ("20 heures", "8 p.m."),
    ("cent vingt-trois", "one hundred and twenty-three"),
    ("septante et un", "71"),
    ("soixante et onze", "seventy-one"),
    ("5 mille 352 pesos", "5,352 pesos"),
    ("en 2007-08", "in 2007-2008"),
    ("100 autres milliards", "another 100 billion"),
    ("le G7 et le Covid-19", "the G7 and Covid-19"),
)


@pytest.mark.parametrize(("fr", "en"), SAME)
def test_same_facts(fr: str, en: str) -> None:
    assert differences(fr, en) == ()


READ: tuple[tuple[Language, str, list[tuple[str, float, str]]], ...] = (
    ("fr", "12,5 pour cent", [("percent", 12.5, "")]),
    ("fr", "2 points de pourcentage", [("point", 2, "")]),
    ("fr", "3 500 F CFA puis 20 francs", [("money", 3500, "XAF"), ("money", 20, "FRF")]),
    ("fr", "40 hectares", [("unit", 40, "hectare")]),
    ("fr", "250 kilomètres à l'heure", [("unit", 250, "kph")]),
    ("fr", "XIXe siècle", [("ordinal", 19, "")]),
    ("fr", "Ce livre", []),
    ("fr", "une femme, un homme", [("multiple", 1, ""), ("multiple", 1, "")]),
    ("fr", "cet après-midi", []),
    ("en", "20-year-old", [("unit", 20, "year")]),
    ("en", "He may march in May", [("month", 5, "")]),
    ("en", "$1.3 billion", [("money", 1.3e9, "USD")]),
    ("en", "4x4, F-16 and A380", [("code", 4, "x"), ("code", 4, "x"), ("code", 16, "f"), ("code", 380, "a")]),
    ("en", "1980s", [("decade", 80, "")]),
    ("en", "hundreds of thousands", [("vague", 1e5, "")]),
    ("en", "2024-04-03", [("day", 3, ""), ("month", 4, ""), ("year", 2024, "")]),
)


@pytest.mark.parametrize(("language", "text", "expected"), READ)
def test_what_is_read(language: Language, text: str, expected: list[tuple[str, float, str]]) -> None:
    assert facts(text, language) == expected


@pytest.mark.parametrize("language", LANGUAGES)
def test_spans_are_exact(language: Language) -> None:
    text = (
        "Le 3 avril 2024 : 1 300 euros, 12,5 %. " if language == "fr" else "On April 3, 2024: €1,300, 12.5%. "
    )
    read = [text[q.start : q.end] for q in read_quantities(text, language)]
    expected = {
        "fr": ["3 avril 2024"] * 3 + ["1 300 euros", "12,5 %"],
        "en": ["April 3, 2024"] * 3 + ["€1,300", "12.5%"],
    }
    assert read == expected[language]


def test_one_finding_for_one_date() -> None:
    (found,) = differences("le 3 avril 2023", "May 4, 2024")
    assert (found.reason, found.way) == ("date", "differs")


def test_swapped_date_is_named() -> None:
    (found,) = differences("le 03/04/2024", "on 04/03/2024")
    assert found.way == "swapped"


def test_other_dates_settle_the_order_of_the_month() -> None:
    assert month_first("It began on 12/25/2023.")
    assert not month_first("It began on 25/12/2023.")
    assert not month_first("It began on 03/04/2024.")
    assert [q.value for q in read_quantities("04/03/2024", "en", us_dates=True)] == [3, 4, 2024]


def test_conversions_in_brackets_are_no_difference() -> None:
    assert differences("30 miles (48 km)", "30 miles") == ()
    assert differences("50 dollars (46 euros)", "$50") == ()


def test_a_number_that_moved_to_the_next_passage_is_answered() -> None:
    fr, en = read_quantities("Il y a 1 300 arbres.", "fr"), read_quantities("There are many trees.", "en")
    after = (read_quantities("On les compte.", "fr"), read_quantities("1,300 were counted.", "en"))
    assert compare(fr, en)
    assert compare(fr, en, [after]) == ()


def test_digit_strings_have_every_reading() -> None:
    assert digit_values("1,300", "en") == (1300, 1.3)
    assert digit_values("1,300", "fr") == (1.3, 1300)
    assert digit_values("1.300.000,5", "fr") == (1300000.5,)
    assert digit_values("0,300", "fr") == (0.3,)


def _well_written(number: int) -> bool:
    """Return whether num2words knows the French ordinal: it has "six centsième" and "deux millionsième"."""
    return number % 100 not in (0, 80)


@given(st.integers(2, 10**9), st.sampled_from(LANGUAGES), st.sampled_from(("cardinal", "ordinal")))
@example(71, "fr", "cardinal")
@example(80, "fr", "cardinal")
@example(1_000_000, "en", "cardinal")
@example(799_001_055, "fr", "cardinal")
@example(21, "en", "ordinal")
def test_numbers_in_words_are_read_back(number: int, language: Language, form: str) -> None:
    if form == "ordinal" and language == "fr" and not _well_written(number):
        return
    tokens = tokenize(num2words(number, lang=language, to=form))
    read = read_number(tokens, 0, language)
    assert read is not None
    assert (read.values[0], read.last) == (number, len(tokens))


@given(
    st.text(alphabet="0123456789 ,.-/:%€$h°½aedfthuncvl\u00a0\u202f'", max_size=60),
    st.sampled_from(LANGUAGES),
)
def test_any_text_is_read_within_its_bounds(text: str, language: Language) -> None:
    for quantity in read_quantities(text, language):
        assert 0 <= quantity.start < quantity.end <= len(text)
        assert quantity.values
