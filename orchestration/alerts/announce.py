"""From what is wrong now to messages that have arrived: compare, note, send, and go on when a channel is down.

Belongs here: the order of the steps. Does not belong here: each of them (the modules beside this one).
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import TYPE_CHECKING

from ingest.clock import SHANGHAI
from orchestration.alerts.incidents import Incident, of_release
from orchestration.alerts.ledger import Ledger
from orchestration.alerts.outcome import of_last_run
from orchestration.alerts.words import worded

if TYPE_CHECKING:
    from ingest.home import Home
    from ingest.pack import Pack

LEDGER_FILE = "alerts.sqlite"


@dataclass(frozen=True)
class Announced:
    """What came of one announcement."""

    sent: int
    waiting: int
    failing: dict[str, str]
    """Channels that cannot be reached, with the reason."""


def announce(home: Home, pack: Pack, at: datetime | None = None) -> Announced:
    """Tell every channel of the pack what is new, what is right again and what has been open for long.

    Safe to call again at any time and from any process: a second call finds nothing new to tell and only tries again
    to deliver what is waiting.
    """
    from filelock import FileLock

    if not pack.alerts:
        return Announced(0, 0, {})
    at = at or datetime.now(SHANGHAI)
    with FileLock(home.path / "alerts.lock", timeout=60):
        ledger = Ledger(home.path / LEDGER_FILE)
        wrong = [*of_last_run(home), *of_release(home.current)]
        sent, down = 0, set[str]()
        # the second time for the others to hear of a channel that has failed, or works again, the first time
        for _ in range(2):
            unreachable = [_unreachable(code, error) for code, error in ledger.failing().items()]
            for channel in pack.alerts:
                others = [one for one in unreachable if one.incident_id != f"alerts|{channel.channel_code}"]
                ledger.tell(channel, [*wrong, *others], at, partial(worded, pack.info.title))
            sent += _send(ledger, pack, at, down)
        return Announced(sent, len(ledger.waiting()), ledger.failing())


def has_waiting(home: Home, pack: Pack, at: datetime | None = None) -> bool:
    """Whether a run without news has something to send: a message that waits, or a reminder that is due."""
    path = home.path / LEDGER_FILE
    if not pack.alerts or not path.is_file():
        return False
    ledger = Ledger(path)
    due = ledger.next_reminder(pack.alerts)
    return bool(ledger.waiting()) or (due is not None and due <= (at or datetime.now(SHANGHAI)))


def _send(ledger: Ledger, pack: Pack, at: datetime, down: set[str]) -> int:
    """Deliver what waits, in order; a channel that fails is left alone until the next announcement."""
    from orchestration.alerts.deliver import deliver

    channels = {channel.channel_code: channel for channel in pack.alerts}
    sent = 0
    for message in ledger.waiting():
        channel = channels.get(message.channel_code)
        if message.channel_code in down:
            continue
        error = deliver(channel, message.title, message.body) if channel else "频道已从数据包中删除 / no such channel"
        if error is None:
            ledger.sent(message, at)
            sent += 1
        else:
            ledger.failed(message, error)
            down.add(message.channel_code)
    return sent


def _unreachable(channel_code: str, error: str) -> Incident:
    return Incident(
        f"alerts|{channel_code}", "critical", None, None, f"告警频道 {channel_code} 送不出去，消息在等待",
        f"alert channel {channel_code} cannot be reached, messages wait", error,
    )  # fmt: skip
