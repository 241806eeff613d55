"""Digests for 2,000 people from 20,000 notices: delivered, written and handed to a real SMTP server."""

import socket
import sys
from os import environ  # noqa: TID251  # a benchmark chooses its own server
from time import perf_counter

from aiosmtpd.controller import Controller

from benchmarks.stage import NOW, TODAY, databases, done_with, use
from db import rows
from db.engine import transaction
from db.settings import env
from db.tables.clock import Notice
from db.tables.people import Account
from flows.delivery import delivery
from flows.digest import digest

PEOPLE, EACH = 2_000, 10


class Server:
    """Counts what it is given."""

    def __init__(self) -> None:
        self.received = 0

    async def handle_DATA(self, *_: object) -> str:  # noqa: N802  # aiosmtpd's own name
        self.received += 1
        return "250 OK"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def many_notices(people: int) -> None:
    with transaction() as connection:
        rows.insert_many(connection, Account, [
            {"id": f"d{n}", "name": f"Agent {n}", "role": "social_worker", "body_id": "ccas-roubaix",
             "email": f"d{n}@example.org"}
            for n in range(people)
        ])  # fmt: skip
        rows.insert_many(connection, Notice, [
            {"key": f"b{n}", "recipient_id": f"d{n % people}", "kind": "news", "text": f"Dossier M-26-{n:05d}.",
             "written_at": NOW}
            for n in range(people * EACH)
        ])  # fmt: skip


def main(people: int = PEOPLE) -> None:
    print(f"{'digests':<12}{'people':>8}{'notices':>9}{'deliver s':>11}{'digest s':>10}{'received':>10}")
    box = Server()
    controller = Controller(box, hostname="127.0.0.1", port=free_port())
    controller.start()
    environ["RELOGEMENT_SMTP_HOST"], environ["RELOGEMENT_SMTP_PORT"] = "127.0.0.1", str(controller.port)
    environ["RELOGEMENT_SMTP_SECURITY"] = "none"
    with databases() as found:
        for name, address in found:
            use(address)
            env.cache_clear()
            box.received = 0
            many_notices(people)
            begin = perf_counter()
            delivery(TODAY, NOW)
            delivered = perf_counter() - begin
            begin = perf_counter()
            digest(TODAY, NOW)
            sent = perf_counter() - begin
            print(f"{name:<12}{people:>8}{people * EACH:>9}{delivered:>11.1f}{sent:>10.1f}{box.received:>10}")
            done_with()
    controller.stop()


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE)
