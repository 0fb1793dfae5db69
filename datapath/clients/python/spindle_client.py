#!/usr/bin/env python3
"""A small trading client for Spindle: standard library only, written from docs/protocol alone.

    spindle_client.py place  --session TEST00 buy 100 SPDL 10.00
    spindle_client.py cancel --session TEST00 1
    spindle_client.py watch  --session TEST00 --seconds 5 [--lose 3]
    spindle_client.py book   SPDL --seconds 5

--lose N drops every Nth datagram from the server before it is looked at, to show recovery.
"""
import argparse
import socket
import struct
import sys
import time
from decimal import Decimal

LOGIN_RETRY, HEARTBEAT, GAP_RETRY, RESEND = 0.2, 0.8, 0.02, 0.05


class Session:
    """Client side of the session layer: logs in, keeps alive, yields reports in order and once."""

    def __init__(self, address, username, password, first=1, lose=0):
        self.socket = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
        self.socket.connect(address)
        self.socket.settimeout(0.005)
        self.credentials = username.ljust(6).encode() + password.ljust(10).encode() + b" " * 10
        self.expected, self.announced = first, 0
        self.session_id, self.sent, self.asked = None, 0.0, 0.0
        self.lose, self.datagrams = lose, 0

    def block(self, kind, body=b""):
        self.sent = time.monotonic()
        try:
            self.socket.send(struct.pack(">Hc", 1 + len(body), kind) + body)
        except ConnectionRefusedError:
            pass  # nobody there yet: as good as lost

    def login(self, patience=5.0):
        deadline = time.monotonic() + patience
        while self.session_id is None:
            if time.monotonic() > deadline:
                raise SystemExit("no answer to the login")
            if time.monotonic() - self.sent > LOGIN_RETRY:
                self.block(b"L", self.credentials)
            list(self.poll())

    def logoff(self):
        self.block(b"O")

    def send(self, message):
        self.block(b"U", message)

    def poll(self):
        """Waits a few milliseconds; yields the reports that are next in sequence."""
        try:
            datagram = self.socket.recv(2048)
        except (socket.timeout, ConnectionRefusedError):
            datagram = b""
        self.datagrams += 1 if datagram else 0
        if datagram and not (self.lose and self.session_id and self.datagrams % self.lose == 0):
            yield from self.packet(datagram)
        now = time.monotonic()
        if self.session_id and self.expected < self.announced and now - self.asked > GAP_RETRY:
            self.asked = now
            count = min(0xFFFF, self.announced - self.expected)
            self.block(b"T", struct.pack(">IH", self.expected, count))
        if self.session_id and now - self.sent > HEARTBEAT:
            self.block(b"R")

    def packet(self, datagram):
        kind = datagram[:1]
        if kind == b"A":
            self.session_id = datagram[1:11].decode()
            self.announced = struct.unpack(">I", datagram[11:15])[0]
            self.expected = self.expected or self.announced
        elif kind == b"J":
            raise SystemExit("login refused: " + datagram[1:2].decode())
        elif kind == b"S":
            first, count = struct.unpack(">IH", datagram[1:7])
            self.announced = max(self.announced, first + count)
            at = 7
            for sequence in range(first, first + count):
                (length,) = struct.unpack(">H", datagram[at : at + 2])
                if sequence == self.expected:
                    self.expected += 1
                    yield datagram[at + 2 : at + 2 + length]
                at += 2 + length


def enter(number, side, quantity, symbol, price, life="0"):
    wire_price = 0x7FFFFFFFFFFFFFFF if price == "market" else int(Decimal(price) * 10000)
    return struct.pack(
        ">cIcI8sQccccc14sH", b"O", number, side.encode(), quantity, symbol.ljust(8).encode(),
        wire_price, life.encode(), b"Y", b"P", b"N", b"N", b" " * 14, 0)


def cancel(number, total=0):
    return struct.pack(">cII", b"X", number, total)


def describe(report):
    kind = chr(report[0])
    if kind == "A":
        number, side, quantity, symbol, price = struct.unpack(">IcI8sQ", report[9:34])
        return f"accepted {number} {side.decode()} {quantity} {symbol.decode().strip()} {price / 10000:.4f}"
    if kind == "E":
        number, quantity, price, liquidity, match = struct.unpack(">IIQcQ", report[9:34])
        return f"executed {number} {quantity} {price / 10000:.4f} {liquidity.decode()} match {match}"
    if kind == "C":
        number, quantity, reason = struct.unpack(">IIc", report[9:18])
        return f"canceled {number} {quantity} {reason.decode()}"
    if kind == "J":
        number, reason = struct.unpack(">IH", report[9:15])
        return f"rejected {number} 0x{reason:04X}"
    if kind == "U":
        original, number = struct.unpack(">II", report[9:17])
        return f"replaced {original} {number}"
    if kind == "N":
        first, count = struct.unpack(">II", report[9:17])
        return f"never arrived {first} {count}"
    if kind == "Q":
        return f"next number {struct.unpack('>I', report[9:13])[0]}"
    return "report " + kind


def number_of(report):
    return struct.unpack(">I", report[9:13])[0]


