"""A disk that tells what was written from what was synced, and what a power cut may leave of it."""

import os

SECTOR = 512

# Files that nothing depends on; the ballast among them is 16 MiB of nothing.
IGNORED = (".lease", ".pump", ".ballast")

# Of unsynced data and of unsynced names in folders. `killed` is no power cut: all that was written.
KILLED = "killed"
VARIANTS = (
    "data lost, names lost",
    "data lost, names kept",
    "data kept, names lost",
    "data cut at a write",
    "any writes",
    "last write torn",
    "last writes only",
    "any sectors",
)


class Node:
    """A file's bytes: those synced, and the writes since, in order."""

    __slots__ = ("synced", "pending")

    def __init__(self, synced=b""):
        self.synced = bytes(synced)
        self.pending = []

    def sync(self):
        self.synced = self.bytes(self.pending)
        self.pending = []

    def bytes(self, writes):
        if not writes:
            return self.synced
        content = bytearray(self.synced)
        for write in writes:
            apply(write, content)
        return bytes(content)


def apply(write, content):
    kind, at, data = write
    if kind == "W":
        if len(content) < at:
            content.extend(bytes(at - len(content)))
        content[at : at + len(data)] = data
    elif kind == "T":
        del content[at:]
        content.extend(bytes(at - len(content)))


class Disk:
    """Replays events over what lay in the folders when the recording began."""

    def __init__(self, roots):
        self.names = {}  # path → Node, or None for a folder; as synced
        self.pending = {}  # folder → [change of its names since its last sync]
        self.now = {}  # path → Node or None; as written
        self.nodes = {}  # inode → Node
        for root in roots:
            for folder, _, files in os.walk(root):
                self.names[folder] = None
                for name in files:
                    if name.endswith("-shm"):
                        continue
                    path = os.path.join(folder, name)
                    node = Node(b"" if name.endswith(IGNORED) else read(path))
                    self.nodes[os.stat(path).st_ino] = node
                    self.names[path] = node
        self.now.update(self.names)

    def play(self, event):
        kind = event.kind
        if kind in "WT":
            self.nodes[event.node].pending.append((kind, event.at, event.data))
        elif kind == "F":
            if event.path:
                self._sync_names(event.path)
            else:
                self.nodes[event.node].sync()
        elif kind == "C":
            node = self.nodes[event.node] = Node()
            self._rename(event.path, ("+", event.path, node))
        elif kind == "D":
            self._rename(event.path, ("+", event.path, None))
        elif kind == "U":
            self._rename(event.path, ("-", event.path, None))
        elif kind in "RL":
            old, new = event.path.split("\n")
            if os.path.dirname(old) != os.path.dirname(new):
                raise NotImplementedError("a file moved to another folder: " + event.path)
            node = self.now[old]
            self._rename(new, ("r" if kind == "R" else "+", new, node, old))

    def _rename(self, path, change):
        self.pending.setdefault(os.path.dirname(path), []).append(change)
        move(change, self.now)

    def _sync_names(self, folder):
        for change in self.pending.pop(folder, []):
            move(change, self.names)

    def image(self, variant, random):
        """What is on the disk after a cut now: path → bytes. Without folders, and what is ignored."""
        if variant == KILLED:
            return {p: n.bytes(n.pending) for p, n in self.now.items() if is_kept(p, n)}
        names = dict(self.names)
        for folder, changes in sorted(self.pending.items()):
            for change in changes[: self._kept(variant, len(changes), random)]:
                move(change, names)
        result = {}
        for path, node in sorted(names.items()):
            if is_kept(path, node) and self._is_reachable(path, names):
                result[path] = node.bytes(survivors(variant, node.pending, random))
        return result

    def _kept(self, variant, count, random):
        if variant.endswith("names lost"):
            return 0
        if variant.endswith("names kept"):
            return count
        return random.choice((0, count, random.randint(0, count)))

    def _is_reachable(self, path, names):
        folder = os.path.dirname(path)
        while folder not in self.names and folder in self.now:
            if folder not in names:
                return False
            folder = os.path.dirname(folder)
        return True


def read(path):
    with open(path, "rb") as file:
        return file.read()


def is_kept(path, node):
    return node is not None and not path.endswith(IGNORED)


def move(change, names):
    if change[0] == "+":
        names[change[1]] = change[2]
    elif change[0] == "-":
        names.pop(change[1], None)
    else:
        names[change[1]] = change[2]
        names.pop(change[3], None)


def survivors(variant, writes, random):
    """Those of a file's unsynced writes that reached the disk."""
    if not writes or variant.startswith("data lost"):
        return []
    if variant.startswith("data kept"):
        return writes
    if variant == "data cut at a write":
        return writes[: random.randint(0, len(writes))]
    if variant == "any writes":
        return [write for write in writes if random.random() < 0.5]
    if variant == "last writes only":
        return writes[random.randint(0, len(writes)) :]
    if variant == "last write torn":
        kept = writes[: random.randint(1, len(writes))]
        return kept[:-1] + torn(kept[-1], random, first=True)
    return [piece for write in writes for piece in torn(write, random, first=False)]


def torn(write, random, first):
    """The sectors of one write that reached the disk: the first ones, or any."""
    kind, at, data = write
    if kind != "W" or len(data) <= 1:
        return [write] if random.random() < 0.5 else []
    cuts = list(range(SECTOR - at % SECTOR, len(data), SECTOR))
    edges = list(zip([0] + cuts, cuts + [len(data)]))
    if first:
        edges = edges[: random.randint(0, len(edges))]
    else:
        edges = [edge for edge in edges if random.random() < 0.5]
    return [("W", at + a, data[a:b]) for a, b in edges]
