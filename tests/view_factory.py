# ruff: noqa: E501 (one statement a line reads as a table)
"""A network in the shape that the view takes, made from marked sentences. All invented."""

from __future__ import annotations

import re
from typing import Any

import networkx as nx

#: id: (label, type, aliases, links)
ENTITIES: dict[str, tuple[str, str, list[str], list[str]]] = {
    "Velin": ("Marta Velin", "Person", ["Velin", "the foreign minister"], ["https://www.wikidata.org/wiki/Q0"]),
    "Adair": ("Jonas Adair", "Person", ["Adair"], []),
    "Oskarsen": ("Ingrid Oskarsen", "Person", ["Oskarsen", "the envoy"], []),
    "Tamm": ("Rein Tamm", "Person", ["Tamm"], []),
    "Belloc": ("Hélène Belloc", "Person", ["Belloc"], []),
    "Sato": ("Kenji Sato", "Person", ["Sato"], []),
    "Haddad": ("Layla Haddad", "Person", ["Haddad", "ليلى حداد"], []),
    "Norland": ("Norland", "Country", ["Norlandic"], ["https://www.wikidata.org/wiki/Q00"]),
    "Estmark": ("Estmark", "Country", [], []),
    "Caldera": ("Republic of Caldera", "Country", ["Caldera"], []),
    "Lisbon": ("Lisbon", "Place", [], []),
    "Port_Aldis": ("Port Aldis", "Place", [], []),
    "Strait": ("Strait of Merrow", "Place", ["the strait"], []),
    "Ministry": ("Norlandic Foreign Ministry", "Organization", ["the ministry"], []),
    "Front": ("Coastal Front", "Organization", ["the Front", "CF"], []),
    "League": ("League of Northern States", "Organization", ["LNS", "the League"], []),
    "Shipping": ("Meridian Shipping", "Organization", ["Meridian"], []),
    "Courier": ("Estmark Courier", "Organization", ["the Courier"], []),
    "Sailors": ("four Norlandic sailors", "Group", ["the crew"], []),
    "Protesters": ("dock workers", "Group", [], []),
    "Summit": ("Lisbon summit", "Event", ["the summit"], []),
    "Seizure": ("seizure of the Aurora", "Event", [], []),
    "Treaty": ("Merrow Passage Treaty", "Work", ["the treaty"], []),
    "Resolution": ("Resolution 41", "Work", [], []),
    "Aurora": ("MV Aurora", "Product", ["the Aurora"], []),
    "Drone": ("Kestrel drone", "Product", [], []),
}

ARTICLES = {
    "a1": (
        "Norland's foreign minister visits Lisbon for talks on the strait",
        "2031-03-02",
        "https://news.example/world/velin-lisbon",
    ),
    "a2": ("Crew of the Aurora still held, envoy says", "2031-03-05", "https://courier.example/aurora?page=1&full=yes"),
    "a3": ("Front denies holding sailors", "2031-03-06", "Harbour Radio"),
    "a4": ("League meets as treaty talks stall", "2031-03-11", "https://news.example/world/league"),
    "a5": ("Meridian to move ships away from Merrow", "2031-03-12", "Trade Ledger"),
    "a6": ("Dock workers march in Port Aldis", "2031-04-01", None),
}

