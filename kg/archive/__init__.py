"""The archive of a graph: every article with all that was read from it, unresolved, in one SQLite file.

This is the truth of a graph folder; entities and RDF are derived from it. Each article is written in a transaction of
its own, so a build that is cut off keeps what it has read. One process writes at a time; any number may read.
"""

from kg.archive.archive import Archive, reading_key
from kg.archive.database import FILE_NAME, FORMAT, LOCK_NAME
from kg.archive.history import Change, Event, EventKind, Moment
from kg.archive.manifest import Manifest

__all__ = [
    "FILE_NAME",
    "FORMAT",
    "LOCK_NAME",
    "Archive",
    "Change",
    "Event",
    "EventKind",
    "Manifest",
    "Moment",
    "reading_key",
]
