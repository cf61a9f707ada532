#!/usr/bin/env python3
"""Verifies what the platform signed, without the platform and without its code: verify.py KEYS FILE

KEYS  answer of GET /.well-known/credit-keys, fetched once and kept
FILE  answer of POST /api/checks, a receipt alone, the proof of a batch row, or the answer of GET /feeds/proof

Needs Python 3.8 and the openssl command (3.0 for SM2); nothing is installed, nothing is fetched.
Ends with 0 when it is genuine, with 2 when it is not, with 3 when it cannot tell, with 4 when it is a genuine replay (knownAt), which counts
for no decision.
"""
import base64
import hashlib
import json
import os
import subprocess
import sys
import tempfile

VERDICT = ("department", "matter", "purpose", "restricted", "subjects", "validAt")

# The first version had neither "knownAt" nor "group"; it is verified in the same way.
RECEIPTS = ("credit-check-receipt.v1", "credit-check-receipt.v2")

# What stands before the point in a SubjectPublicKeyInfo.
PREFIX = {
    "P-256": bytes.fromhex("3059301306072a8648ce3d020106082a8648ce3d030107034200"),
    "SM2": bytes.fromhex("3059301306072a8648ce3d020106082a811ccf5501822d034200"),
}


class Forged(Exception):
    pass


def canonical(value):
    """RFC 8785, as far as the platform's documents need it: their numbers are whole, their names ASCII."""
    def whole(text):
        raise ValueError("a number is not whole: " + text)
    json.loads(json.dumps(value), parse_float=whole)
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"), sort_keys=True).encode("utf-8")


def digest(name, content):
    if name == "SHA-256":
        return hashlib.sha256(content).hexdigest()
    if name == "SM3":
        done = subprocess.run(["openssl", "dgst", "-sm3", "-r"], input=content, capture_output=True, check=True)
        return done.stdout.split()[0].decode()
    raise ValueError("unknown digest " + str(name))


def b64(text):
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def der(raw):
    """r and s of 32 bytes each as the SEQUENCE that openssl takes."""
    def integer(half):
        half = half.lstrip(b"\0") or b"\0"
        half = b"\0" + half if half[0] & 0x80 else half
        return b"\x02" + bytes([len(half)]) + half
    if len(raw) != 64:
        raise Forged("the signature is no signature")
    both = integer(raw[:32]) + integer(raw[32:])
    return b"\x30" + bytes([len(both)]) + both


def receipt_signed(document, keys, what):
    """A receipt is signed alone, or under the root over those that were kept together with it."""
    content = {name: value for name, value in document.items() if name not in ("group", "signature")}
    group = document.get("group")
    if group is None:
        return signed(dict(content, signature=document["signature"]), keys, what)
    head = {
        "kind": "credit-receipt-group.v1", "root": root(leaf(canonical(content)), group, group["size"]), "size": group["size"],
        "keyId": document["keyId"], "algorithm": document["algorithm"], "signature": document["signature"],
    }
    return signed(head, keys, what)


def signed(document, keys, what):
    content = {name: value for name, value in document.items() if name != "signature"}
    key = next((key for key in keys if key["kid"] == document["keyId"]), None)
    if key is None:
        raise Forged("the platform has no such key")
    if key["alg"] != document["algorithm"]:
        raise Forged("the key is one of another algorithm")
    point = PREFIX[key["crv"]] + b"\x04" + b64(key["x"]) + b64(key["y"])
    pem = b"-----BEGIN PUBLIC KEY-----\n" + base64.encodebytes(point) + b"-----END PUBLIC KEY-----\n"
    with tempfile.TemporaryDirectory() as folder:
        names = {name: os.path.join(folder, name) for name in ("key", "content", "signature")}
        for name, data in (("key", pem), ("content", canonical(content)), ("signature", der(b64(document["signature"])))):
            with open(names[name], "wb") as file:
                file.write(data)
        way = {
            "ES256": ["-digest", "sha256"],
            "SM2-SM3": ["-digest", "sm3", "-pkeyopt", "distid:1234567812345678"],
        }[document["algorithm"]]
        done = subprocess.run(
            ["openssl", "pkeyutl", "-verify", "-pubin", "-inkey", names["key"], "-rawin", *way, "-in", names["content"], "-sigfile", names["signature"]],
            capture_output=True, check=False)
    if done.returncode != 0:
        raise Forged("the signature does not fit")
    return "%s, signed with %s" % (what, document["keyId"])


def root(leaf, proof, size):
    """RFC 9162 section 2.1.3.2."""
    place, last, hash_ = proof["index"], size - 1, leaf
    if not 0 <= place <= last or proof["size"] != size:
        raise Forged("the proof is of another tree")
    for sibling in map(bytes.fromhex, proof["path"]):
        if last == 0:
            raise Forged("the path is too long")
        if place & 1 or place == last:
            hash_ = hashlib.sha256(b"\x01" + sibling + hash_).digest()
            while place & 1 == 0 and place != 0:
                place, last = place >> 1, last >> 1
        else:
            hash_ = hashlib.sha256(b"\x01" + hash_ + sibling).digest()
        place, last = place >> 1, last >> 1
    if last != 0:
        raise Forged("the path is too short")
    return hash_.hex()


