"""Hand a message to a channel through apprise: e-mail, DingTalk, Feishu, WeCom, Slack, a plain webhook.

The channel's address is a secret: it comes from the environment and never gets into a file, a log or an error text.
"""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from ingest.pack.alerts import AlertChannel

_SECRET_LENGTH = 4


def deliver(channel: AlertChannel, title: str, body: str) -> str | None:
    """Send one message; None when it has arrived, else why it has not."""
    address = os.environ.get(channel.address_env, "").strip()
    if not address:
        return f"环境变量 {channel.address_env} 没有设置 / environment variable {channel.address_env} is not set"
    import logging

    import apprise

    service = apprise.Apprise()
    with apprise.LogCapture(level=logging.WARNING) as log:  # type: ignore[no-untyped-call]
        if not service.add(address):
            return f"环境变量 {channel.address_env} 不是可用的地址 / {channel.address_env} is no known address"
        if service.notify(title=title, body=body, body_format=apprise.NotifyFormat.TEXT):
            return None
        said = log.getvalue()
    return f"没有送达 / not delivered: {without_secrets(said, address)}"


def without_secrets(text: str, address: str) -> str:
    """An error text without any part of the address (tokens, passwords, hosts with tokens in them)."""
    for part in sorted({address, *re.split(r"[/:@?&=,]+", address)}, key=len, reverse=True):
        if len(part) >= _SECRET_LENGTH:
            text = text.replace(part, "***")
    return " ".join(text.split())[:300]
