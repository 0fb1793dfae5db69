#!/usr/bin/env python3
"""Follows Spindle's market data and builds the books: MoldUDP64, re-requests, ITCH 5.0.

Standard library only. Pages: docs/protocol/market-data.md.

    spindle_feed.py                                   # lines A and B of an appliance on this machine
    spindle_feed.py --line 10.0.0.5:5000 --rerequest 10.0.0.1:26420

It ends with the session, or after --seconds, and prints each book, best price first: side, price, shares / orders.
"""

import argparse
import collections
import select
import socket
import struct
import sys
import time

HEADER = struct.Struct(">10sQH")
HEARTBEAT, END_OF_SESSION = 0, 0xFFFF
REQUEST_RETRY_S = 0.02
MOST_WANTED = 0xFFFE


class Books:
    """Books of all instruments from ITCH messages; knows nothing of packets."""

    def __init__(self):
        self.symbols = {}
        self.orders = {}
        self.trades = 0

    def on_message(self, data):
        handler = self.HANDLERS.get(data[:1])
        if handler:
            handler(self, data)

    def on_system_event(self, data):
        if data[11:12] == b"O":
            self.orders.clear()

    def on_directory(self, data):
        (locate,) = struct.unpack_from(">H", data, 1)
        self.symbols[locate] = data[11:19].decode("ascii").rstrip()

    def on_add(self, data):
        reference, side, shares, _, price = struct.unpack_from(">QcI8sI", data, 11)
        (locate,) = struct.unpack_from(">H", data, 1)
        self.orders[reference] = [locate, side.decode("ascii"), price, shares]

    def on_executed(self, data):
        reference, shares = struct.unpack_from(">QI", data, 11)
        self.trades += 1
        self.take(reference, shares)

    def on_reduced(self, data):
        self.take(*struct.unpack_from(">QI", data, 11))

    def on_deleted(self, data):
        del self.orders[struct.unpack_from(">Q", data, 11)[0]]

    def on_replaced(self, data):
        old, new, shares, price = struct.unpack_from(">QQII", data, 11)
        locate, side, _, _ = self.orders.pop(old)
        self.orders[new] = [locate, side, price, shares]

    def on_trade(self, data):
        self.trades += 1

    def take(self, reference, shares):
        order = self.orders[reference]
        order[3] -= shares
        if order[3] == 0:
            del self.orders[reference]

    def levels(self, locate, side):
        """Price, shares and orders of each level, best first."""
        total = collections.defaultdict(lambda: [0, 0])
        for order_locate, order_side, price, shares in self.orders.values():
            if order_locate == locate and order_side == side:
                total[price][0] += shares
                total[price][1] += 1
        return [(price, *total[price]) for price in sorted(total, reverse=side == "B")]

    HANDLERS = {
        b"S": on_system_event,
        b"R": on_directory,
        b"A": on_add,
        b"F": on_add,
        b"E": on_executed,
        b"C": on_executed,
        b"X": on_reduced,
        b"D": on_deleted,
        b"U": on_replaced,
        b"P": on_trade,
    }


class Follower:
    """Puts the packets of all lines in order and asks for what none of them brought."""

    def __init__(self, request, on_message):
        self.request = request
        self.on_message = on_message
        self.session = None
        self.expected = 1
        self.announced = 1
        self.waiting = {}
        self.requests = 0
        self.requested_at = 0.0
        self.over = False

    def on_packet(self, packet, now):
        if len(packet) < HEADER.size:
            return
        session, sequence, count = HEADER.unpack_from(packet)
        if self.session is None:
            self.session = session
        if session != self.session:
            return
        if count == END_OF_SESSION:
            self.over = True
            count = 0
        self.announced = max(self.announced, sequence + count)
        offset = HEADER.size
        for number in range(sequence, sequence + count):
            (length,) = struct.unpack_from(">H", packet, offset)
            offset += 2
            if number >= self.expected:
                self.waiting[number] = packet[offset:offset + length]
            offset += length
        if self.expected in self.waiting:
            self.requested_at = 0.0  # it goes on: ask for the rest at once
        while self.expected in self.waiting:
            self.on_message(self.waiting.pop(self.expected))
            self.expected += 1
        self.poll(now)

    def poll(self, now):
        if self.is_complete() or now - self.requested_at < REQUEST_RETRY_S:
            return
        last = min(self.waiting, default=self.announced)
        self.requested_at = now
        self.requests += 1
        count = min(last - self.expected, MOST_WANTED)
        self.request(HEADER.pack(self.session, self.expected, count))

    def is_complete(self):
        return self.session is None or self.expected >= self.announced


def address(text):
    host, port = text.rsplit(":", 1)
    return host, int(port)


def open_line(where, interface):
    """A socket on a multicast group, or on an address of this machine."""
    host, port = where
    line = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    line.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 1 << 22)
    line.bind((host, port))
    if 224 <= int(host.split(".")[0]) <= 239:
        membership = socket.inet_aton(host) + socket.inet_aton(interface)
        line.setsockopt(socket.IPPROTO_IP, socket.IP_ADD_MEMBERSHIP, membership)
    return line


def main():
    options = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    options.add_argument("--line", type=address, action="append", metavar="HOST:PORT",
                         help="where a line arrives; may be given twice (default: lines A and B)")
    options.add_argument("--rerequest", type=address, default=("127.0.0.1", 26420),
                         metavar="HOST:PORT")
    options.add_argument("--interface", default="127.0.0.1", help="address that joins the groups")
    options.add_argument("--seconds", type=float, default=float("inf"),
                         help="end after this long, once all is there, even if the session goes on")
    given = options.parse_args()
    where = given.line or [("239.192.64.1", 26410), ("239.192.64.2", 26411)]

    requests = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    requests.connect(given.rerequest)
    sockets = [requests] + [open_line(each, given.interface) for each in where]
    books = Books()
    follower = Follower(requests.send, books.on_message)
    ends_at = time.monotonic() + given.seconds
    while not (follower.is_complete() and (follower.over or time.monotonic() >= ends_at)):
        readable, _, _ = select.select(sockets, [], [], REQUEST_RETRY_S)
        for each in readable:
            try:
                follower.on_packet(each.recv(2048), time.monotonic())
            except ConnectionRefusedError:
                pass  # nobody serves re-requests just now: ask again
        follower.poll(time.monotonic())

    for locate, symbol in sorted(books.symbols.items()):
        print(symbol)
        for side in "BS":
            for price, shares, orders in books.levels(locate, side):
                print(f"{side} {price} {shares} / {orders}")
    print(f"{follower.expected - 1} messages, {books.trades} trades, "
          f"{follower.requests} requests", file=sys.stderr)


if __name__ == "__main__":
    main()