# fmt: off
#: article, subject, relation, object, marked sentence, and what differs from a plain fact
STATEMENTS: list[tuple[str, str, str, str, str, dict[str, Any]]] = [
    ("a1", "Velin", "visited", "Lisbon", "{s:Marta Velin} {t:travelled to} {o:Lisbon} on Sunday for two days of talks.", {"time": "on Sunday", "time_start": "2031-03-01", "time_end": "2031-03-01"}),
    ("a1", "Velin", "leads", "Ministry", "{s:Velin}, who {t:heads} {o:the Norlandic Foreign Ministry}, arrived without comment.", {"position": "head"}),
    ("a1", "Velin", "metWith", "Adair", "There {s:she} {t:met} her Estmark counterpart, {o:Jonas Adair}, over dinner.", {"place": "in Lisbon"}),
    ("a4", "Adair", "metWith", "Velin", "{s:Adair} {t:held talks with} {o:Velin} for a second time last week.", {"time": "last week", "time_start": "2031-03-03", "time_end": "2031-03-09"}),
    ("a1", "Adair", "officialOf", "Estmark", "There she met her {o:Estmark} {t:counterpart}, {s:Jonas Adair}, over dinner.", {"position": "foreign minister"}),
    ("a1", "Adair", "participatedIn", "Summit", "{s:Adair} {t:attended} {o:the summit} on Monday.", {}),
    ("a1", "Velin", "participatedIn", "Summit", "{s:Velin} will {t:attend} {o:the Lisbon summit}, her office said.", {"modality": "planned", "speaker": "her office", "attribution_kind": "said"}),
    ("a1", "Summit", "locatedIn", "Lisbon", "{s:The summit} {t:in} {o:Lisbon} ends on Tuesday.", {}),
    ("a2", "Sailors", "heldBy", "Front", "“{s:The four sailors} are {t:held by} the {o:Coastal Front},” Oskarsen told the Courier.", {"speaker": "Ingrid Oskarsen", "speaker_id": "Oskarsen", "attribution_kind": "said", "confidence": 0.81, "number": "four"}),
    ("a3", "Sailors", "heldBy", "Front", "{o:The Front} {t:denied} holding {s:the crew}.", {"modality": "negated", "speaker": "Coastal Front", "speaker_id": "Front", "attribution_kind": "denied", "confidence": 0.77}),
    ("a3", "Sailors", "heldBy", "Caldera", "{s:The crew} may be {t:in the hands of} {o:Caldera}, a spokesman suggested.", {"modality": "possible", "speaker": "a spokesman", "attribution_kind": "said", "confidence": 0.52}),
    ("a2", "Oskarsen", "represents", "Norland", "{s:Ingrid Oskarsen}, {o:Norland}'s {t:envoy}, spoke by telephone from Port Aldis.", {"position": "envoy"}),
    ("a2", "Oskarsen", "interviewedBy", "Courier", "“The four sailors are held by the Coastal Front,” {s:Oskarsen} {t:told} {o:the Courier}.", {}),
    ("a2", "Sailors", "citizenOf", "Norland", "The four {o:Norlandic} {t:sailors} were taken from the Aurora. {s:They} have not been heard of since.", {}),
    ("a2", "Front", "organized", "Seizure", "{s:The Front} {t:claimed responsibility for} {o:the seizure of the Aurora}.", {"speaker": "Coastal Front", "speaker_id": "Front", "attribution_kind": "claimed"}),
    ("a3", "Front", "organized", "Seizure", "{s:The Front} {t:carried out} {o:the seizure}, two shipping insurers said.", {"speaker": "two shipping insurers", "attribution_kind": "said"}),
    ("a2", "Seizure", "locatedIn", "Strait", "{s:The seizure} took place {t:in} {o:the Strait of Merrow}.", {}),
    ("a2", "Shipping", "owns", "Aurora", "{s:Meridian Shipping}, which {t:owns} {o:the Aurora}, declined to comment.", {}),
    ("a2", "Norland", "designatedBy", "Caldera", "{o:Caldera} has {t:listed} {s:Norland} as an unfriendly state.", {"status": "unfriendly state"}),
    ("a4", "Front", "designatedBy", "Norland", "{o:Norland} {t:designates} {s:the Front} a terrorist organisation.", {"status": "terrorist organisation"}),
    ("a4", "Front", "designatedBy", "League", "{o:The League} is expected to {t:list} {s:the Front} next month.", {"modality": "planned", "status": "terrorist organisation"}),
    ("a4", "Norland", "memberOf", "League", "{s:Norland}, a {t:member of} {o:the League of Northern States}, called for the vote.", {}),
    ("a4", "Estmark", "memberOf", "League", "{s:Estmark} {t:belongs to} {o:the League}.", {}),
    ("a4", "Tamm", "leads", "League", "{o:The League}'s {t:secretary-general}, {s:Rein Tamm}, left early.", {"position": "secretary-general"}),
    ("a4", "Tamm", "asked", "Caldera", "{s:Tamm} {t:urged} {o:Caldera} to let inspectors in.", {}),
    ("a4", "League", "approved", "Resolution", "{s:The League} {t:adopted} {o:Resolution 41} by a wide margin.", {}),
    ("a4", "Resolution", "about", "Strait", "{s:Resolution 41} {t:concerns} passage through {o:the strait}.", {}),
    ("a4", "Caldera", "approved", "Treaty", "Belloc called on {s:Caldera} to {t:ratify} {o:the Merrow Passage Treaty}.", {"modality": "wanted", "speaker": "Hélène Belloc", "speaker_id": "Belloc", "attribution_kind": "asked"}),
    ("a4", "Treaty", "about", "Strait", "{s:The treaty} {t:governs} traffic in {o:the Strait of Merrow}.", {}),
    ("a4", "Belloc", "officialOf", "League", "{s:Hélène Belloc}, {t:legal adviser of} {o:the League}, drafted it.", {"position": "legal adviser"}),
    ("a4", "Belloc", "created", "Treaty", "{s:Belloc} {t:wrote} most of {o:the treaty} herself, colleagues say.", {"speaker": "colleagues", "attribution_kind": "said"}),
    ("a5", "Sato", "leads", "Shipping", "{s:Kenji Sato}, {t:chief executive of} {o:Meridian}, spoke to investors.", {"position": "chief executive"}),
    ("a5", "Shipping", "opposes", "Resolution", "{s:Meridian} {t:rejects} {o:Resolution 41} as unworkable, Sato said.", {"speaker": "Kenji Sato", "speaker_id": "Sato", "attribution_kind": "said"}),
    ("a5", "Shipping", "basedIn", "Port_Aldis", "{s:The shipping line} has its {t:headquarters in} {o:Port Aldis}.", {}),
    ("a5", "Front", "owns", "Drone", "{s:The Front} is thought to {t:operate} {o:Kestrel drones}.", {"modality": "possible"}),
    ("a6", "Protesters", "protestedAgainst", "Shipping", "{s:Dock workers} {t:marched against} {o:Meridian Shipping} on Tuesday.", {"time": "on Tuesday", "time_start": "2031-04-01", "time_end": "2031-04-01"}),
    ("a6", "Haddad", "leads", "Protesters", "{s:Layla Haddad}, who {t:leads} {o:the dock workers}, demanded back pay.", {}),
    ("a6", "Haddad", "metWith", "Sato", "{s:Haddad} did {t:not meet} {o:Sato}, the company said.", {"modality": "negated", "speaker": "Meridian Shipping", "speaker_id": "Shipping", "attribution_kind": "denied"}),
    ("a6", "Haddad", "metWith", "Sato", "{s:Haddad} said {o:Sato} had {t:met} her twice in March.", {"speaker": "Layla Haddad", "speaker_id": "Haddad", "attribution_kind": "said"}),
    ("a6", "Port_Aldis", "locatedIn", "Estmark", "{s:Port Aldis}, {t:in} southern {o:Estmark}, saw its largest march in years.", {}),
]
# fmt: on

