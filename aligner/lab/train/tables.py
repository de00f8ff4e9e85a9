"""Write the tables of months, weekdays, currencies and units that the quantity reader reads.

Names, short forms and signs come from CLDR through babel, factors from pint; what neither knows (everyday
words such as "kilo" or "quid") is listed below. Run as
``python -m aligner.lab.train.tables`` with both installed.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from aligner.lexicon.words import without_accents

TABLES = Path(__file__).parents[2] / "quantities" / "data"
LEXICON = Path(__file__).parents[2] / "lexicon" / "data"
_NEW = re.compile(r"^(?:nouveaux? )")
LOCALES = {"fr": ("fr", "fr_CA", "fr_CH", "fr_BE"), "en": ("en", "en_GB", "en_CA", "en_AU", "en_IN")}

MORE_MONTHS = {"fr": {"fév": 2}, "en": {}}
MORE_WEEKDAYS = {"fr": {}, "en": {"tues": 1, "weds": 2, "thur": 3, "thurs": 3}}

# name, dimension, unit in CLDR, unit in pint (to the base of its dimension), everyday words
UNITS = (
    ("second", "time", "duration-second", "second", "sec"),
    ("minute", "time", "duration-minute", "minute", "mn"),
    ("hour", "time", "duration-hour", "hour", ""),
    ("day", "time", "duration-day", "day", "journée journées"),
    ("week", "time", "duration-week", "week", ""),
    ("fortnight", "time", "", "2 * week", "fortnight fortnights"),
    ("month", "time", "duration-month", "month", ""),
    ("year", "time", "duration-year", "year", "année années"),
    ("decade", "time", "duration-decade", "10 * year", ""),
    ("century", "time", "duration-century", "century", ""),
    ("mm", "length", "length-millimeter", "millimeter", ""),
    ("cm", "length", "length-centimeter", "centimeter", ""),
    ("m", "length", "length-meter", "meter", ""),
    ("km", "length", "length-kilometer", "kilometer", "kms"),
    ("mile", "length", "length-mile", "mile", ""),
    ("nautical mile", "length", "", "nautical_mile", "nautical nmi nautiques nautique"),
    ("foot", "length", "length-foot", "foot", ""),
    ("inch", "length", "length-inch", "inch", ""),
    ("yard", "length", "length-yard", "yard", ""),
    ("g", "mass", "mass-gram", "gram", ""),
    ("mg", "mass", "mass-milligram", "milligram", ""),
    ("kg", "mass", "mass-kilogram", "kilogram", "kilo kilos"),
    ("quintal", "mass", "", "100 * kilogram", "quintaux quintal quintals"),
    ("stone", "mass", "", "14 * pound", "stone"),
    ("tonne", "mass", "mass-tonne", "metric_ton", "ton tons"),
    ("kt", "mass", "", "1e3 * metric_ton", "kilotonnes kilotonne kilotons kiloton"),
    ("Mt", "mass", "", "1e6 * metric_ton", "mégatonnes mégatonne megatonnes megatonne megatons megaton"),
    ("Gt", "mass", "", "1e9 * metric_ton", "gigatonnes gigatonne gigatons gigaton"),
    ("lb", "mass", "", "pound", "lb lbs"),
    ("ounce", "mass", "mass-ounce", "ounce", ""),
    ("hectare", "area", "area-hectare", "hectare", ""),
    ("are", "area", "", "are", "ares"),
    ("acre", "area", "area-acre", "acre", ""),
    ("m²", "area", "area-square-meter", "meter ** 2", ""),
    ("km²", "area", "area-square-kilometer", "kilometer ** 2", ""),
    ("cm²", "area", "area-square-centimeter", "centimeter ** 2", ""),
    ("foot²", "area", "area-square-foot", "foot ** 2", "ft² sqft"),
    ("yard²", "area", "area-square-yard", "yard ** 2", "yd²"),
    ("mile²", "area", "area-square-mile", "mile ** 2", "mi²"),
    ("litre", "volume", "volume-liter", "liter", ""),
    ("ml", "volume", "volume-milliliter", "milliliter", ""),
    ("cl", "volume", "volume-centiliter", "centiliter", ""),
    ("dl", "volume", "volume-deciliter", "deciliter", ""),
    ("hl", "volume", "volume-hectoliter", "hectoliter", ""),
    ("fl oz", "volume", "", "fluid_ounce", ""),
    ("cup", "volume", "volume-cup", "cup", ""),
    ("pint", "volume", "volume-pint", "pint", "pints pint pintes pinte"),
    ("tablespoon", "volume", "volume-tablespoon", "tablespoon", "tbsp tablespoons tablespoon"),
    ("teaspoon", "volume", "volume-teaspoon", "teaspoon", "tsp teaspoons teaspoon"),
    ("gallon", "volume", "volume-gallon", "gallon", ""),
    ("m³", "volume", "volume-cubic-meter", "meter ** 3", ""),
    ("foot³", "volume", "volume-cubic-foot", "foot ** 3", "ft³"),
    ("barrel", "volume", "volume-barrel", "oil_barrel", ""),
    ("mph", "speed", "speed-mile-per-hour", "mile / hour", ""),
    ("kph", "speed", "", "kilometer / hour", "kph kmh"),
    ("m/s", "speed", "", "meter / second", ""),
    ("knot", "speed", "speed-knot", "knot", "noeud noeuds"),
    ("W", "power", "power-watt", "watt", ""),
    ("kW", "power", "power-kilowatt", "kilowatt", ""),
    ("MW", "power", "power-megawatt", "megawatt", ""),
    ("GW", "power", "power-gigawatt", "gigawatt", ""),
    ("hp", "power", "power-horsepower", "horsepower", "hp bhp chevaux horsepower"),
    ("bar", "pressure", "pressure-bar", "bar", "bars"),
    ("psi", "pressure", "pressure-pound-force-per-square-inch", "psi", "psi"),
    ("kWh", "energy", "energy-kilowatt-hour", "kilowatt_hour", ""),
    ("MWh", "energy", "", "megawatt_hour", "mwh"),
    ("TWh", "energy", "", "terawatt_hour", "twh"),
    ("KB", "data", "digital-kilobyte", "kilobyte", ""),
    ("MB", "data", "digital-megabyte", "megabyte", ""),
    ("GB", "data", "digital-gigabyte", "gigabyte", ""),
    ("TB", "data", "digital-terabyte", "terabyte", ""),
    ("Hz", "frequency", "frequency-hertz", "hertz", ""),
    ("kHz", "frequency", "frequency-kilohertz", "kilohertz", ""),
    ("MHz", "frequency", "frequency-megahertz", "megahertz", ""),
    ("GHz", "frequency", "frequency-gigahertz", "gigahertz", ""),
)
BASES = {
    "time": "second",
    "length": "meter",
    "mass": "kilogram",
    "area": "meter ** 2",
    "volume": "liter",
    "speed": "kilometer / hour",
    "power": "watt",
    "energy": "kilowatt_hour",
    "data": "megabyte",
    "pressure": "bar",
    "frequency": "hertz",
}
OTHER_WORDS = frozenset(
    "in mi po pi ac ch gal mo mos sem dec déc kn nd bbl pt y da ca to ta usc "
    "mille milles verge verges vg vg² pi² pi³".split()
)
"""Short forms of CLDR that are other words of running text."""

CURRENCIES = (
    "EUR USD GBP JPY CNY FRF RUB INR CZK PLN HUF MXN BRL ITL DEM ILS KRW DZD MAD ZAR SAR UAH RON"
).split()
"""One currency of each name in the order of claim: all dollars are one, and so are all crowns."""
EVERYDAY = {
    "EUR": "€",
    "USD": "$",
    "GBP": "£ sterling quid",
    "JPY": "¥",
    "CNY": "renminbi rmb",
    "RUB": "ruble rubles ₽",
    "INR": "₹",
    "CZK": "kč crown crowns",
    "BRL": "real reais reals",
    "ITL": "lire lires lira liras",
    "DEM": "deutschemark deutschemarks",
    "UAH": "grivna grivnas hryvnya",
    "PLN": "zloty zlotys",
    "ILS": "shekel shekels",
    "XAF": "fcfa xaf xof cfa",
    "BTC": "bitcoin bitcoins btc",
    "CENT": "cent cents cts centime centimes penny pence",
}
SEPARATE_CURRENCIES = frozenset({"XAF", "XOF", "ITL", "DEM"})
"""Currencies whose code is not that of all others with the same noun."""
MORE_ISSUERS = {
    "USD": ("américain|américains|us", "american|u.s.|u.s"),
    "GBP": ("britannique|britanniques", "sterling|uk"),
}
NO_COUNTRIES = frozenset("DM JE MU GD SV MF JO TD EU EZ UN ZZ XA XB QO AC BV CP DG IO TA TF UM VA".split())
"""Codes of what is no country, or is called like a person, a town or a saint ("Dominique", "Jordan")."""
MORE_COUNTRIES = {
    "BY": ("Bélarus", ""),
    "CI": ("Côte d'Ivoire", "Ivory Coast|Côte d'Ivoire"),
    "CZ": ("République tchèque", "Czech Republic"),
    "GB": ("Grande-Bretagne", "UK|Great Britain|Britain"),
    "KR": ("", "Korea"),
    "NL": ("Hollande", "Holland"),
    "NZ": ("", "Aotearoa"),
    "SK": ("", "Slovak Republic"),
    "TR": ("", "Turkey"),
    "US": ("", "USA|US|America"),
    "VN": ("Vietnam|Viêt-Nam", "Viet Nam"),
}
"""Everyday words for whose a currency is, in French and English."""
NO_CODES = frozenset("ALL TOP CUP TRY ANG MOP PEN RON LEU MAD SOS PHP".split())
"""Codes that are words in capitals."""


def main() -> None:
    """Write the four tables beside the reader, and that of countries beside the lexicon."""
    TABLES.mkdir(exist_ok=True)
    _write("calendar.tsv", "kind\tlanguage\tnumber\tword", _calendar())
    _write("units.tsv", "name\tdimension\tfactor\twords", _units())
    currencies = [*_currencies()]
    _write("currencies.tsv", "currency\twords", currencies)
    _write("issuers.tsv", "currency\tcode\tfrench\tenglish", _issuers(currencies))
    _write("countries.tsv", "French\tEnglish", _countries(), folder=LEXICON)


def _write(name: str, head: str, rows: Iterable[str], folder: Path = TABLES) -> None:
    (folder / name).write_text("\n".join([head, *rows, ""]), encoding="utf-8")


def _locales(language: str) -> list[Any]:
    from babel import Locale

    return [Locale.parse(name) for name in LOCALES[language]]


def _normalised(word: str) -> str:
    return word.lower().rstrip(".")


def _calendar() -> Iterator[str]:
    for language in LOCALES:
        for kind, names, extra in (("month", "months", MORE_MONTHS), ("weekday", "days", MORE_WEEKDAYS)):
            wide_tables = [getattr(locale, names)["format"]["wide"] for locale in _locales(language)]
            short = [getattr(locale, names)["format"]["abbreviated"] for locale in _locales(language)]
            full_names = {
                _normalised(word): number for table in wide_tables for number, word in table.items()
            }
            if kind == "month":
                full_names |= {without_accents(word): number for word, number in full_names.items()}
            brief = {_normalised(word): number for table in short for number, word in table.items()}
            brief = {
                word: number for word, number in (brief | extra[language]).items() if word not in full_names
            }
            for label, words in ((kind, full_names), (f"short {kind}", brief)):
                yield from (f"{label}\t{language}\t{number}\t{word}" for word, number in words.items())


def _units() -> Iterator[str]:
    import pint

    registry = pint.UnitRegistry()
    for name, dimension, cldr, unit, everyday in UNITS:
        factor = (1 * registry(unit)).to(BASES[dimension]).magnitude
        words = dict.fromkeys([*(_unit_words(cldr) if cldr else ()), *everyday.split()])
        yield f"{name}\t{dimension}\t{float(f'{factor:.8g}')!r}\t{' '.join(words)}"


def _unit_words(unit: str) -> Iterator[str]:
    for language in LOCALES:
        for locale in _locales(language):
            patterns = locale._data["unit_patterns"].get(unit, {})
            for length in ("long", "short", "narrow"):
                for pattern in dict(patterns.get(length, {})).values():
                    word = _normalised(str(pattern).replace("{0}", "").strip(" \u00a0\u202f"))
                    if (
                        len(word) > 1
                        and word not in OTHER_WORDS
                        and (word.isalpha() or (word[-1] in "²³" and word[0] != "/"))
                    ):
                        yield word


def _currencies() -> Iterator[str]:
    nouns = {code: (_nouns("fr", code), _nouns("en", code)) for code in _codes()}
    claimed = {word for code in CURRENCIES for word in (*nouns[code][0], *nouns[code][1])}
    rows = {code: [*nouns[code][0], *nouns[code][1], code.lower()] for code in CURRENCIES}
    for code, (french, english) in nouns.items():
        group = next((c for c in CURRENCIES if set(nouns[c][0]) & set(french)), None)
        if group and code not in CURRENCIES and code not in SEPARATE_CURRENCIES:
            extra = [word for word in english if word not in claimed]
            rows[group] += [*french, *extra, *([code.lower()] if code not in NO_CODES else [])]
    for code, everyday in EVERYDAY.items():
        rows.setdefault(code, []).extend(everyday.split())
    assigned: set[str] = {word for words in EVERYDAY.values() for word in words.split()}
    for code, listed in rows.items():
        everyday_words = EVERYDAY.get(code, "").split()
        words = [w for w in dict.fromkeys(listed) if w in everyday_words or w not in assigned]
        assigned |= set(words)
        yield f"{code}\t{' '.join(words)}"


def _issuers(currencies: Iterable[str]) -> Iterator[str]:
    """Yield for each code of a shared noun the words for whose it is: "danoise|danoises", "danish"."""
    groups = {word: row.split("\t")[0] for row in currencies for word in row.split("\t")[1].split()}
    for code in _codes():
        french, english = (
            [*dict(_locales(language)[0]._data["currency_names_plural"].get(code, {})).values()]
            for language in ("fr", "en")
        )
        if any("(" in str(name) for name in (*french, *english)):
            continue
        group = {groups[name.lower().split()[0]] for name in french if name.lower().split()[0] in groups}
        words = (
            [" ".join(name.lower().split()[1:]) for name in french if name.lower().split()[0] in groups],
            [" ".join(name.lower().split()[:-1]) for name in english],
        )
        more = MORE_ISSUERS.get(code, ("", ""))
        cells = [
            "|".join(dict.fromkeys(filter(None, [*w, *m.split("|")])))
            for w, m in zip(words, more, strict=True)
        ]
        if len(group) == 1 and all(cells):
            yield "\t".join([*group, code, *cells])


def _countries() -> Iterator[str]:
    """Yield the names of each country in French and in English, but those that are other names too."""
    french, english = (_locales(language)[0].territories for language in LOCALES)
    for code in sorted(place for place in french if place.isalpha() and place in english):
        names = french[code], english[code]
        if code not in NO_COUNTRIES and not any(sign in name for name in names for sign in "&(,/."):
            yield "\t".join(
                "|".join(dict.fromkeys((name, *filter(None, more.split("|")))))
                for name, more in zip(names, MORE_COUNTRIES.get(code, ("", "")), strict=True)
            )


def _codes() -> list[str]:
    """Return the currencies that are legal tender today, and those of ``CURRENCIES``."""
    from babel.numbers import get_territory_currencies

    places = [place for place in _locales("en")[0].territories if place.isalpha()]
    today = {code for place in places for code in get_territory_currencies(place)}
    return sorted({*today, *CURRENCIES} - {"XAF", "XOF"})


def _nouns(language: str, code: str) -> list[str]:
    """Return singular and plural of the noun in a currency's name: "dollars" of "dollars canadiens"."""
    position = 0 if language == "fr" else -1
    locale = _locales(language)[0]
    names = [*dict(locale._data["currency_names_plural"].get(code, {})).values()]
    words = [_NEW.sub("", str(name).lower()).split()[position] for name in names if "(" not in str(name)]
    return [word for word in dict.fromkeys(words) if word.isalpha()]


if __name__ == "__main__":
    main()
