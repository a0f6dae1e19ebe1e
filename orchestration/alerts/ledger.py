"""What each channel has been told, and the messages that wait for it: one SQLite file in the home.

Edges are found by comparing what is wrong now with what a channel was told; the message and the memory of it are
written in one transaction, so that a killed process neither repeats nor forgets. Belongs here: the memory.
Does not belong here: words and sending.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, fields
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from orchestration.alerts.incidents import Incident

if TYPE_CHECKING:
    from ingest.pack.alerts import AlertChannel

_INCIDENT = [field.name for field in fields(Incident)]
_SCHEMA = f"""
create table if not exists telling (
    channel_code text not null, opened_at text not null, told_at text not null, {", ".join(_INCIDENT)},
    primary key (channel_code, incident_id)
);
create table if not exists message (
    message_no integer primary key, channel_code text not null, created_at text not null,
    title text not null, body text not null, sent_at text, attempts integer not null default 0, last_error text
);
"""


@dataclass(frozen=True)
class Edges:
    """What a channel has to be told: opened, recovered, and open for so long that it is said again."""

    opened: list[Incident]
    recovered: list[Incident]
    reminded: list[Incident]

    def __bool__(self) -> bool:
        """Whether there is anything to tell."""
        return bool(self.opened or self.recovered or self.reminded)


@dataclass(frozen=True)
class Message:
    """One message that waits for its channel."""

    message_no: int
    channel_code: str
    title: str
    body: str
    attempts: int


class Ledger:
    """The memory of the alerts of one home."""

    def __init__(self, path: Path) -> None:
        """Open the file, making it when it is not there."""
        self._path = path
        with self._open() as connection:
            connection.executescript(_SCHEMA)

    @contextmanager
    def _open(self) -> Iterator[sqlite3.Connection]:
        connection = sqlite3.connect(self._path, timeout=30)
        try:
            with connection:
                yield connection
        finally:
            connection.close()

    def tell(
        self, channel: AlertChannel, wrong: Iterable[Incident], at: datetime, worded: Callable[[Edges], tuple[str, str]]
    ) -> Edges:  # fmt: skip
        """Compare what is wrong with what the channel knows; keep the new message and the new memory together."""
        now = {incident.incident_id: incident for incident in wrong}
        with self._open() as connection:
            connection.execute("begin immediate")
            known = {
                row[0]: (Incident(*row[2:]), datetime.fromisoformat(row[1]))
                for row in connection.execute(
                    f"select incident_id, told_at, {', '.join(_INCIDENT)} from telling where channel_code = ?",
                    [channel.channel_code],
                )
            }
            edges = _edges(channel, now, known, at)
            if edges:
                self._remember(connection, channel.channel_code, edges, at)
                title, body = worded(edges)
                connection.execute(
                    "insert into message (channel_code, created_at, title, body) values (?, ?, ?, ?)",
                    [channel.channel_code, at.isoformat(), title, body],
                )
        return edges

    def _remember(self, connection: sqlite3.Connection, channel: str, edges: Edges, at: datetime) -> None:
        for incident in edges.recovered:
            connection.execute(
                "delete from telling where channel_code = ? and incident_id = ?", [channel, incident.incident_id]
            )
        for incident in edges.opened:
            values = [channel, at.isoformat(), at.isoformat(), *asdict(incident).values()]
            connection.execute(f"insert into telling values ({', '.join('?' * len(values))})", values)
        for incident in edges.reminded:
            connection.execute(
                "update telling set told_at = ? where channel_code = ? and incident_id = ?",
                [at.isoformat(), channel, incident.incident_id],
            )

    def waiting(self) -> list[Message]:
        """Messages that were not delivered yet, oldest first."""
        with self._open() as connection:
            rows = connection.execute(
                "select message_no, channel_code, title, body, attempts from message where sent_at is null "
                "order by message_no"
            ).fetchall()
        return [Message(*row) for row in rows]

    def sent(self, message: Message, at: datetime) -> None:
        """Note that a message has arrived."""
        with self._open() as connection:
            connection.execute(
                "update message set sent_at = ?, attempts = attempts + 1, last_error = null where message_no = ?",
                [at.isoformat(), message.message_no],
            )

    def failed(self, message: Message, error: str) -> None:
        """Note that a message could not be delivered; it goes on waiting."""
        with self._open() as connection:
            connection.execute(
                "update message set attempts = attempts + 1, last_error = ? where message_no = ?",
                [error[:500], message.message_no],
            )

    def failing(self) -> dict[str, str]:
        """Channels whose oldest waiting message could not be delivered, with the last error."""
        with self._open() as connection:
            rows = connection.execute(
                "select channel_code, last_error from message where sent_at is null and last_error is not null "
                "order by message_no desc"
            ).fetchall()
        return dict(rows)

    def next_reminder(self, channels: Iterable[AlertChannel]) -> datetime | None:
        """When the first reminder falls due; None when nothing is open or no channel reminds."""
        days = {one.channel_code: one.remind_after_days for one in channels if one.remind_after_days}
        with self._open() as connection:
            rows = connection.execute("select channel_code, min(told_at) from telling group by channel_code").fetchall()
        due = [datetime.fromisoformat(told) + timedelta(days=days[code]) for code, told in rows if code in days]
        return min(due, default=None)


def _edges(
    channel: AlertChannel, now: dict[str, Incident], known: dict[str, tuple[Incident, datetime]], at: datetime
) -> Edges:
    """A channel is told of what concerns it; what it was told of and is right now, it is told too."""
    concerned = {code: one for code, one in now.items() if channel.concerns(one.severity, one.bureau_code)}
    late = timedelta(days=channel.remind_after_days) if channel.remind_after_days else None
    return Edges(
        opened=[one for code, one in concerned.items() if code not in known],
        recovered=[one for code, (one, _) in known.items() if code not in now],
        reminded=[
            now[code] for code, (_, told) in known.items() if code in now and late is not None and at - told >= late
        ],
    )
