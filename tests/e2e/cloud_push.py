#!/usr/bin/env python3
# SPDX-License-Identifier: Apache-2.0
"""`keystamp cloud push` and the stand-in's APIs: a trial changes nothing; then each recorded device is there, once, whatever befell the push."""

import itertools
import json
import os
import subprocess
import sys

sys.path.insert(0, os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "support"))
from cloud import Cloud, with_cloud  # noqa: E402
from station import BIN, Station  # noqa: E402

BOARDS, UNITS = 4, 12
TEMPLATE = "dtmi:acme:board;1"


def push_words(station, *words):
    return [str(word) for word in (BIN / "keystamp", "--config", station.config, "cloud", "push", *words)]


def push(station, token, *words, code=0):
    """What it says as JSON; its messages. The token goes by standard input."""
    done = subprocess.run(push_words(station, *words, "--json"), input=token + "\n", capture_output=True, text=True, start_new_session=True, timeout=60, check=False)
    assert done.returncode == code, f"push {words}: exit {done.returncode}\n{done.stdout}{done.stderr}"
    assert "sig=" not in done.stdout + done.stderr, "a token is never shown"
    return json.loads(done.stdout), done.stderr


def counts(said):
    return {name: len(said[name]) if isinstance(said[name], list) else said[name] for name in ("created", "approved", "right", "left", "failed", "byGroup")}


def is_(said, **wanted):
    """Exactly so many of each; what is not named is none."""
    seen = {name: count for name, count in counts(said).items() if count}
    assert seen == wanted, f"{seen}, not {wanted}"


def to_service(station, cloud, service, **more):
    with_cloud(station, cloud, push={"service": service, "host": cloud.endpoint, **more})


def recorded(station, batch):
    return sorted(device for (device,) in station.journal("select id from unit where batch = ? and state = 'RECORDED'", batch))


def audited(station):
    rows = [json.loads(line) for (line,) in station.journal("select line from audit order by number")]
    return [row for row in rows if row["kind"] == "cloud-push"]


def refusals(station, cloud, token):
    """Off unless configured; a token that is none, or not theirs; an unknown batch. Nothing is changed."""
    with_cloud(station, cloud)
    said, _ = push(station, token, "certs", code=2)
    assert "[cloud.push]" in said["error"]["detail"], said
    to_service(station, cloud, "iot-central", template=TEMPLATE)
    assert "no token" in push(station, "", "certs", code=2)[0]["error"]["detail"]
    assert "no token" in push(station, "abc", "certs", code=2)[0]["error"]["detail"]
    assert push(station, token, "nothing", code=2)[0]["error"]["code"] == "unknown-batch"
    said, told = push(station, token[:-1] + "9", "certs", "--apply", code=1)
    assert said["ended"]["native"] == 401 and "does not accept the token" in told, told
    is_(said)
    with_cloud(station, cloud, ca_file="ca/root.pem", push={"service": "iot-central", "host": cloud.endpoint})
    assert push(station, token, "certs", "--apply", code=3)[0]["ended"]["code"] == "cloud-unreachable"
    assert cloud.portal("GET", "devices") == []


def first_a_trial_then_done(station, cloud, token, devices):
    """Of twelve: one is there and right, one blocked, one un-associated because it registered before, one another template's."""
    right, blocked, loose, other, *absent = devices
    to_service(station, cloud, "iot-central", template=TEMPLATE)
    for device, template in ((right, TEMPLATE), (blocked, TEMPLATE), (loose, None), (other, "dtmi:acme:older;1")):
        cloud.portal("POST", "devices", {"id": device, "template": template})
    cloud.portal("PATCH", f"devices/{blocked}", {"blocked": True})
    before, rows = cloud.portal("GET", "devices"), len(audited(station))
    said, _ = push(station, token, "certs")
    is_(said, created=len(absent), approved=1, right=1, left=2)
    assert cloud.portal("GET", "devices") == before and len(audited(station)) == rows, "a trial changes nothing"

    cloud.portal("POST", "faults", {"throttle": 2})
    cloud.portal("POST", "faults", {"device": absent[0], "errorCode": 400004})
    said, told = push(station, token, "certs", "--apply", code=1)
    assert "too many requests; going on in" in told, told
    is_(said, created=len(absent) - 1, approved=1, right=1, left=2, failed=1)
    assert said["failed"][0]["id"] == absent[0] and "400" in said["failed"][0]["why"], said
    assert {one["id"]: one["why"].split()[2] for one in said["left"]} == {blocked: "blocked", other: "associated"}, said
    assert cloud.device(blocked)["blocked"] and cloud.device(other)["template"] == "dtmi:acme:older;1"
    assert cloud.device(loose)["template"] == TEMPLATE and cloud.device(loose)["approved"]
    row = audited(station)[-1]
    assert len(audited(station)) == rows + 1 and (row["batch"], row["created"], row["failed"], row["left"]) == ("certs", len(absent) - 1, 1, 2), row

    cloud.portal("POST", "faults", {"device": absent[0], "errorCode": None})
    is_(push(station, token, "certs", "--apply")[0], created=1, right=len(absent) + 1, left=2)
    before = cloud.portal("GET", "asked")
    is_(push(station, token, "certs", "--apply")[0], right=len(absent) + 2, left=2)
    after = cloud.portal("GET", "asked")  # by a connection of its own
    assert (after["asked"] - before["asked"], after["connections"] - before["connections"]) == (len(devices), 2), "all questions go by one connection"
    assert sorted(each["id"] for each in cloud.portal("GET", "devices")) == devices, "recorded devices, and no void one"


