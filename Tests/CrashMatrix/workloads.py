"""The workloads. Each prepares a world, then does its steps; those are what is recorded.

A step is a call of a shipped program. Steps take change ids from outside: done again, they are the
same taps.
"""

import os
import shutil
import threading

import versions
from world import DATE, DRIVERS, edit, must, plan

ME = DRIVERS[0]
PHOTO = bytes(range(256)) * 40


class Workload:
    """`side`: whose folder is recorded, "phone" or "hub"."""

    side = "phone"
    is_serial = True  # one client at a time: when the hub answers, all it wrote is promised
    needs_hub = False  # a phone's workload that syncs
    slow_sync = 0  # milliseconds that each sync takes
    writers = 0  # so many at least have changes in one of the hub's transactions
    version = None  # of the file that is opened, where that is an older one
    happened = None  # SQL over the recorded store: true where the steps did what they are named for

    def prepare(self, world):
        pass

    def steps(self, world):
        """Functions that each give one Result; in order."""
        raise NotImplementedError


def tap(world, number, *words, phone=ME):
    """A step: a tap with a change id of its own."""
    change = f"{int(phone[-1]):08x}{number:024x}"
    return lambda: world.lucky(phone, "stop", *words, "--date", DATE, "--id", change)


def sync(world, phone=ME):
    return lambda: world.lucky(phone, "sync", "once")


def prepared(world, *steps):
    world.serve()
    for step in steps:
        must(step())
    world.stop()


class Tap(Workload):
    happened = "SELECT count(*) = 4 FROM changeset WHERE state = 0"

    def steps(self, world):
        return [
            tap(world, 1, "arrive", "1"),
            tap(world, 2, "complete", "1", "--delivered", "20kg=2", "--cash", "1900"),
            tap(world, 3, "fail", "2", "--reason", "absent"),
            tap(world, 4, "note", "2", "門鈴壞了"),
        ]


class TapWithPhoto(Workload):
    happened = "SELECT count(*) = 2 FROM stop_line WHERE list = 'photo'"

    def prepare(self, world):
        with open(world.path("photo.jpg"), "wb") as file:
            file.write(PHOTO)

    def steps(self, world):
        photo = world.path("photo.jpg")
        return [
            tap(world, 1, "complete", "1", "--photo", photo),
            tap(world, 2, "complete", "2", "--signature", photo),
        ]


class PlanApply(Workload):
    """A new phone: its store appears, and the first page brings the route."""

    needs_hub = True
    happened = "SELECT count(*) = 4 FROM stop_row"

    def prepare(self, world):
        shutil.rmtree(os.path.dirname(world.phone(ME)))
        os.remove(world.mark(ME))
        os.makedirs(os.path.dirname(world.phone(ME)))

    def steps(self, world):
        return [
            lambda: world.lucky(
                ME, "init", "--driver", ME, "--hub", world.address, "--token-file",
                world.path(ME + ".token"),
            ),
            sync(world),
            tap(world, 1, "arrive", "1"),
        ]


class PageApply(Workload):
    """The office edits and cancels; the phone has taps of its own."""

    needs_hub = True
    happened = "SELECT count(*) = 1 FROM stop_row WHERE is_cancelled = 1"

    def prepare(self, world):
        must(tap(world, 1, "arrive", "1")())
        prepared(
            world,
            lambda: world.office("plan", "set", "S1", "--note", "狗", "--date", DATE),
            lambda: world.office("plan", "cancel", "S2", "--reason", "來電", "--date", DATE),
            lambda: world.office("plan", "set", "S3", "--window", "13:00-14:00", "--date", DATE),
        )

    def steps(self, world):
        return [sync(world), tap(world, 2, "complete", "1")]


class Receipt(Workload):
    needs_hub = True
    happened = "SELECT count(*) = 4 FROM changeset WHERE state = 1"

    def prepare(self, world):
        for number in range(1, 4):
            must(tap(world, number, "arrive", str(number))())

    def steps(self, world):
        return [sync(world), tap(world, 4, "complete", "1"), sync(world)]


