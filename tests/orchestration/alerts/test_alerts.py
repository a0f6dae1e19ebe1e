"""A fault is told once, its end once, a long one again by rule, and no message is lost with a channel that is down."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from ingest.clock import SHANGHAI
from ingest.pack.alerts import AlertChannel
from orchestration.alerts import announce, has_waiting, note_outcome
from orchestration.alerts.deliver import without_secrets
from tests.orchestration.alerts.conftest import Letterbox, Office, Webhook

NOON = datetime(2023, 7, 10, 12, tzinfo=SHANGHAI)


@pytest.fixture
def duty(webhook: Webhook, monkeypatch: pytest.MonkeyPatch) -> Webhook:
    monkeypatch.setenv("JINDU_ALERT_DUTY", webhook.address)
    return webhook


def test_a_fault_is_told_once_and_its_recovery_once(office: Office, duty: Webhook) -> None:
    office.wrong(("i1", "critical", "czj"), ("i1", "critical", "czj"))
    for _ in range(3):
        announce(office.home, office.pack, NOON)
    (message,) = duty.messages
    assert message["title"] == "进度 Jindu · 邵阳市统计月报 · 新问题 new 1"
    assert "财政局：数值相差约10000倍（2 处 places）" in message["message"]
    assert "请财政局核实：D4格" in message["message"]
    office.wrong()
    for _ in range(3):
        announce(office.home, office.pack, NOON)
    assert len(duty.messages) == 2
    assert "已恢复 recovered (1)" in duty.messages[1]["message"]


def test_the_same_fault_after_its_recovery_is_told_again(office: Office, duty: Webhook) -> None:
    for findings in ([("i1", "critical", "czj")], [], [("i1", "critical", "czj")]):
        office.wrong(*findings)
        announce(office.home, office.pack, NOON)
    assert [message["title"].rsplit(" · ")[-1] for message in duty.messages] == [
        "新问题 new 1", "已恢复 recovered 1", "新问题 new 1",
    ]  # fmt: skip


def test_many_faults_at_once_are_one_message(office: Office, duty: Webhook) -> None:
    office.wrong(*((f"i{number}", "critical", "czj") for number in range(200)))
    announce(office.home, office.pack, NOON)
    (message,) = duty.messages
    assert message["message"].count("· [") == 20
    assert "另有 180 项" in message["message"]


def test_a_message_waits_for_a_receiver_that_is_down(office: Office, duty: Webhook) -> None:
    duty.is_down = True
    office.wrong(("i1", "critical", "czj"))
    for _ in range(3):
        told = announce(office.home, office.pack, NOON)
        assert (told.sent, told.waiting) == (0, 1)
        assert "duty" in told.failing
        assert has_waiting(office.home, office.pack, NOON)
    duty.is_down = False
    assert announce(office.home, office.pack, NOON).sent == 1
    assert announce(office.home, office.pack, NOON) == type(told)(0, 0, {})
    (message,) = duty.messages
    assert "新问题 new (1)" in message["message"]
    assert duty.refused == 3


def test_a_channel_that_fails_is_an_incident_on_the_others(
    office: Office, duty: Webhook, letterbox: Letterbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("JINDU_ALERT_MAIL", letterbox.address)
    mail = AlertChannel(channel_code="mail", title="邮箱", address_env="JINDU_ALERT_MAIL")
    office.pack = replace(office.pack, alerts=[*office.pack.alerts, mail])
    duty.is_down = True
    office.wrong(("i1", "critical", "czj"))
    announce(office.home, office.pack, NOON)
    announce(office.home, office.pack, NOON)
    assert [subject.rsplit(" · ")[-1] for subject, _ in letterbox.letters] == ["新问题 new 1", "新问题 new 1"]
    assert "告警频道 duty 送不出去" in letterbox.letters[1][1]
    duty.is_down = False
    announce(office.home, office.pack, NOON)
    assert "已恢复 recovered (1)" in letterbox.letters[2][1]
    assert len(letterbox.letters) == 3
    assert len(duty.messages) == 1


def test_an_address_that_is_not_set_keeps_its_messages(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("JINDU_ALERT_DUTY", raising=False)
    office.wrong(("i1", "critical", "czj"))
    told = announce(office.home, office.pack, NOON)
    assert told.waiting == 1
    assert "JINDU_ALERT_DUTY" in told.failing["duty"]


def test_a_channel_hears_of_its_bureaus_and_severities_only(office: Office, duty: Webhook) -> None:
    office.pack = replace(
        office.pack,
        alerts=[office.pack.alerts[0].model_copy(update={"bureaus": ["czj"], "severities": ["critical", "warning"]})],
    )
    office.wrong(("i1", "critical", "tjj"), ("i2", "info", "czj"), late=("czj__budget",))
    announce(office.home, office.pack, NOON)
    (message,) = duty.messages
    assert "2023-05 czj__budget 报表逾期未到" in message["message"]
    assert message["message"].count("· [") == 1
    assert "模拟数据，非统计数据" in message["message"]


def test_what_stays_open_is_said_again_by_rule(office: Office, duty: Webhook) -> None:
    office.pack = replace(
        office.pack, alerts=[office.pack.alerts[0].model_copy(update={"remind_after_days": 3})]
    )  # fmt: skip
    office.wrong(("i1", "critical", "czj"))
    for day in range(8):
        announce(office.home, office.pack, NOON + timedelta(days=day))
    assert [message["title"].rsplit(" · ")[-1] for message in duty.messages] == [
        "新问题 new 1", "仍未解决 still open 1", "仍未解决 still open 1",
    ]  # fmt: skip
    assert not has_waiting(office.home, office.pack, NOON + timedelta(days=8))
    assert has_waiting(office.home, office.pack, NOON + timedelta(days=9))


def test_a_run_that_fails_is_told_until_one_ends_well(office: Office, duty: Webhook) -> None:
    office.wrong()
    for ending in ("failed", "failed", "well", "well"):
        note_outcome(office.home, ending)  # type: ignore[arg-type]
        announce(office.home, office.pack, NOON)
    assert ["运行失败" in message["message"] for message in duty.messages] == [True, True]
    assert "已恢复" in duty.messages[1]["title"]


def test_a_secret_never_stands_in_an_error(office: Office, duty: Webhook) -> None:
    duty.is_down = True
    office.wrong(("i1", "critical", "czj"))
    told = announce(office.home, office.pack, NOON)
    assert "tok3n" not in told.failing["duty"]
    assert without_secrets("cannot reach host:99/abcdef?key=s3cret", "json://host:99/abcdef?key=s3cret") == (
        "cannot reach ***:99/***?key=***"
    )


def test_a_pack_without_channels_tells_nobody(office: Office) -> None:
    office.wrong(("i1", "critical", "czj"))
    announce(office.home, replace(office.pack, alerts=[]), NOON)
    assert not (office.home.path / "alerts.sqlite").exists()
