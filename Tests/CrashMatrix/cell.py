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


class Order:
    """One workload to be played."""

    fault = None

    def __init__(self, name, folder, recorder, given):
        self.name, self.folder, self.recorder, self.given = name, folder, recorder, given
        self.seconds = 2 * given.seconds / (len(given.names) + CANARY_SHARE * len(CANARIES))
        self.images = -(-given.images // len(given.names))
        self.is_canary = False


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
        self.version = None
        self.problems = []  # (option that replays it, sentences)
        self.lost = 0  # images that lost something acknowledged
        self.is_short = False  # of images: the time for it was up first


def play(order):
    outcome = Outcome(order)
    try:
        _play(order, outcome)
    except Exception:
        outcome.problems.append(("", [traceback.format_exc()]))
    return outcome


def _play(order, outcome):
    deadline = time.time() + order.seconds
    given = order.given
    place = f"{order.folder}/{'canary-' if order.is_canary else ''}{order.name}"
    here = world.World(place, given.programs, order.recorder)
    here.copy_from(world.World(order.folder + "/base", given.programs, order.recorder))
    workload = workloads.make(order.name, given.seed)
    outcome.version = workload.version
    here.slow_sync = workload.slow_sync
    try:
        workload.prepare(here)
        recording = matrix.Recording(here, workload, order.fault)
        for number, result in enumerate(recording.results):
            if result.code != 0:
                outcome.problems.append(("", [f"step {number}: {result.code} {result.errors}"]))
        if not order.is_canary and not matrix.happened(recording):
            outcome.problems.append(("", ["the steps did not do what they are named for"]))
        promises = matrix.Promises(recording)
        if promises.writers < workload.writers:
            outcome.problems.append(("", [f"{promises.writers} writers at once at most"]))
        if not given.fault:
            cut(order, outcome, recording, promises, deadline)
        if not order.is_canary and not given.image:
            strike(order, outcome, recording, deadline)
    finally:
        here.stop()
        for folder in os.listdir(order.folder):
            # Not every name that begins so: another process is at work in tap-with-photo.
            if f"{order.folder}/{folder}.".startswith(place + "."):
                shutil.rmtree(f"{order.folder}/{folder}", ignore_errors=True)


def cut(order, outcome, recording, promises, deadline):
    """Killed and power-cut images; all by sqlite3, some by the real program."""
    given = order.given
    outcome.counts["kill"] += len(promises.looks)
    for index, sentence in promises.wrong:
        outcome.problems.append(("", [f"killed after event {index}: {sentence}"]))
    images = matrix.Images(recording, promises, given.seed, order.name)
    # A third of the time is for the real programs. A deep run does all its images.
    late = None if given.deep else min(deadline, time.time() + order.seconds * 0.4)
    images.run(order.images - len(promises.looks), late, given.image)
    outcome.counts["power"] += images.count
    outcome.is_short = len(promises.looks) + images.count < order.images
    outcome.drawn += images.drawn
    outcome.lost = sum("acknowledged" in w for v in images.violations for w in v[1])
    for label, wrong, files in images.violations:
        kept = "" if order.is_canary or len(outcome.problems) > 3 else keep(order.name, files)
        outcome.problems.append((f"--image {label.split()[0]}", [label, *wrong, kept]))
    if order.is_canary:
        return
    ask = matrix.ask_hub if recording.is_hub else matrix.ask_phone
    random.Random(f"{given.seed}/{order.name}/asked").shuffle(images.samples)
    for label, index, files in images.samples:
        if outcome.asked >= 3 and time.time() > deadline - order.seconds * 0.4:
            break
        outcome.asked += 1
        for sentence in ask(recording, index, promises, files):
            outcome.problems.append((f"--image {label}", [sentence, keep(order.name, files)]))


def strike(order, outcome, recording, deadline):
    given = order.given
    runs = faults.Faults(recording, given.seed, order.name)
    runs.run(deadline, only=given.fault)
    for kind, count in runs.counts.items():
        outcome.counts[kind] += count
    for label, wrong in runs.violations:
        outcome.problems.append((f"--fault {label}", wrong))


def keep(name, files):
    """Leaves an image behind for a person to look at."""
    folder = tempfile.mkdtemp(prefix=f"lucky-crash-{name}-")
    for path, content in files.items():
        with open(f"{folder}/{os.path.basename(path)}", "wb") as file:
            file.write(content)
    return "kept in " + folder


def report(outcomes, given):
    """Prints the table as it comes. Returns whether all is well."""
    is_well, total, short = True, 0, 0
    columns = ("kill", "power", "drawn", "asked", "enospc", "eio-once", "eio-ever", "wrong")
    print(f"{'workload':<24}" + "".join(f"{name:>9}" for name in columns))
    for outcome in outcomes:
        if outcome.is_canary:
            is_well &= tell_canary(outcome)
            continue
        counts = outcome.counts
        row = [counts["kill"], counts["power"], outcome.drawn, outcome.asked]
        row += [counts[name] for name in columns[4:7]] + [len(outcome.problems)]
        total += counts["kill"] + counts["power"]
        short += outcome.is_short
        version = f"   from version {outcome.version}" if outcome.version else ""
        print(f"{outcome.name:<24}" + "".join(f"{n:>9}" for n in row) + version, flush=True)
        for option, sentences in outcome.problems[:5]:
            is_well = False
            for sentence in filter(None, sentences):
                print(f"    {sentence}")
            again = f"Tests/crash-matrix --workload {outcome.name} --seed {given.seed}"
            print(f"    again: {again} {option}")
    print(f"short {short} of the workloads came to fewer images than asked for")
    print(f"images {total} seed {given.seed}")
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
