"""The events that recorder.c notes down, in order."""

import struct
from typing import NamedTuple

# kind, pid, node (inode), place or length, bytes of path, bytes of data; as `struct head` there.
HEAD = struct.Struct("=c3xiQqII")


class Event(NamedTuple):
    """One call that was made, or something that was said.

    kind: W write · T truncate · A room reserved · F sync (a folder's has its path) · C create
    D folder made · R rename, L link (two paths, a line break between) · U name removed
    O standard output · S sent over a socket
    """

    kind: str
    pid: int
    node: int
    at: int
    path: str
    data: bytes


CHANGES = frozenset("WTAFCDRLU")


def read(path):
    """All events of a log. Its end may be torn where the program was killed."""
    with open(path, "rb") as file:
        log = file.read()
    events, place = [], 0
    while place + HEAD.size <= len(log):
        kind, pid, node, at, path_bytes, data_bytes = HEAD.unpack_from(log, place)
        place += HEAD.size
        end = place + path_bytes + data_bytes
        if end > len(log):
            break
        path = log[place : place + path_bytes].decode()
        events.append(
            Event(kind.decode(), pid, node, at, path, log[place + path_bytes : end])
        )
        place = end
    return events
