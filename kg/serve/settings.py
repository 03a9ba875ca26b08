"""How much a server gives, to whom, and for how long."""

from __future__ import annotations

import os
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Settings:
    """Limits that hold for every client. The defaults suit one machine and a few people.

    ``seconds`` is what a query may take before its process is ended; ``memory`` is what that process may use, and
    ``answer`` what an answer may have, in bytes. ``waiting`` requests may stand in line for the ``workers``; the next
    is told to come back. A client has ``patience`` seconds to send a request and to take each part of an answer.
    """

    host: str = "127.0.0.1"
    port: int = 8000
    seconds: float = 10.0
    workers: int = max(1, (os.cpu_count() or 2) - 1)
    waiting: int = 400
    answer: int = 32 * 1024 * 1024
    memory: int = 2 * 1024 * 1024 * 1024
    body: int = 256 * 1024
    patience: float = 10.0
    connections: int = 800
    origins: tuple[str, ...] = ()
    hosts: tuple[str, ...] = ()

    @property
    def known_hosts(self) -> frozenset[str]:
        """What a request's ``Host`` may say; empty for anything, where the server is open to the network.

        A page on the web can make a browser call ``http://its.own.name/`` and let that name point to 127.0.0.1 (DNS
        rebinding); its requests then look like our own pages', but for this header.
        """
        if self.hosts:
            return frozenset(host.lower() for host in self.hosts)
        return LOOPBACK if self.host in LOOPBACK else frozenset()


LOOPBACK = frozenset({"127.0.0.1", "::1", "localhost"})
