#!/usr/bin/env python3
"""Keeps a copy of one public set of the district's credit feeds and proves it. Standard library only.

    replica.py http://localhost:5000 ListEntries copy.db [--wait SECONDS]

First the snapshot from /bulk, then /feeds/changes from where the copy stands. After each head the copy's digest is compared with
the one the server names; exit status 0 means the copy is proved. Run it again at any time: it goes on where it stopped.
"""
import argparse
import gzip
import hashlib
import json
import sqlite3
import sys
import time
import urllib.error
import urllib.request


def row_text(line):
    """The row as it stands in the line: the last member, byte for byte what the hash is over."""
    return line[line.index('"row":') + 6:-1]


def digest_of(copy):
    """Sum, modulo 2^2048, of one number per row; shown as the SHA-256 of the sum. The order of the rows does not matter."""
    total = 0
    for key, content in copy.execute("SELECT key, hash FROM row"):
        message = key.encode() + b"\0" + bytes.fromhex(content)
        total += int.from_bytes(b"".join(hashlib.sha256(bytes([part]) + message).digest() for part in range(8)), "big")
    return hashlib.sha256((total % (1 << 2048)).to_bytes(256, "big")).hexdigest()


def apply(copy, line):
    """Takes one line in; returns it as an object."""
    change = json.loads(line)
    if change["change"] == "put":
        text = row_text(line)
        if hashlib.sha256(text.encode()).hexdigest() != change["hash"]:
            raise ValueError(f"row {change['key']} was altered on its way")
        copy.execute("INSERT OR REPLACE INTO row VALUES (?, ?, ?)", (change["key"], change["hash"], text))
    elif change["change"] == "removed":
        copy.execute("DELETE FROM row WHERE key = ?", (change["key"],))
    return change


def stand_at(copy, cursor):
    copy.execute("INSERT OR REPLACE INTO place VALUES (1, ?)", (str(cursor),))
    copy.commit()  # rows and place together: a crash loses neither


def snapshot(base, name, copy):
    """Starts anew from the file of today."""
    manifest = json.load(urllib.request.urlopen(f"{base}/bulk/{name}"))
    packed = urllib.request.urlopen(base + manifest["ndjson"]["path"]).read()
    if hashlib.sha256(packed).hexdigest() != manifest["ndjson"]["sha256"]:
        raise ValueError("the file was altered on its way")
    copy.execute("DELETE FROM row")
    for line in gzip.decompress(packed).decode().splitlines():
        apply(copy, line)
    if digest_of(copy) != manifest["digest"]:
        raise ValueError("the snapshot is not the state it claims to be")
    stand_at(copy, manifest["position"])


def follow(base, name, copy, wait):
    """Reads changes to the head; returns whether the copy is what the server has."""
    cursor = copy.execute("SELECT cursor FROM place").fetchone()[0]
    proved = False
    with urllib.request.urlopen(f"{base}/feeds/changes?set={name}&after={cursor}&wait={wait}") as stream:
        for raw in stream:
            line = raw.decode().rstrip("\n")
            if not line:
                continue  # heartbeat
            change = apply(copy, line)
            stand_at(copy, change["cursor"])
            if change["change"] == "head":
                named = change["sets"][f"public/{name}"]
                held = copy.execute("SELECT count(*) FROM row").fetchone()[0]
                proved = held == named["rows"] and digest_of(copy) == named["digest"]
                print(f"position {change['position']}, as of {change['asOf']}: {held} rows, {'proved' if proved else 'NOT THE SAME'}", flush=True)
    return proved


def main():
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    arguments.add_argument("base")
    arguments.add_argument("set")
    arguments.add_argument("file")
    arguments.add_argument("--wait", type=int, default=0, help="seconds to wait for more, at most 300")
    given = arguments.parse_args()
    copy = sqlite3.connect(given.file)
    copy.execute("CREATE TABLE IF NOT EXISTS row (key TEXT PRIMARY KEY, hash TEXT NOT NULL, text TEXT NOT NULL)")
    copy.execute("CREATE TABLE IF NOT EXISTS place (one INTEGER PRIMARY KEY, cursor TEXT NOT NULL)")
    for attempt in range(5):
        try:
            if copy.execute("SELECT 1 FROM place").fetchone() is None:
                snapshot(given.base, given.set, copy)
            return 0 if follow(given.base, given.set, copy, given.wait) else 1
        except urllib.error.HTTPError as refused:
            if refused.code == 410:
                print("too far behind: starting from the snapshot", flush=True)
                copy.rollback()
                copy.execute("DELETE FROM place")
                copy.commit()
            elif refused.code in (429, 503):
                time.sleep(int(refused.headers.get("Retry-After", "2")))
            else:
                raise
    return 2


if __name__ == "__main__":
    sys.exit(main())
