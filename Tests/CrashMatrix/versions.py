"""Makes a closed store or hub what an older version wrote: for workloads that open such a one."""

import json
import os
import sqlite3

SQL = os.path.dirname(os.path.abspath(__file__)) + "/../../Schemas/sql/"


def _vector(head):
    """What an entity's head says behind its digest and its last places in the log."""
    return head[34 + 8 * int.from_bytes(head[32:34], "little") :]


def _touches(entities):
    return json.dumps([entities[at : at + 17].hex() for at in range(0, len(entities), 17)])


VERSIONS = {"phone": (1, 2, 3, 4, 5), "hub": (1, 2, 3, 4, 5, 6)}

# By version: with which derived rows and rules its builds wrote.
DERIVATIONS = {1: 1, 2: 2, 3: 2, 4: 3, 5: 4}
RULES = {2: 2, 3: 3, 4: 4, 5: 5, 6: 5}

# Until version 6 heads and facts were by their entity's id.
_FACTS = "(SELECT e.id AS entity, f.* FROM new.fact f JOIN new.entity e USING (number))"

_RECORDS = f"""(SELECT entity, field, change_id, change_index, sequence, bytes FROM new.record UNION ALL
    SELECT entity, iif(change_index < 0, -1, 0) AS field, change_id, max(change_index, 0) AS change_index,
        sequence, bytes FROM {_FACTS})"""

# Tables whose rows stand elsewhere now. Until version 3 a stop's present customer stood with it.
HUB_ROWS = {
    "entity": """(SELECT e.*, substr(f.bytes, 1, 32) AS digest, vector_of(f.bytes) AS vector,
        NULL AS customer FROM new.entity e JOIN new.fact f USING (number) WHERE f.change_index = -1)""",
    "record": f"(SELECT * FROM {_RECORDS} WHERE field >= 0)",
    "touch": "(SELECT sequence, unhex(t.value) AS entity FROM new.log, json_each(touches_of(entities)) t)",
}


# Until version 4 a stop's lists were by its id.
STORE_ROWS = {
    "stop_line": """(SELECT s.entity, l.*
        FROM new.stop_line l JOIN new.stop_row s ON s.number = l.stop)""",
}

# Until version 5 each tap wrote head and clock there, too.
HEAD = """UPDATE main.meta SET (head_counter, head_hash, hlc_ms, hlc_logical) = (
        SELECT c.counter, c.hash, c.hlc_ms, c.hlc_logical FROM new.changeset c
        WHERE c.replica = meta.replica ORDER BY c.counter DESC LIMIT 1)
    WHERE head_counter <
        (SELECT max(c.counter) FROM new.changeset c WHERE c.replica = meta.replica)"""


def _rewrite(path, kind, version, rows, *changes):
    """The same rows in the tables of an older version; what it has no column for is gone."""
    db = sqlite3.connect(path + ".old", isolation_level=None)
    for number in range(1, version + 1):
        with open(f"{SQL}{kind}-{number}.sql") as file:
            db.executescript(file.read())
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
    application = db.execute("PRAGMA new.application_id").fetchone()[0]
    db.execute("DETACH new")
    db.execute("PRAGMA main.journal_mode = WAL")
    db.execute(f"PRAGMA application_id = {application}")
    db.execute(f"PRAGMA user_version = {version}")
    db.close()
    for tail in ("-wal", "-shm"):
        if os.path.exists(path + tail):
            os.remove(path + tail)
    os.replace(path + ".old", path)
    os.chmod(path, 0o600)


def phone_of(version, world, phone):
    """Its rows were derived by a build that knew less; of version 1 its mark lies beside it."""
    path = world.phone(phone)
    derived = f"UPDATE main.meta SET derivation = {DERIVATIONS[version]}"
    rows = STORE_ROWS if version < 5 else {}
    _rewrite(path, "store", version, rows, derived, HEAD)
    if version > 1:
        return
    with open(world.mark(phone)) as file:
        words = file.read().split()
    with open(path + ".nonce", "w") as file:
        file.write(" ".join(["lucky-replica/1", *words[1:4]]) + "\n")
    os.remove(world.mark(phone))


def hub_of(version, world):
    """Its entities were searched by older rules; of version 1 its mark counts no receipts."""
    if version > 1:
        searched = f"UPDATE main.entity SET rules = {RULES[version]}"
        # Version 5 had the heads among the records.
        rows = {5: HUB_ROWS | {"record": _RECORDS}, 6: {"fact": _FACTS}}.get(version, HUB_ROWS)
        return _rewrite(world.db, "hub", version, rows, searched)
    _rewrite(world.db, "hub", version, HUB_ROWS)
    with open(world.db + ".nonce") as file:
        first, *nonces = file.read().split("\n")
    with open(world.db + ".nonce", "w") as file:
        file.write("\n".join([" ".join(first.split(" ")[:2]), *nonces]))
