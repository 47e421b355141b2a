"""One workload of the matrix: recorded once, then cut at its events; the images judged."""

import functools
import hashlib
import json
import os
import random
import shutil
import sqlite3
import time
import zlib

import events
import stores
from disk import KILLED, VARIANTS, Disk


def print_of(files):
    """What tells an image from another."""
    total = hashlib.sha256()
    for path, content in sorted(files.items()):
        total.update(f"{path}\0".encode() + digest(content))
    return total.digest()


@functools.lru_cache(maxsize=64)
def digest(content):
    """Of a file's bytes; those of most files are in one image after the other."""
    return hashlib.sha256(content).digest()


class Recording:
    """What one run of a workload did, and what it had promised after each event."""

    def __init__(self, world, workload, seed, fault=None):
        self.world, self.workload, self.seed = world, workload, seed
        self.is_hub = workload.side == "hub"
        phone = os.path.dirname(world.phone("drv-1"))
        self.roots = [world.hub_folder] if self.is_hub else [phone, world.state]
        self.db = world.db if self.is_hub else world.phone("drv-1")
        self.mark = world.mark("drv-1")
        self.start = Disk(self.roots)
        self.results = self._run(fault)
        self.events = events.read(world.log)
        self.scratch = world.folder + ".image"

    def _run(self, fault):
        world, workload = self.world, self.workload
        record = (self.roots, fault)
        if self.is_hub:
            world.hub_record = record
        else:
            world.phone_record = record
        results = []
        world.save("step0")
        if self.is_hub or workload.needs_hub:
            world.serve()
        for number, step in enumerate(workload.steps(world)):
            if number > 0 and not self.is_hub:
                world.save(f"step{number}")
            results.append(step())
        world.stop()
        world.hub_record = world.phone_record = None
        return results

    def disk(self):
        """A fresh one, as it was when the recording began."""
        copy = Disk([])
        twins = {}
        for node in {id(n): n for n in self.start.names.values() if n is not None}.values():
            twins[id(node)] = type(node)(node.synced)
        for inode, node in self.start.nodes.items():
            copy.nodes[inode] = twins[id(node)]
        copy.names = {p: n and twins[id(n)] for p, n in self.start.names.items()}
        copy.now = dict(copy.names)
        return copy

    def look(self, files):
        if self.is_hub:
            return stores.hub(self.db, files, self.scratch)
        return stores.phone(self.db, self.mark, files, self.scratch)


class Promises:
    """What every cut after event k must leave: from the disk as written at each event.

    The states of a store are numbered as they came. A cut may leave a state that was there before
    it, and none older than the last one that somebody was told of.
    """

    def __init__(self, recording):
        self.recording = recording
        self.numbers = {}  # state → its numbers
        self.wrong = []  # (event, sentence): images of a killed process
        self.looks = {}  # image → what it holds
        self.writers = 0  # whose changes the hub committed at once, at most
        self.after = []  # per event: (floor, now, acknowledged changes, promised files)
        self._follow()

    def _follow(self):
        recording = self.recording
        disk = recording.disk()
        look = self._look(disk)
        self.hashes = self._known_hashes()
        number, floor = 0, 0
        self.numbers[look.state] = [0]
        told, tokens, is_serving = frozenset(look.changes), False, False
        last = look.state
        for index, event in enumerate(recording.events):
            if event.kind in events.CHANGES:
                disk.play(event)
                before, look = look, self._look(disk)
                self.wrong += [(index, sentence) for sentence in look.wrong]
                together = look.changes - before.changes if look.writers else ()
                self.writers = max(self.writers, len({look.writers[h] for h in together}))
                if look.state != last:
                    number, last = number + 1, look.state
                    self.numbers.setdefault(look.state, []).append(number)
            elif event.kind == "O" or (event.kind == "S" and recording.is_hub):
                is_serving = is_serving or recording.is_hub
                tokens = tokens or b'"has_token":true' in event.data
                if recording.workload.is_serial or event.kind == "O":
                    told, floor = frozenset(look.changes), number
                else:
                    told = told | self._named(event.data)
            if not told <= look.changes:
                self.wrong.append((index, "an acknowledged change is not there"))
            self.after.append((floor, number, told, tokens, is_serving))

    def _look(self, disk):
        """At what a process that is killed now leaves."""
        files = disk.image(KILLED, None)
        image = print_of(files)
        if image not in self.looks:
            self.looks[image] = self.recording.look(files)
        return self.looks[image]

    def _known_hashes(self):
        disk = self.recording.disk()
        for event in self.recording.events:
            if event.kind in events.CHANGES:
                disk.play(event)
        return self.recording.look(disk.image(KILLED, None)).changes

    def _named(self, data):
        """The changesets whose hash an answer of the hub names, and those before them."""
        place = data.find(b"\x1f\x8b\x08")
        if place >= 0:
            try:
                data = data + zlib.decompressobj(31).decompress(data[place:])
            except zlib.error:
                pass
        return frozenset(h for h in self.hashes if isinstance(h, bytes) and h in data)

    def judge(self, index, look, files):
        """What is wrong with an image of a cut after event `index`."""
        floor, now, told, tokens, is_serving = self.after[index]
        wrong = list(look.wrong)
        lost = len(told - look.changes)
        if lost:
            wrong.append(f"{lost} acknowledged changes are lost")
        numbers = [n for n in self.numbers.get(look.state, []) if n <= now]
        if not numbers:
            wrong.append("a state that never was: part of a change")
        elif max(numbers) < floor:
            wrong.append("an older state than the one that was acknowledged")
        if tokens and self.recording.db + ".token" not in files:
            wrong.append("the token that was said to be kept is lost")
        if is_serving and not look.is_proven:
            wrong.append("the hub would begin a new history")
        return wrong