SYMMETRIC = {"metWith"}


def marked(text: str) -> dict[str, Any]:
    """The sentence without its marks and where they were: an item of an edge's evidence."""
    plain, found = "", {}
    names = {"s": "subject", "t": "trigger", "o": "object"}
    for piece in re.split(r"(\{[sto]:[^}]*\})", text):
        match = re.fullmatch(r"\{([sto]):([^}]*)\}", piece)
        words = match[2] if match else piece
        if match:
            found[names[match[1]]] = [len(plain), len(plain) + len(words)]
        plain += words
    return {"text": plain, "start": 0, **found}


def words_of(relation: str) -> str:
    return re.sub("([A-Z])", lambda match: " " + match[1].lower(), relation)


def add_entity(network: nx.MultiDiGraph, key: str, label: str, kind: str = "Person", **more: Any) -> None:
    attributes = {"aliases": [], "links": [], "statements": 0, "iri": f"https://example.org/kg/entity/{key}"} | more
    network.add_node(key, label=label, type=kind, **attributes)


def add_statement(
    network: nx.MultiDiGraph, subject: str, relation: str, obj: str, evidence: dict[str, Any], **more: Any
) -> None:
    base: dict[str, Any] = {
        "relation": relation, "label": words_of(relation), "modality": "actual", "speaker": None, "speaker_id": None,
        "attribution_kind": None, "confidence": 0.93, "article": "x", "title": "", "date": None, "source": None,
        "evidence": [evidence], "time": None, "time_start": None, "time_end": None, "place": None, "position": None,
        "status": None, "number": None, "origin": f"lexicon:{relation}", "symmetric": relation in SYMMETRIC,
    }  # fmt: skip
    network.add_edge(subject, obj, key=f"s{network.number_of_edges():03}", **base | more)


def example() -> nx.MultiDiGraph:
    """Twenty-six entities, forty statements, six articles; invented."""
    network = nx.MultiDiGraph()
    for key, (label, kind, aliases, links) in ENTITIES.items():
        add_entity(network, key, label, kind, aliases=aliases, links=links)
    for article, subject, relation, obj, sentence, more in STATEMENTS:
        title, date, source = ARTICLES[article]
        add_statement(
            network,
            subject,
            relation,
            obj,
            marked(sentence),
            article=article,
            title=title,
            date=date,
            source=source,
            **more,
        )
    return network