class Pruning(Workload):
    """What is 14 days old and in every backup leaves the archive; its receipts are set back."""

    needs_hub = True
    happened = "SELECT count(*) = 3 FROM pruned"

    def prepare(self, world):
        taps = [tap(world, n, "arrive", str(n)) for n in range(1, 4)]
        backup = lambda: world.run(
            "lucky-hub", "backup", world.path("copy.sqlite"), "--db", world.db
        )
        late = tap(world, 4, "complete", "1")
        prepared(world, *taps, sync(world), backup, late, sync(world))
        weeks = 21 * 24 * 3600 * 1000
        edit(world.phone(ME), f"UPDATE changeset SET received_at = received_at - {weeks}")
        edit(world.phone(ME), "UPDATE epoch SET backup_mark = 3")

    def steps(self, world):
        return [sync(world), tap(world, 5, "complete", "2"), sync(world)]


class EpochChange(Workload):
    """A store put back from a copy: it taps under another name, the hub shows the fork."""

    needs_hub = True
    happened = "SELECT count(*) > 1 FROM epoch"

    def prepare(self, world):
        must(tap(world, 1, "arrive", "1")())
        folder = os.path.dirname(world.phone(ME))
        shutil.copytree(folder, folder + ".copy")
        prepared(world, tap(world, 2, "complete", "1"), sync(world))
        shutil.rmtree(folder)
        os.rename(folder + ".copy", folder)

    def steps(self, world):
        return [
            tap(world, 3, "fail", "2", "--reason", "absent"),
            sync(world),
            tap(world, 4, "arrive", "3"),
            sync(world),
        ]


class Fork(Workload):
    """A store put back with its mark, as a phone's full backup does: only the hub can tell."""

    needs_hub = True
    happened = "SELECT count(*) > 0 FROM reissued"

    def prepare(self, world):
        must(tap(world, 1, "arrive", "1")())
        folder = os.path.dirname(world.phone(ME))
        shutil.copytree(folder, folder + ".copy")
        shutil.copy(world.mark(ME), world.mark(ME) + ".copy")
        prepared(world, tap(world, 2, "complete", "1"), sync(world))
        shutil.rmtree(folder)
        os.rename(folder + ".copy", folder)
        os.replace(world.mark(ME) + ".copy", world.mark(ME))

    def steps(self, world):
        return [
            tap(world, 3, "fail", "2", "--reason", "absent"),
            sync(world),
            tap(world, 4, "arrive", "3"),
            sync(world),
        ]


class Migration(Workload):
    """A store of an older version with sent and unsent taps, opened by this build."""

    version = 1
    needs_hub = True
    happened = "SELECT count(*) = 1 FROM epoch"

    def prepare(self, world):
        prepared(
            world, tap(world, 1, "arrive", "1"), tap(world, 2, "complete", "1"), sync(world)
        )
        must(tap(world, 3, "arrive", "2")())
        versions.phone_of(self.version, world, ME)

    def steps(self, world):
        return [
            lambda: world.lucky(ME, "status", "--date", DATE),
            tap(world, 4, "complete", "2"),
            sync(world),
        ]


class MigrationOfACopy(Workload):
    """A store of an older version put back from a copy with its mark, while the hub knows more."""

    version = 1
    needs_hub = True
    happened = "SELECT count(*) > 0 FROM reissued"

    def prepare(self, world):
        Fork().prepare(world)
        versions.phone_of(self.version, world, ME)

    def steps(self, world):
        return Fork().steps(world)


class Review(Workload):
    """A delivery contradicts a cancellation: the hub opens a review, the office decides it twice."""

    side = "hub"
    happened = "SELECT count(*) > 4 FROM log WHERE author = CAST('desk' AS BLOB)"

    def prepare(self, world):
        must(tap(world, 1, "complete", "1", "--delivered", "20kg=2")())
        cancel = lambda: world.office("plan", "cancel", "S1", "--reason", "來電", "--date", DATE)
        prepared(world, cancel)

    def steps(self, world):
        def decide(*words):
            listed = world.office("review", "list", "--all", "--date", DATE)
            if listed.code != 0:
                return listed
            reviews = listed.object["reviews"]
            if not reviews:
                return world.office("review", "show", "0" * 32)
            review = reviews[0]["review"]
            return world.office("review", words[0], review, *words[1:])

        return [
            sync(world),
            lambda: decide("resolve", "--outcome", "kept", "--supersede", "--id", "1" * 24),
            lambda: decide("undo", "--id", "2" * 24),
        ]