# A turn of draws: so many at least, and the last if of them fewer than this share were new.
TURN = 200
LEAST_NEW = 0.01


class Images:
    """Power cuts, drawn from the recording's seed until enough were unlike all others of it, or the
    time is up."""

    def __init__(self, recording, promises, name):
        self.recording, self.promises = recording, promises
        self.seed, self.name = recording.seed, name
        self.drawn, self.count = 0, 0  # images; those unlike all others and all killed ones
        self.violations = []  # (label, sentences, files)
        self.samples = []  # (label, index, files): for the real programs
        self.unproven = 0
        self._looks = dict(promises.looks)

    def run(self, amount, deadline, only=None):
        """`deadline`: seconds, or None: until there are enough, or hardly any other is left."""
        size = len(self.recording.events) * len(VARIANTS)
        turn = 0
        is_late = lambda: deadline is not None and time.time() > deadline
        # The first turn is whole, however late it is.
        while only or turn == 0 or (self.count < amount and not is_late()):
            draw = random.Random(f"{self.seed}/{self.name}/{turn}")
            drawn, count = self.drawn, self.count
            # Many are alike. A turn costs much, so it draws some at least.
            share = max(amount - self.count, TURN) / size
            disk = self.recording.disk()
            for index, event in enumerate(self.recording.events):
                if event.kind in events.CHANGES:
                    disk.play(event)
                # What follows an acknowledgement is where a promise could be broken.
                is_near = any(
                    e.kind in "OS" for e in self.recording.events[max(0, index - 2) : index + 1]
                )
                for variant in VARIANTS:
                    label = f"{index}:{VARIANTS.index(variant)}:{turn}"
                    if only and label != only:
                        continue
                    if only or draw.random() < share or (is_near and turn == 0):
                        self._judge(disk, index, variant, label)
                if turn > 0 and not only and (is_late() or self.count >= amount):
                    return
            if only and turn == int(only.split(":")[2]):
                return
            turn += 1
            if self.count - count < (self.drawn - drawn) * LEAST_NEW and not only:
                return

    def _judge(self, disk, index, variant, label):
        chance = random.Random(f"{self.seed}/{self.name}/{label}")
        files = disk.image(variant, chance)
        image = print_of(files)
        self.drawn += 1
        if image not in self._looks:
            self.count += 1
            self._looks[image] = self.recording.look(files)
            if len(self.samples) < 400:
                self.samples.append((label, index, files))
        look = self._looks[image]
        self.unproven += look.state != stores.ABSENT and not look.is_proven
        wrong = self.promises.judge(index, look, files)
        if wrong:
            self.violations.append((f"{label} ({variant})", wrong, files))


def put_back(recording, files):
    """Puts an image where the programs look for it."""
    for root in recording.roots:
        shutil.rmtree(root, ignore_errors=True)
        os.makedirs(root, mode=0o700)
    for path, content in files.items():
        os.makedirs(os.path.dirname(path), mode=0o700, exist_ok=True)
        with open(os.open(path, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(content)


def ask_phone(recording, index, promises, files):
    """Opens an image with lucky itself."""
    world = recording.world
    put_back(recording, files)
    exists = recording.db in files
    wrong = []
    for words in (["status", "--date", "2026-11-22"], ["verify", "--offline"], ["outbox", "list"]):
        result = world.lucky("drv-1", *words)
        if result.code != (0 if exists else 64):
            wrong.append(f"lucky {words[0]}: exit {result.code} {result.errors.strip()}")
    return wrong


def ask_hub(recording, index, promises, files):
    """Serves an image with lucky-hub itself."""
    world = recording.world
    put_back(recording, files)
    is_serving = promises.after[index][4]
    try:
        ready = world.serve()
        if ready is None:
            return ["lucky-hub serve does not start"]
        if is_serving and history(files, recording) not in (None, ready["history"]):
            return ["lucky-hub began a new history"]
        result = world.office("plan", "show", "--date", "2026-11-22")
        if result.code != 0:
            return [f"lucky-hub plan show: exit {result.code} {result.errors.strip()}"]
        return []
    finally:
        world.stop()


def history(files, recording):
    stores.write({p: b for p, b in files.items() if p.startswith(recording.db)}, recording.scratch)
    db = sqlite3.connect(f"{recording.scratch}/{os.path.basename(recording.db)}")
    try:
        row = db.execute("SELECT history FROM hub").fetchone()
        return row and row[0].hex()
    finally:
        db.close()


def happened(recording):
    """Whether the recorded store shows what the workload is named for."""
    db = sqlite3.connect(recording.db)
    try:
        return bool(db.execute(recording.workload.happened).fetchone()[0])
    finally:
        db.close()
