"""The vocabulary as rows to print."""

from __future__ import annotations

from collections.abc import Set as AbstractSet
from difflib import get_close_matches

from kg.errors import NotFoundError
from kg.ontology.model import Class, Ontology, Property


def describe(ontology: Ontology, name: str | None = None) -> list[dict[str, str]]:
    """One row for each class and relation in the order of the files, or the row of one term, with the same keys.

    Keys: kind (class, family, relation, attribution), name, label, definition, iri, group, subject, object, example,
    parents, inverse, symmetric, matches. Values are text; what does not apply is empty.

    :raises NotFoundError: if there is no term of that name.
    """
    rows = [
        *(_class_row(cls) for cls in ontology.classes.values()),
        *(_property_row(ontology, found, "family") for found in ontology.families.values()),
        *(_property_row(ontology, found, "relation") for found in ontology.properties.values()),
        *(
            _row("attribution", term.name, term.label, term.definition, term.iri, parents=term.implies or "")
            for term in ontology.attribution_kinds.values()
        ),
    ]
    if name is None:
        return rows
    found = [row for row in rows if row["name"] == name.rpartition(":")[2]]
    if not found:
        near = get_close_matches(name, [row["name"] for row in rows], n=3)
        fix = f"did you mean {', '.join(near)}?" if near else "`kg ontology show` lists all terms"
        raise NotFoundError(f"the ontology has no class or relation {name!r}", fix=fix)
    return found


def short(ontology: Ontology, types: AbstractSet[str]) -> str:
    """A domain or range in few words: ``Agent or Event`` rather than its six types.

    >>> from kg.ontology import load_ontology
    >>> short(load_ontology(), {"Person", "Organization", "Country", "Group", "Place", "Event"})
    'Agent or Event'
    """
    order = list(ontology.classes)
    covers = {name: ontology.expand(name) for name in order}
    left, chosen = set(types), []
    for name in sorted(order, key=lambda name: (-len(covers[name]), order.index(name))):
        if covers[name] and covers[name] <= types and covers[name] & left:
            chosen.append(name)
            left -= covers[name]
    return " or ".join(chosen)


def _class_row(cls: Class) -> dict[str, str]:
    return _row(
        "class", cls.name, cls.label, cls.definition, cls.iri,
        example=cls.example, parents=", ".join(cls.parents), matches=" ".join(cls.matches),
    )  # fmt: skip


def _property_row(ontology: Ontology, found: Property, kind: str) -> dict[str, str]:
    return _row(
        kind, found.name, found.label, found.definition, found.iri,
        group=found.group, subject=short(ontology, found.domain), object=short(ontology, found.range),
        example=found.example, parents=", ".join(found.parents), inverse=found.inverse or found.inverse_label,
        symmetric="yes" if found.symmetric else "", matches=" ".join(found.matches),
    )  # fmt: skip


def _row(kind: str, name: str, label: str, definition: str, iri: str, **more: str) -> dict[str, str]:
    keys = ("group", "subject", "object", "example", "parents", "inverse", "symmetric", "matches")
    known = {"kind": kind, "name": name, "label": label, "definition": definition, "iri": iri}
    return known | {key: more.get(key, "") for key in keys}