def killed_at(station, cloud, token, batch, place, questions):
    """Before each of these questions to the cloud was done, and after: the next push does the rest, and none was told twice."""
    devices = recorded(station, batch)
    for nth, after in itertools.product(questions, (False, True)):
        cloud.portal("DELETE", place)
        cloud.portal("POST", "stall", {"nth": nth, "after": after})
        process = subprocess.Popen(push_words(station, batch, "--apply"), stdin=subprocess.PIPE, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                   text=True, start_new_session=True)
        process.stdin.write(token + "\n")
        process.stdin.close()
        while not cloud.portal("GET", "asked")["stalled"]:
            assert process.poll() is None, f"it ended before question {nth}"
        process.kill()
        process.wait()
        there = len(cloud.portal("GET", place))
        is_(push(station, token, batch, "--apply")[0], **{name: n for name, n in (("created", len(devices) - there), ("right", there)) if n})
        asked = cloud.portal("GET", "asked")
        assert asked["changed"] == dict.fromkeys(devices, 1), f"killed at {nth}, {after}: {asked}"


def stopped_while_it_waits(station, cloud, token):
    """SIGTERM ends it at once, with what was done on record."""
    to_service(station, cloud, "iot-central")
    cloud.portal("POST", "faults", {"throttle": 1000})
    process = subprocess.Popen(push_words(station, "keys", "--apply"), stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
                               start_new_session=True)
    process.stdin.write(token + "\n")
    process.stdin.flush()
    assert "too many requests" in process.stderr.readline()
    process.terminate()
    said, _ = process.communicate(timeout=30)
    assert process.returncode == 1 and f"0 of {BOARDS} devices were looked at" in said, said
    assert audited(station)[-1]["ended"] == "aborted", audited(station)[-1]
    cloud.portal("POST", "faults", {"throttle": 0})


def enrolments(station, cloud, token, devices):
    """The service API of DPS: ten a request, a disabled one is left, one that is refused spoils no other; keys are opened by their group."""
    disabled, refused, *rest = devices
    to_service(station, cloud, "dps")
    cloud.portal("POST", "faults", {"device": refused, "errorCode": 400207})
    before = cloud.portal("GET", "asked")["asked"]
    said, _ = push(station, token, "certs", "--apply", code=1)
    is_(said, created=len(devices) - 1, failed=1)
    assert said["failed"][0]["id"] == refused, said
    # one look fails with the fault and is asked no more; the others are created by two requests
    asked = cloud.portal("GET", "asked")["asked"] - before
    assert asked == len(devices) - 1 + 2, asked
    cloud.portal("POST", "faults", {"device": refused, "errorCode": None})
    cloud.portal("PATCH", f"enrolments/{disabled}", {"status": "disabled"})
    is_(push(station, token, "certs", "--apply")[0], created=1, right=len(rest), left=1)
    assert {one["id"]: one["status"] for one in cloud.portal("GET", "enrolments")} == {**dict.fromkeys(devices, "enabled"), disabled: "disabled"}
    is_(push(station, token, "keys", "--apply")[0], byGroup=len(recorded(station, "keys")))


def main():
    with Station(fixtures=BOARDS) as station, Cloud(station.folder) as cloud:
        station.start_boards()
        station.create_batch("certs", "x509", UNITS + 1)
        station.run_to_the_end("certs", UNITS + 1)
        station.create_batch("keys", "sas", BOARDS)
        station.run_to_the_end("keys", BOARDS)
        station.stop_boards()
        scrapped = recorded(station, "certs")[-1]
        station.command("unit", "scrap", scrapped, "--reason", "quality sample")
        token = cloud.portal("POST", "tokens")["token"]
        devices = recorded(station, "certs")
        assert len(devices) == UNITS and scrapped not in devices
        refusals(station, cloud, token)
        first_a_trial_then_done(station, cloud, token, devices)
        enrolments(station, cloud, token, devices)
        stopped_while_it_waits(station, cloud, token)
        # a look and a creation for each; with DPS ten looks, ten creations in one, two looks, two creations in one
        killed_at(station, cloud, token, "keys", "devices", range(1, 2 * BOARDS + 1))
        to_service(station, cloud, "dps")
        killed_at(station, cloud, token, "certs", "enrolments", (5, 11, 14))
        for name in ("journal.db", "journal.db-wal"):
            path = station.folder / "data" / name
            assert not path.exists() or b"SharedAccessSignature" not in path.read_bytes(), f"the token is in {name}"
    print(f"{UNITS} devices pushed: tried, throttled, refused, left where blocked, stopped, killed at each question; none twice")


if __name__ == "__main__":
    main()