def until(session, message, wanted, seconds=5.0):
    """Sends a message again and again until a wanted report comes; prints all others on the way."""
    deadline, sent = time.monotonic() + seconds, 0.0
    while time.monotonic() < deadline:
        if time.monotonic() - sent > RESEND:
            sent = time.monotonic()
            session.send(message)
        for report in session.poll():
            print(describe(report), flush=True)
            if wanted(report):
                return report
    raise SystemExit("no answer")


def place(arguments, session):
    answer = until(session, b"Q", lambda report: report[:1] == b"Q")
    number = number_of(answer)
    side = {"buy": "B", "sell": "S", "short": "T"}[arguments.side]
    message = enter(number, side, arguments.quantity, arguments.symbol, arguments.price)
    until(session, message, lambda report: report[:1] in b"AJ" and number_of(report) == number)
    end = time.monotonic() + 0.3
    while time.monotonic() < end:
        for report in session.poll():
            print(describe(report), flush=True)


def cancel_one(arguments, session):
    wanted = lambda report: report[:1] in b"CI" and number_of(report) == arguments.number
    until(session, cancel(arguments.number), wanted)


def watch(arguments, session):
    end = time.monotonic() + arguments.seconds
    while time.monotonic() < end:
        for report in session.poll():
            print(describe(report), flush=True)
    print(f"reports {session.expected - 1} of {session.announced - 1}")


class Book:
    """One symbol's book from ITCH."""

    def __init__(self, symbol):
        self.symbol, self.orders = symbol.ljust(8).encode(), {}

    def apply(self, message):
        kind = message[:1]
        if kind in b"AF" and message[24:32] == self.symbol:
            reference, side, shares = struct.unpack(">QcI", message[11:24])
            self.orders[reference] = [side, shares, struct.unpack(">I", message[32:36])[0]]
        elif kind in b"ECXDU":
            self.change(kind, message)

    def change(self, kind, message):
        (reference,) = struct.unpack(">Q", message[11:19])
        order = self.orders.get(reference)
        if order is None:
            return
        if kind == b"U":
            new, shares, price = struct.unpack(">QII", message[19:35])
            del self.orders[reference]
            self.orders[new] = [order[0], shares, price]
        else:
            order[1] -= order[1] if kind == b"D" else struct.unpack(">I", message[19:23])[0]
            if order[1] == 0:
                del self.orders[reference]

    def levels(self, side):
        levels = {}
        for order_side, shares, price in self.orders.values():
            if order_side == side:
                levels[price] = levels.get(price, 0) + shares
        return sorted(levels.items(), reverse=side == b"B")


def follow(arguments):
    """Builds a book from the feed; every gap, the beginning included, is asked for by unicast."""
    group = "239.192.64.1"
    feed = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    feed.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    feed.bind((group, arguments.port_base + 10))
    member = socket.inet_aton(group) + socket.inet_aton(arguments.host)
    feed.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, member)
    feed.settimeout(0.005)
    asker = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    asker.settimeout(0.005)
    book, expected, asked, end = Book(arguments.symbol), 1, 0.0, time.monotonic() + arguments.seconds
    while time.monotonic() < end:
        for source in (feed, asker):
            try:
                packet = source.recv(2048)
            except (socket.timeout, ConnectionRefusedError):
                continue
            first, count = struct.unpack(">QH", packet[10:20])
            at = 20
            for sequence in range(first, first + (0 if count == 0xFFFF else count)):
                (length,) = struct.unpack(">H", packet[at : at + 2])
                if sequence == expected:
                    expected += 1
                    book.apply(packet[at + 2 : at + 2 + length])
                at += 2 + length
            if first > expected and time.monotonic() - asked > GAP_RETRY:
                asked = time.monotonic()
                request = packet[:10] + struct.pack(">QH", expected, min(0xFFFE, first - expected))
                asker.sendto(request, (arguments.host, arguments.port_base + 20))
    for side, name in ((b"B", "bid"), (b"S", "ask")):
        for price, shares in book.levels(side):
            print(f"{name} {price / 10000:.4f} {shares}")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port-base", type=int, default=26400)
    commands = parser.add_subparsers(dest="command", required=True)
    for name in ("place", "cancel", "watch", "book"):
        command = commands.add_parser(name)
        if name != "book":
            command.add_argument("--session", default="TEST00")
            command.add_argument("--password", default="spindle")
        if name in ("watch", "book"):
            command.add_argument("--seconds", type=float, default=5)
        if name == "place":
            command.add_argument("side", choices=("buy", "sell", "short"))
            command.add_argument("quantity", type=int)
            command.add_argument("symbol")
            command.add_argument("price")
        elif name == "cancel":
            command.add_argument("number", type=int)
        elif name == "watch":
            command.add_argument("--lose", type=int, default=0)
        else:
            command.add_argument("symbol")
    arguments = parser.parse_args()
    if arguments.command == "book":
        follow(arguments)
        return
    first = 1 if arguments.command == "watch" else 0
    session = Session((arguments.host, arguments.port_base), arguments.session, arguments.password,
                      first, getattr(arguments, "lose", 0))
    session.login()
    {"place": place, "cancel": cancel_one, "watch": watch}[arguments.command](arguments, session)
    session.logoff()


if __name__ == "__main__":
    sys.exit(main())
