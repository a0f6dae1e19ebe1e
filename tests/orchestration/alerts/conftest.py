"""Receivers on the loopback that take what the alerts send, and a home whose release says what is wrong."""

from __future__ import annotations

import json
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from email import message_from_bytes
from email.header import decode_header, make_header
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import duckdb
import pytest
from aiosmtpd.controller import Controller

from ingest.home import Home
from ingest.pack import Pack, load_pack
from ingest.pack.alerts import AlertChannel


@dataclass
class Webhook:
    """A receiver of JSON messages that can be down (answers 503)."""

    port: int = 0
    is_down: bool = False
    messages: list[dict[str, Any]] = field(default_factory=list)
    refused: int = 0

    @property
    def address(self) -> str:
        return f"json://127.0.0.1:{self.port}/tok3n-of-the-webhook"


@pytest.fixture
def webhook() -> Iterator[Webhook]:
    receiver = Webhook()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            content = self.rfile.read(int(self.headers["Content-Length"]))
            if receiver.is_down:
                receiver.refused += 1
            else:
                receiver.messages.append(json.loads(content))
            self.send_response(503 if receiver.is_down else 200)
            self.end_headers()

        def log_message(self, *words: object) -> None:
            """Say nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    receiver.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield receiver
    server.shutdown()
    server.server_close()
    thread.join()


@dataclass
class Letterbox:
    """A mail server's messages, as subject and text."""

    port: int = 0
    letters: list[tuple[str, str]] = field(default_factory=list)

    async def handle_DATA(  # noqa: N802  the name that aiosmtpd calls
        self, server: object, session: object, envelope: Any
    ) -> str:
        mail = message_from_bytes(envelope.content)
        part = next(part for part in mail.walk() if part.get_content_maintype() == "text")
        text = part.get_payload(decode=True).decode(part.get_content_charset() or "utf-8")
        self.letters.append((str(make_header(decode_header(mail["Subject"]))), text))
        return "250 OK"

    @property
    def address(self) -> str:
        return f"mailto://127.0.0.1:{self.port}/?from=jindu@example.org&to=duty@example.org"


@pytest.fixture
def letterbox() -> Iterator[Letterbox]:
    box = Letterbox()
    with socket.create_server(("127.0.0.1", 0)) as probe:
        box.port = probe.getsockname()[1]
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()


@dataclass
class Office:
    """A home, and what its current release says is wrong."""

    home: Home
    pack: Pack

    def wrong(self, *findings: tuple[str, str, str], late: tuple[str, ...] = ()) -> None:
        """Say what is open now: (incident, severity, bureau), and stems whose report of May is missing."""
        folder = self.home.releases / "current"
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "marts.duckdb").unlink(missing_ok=True)
        with duckdb.connect(folder / "marts.duckdb") as con:
            con.execute("create table dim_bureau as select 'czj' as bureau_code, '财政局' as bureau_name")
            con.execute(
                "create table mart_incident (incident_id varchar, severity varchar, owner_bureau_code varchar,"
                " rules varchar, rule_description varchar, question varchar, status varchar, place_count integer,"
                " is_simulated boolean)"
            )
            con.execute(
                "create table mart_reporting_status (bureau_code varchar, stem varchar, reference_month date,"
                " due_date date, status varchar, is_simulated boolean)"
            )
            for (incident, severity, bureau), places in Counter(findings).items():
                con.execute(
                    "insert into mart_incident values (?, ?, ?, 'a_rule', '数值相差约10000倍', '请财政局核实：D4格',"
                    " 'open', ?, false)",
                    [incident, severity, bureau, places],
                )
            for stem in late:
                con.execute(
                    "insert into mart_reporting_status values"
                    " ('czj', ?, '2023-05-01', '2023-06-12', 'missing', true)", [stem]
                )  # fmt: skip


@pytest.fixture
def office(tmp_path: Path) -> Office:
    home = Home(tmp_path / "home").create()
    channel = AlertChannel(channel_code="duty", title="值班", address_env="JINDU_ALERT_DUTY")
    return Office(home, replace(load_pack("shaoyang"), alerts=[channel]))