def leaf(content):
    return hashlib.sha256(b"\x00" + content).digest()


def must(found, stated, otherwise):
    if found != stated:
        raise Forged(otherwise)


def answer(document, keys):
    receipt = document["receipt"]
    verdict = {name: document[name] for name in VERDICT if name in document}
    must(digest(receipt["digest"], canonical(verdict)), receipt["verdictHash"], "the answer is not the one the receipt was given for")
    for name in ("number", "asOf", "position"):
        must(document[name], receipt[name], name + " is not that of the receipt")
    if receipt.get("root") is not None:
        batch(document, receipt)
    elif document.get("rows") is not None:
        raise Forged("the receipt is not that of a batch")
    return receipt_signed(receipt, keys, "the answer")


def batch(document, receipt):
    """The sums of a batch are not signed: they are what the rows say, and without the rows nobody can tell."""
    rows = document.get("rows")
    if not isinstance(rows, list):
        raise ValueError("sums of a batch without its rows; verify the receipt alone, or the answer with its rows")
    must(len(rows), receipt["subjects"], "the rows are not those of the batch")
    texts = [hashlib.sha256(canonical(each)).digest() for each in rows]
    hashes = [leaf(each) for each in texts]
    while len(hashes) > 1:
        pairs = [hashes[at:at + 2] for at in range(0, len(hashes), 2)]
        hashes = [pair[0] if len(pair) == 1 else hashlib.sha256(b"\x01" + pair[0] + pair[1]).digest() for pair in pairs]
    must(hashes[0].hex(), receipt["root"], "the rows are not those of the batch")
    hits = sum(len(each.get("hits") or ()) for each in rows)
    restricted = sum(each.get("restricted") is True for each in rows)
    told = {
        "rowCount": len(rows), "faulty": sum(each.get("errors") is not None for each in rows),
        "unknown": sum(each.get("errors") is None and each.get("subjectId") is None for each in rows),
        "restrictedRows": restricted, "hits": hits, "rowsHash": hashlib.sha256(b"".join(texts)).hexdigest(), "restricted": restricted > 0,
    }
    for name, value in told.items():
        must(value, document[name], name + " is not what the rows say")
    must(hits > 0, receipt["found"], "found is not what the rows say")


def row(document, keys):
    receipt = document["receipt"]
    at = leaf(hashlib.sha256(canonical(document["row"])).digest())
    must(root(at, document, receipt["subjects"]), receipt["root"], "the row is not in the batch")
    must(document["row"]["index"], document["index"], "the row stands elsewhere in the batch")
    return receipt_signed(receipt, keys, "row %d of the batch" % document["index"])


def publication(document, keys):
    head, published = document["head"], document["published"]
    for place in published:
        must(place["index"], place["leaf"]["position"] - 1, "a leaf stands elsewhere in the log")
        must(root(leaf(canonical(place["leaf"])), place, head["size"]), head["root"], "the announcement is not in the log")
    salted = hashlib.sha256(bytes.fromhex(document["salt"]) + canonical(document["content"])).hexdigest()
    must(salted, published[-1]["leaf"]["contentHash"], "the content is not the one in the log")
    return signed(head, keys, "the entry, in the log since position %d" % published[0]["leaf"]["position"])


def verify(document, keys):
    kind = document.get("kind")
    if kind in RECEIPTS:
        return receipt_signed(document, keys, "the receipt")
    if kind == "credit-row-proof.v1":
        return row(document, keys)
    if kind == "credit-publication-proof.v1":
        return publication(document, keys)
    if isinstance(document.get("receipt"), dict):
        return answer(document, keys)
    raise ValueError("neither an answer with a receipt nor a proof")


def once(members):
    """Of a member that comes twice one reader would see the first and another the last."""
    if len({name for name, _ in members}) < len(members):
        raise ValueError("a member comes twice")
    return dict(members)


def main(arguments):
    if len(arguments) != 2:
        print(__doc__, file=sys.stderr)
        return 3
    try:
        with open(arguments[0], encoding="utf-8") as file:
            keys = json.load(file, object_pairs_hook=once)["keys"]
        with open(arguments[1], encoding="utf-8") as file:
            document = json.load(file, object_pairs_hook=once)
        print("GENUINE 真实有效: " + verify(document, keys))
        receipt = document["receipt"] if isinstance(document.get("receipt"), dict) else document
        if receipt.get("knownAt") is None:
            return 0
        print("历史重放 replay: counts for no decision 不作为决定前的查询 (position %s)" % receipt["knownAt"])
        return 4
    except Forged as forged:
        print("NOT GENUINE 无效: %s" % forged)
        return 2
    except Exception as fault:  # Whatever is wrong with a file that others wrote, nothing was verified.
        print("Cannot tell 无法核验: %r" % (fault,), file=sys.stderr)
        return 3


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
