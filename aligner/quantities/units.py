"""Currencies, units, magnitude abbreviations, months and weekdays of both languages."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from aligner.model import Language


class Unit(NamedTuple):
    """A unit: what it measures and how many of the base unit of that it is."""

    name: str
    dimension: str
    factor: float


def _spread(rows: Mapping[str, str]) -> dict[str, str]:
    return {word: code for code, words in rows.items() for word in words.split()}


CURRENCIES: Mapping[str, str] = _spread(
    {
        "EUR": "euro euros eur €",
        "USD": "dollar dollars usd $",
        "GBP": "livre livres pound pounds gbp £ sterling quid",
        "JPY": "yen yens jpy ¥",
        "CNY": "yuan yuans cny renminbi rmb",
        "CHF": "chf",
        "FRF": "franc francs",
        "XAF": "fcfa xaf xof cfa",
        "RUB": "rouble roubles ruble rubles rub ₽",
        "INR": "roupie roupies rupee rupees inr ₹",
        "CZK": "couronne couronnes crown crowns koruna korunas czk kč krona kronor krone kroner sek nok dkk",
        "PLN": "zloty zlotys zlotych pln",
        "HUF": "forint forints huf",
        "MXN": "peso pesos",
        "BRL": "real reais reals",
        "ITL": "lire lires lira liras",
        "DEM": "mark marks deutschemark deutschemarks",
        "ILS": "shekel shekels",
        "KRW": "won wons",
        "DZD": "dinar dinars",
        "MAD": "dirham dirhams",
        "ZAR": "rand rands",
        "SAR": "riyal riyals rial rials",
        "UAH": "hryvnia hryvnias hryvnya grivna grivnas",
        "RON": "leu lei",
        "BTC": "bitcoin bitcoins btc",
        "CENT": "cent cents centime centimes penny pence",
    }
)
"""Word, code or sign → currency. All dollars are one, and so are all crowns."""

_UNIT_ROWS: tuple[tuple[str, str, float, str], ...] = (
    ("second", "time", 1, "seconde secondes second seconds sec"),
    ("minute", "time", 60, "minute minutes min mn"),
    ("hour", "time", 3600, "heure heures hour hours"),
    ("day", "time", 86400, "jour jours journée journées day days"),
    ("week", "time", 604800, "semaine semaines week weeks"),
    ("month", "time", 2629800, "mois month months"),
    ("year", "time", 31557600, "an ans année années year years"),
    ("decade", "time", 315576000, "décennie décennies decade decades"),
    ("century", "time", 3155760000, "siècle siècles century centuries"),
    ("mm", "length", 0.001, "mm millimètre millimètres millimeter millimeters millimetre millimetres"),
    ("cm", "length", 0.01, "cm centimètre centimètres centimeter centimeters centimetre centimetres"),
    ("m", "length", 1, "mètre mètres metre metres meter meters"),
    ("km", "length", 1000, "km kms kilomètre kilomètres kilometre kilometres kilometer kilometers"),
    ("mile", "length", 1609.344, "mile miles"),
    ("foot", "length", 0.3048, "foot feet ft pied pieds"),
    ("inch", "length", 0.0254, "inch inches pouce pouces"),
    ("yard", "length", 0.9144, "yard yards"),
    ("g", "mass", 0.001, "gramme grammes gram grams"),
    ("kg", "mass", 1, "kg kilo kilos kilogramme kilogrammes kilogram kilograms"),
    ("tonne", "mass", 1000, "tonne tonnes ton tons"),
    ("lb", "mass", 0.4536, "lb lbs"),
    ("ounce", "mass", 0.02835, "once onces ounce ounces oz"),
    ("hectare", "area", 10000, "hectare hectares ha"),
    ("acre", "area", 4046.86, "acre acres"),
    ("m²", "area", 1, "m²"),
    ("km²", "area", 1e6, "km²"),
    ("cm²", "area", 1e-4, "cm²"),
    ("foot²", "area", 0.092903, "ft² sqft"),
    ("yard²", "area", 0.836127, "yd²"),
    ("mile²", "area", 2589988, "mi²"),
    ("litre", "volume", 1, "litre litres liter liters"),
    ("gallon", "volume", 3.785, "gallon gallons"),
    ("m³", "volume", 1000, "m³"),
    ("foot³", "volume", 28.3168, "ft³"),
    ("barrel", "volume", 158.987, "baril barils barrel barrels"),
    ("mph", "speed", 1.609344, "mph"),
    ("kph", "speed", 1, "kph kmh"),
    ("knot", "speed", 1.852, "noeud noeuds nœud nœuds knot knots"),
    ("W", "power", 1, "watt watts"),
    ("kW", "power", 1e3, "kw kilowatt kilowatts"),
    ("MW", "power", 1e6, "mw mégawatt mégawatts megawatt megawatts"),
    ("GW", "power", 1e9, "gw gigawatt gigawatts"),
    ("kWh", "energy", 1, "kwh"),
    ("MWh", "energy", 1e3, "mwh"),
    ("TWh", "energy", 1e9, "twh"),
    ("MB", "data", 1, "mb mo mégaoctet mégaoctets megabyte megabytes"),
    ("GB", "data", 1e3, "gb go gigaoctet gigaoctets gigabyte gigabytes"),
    ("TB", "data", 1e6, "tb téraoctet téraoctets terabyte terabytes"),
)
UNITS_OF_MEASURE: Mapping[str, Unit] = {
    word: Unit(name, dimension, factor)
    for name, dimension, factor, words in _UNIT_ROWS
    for word in words.split()
}
UNIT_BY_NAME: Mapping[str, Unit] = {unit.name: unit for unit in UNITS_OF_MEASURE.values()} | {
    "°C": Unit("°C", "temperature", 1),
    "°F": Unit("°F", "temperature", 1),
    "degree": Unit("degree", "temperature", 1),
}

ABBREVIATED: Mapping[Language, Mapping[str, float]] = {
    "fr": {"k": 1e3, "K": 1e3, "M": 1e6, "Mio": 1e6, "Md": 1e9, "Mds": 1e9, "Mrd": 1e9, "Mrds": 1e9},
    "en": {
        "k": 1e3,
        "K": 1e3,
        "m": 1e6,
        "M": 1e6,
        "mn": 1e6,
        "mln": 1e6,
        "bn": 1e9,
        "b": 1e9,
        "B": 1e9,
        "tn": 1e12,
        "trn": 1e12,
    },
}
"""Magnitudes that stand for themselves only right after digits; case counts."""

_MONTHS_FR = "janvier février mars avril mai juin juillet août septembre octobre novembre décembre"
_MONTHS_EN = "january february march april may june july august september october november december"
MONTHS: Mapping[Language, Mapping[str, int]] = {
    "fr": {word: i for i, word in enumerate(_MONTHS_FR.split(), 1)}
    | {"fevrier": 2, "aout": 8, "decembre": 12, "janv": 1, "févr": 2, "juil": 7, "déc": 12},
    "en": {word: i for i, word in enumerate(_MONTHS_EN.split(), 1)}
    | {"jan": 1, "feb": 2, "aug": 8, "sept": 9, "sep": 9, "oct": 10, "nov": 11, "dec": 12},
}
_DAYS_FR = "lundi mardi mercredi jeudi vendredi samedi dimanche"
_DAYS_EN = "monday tuesday wednesday thursday friday saturday sunday"
WEEKDAYS: Mapping[Language, Mapping[str, int]] = {
    "fr": {word: i for i, word in enumerate(_DAYS_FR.split())},
    "en": {word: i for i, word in enumerate(_DAYS_EN.split())},
}
MULTIPLES: Mapping[Language, Mapping[str, float]] = {
    "fr": {
        "duo": 2,
        "trio": 3,
        "couple": 2,
        "paire": 2,
        "jumeaux": 2,
        "jumelles": 2,
        "un": 1,
        "une": 1,
        "centenaire": 100,
        "bicentenaire": 200,
        "cinquantenaire": 50,
        "quinquennat": 5,
        "quinquennal": 5,
        "septennat": 7,
        "décennal": 10,
        "trimestre": 3,
        "semestre": 6,
        "quadrimestre": 4,
    },
    "en": {
        "both": 2,
        "duo": 2,
        "trio": 3,
        "twin": 2,
        "twins": 2,
        "single": 1,
        "once": 1,
        "one": 1,
        "centenary": 100,
        "centennial": 100,
        "bicentenary": 200,
        "bicentennial": 200,
    },
}
"""Words that imply a number: they can answer one on the other side, but never ask for one."""
