"""Looks into one image of a phone's or a hub's folder, with sqlite3 alone: fast, for thousands.

A look gives what is wrong, the state (a digest of every row of every table) and the changes held.
Which states there may be is known from the recording: see matrix.py.
"""

import hashlib
import os
import shutil
import sqlite3

ABSENT = "no store"


class Look:
    """What one image holds. `wrong`: sentences; empty where all is well."""

    def __init__(self):
        self.wrong = []
        self.state = ABSENT
        self.changes = set()  # change ids (phone) or hashes (hub)
        self.writers = {}  # hash → replica (hub)
        self.is_proven = True


def write(files, folder):
    """Puts the files of an image into one folder, by their names."""
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    for path, content in files.items():
        with open(f"{folder}/{os.path.basename(path)}", "wb") as file:
            file.write(content)


def digest(db):
    total = hashlib.sha256()
    names = "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    for (name,) in db.execute(names).fetchall():
        total.update(name.encode())
        total.update(repr(db.execute(f'SELECT * FROM "{name}"').fetchall()).encode())
    return total.hexdigest()


def look(path, files, folder, body):
    """Opens the database `path` of an image and lets `body` look; a lost or broken one shows."""
    found = Look()
    if path not in files:
        return found
    write({p: b for p, b in files.items() if p.startswith(path + "-") or p == path}, folder)
    db = sqlite3.connect(f"{folder}/{os.path.basename(path)}", isolation_level=None)
    try:
        health = db.execute("PRAGMA quick_check(1)").fetchone()[0]
        if health != "ok":
            found.wrong.append("quick_check: " + health)
            return found
        if db.execute("PRAGMA foreign_key_check").fetchone():
            found.wrong.append("rows without what they name")
        found.state = digest(db)
        tables = {row[0] for row in db.execute("SELECT name FROM sqlite_master")}
        body(db, tables, found)
    except sqlite3.Error as error:
        found.wrong.append(f"does not open: {error}")
    finally:
        db.close()
    return found


def phone(path, mark, files, folder):
    """A driver's store: is a tap's every part there, or none of it?"""

    def body(db, tables, found):
        if "meta" not in tables:
            if tables:
                found.wrong.append("tables without a store")
            return
        pruned = " UNION ALL SELECT change_id, replica, counter, hash FROM pruned"
        own = (
            "SELECT * FROM (SELECT change_id, replica, counter, hash FROM changeset"
            + (pruned if "pruned" in tables else "") + ")"
        )
        found.changes = {row[0].hex() for row in db.execute(own)}
        replica, counter, head, nonce = db.execute(
            "SELECT replica, head_counter, head_hash, nonce FROM meta"
        ).fetchone()
        last = db.execute(
            own + " WHERE replica = ? ORDER BY counter DESC LIMIT 1", (replica,)
        ).fetchone()
        # Since version 6 a tap writes its changeset alone: that is the head then.
        is_older = db.execute("PRAGMA user_version").fetchone()[0] < 6
        end = last[2] if last else 0
        if counter > end or (counter < end and is_older) or (counter == end > 0 and last[3] != head):
            found.wrong.append("the head of the chain is not the last changeset")
        loose = (
            "SELECT count(*) FROM changeset WHERE number NOT IN"
            " (SELECT changeset FROM changeset_entity)"
        )
        if db.execute(loose).fetchone()[0]:
            found.wrong.append("a changeset without its rows")
        for (sha,) in db.execute("SELECT value FROM stop_line WHERE list = 'photo'"):
            kept = files.get(f"{path}-blobs/{sha.hex()}")
            if kept is None or hashlib.sha256(kept).digest() != sha:
                found.wrong.append("a fact names a photo that is not there")
        words = files.get(mark, b"").split()
        found.is_proven = len(words) > 1 and words[1].decode() == nonce.hex()

    return look(path, files, folder, body)


def hub(path, files, folder):
    """A hub's log: gapless, each row with its changeset, and the file proves that it goes on."""

    def body(db, tables, found):
        if "hub" not in tables:
            if tables:
                found.wrong.append("tables without a hub")
            return
        found.writers = dict(db.execute("SELECT hash, replica FROM changeset"))
        found.changes = set(found.writers)
        count, last = db.execute("SELECT count(*), ifnull(max(sequence), 0) FROM log").fetchone()
        if count != last:
            found.wrong.append("the log has a gap")
        # Version 1 knew nothing but changesets.
        is_old = db.execute("PRAGMA user_version").fetchone()[0] == 1
        halves = (
            "SELECT (SELECT count(*) FROM changeset WHERE result = 0),"
            f" (SELECT count(*) FROM log{'' if is_old else ' WHERE kind = 0'}),"
            " (SELECT count(*) FROM changeset c JOIN log l USING (replica, counter)"
            "   WHERE c.sequence = l.sequence),"
            " (SELECT count(*) FROM change_dot),"
            # Until version 5 what a place touched stood in rows of its own.
            + (
                " (SELECT count(DISTINCT sequence) FROM touch)"
                if "touch" in tables
                else " (SELECT count(*) FROM log WHERE kind = 0 AND length(entities) > 0)"
            )
        )
        accepted, logged, both, named, touching = db.execute(halves).fetchone()
        if not accepted == logged == both == named == touching:
            found.wrong.append("a changeset without its place in the log, or the reverse")
        if "touch" not in tables:
            # In version 5 it stood among the plan's values, in version 6 by the entity's id.
            version = db.execute("PRAGMA user_version").fetchone()[0]
            key = "f.number = e.number" if version > 6 else "f.entity = e.id"
            row = "fact f WHERE change_index = -1" if "fact" in tables else "record f WHERE field = -1"
            heads = f"SELECT count(*) FROM entity e WHERE 1 <> (SELECT count(*) FROM {row} AND {key})"
            if db.execute(heads).fetchone()[0]:
                found.wrong.append("an entity without its head")
        found.is_proven = continues(db, is_old, files.get(path + ".nonce", b""))

    return look(path, files, folder, body)


def continues(db, is_old, proof):
    """As Continuity.proves: nonce, last place and count of receipts of the file beside it."""
    lines = proof.split(b"\n")
    row = db.execute(f"SELECT nonce, {0 if is_old else 'receipts'} FROM hub").fetchone()
    if row is None or row[0].encode() not in lines[1:]:
        return False
    try:
        sequence, tag, receipts = (int(word, 16) for word in (lines[0] + b" 0").split(b" ")[:3])
    except ValueError:
        return False
    if row[1] < receipts:
        return False
    if sequence == 0:
        return True
    found = db.execute("SELECT tag FROM log WHERE sequence = ?", (sequence,)).fetchone()
    return found is not None and found[0] % 2**64 == tag


def receipts(path):
    """The hashes of a phone's changesets that a hub acknowledged."""
    db = sqlite3.connect(path)
    try:
        return {row[0] for row in db.execute("SELECT hash FROM changeset WHERE state > 0")}
    finally:
        db.close()
