"""What one process does for one workload, and the table of all."""

import os
import random
import shutil
import sys
import tempfile
import time
import traceback

import faults
import matrix
import workloads
import world

# With syncs that do nothing, these must be found to lose what was acknowledged.
CANARIES = ("tap", "hub-accept")
CANARY_IMAGES = 150
CANARY_SHARE = 0.3


def share(given):
    """The images of one workload."""
    return -(-given.images // len(given.names))


class Order:
    """One workload to be played."""

    fault = None

    def __init__(self, name, folder, recorder, given):
        self.name, self.folder, self.recorder, self.given = name, folder, recorder, given
        self.seconds = 2 * given.seconds / (len(given.names) + CANARY_SHARE * len(CANARIES))
        self.images = share(given)
        self.is_canary = False

    @property
    def place(self):
        """Its folders' path, without what follows a point in their names."""
        return f"{self.folder}/{'canary-' if self.is_canary else ''}{self.name}"


class Canary(Order):
    """The same without syncs: must be red, or a green matrix means nothing."""

    fault = "drop-sync:1"

    def __init__(self, name, folder, recorder, given):
        super().__init__(name, folder, recorder, given)
        self.images, self.is_canary = CANARY_IMAGES, True
        self.seconds *= CANARY_SHARE


class Outcome:
    def __init__(self, order):
        self.name, self.is_canary = order.name, order.is_canary
        self.counts = dict.fromkeys(("kill", "power", "enospc", "eio-once", "eio-ever"), 0)
        self.drawn = self.asked = 0
        self.versions = []  # of the files that were opened, where those are older ones
        self.recordings = 0
        self.problems = []  # (options that replay it, sentences)
        self.lost = 0  # images that lost something acknowledged

    @property
    def images(self):
        return self.counts["kill"] + self.counts["power"]


def play(order):
    outcome = Outcome(order)
    try:
        _play(order, outcome)
    except Exception:
        outcome.problems.append((f"--seed {order.given.seed}", [traceback.format_exc()]))
    finally:
        for folder in os.listdir(order.folder):
            # Not every name that begins so: another process is at work in tap-with-photo.
            if f"{order.folder}/{folder}.".startswith(order.place + "."):
                shutil.rmtree(f"{order.folder}/{folder}", ignore_errors=True)
    return outcome


def _play(order, outcome):
    deadline = time.time() + order.seconds
    given = order.given
    recording, promises = record(order, outcome, given.seed)
    if not given.fault:
        cut(order, outcome, recording, promises, deadline)
    if given.deep and not (order.is_canary or given.image or given.fault):
        refill(
            outcome, order.images, given.seed,
            lambda seed: cut(order, outcome, *record(order, outcome, seed), None),
        )
    if not order.is_canary and not given.image:
        strike(order, outcome, recording, deadline)


def refill(outcome, images, seed, play):
    """Plays the workload again with the next seeds, for what is missing only.

    One recording has only so many images that are unlike each other; the next has other ids and
    salts, and may open a file of another version. Ends as well where one brings nothing.
    """
    before = -1
    while before < outcome.images < images:
        before = outcome.images
        seed += 1
        play(seed)


def record(order, outcome, seed):
    """Plays the workload under the recorder, in a world of its own."""
    given = order.given
    here = world.World(f"{order.place}.{seed}", given.programs, order.recorder)
    here.copy_from(world.World(order.folder + "/base", given.programs, order.recorder))
    workload = workloads.make(order.name, seed)
    if workload.version not in (None, *outcome.versions):
        outcome.versions.append(workload.version)
    here.slow_sync = workload.slow_sync
    again = f"--seed {seed}"
    try:
        workload.prepare(here)
        recording = matrix.Recording(here, workload, seed, order.fault)
    finally:
        here.stop()
    outcome.recordings += 1
    for number, result in enumerate(recording.results):
        if result.code != 0:
            outcome.problems.append((again, [f"step {number}: {result.code} {result.errors}"]))
    if not order.is_canary and not matrix.happened(recording):
        outcome.problems.append((again, ["the steps did not do what they are named for"]))
    promises = matrix.Promises(recording)
    if promises.writers < workload.writers:
        outcome.problems.append((again, [f"{promises.writers} writers at once at most"]))
    return recording, promises


def cut(order, outcome, recording, promises, deadline):
    """Killed and power-cut images; all by sqlite3, some by the real program.

    `deadline`: None where it is late already.
    """
    given = order.given
    again = f"--seed {recording.seed}"
    outcome.counts["kill"] += len(promises.looks)
    for index, sentence in promises.wrong:
        outcome.problems.append((again, [f"killed after event {index}: {sentence}"]))
    images = matrix.Images(recording, promises, order.name)
    # A third of the time is for the real programs. A deep run does all its images.
    late = None if given.deep else min(deadline, time.time() + order.seconds * 0.4)
    images.run(order.images - outcome.images, late, given.image)
    outcome.counts["power"] += images.count
    outcome.drawn += images.drawn
    outcome.lost += sum("acknowledged" in w for v in images.violations for w in v[1])
    for label, wrong, files in images.violations:
        kept = "" if order.is_canary or len(outcome.problems) > 3 else keep(order.name, files)
        outcome.problems.append((f"{again} --image {label.split()[0]}", [label, *wrong, kept]))
    if order.is_canary:
        return
    ask = matrix.ask_hub if recording.is_hub else matrix.ask_phone
    random.Random(f"{recording.seed}/{order.name}/asked").shuffle(images.samples)
    for number, (label, index, files) in enumerate(images.samples):
        if number >= 3 and (deadline is None or time.time() > deadline - order.seconds * 0.4):
            break
        outcome.asked += 1
        for sentence in ask(recording, index, promises, files):
            kept = keep(order.name, files)
            outcome.problems.append((f"{again} --image {label}", [sentence, kept]))


def strike(order, outcome, recording, deadline):
    given = order.given
    runs = faults.Faults(recording, given.seed, order.name)
    runs.run(deadline, only=given.fault)
    for kind, count in runs.counts.items():
        outcome.counts[kind] += count
    for label, wrong in runs.violations:
        again = f"--seed {given.seed} --fault {label}"
        outcome.problems.append((again, wrong))


def keep(name, files):
    """Leaves an image behind for a person to look at."""
    folder = tempfile.mkdtemp(prefix=f"lucky-crash-{name}-")
    for path, content in files.items():
        with open(f"{folder}/{os.path.basename(path)}", "wb") as file:
            file.write(content)
    return "kept in " + folder


def report(outcomes, given):
    """Prints the table as it comes. Returns whether all is well."""
    is_well, total, short, recordings = True, 0, 0, 0
    columns = ("recorded", "kill", "power", "drawn", "asked", "enospc", "eio-once", "eio-ever", "wrong")
    print(f"{'workload':<24}" + "".join(f"{name:>9}" for name in columns))
    for outcome in outcomes:
        if outcome.is_canary:
            is_well &= tell_canary(outcome)
            continue
        counts = outcome.counts
        row = [outcome.recordings, counts["kill"], counts["power"], outcome.drawn, outcome.asked]
        row += [counts[name] for name in columns[5:8]] + [len(outcome.problems)]
        total += outcome.images
        short += outcome.images < share(given)
        recordings += outcome.recordings
        versions = ", ".join(map(str, outcome.versions))
        version = f"   from version {versions}" if versions else ""
        print(f"{outcome.name:<24}" + "".join(f"{n:>9}" for n in row) + version, flush=True)
        for options, sentences in outcome.problems[:5]:
            is_well = False
            for sentence in filter(None, sentences):
                print(f"    {sentence}")
            print(f"    again: Tests/crash-matrix --workload {outcome.name} {options}")
    print(f"short {short} of the workloads came to fewer images than asked for")
    print(f"images {total} seed {given.seed}, of {recordings} recordings")
    if not is_well:
        print("The matrix is red.", file=sys.stderr)
    return is_well


def tell_canary(outcome):
    if outcome.lost > 0:
        print(f"{outcome.name:<24}  without syncs: {outcome.lost} losses seen, as must be")
        return True
    print(f"{outcome.name:<24}  without syncs: no loss was seen; the matrix is blind")
    for _, sentences in outcome.problems[:3]:
        print("    " + " ".join(sentences))
    return False
