"""Names as words, and what stands for a name."""

from __future__ import annotations

#: The folded words of a name.
Words = tuple[str, ...]
#: What stands for a named thing across articles: its type, and the folded words of its name.
Key = tuple[str, ...]
