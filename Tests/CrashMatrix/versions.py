"""Makes a closed store or hub what the version before wrote: for workloads that open such a one."""

import json
import os
import sqlite3

SQL = os.path.dirname(os.path.abspath(__file__)) + "/../../Schemas/sql/"


def _vector(head):
    """What an entity's head says behind its digest and its last places in the log."""
    return head[34 + 8 * int.from_bytes(head[32:34], "little") :]


def _touches(entities):
    return json.dumps([entities[at : at + 17].hex() for at in range(0, len(entities), 17)])


# Tables whose rows stand elsewhere now.
HUB_ROWS = {
    "entity": """(SELECT e.*, substr(r.bytes, 1, 32) AS digest, vector_of(r.bytes) AS vector
        FROM new.entity e JOIN new.record r ON r.entity = e.id AND r.field = -1)""",
    "record": "(SELECT * FROM new.record WHERE field >= 0)",
    "touch": "(SELECT sequence, unhex(t.value) AS entity FROM new.log, json_each(touches_of(entities)) t)",
}


STORE_ROWS = {
    "stop_line": """(SELECT s.entity, l.*
        FROM new.stop_line l JOIN new.stop_row s ON s.number = l.stop)""",
}


def _rewrite(path, script, *changes, rows={}):
    """The same rows in the tables of an older script; what it has no column for is gone."""
    with open(SQL + script) as file:
        text = file.read()
    db = sqlite3.connect(path + ".old", isolation_level=None)
    db.executescript(text)
    db.create_function("vector_of", 1, _vector)
    db.create_function("touches_of", 1, _touches)
    db.create_function("unhex", 1, bytes.fromhex)
    db.execute("ATTACH ? AS new", (path,))
    for (table,) in db.execute("SELECT name FROM main.sqlite_master WHERE type = 'table'").fetchall():
        columns = ", ".join(r[1] for r in db.execute(f"PRAGMA main.table_info({table})"))
        source = rows.get(table, f"new.{table}")
        db.execute(f"INSERT INTO main.{table} ({columns}) SELECT {columns} FROM {source}")
    for change in changes:
        db.execute(change)
    kind = db.execute("PRAGMA new.application_id").fetchone()[0]
    db.execute("DETACH new")
    db.execute("PRAGMA main.journal_mode = WAL")
    db.execute(f"PRAGMA application_id = {kind}")
    db.execute("PRAGMA user_version = 1")
    db.close()
    for tail in ("-wal", "-shm"):
        if os.path.exists(path + tail):
            os.remove(path + tail)
    os.replace(path + ".old", path)
    os.chmod(path, 0o600)


def phone_of_version_1(world, phone):
    """Its mark lay beside it then."""
    path = world.phone(phone)
    # Its rows were derived by a build that knew less.
    _rewrite(path, "store-1.sql", "UPDATE main.meta SET derivation = 1", rows=STORE_ROWS)
    with open(world.mark(phone)) as file:
        words = file.read().split()
    with open(path + ".nonce", "w") as file:
        file.write(" ".join(["lucky-replica/1", *words[1:4]]) + "\n")
    os.remove(world.mark(phone))


def hub_of_version_1(world):
    """Its mark counted no receipts."""
    _rewrite(world.db, "hub-1.sql", rows=HUB_ROWS)
    with open(world.db + ".nonce") as file:
        first, *nonces = file.read().split("\n")
    with open(world.db + ".nonce", "w") as file:
        file.write("\n".join([" ".join(first.split(" ")[:2]), *nonces]))
