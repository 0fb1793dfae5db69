#!/usr/bin/env python3
"""Keeps views of the management API right by replacing and removing keys, over any interruption.

    KEY=$(cat data/admin.key) spindle_view.py http://127.0.0.1:8080 balances,orders 1234

It follows until the sequence given and prints {view: {key: value}}."""
import http.client
import json
import os
import sys
import time
import urllib.request

api, wanted, last = sys.argv[1], sys.argv[2], int(sys.argv[3])
views, token, sequence = {}, None, 0


def follow():
    """Reads one connection to its end, or to the sequence that was asked for."""
    global views, token, sequence
    headers = {"Authorization": "Bearer " + os.environ["KEY"], "Accept": "text/event-stream",
               "Last-Event-ID": token or ""}
    request = urllib.request.Request(f"{api}/v1/stream?for={wanted}", headers=headers)
    with urllib.request.urlopen(request, timeout=60) as stream:
        for line in stream:
            if not line.startswith(b"data:"):
                continue
            message = json.loads(line[5:])
            kind, view = message["type"], views.setdefault(message.get("view"), {})
            if kind == "snapshotStart":
                views = {}
            elif kind == "replace":
                view[message["key"]] = message.get("value")
            elif kind == "remove":
                view.pop(message["key"], None)
            elif kind == "resync":
                token = None
                return
            token, sequence = message.get("token", token), message.get("sequence", sequence)
            if sequence >= last and kind in ("bookmark", "snapshotFinish"):
                return


while sequence < last:
    try:
        follow()
    except (OSError, http.client.HTTPException):
        time.sleep(0.2)
views.pop(None, None)
print(json.dumps(views, sort_keys=True))
