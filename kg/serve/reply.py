"""What goes over the pipe between the server and its workers: a task as a line of JSON, a reply as a line and bytes."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final

JSON: Final = "application/json"
HTML: Final = "text/html; charset=utf-8"
PROBLEM: Final = "application/problem+json"


@dataclass(frozen=True, slots=True)
class Reply:
    """An HTTP answer in the making."""

    status: int
    media: str
    body: bytes
    headers: Mapping[str, str] = field(default_factory=dict)

    def head(self) -> bytes:
        """All but the body, as a line."""
        about = {"status": self.status, "media": self.media, "headers": dict(self.headers), "length": len(self.body)}
        return json.dumps(about).encode() + b"\n"


def read_head(line: bytes) -> tuple[dict[str, Any], int]:
    """What :meth:`Reply.head` wrote, and how many bytes follow."""
    about = json.loads(line)
    length = int(about.pop("length"))
    return about, length


def json_reply(
    value: object, *, status: int = 200, media: str = JSON, headers: Mapping[str, str] | None = None
) -> Reply:
    """A value as JSON."""
    body = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode("utf-8", "replace")
    return Reply(status, media, body, headers or {})


def problem(status: int, title: str, detail: str = "", **more: object) -> Reply:
    """A fault as `RFC 9457 <https://www.rfc-editor.org/rfc/rfc9457>`_ has it."""
    about = {"type": "about:blank", "title": title, "status": status, "detail": detail, **more}
    return json_reply({key: value for key, value in about.items() if value}, status=status, media=PROBLEM)