class PlanImport(Workload):
    side = "hub"
    happened = "SELECT count(*) = 24 FROM entity WHERE kind = 1"

    def prepare(self, world):
        with open(world.path("more.csv"), "w", encoding="utf-8") as file:
            file.write(plan(6, note="後門"))

    def steps(self, world):
        more = world.path("more.csv")
        return [lambda: world.office("plan", "import", more, "--id", "3" * 24)]


class HubAccept(Workload):
    side = "hub"
    happened = "SELECT count(*) = 3 FROM changeset WHERE author = CAST('drv-1' AS BLOB)"

    def steps(self, world):
        return [
            tap(world, 1, "arrive", "1"),
            sync(world),
            tap(world, 2, "complete", "1"),
            tap(world, 3, "fail", "2", "--reason", "absent"),
            sync(world),
        ]


class HubMigration(Workload):
    """A hub's file of an older version with received taps, opened and served by this build."""

    side = "hub"
    version = 1
    happened = (
        "SELECT (SELECT count(*) FROM changeset WHERE author = CAST('drv-1' AS BLOB)) = 3"
        " AND (SELECT count(*) FROM rights) > 0 AND (SELECT max(took_up) FROM replica) = 0"
    )

    def prepare(self, world):
        prepared(world, tap(world, 1, "arrive", "1"), sync(world))
        must(tap(world, 2, "complete", "1")())
        versions.hub_of(self.version, world)

    def steps(self, world):
        return [sync(world), tap(world, 3, "fail", "2", "--reason", "absent"), sync(world)]


class HubMigrationOfACopy(Workload):
    """A hub's file of an older version put back from a copy: the phone knows more than it."""

    side = "hub"
    version = 1
    happened = (
        "SELECT (SELECT count(*) FROM changeset WHERE author = CAST('drv-1' AS BLOB)) = 3"
        " AND (SELECT count(*) FROM rights) > 0 AND (SELECT max(took_up) FROM replica) = 1"
    )

    def prepare(self, world):
        prepared(world, tap(world, 1, "arrive", "1"), sync(world))
        copy = world.hub_folder + ".copy"
        shutil.copytree(world.hub_folder, copy)
        prepared(world, tap(world, 2, "complete", "1"), sync(world))
        shutil.rmtree(world.hub_folder)
        os.rename(copy, world.hub_folder)
        versions.hub_of(self.version, world)
        os.remove(world.db + ".nonce")

    def steps(self, world):
        return [sync(world), tap(world, 3, "fail", "2", "--reason", "absent"), sync(world)]


class ManyPushes(Workload):
    """Four phones push at once. While one is synced the others queue, and are committed together."""

    side = "hub"
    is_serial = False
    slow_sync = 100
    writers = 2
    happened = "SELECT count(*) = 12 FROM changeset WHERE CAST(author AS TEXT) LIKE 'drv-%'"

    def prepare(self, world):
        for phone in DRIVERS:
            for number in range(1, 4):
                must(tap(world, number, "arrive", str(number), phone=phone)())

    def steps(self, world):
        def together():
            results = [None] * len(DRIVERS)

            def push(index):
                results[index] = sync(world, DRIVERS[index])()

            threads = [threading.Thread(target=push, args=(i,)) for i in range(len(DRIVERS))]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            return max(results, key=lambda result: abs(result.code))

        return [together]


ALL = {
    "tap": Tap,
    "tap-with-photo": TapWithPhoto,
    "plan-apply": PlanApply,
    "page-apply": PageApply,
    "receipt": Receipt,
    "pruning": Pruning,
    "epoch-change": EpochChange,
    "fork": Fork,
    "migration": Migration,
    "migration-of-a-copy": MigrationOfACopy,
    "review": Review,
    "plan-import": PlanImport,
    "hub-accept": HubAccept,
    "hub-migration": HubMigration,
    "hub-migration-of-a-copy": HubMigrationOfACopy,
    "many-pushes": ManyPushes,
}


def make(name, seed):
    """A workload. Those that open an older file take one version after the other, run by run."""
    workload = ALL[name]()
    if workload.version is not None:
        place = list(ALL).index(name)
        known = versions.VERSIONS[workload.side]
        workload.version = known[(seed + place) % len(known)]
    return workload
