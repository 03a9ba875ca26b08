"""A graph as a file, in the format of the file's suffix. One module a family of formats."""

from kg.export.write import FORMATS, export

__all__ = ["FORMATS", "export"]
