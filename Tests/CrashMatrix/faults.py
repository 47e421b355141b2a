"""The real programs with a fault at one event, then without: are their words true, is all there?

kill, disk full (from an event on), one event that fails, and all from one on. A phone's
fault strikes one step of the workload, and where it lasts the steps after it; a hub's strikes the
one process that serves.
"""

import os
import random
import signal
import subprocess
import time

import events
import stores
from world import DRIVERS

KINDS = ("kill", "enospc", "eio-once", "eio-ever")
LASTING = ("enospc", "eio-ever")
KNOWN_CODES = {0, 1, 3, 4, 5}


class Faults:
    """Runs of one recorded workload. The recording kept the folders before each step."""

    def __init__(self, recording, seed, name):
        self.recording, self.world = recording, recording.world
        self.seed, self.name = seed, name
        self.counts = dict.fromkeys(KINDS, 0)
        self.violations = []  # (label, sentences)

    def all(self):
        """Every place of every kind of fault: (kind, step, N)."""
        return [
            (kind, step, number)
            for step, count in enumerate(self._steps())
            for kind in KINDS
            for number in range(1, count + 1)
        ]

    def _steps(self):
        """How many events of each process of the recording change its disk, in order of their start."""
        counts = {}
        for event in self.recording.events:
            counts.setdefault(event.pid, 0)
            counts[event.pid] += event.kind in events.CHANGES
        return list(counts.values())

    def run(self, deadline, least=1, only=None):
        """In an order drawn from the seed, each kind in turn, until the time is up."""
        draw = random.Random(f"{self.seed}/{self.name}/faults")
        lists = {kind: [p for p in self.all() if p[0] == kind] for kind in KINDS}
        for places in lists.values():
            draw.shuffle(places)
        done = 0
        while any(lists.values()):
            for kind in KINDS:
                if not lists[kind]:
                    continue
                place = lists[kind].pop()
                label = f"{place[0]}:{place[1]}:{place[2]}"
                if only and label != only:
                    continue
                if not only and time.time() > deadline and done >= least * len(KINDS):
                    return
                done += 1
                self.counts[kind] += 1
                try:
                    wrong = self._strike(*place)
                except subprocess.TimeoutExpired as error:
                    wrong = [f"does not end: {' '.join(error.cmd[1:4])}"]
                finally:
                    self.world.hub_record = self.world.phone_record = None
                    self.world.stop()
                if wrong:
                    self.violations.append((label, wrong))

    def _strike(self, kind, step, number):
        if self.recording.is_hub:
            self.world.restore("step0")
            return self._strike_hub(f"{kind}:{number}")
        self.world.restore(f"step{step}")
        return self._strike_phone(kind, step, number)

    # A phone's store

    def _strike_phone(self, kind, step, number):
        world, workload = self.world, self.recording.workload
        if workload.needs_hub:
            world.serve()
        steps = workload.steps(world)[step : step + 2]
        results, wrong = [], []
        for index, act in enumerate(steps[: 2 if kind in LASTING else 1]):
            fault = f"{kind}:{1 if index else number}"
            world.phone_record = (self.recording.roots, fault)
            results.append(act())
            world.phone_record = None
            wrong += honest(results[-1], kind == "kill", f"step {step + index}")
        told = {change for result in results for change in acknowledged(result)}
        found = self._look()
        wrong += found.wrong
        if not told <= found.changes:
            wrong.append("an acknowledged change is not there")
        return wrong + self._recover(steps[: len(results)], results, told)

    def _recover(self, steps, results, told):
        """Without a fault: what did not succeed does so now, and nothing was lost."""
        world, wrong = self.world, []
        for index, act in enumerate(steps):
            if results[index].code == 0:
                continue
            again = act()
            if again.failure in ("already_exists", "store_exists"):
                world.lucky("drv-1", "login", "--token-file", world.path("drv-1.token"))
            elif again.code != 0:
                wrong.append(f"again: exit {again.code} {again.errors.strip()}")
            told |= set(acknowledged(again))
        found = self._look()
        wrong += found.wrong
        if not told <= found.changes:
            wrong.append("a change is not there after the recovery")
        checked = world.lucky("drv-1", "verify", "--offline")
        if checked.code != 0:
            wrong.append(f"verify at the end: exit {checked.code} {checked.errors.strip()}")
        return wrong

    def _look(self):
        files = {}
        for root in self.recording.roots:
            for folder, _, names in os.walk(root):
                for name in names:
                    if not name.endswith(("-shm", ".ballast")):
                        with open(f"{folder}/{name}", "rb") as file:
                            files[f"{folder}/{name}"] = file.read()
        return self.recording.look(files)

    # A hub

    def _strike_hub(self, fault):
        world, workload = self.world, self.recording.workload
        world.hub_record = (self.recording.roots, fault)
        world.serve()
        steps = workload.steps(world)
        results = [act() for act in steps]
        wrong = []
        for index, result in enumerate(results):
            wrong += honest(result, False, f"step {index}")
        world.stop()
        world.hub_record = None
        if world.serve() is None:
            return wrong + ["the hub does not start again"]
        for index, act in enumerate(steps):
            again = act()
            if again.code != 0:
                wrong.append(f"step {index} again: exit {again.code} {again.errors.strip()}")
            elif results[index].code == 0 and not is_repeat(again):
                wrong.append(f"step {index} was done, and is done again: {again.output.strip()}")
        for phone in DRIVERS[: 1 if workload.is_serial else None]:
            checked = world.lucky(phone, "verify")
            if checked.code != 0:
                wrong.append(f"verify of {phone}: exit {checked.code} {checked.errors.strip()}")
        world.stop(signal.SIGTERM)
        found = self._look()
        wrong += found.wrong
        if not self._received() <= found.changes:
            wrong.append("a receipt that a phone holds is not in the hub's log")
        return wrong

    def _received(self):
        """The hashes that the phones hold receipts for."""
        hashes = set()
        for phone in sorted(os.listdir(self.world.path("phones"))):
            hashes |= stores.receipts(self.world.phone(phone))
        return hashes


def acknowledged(result):
    if result.code != 0 or not result.output.startswith('{"change":'):
        return []
    return [result.object["change"]]


def is_repeat(result):
    """Of an answer that knows it: a tap, a decision. Others may be done twice."""
    answer = result.object or {}
    if "written" in answer:
        return answer["written"] == 0
    return answer.get("is_repeat", True)


def honest(result, may_die, step):
    """Whether exit code and words fit: success says its result, failure says why, and nothing else."""
    if may_die and result.code == -signal.SIGKILL:
        return []
    if result.failure == "store_not_found":
        return []
    if result.code not in KNOWN_CODES:
        return [f"{step}: exit {result.code} {result.errors.strip()[-300:]}"]
    if result.code == 0:
        return [] if result.output.startswith("{") else [f"{step}: exit 0 without a result"]
    wrong = []
    if result.output.startswith('{"change":'):
        wrong.append(f"{step}: exit {result.code}, and says that it is saved")
    if result.failure is None:
        wrong.append(f"{step}: exit {result.code} without a reason: {result.errors.strip()[-300:]}")
    return wrong
