"""A depot on this machine: folders, tokens, a hub, phones; and the shipped programs to run there."""

import hashlib
import json
import os
import shutil
import signal
import socket
import sqlite3
import subprocess
import time

DATE = "2026-11-22"
DEPOT = "taitung"
DRIVERS = ("drv-1", "drv-2", "drv-3", "drv-4")
HEADER = (
    "date,depot,route,driver,sequence,stop,customer,phone,address,lat,lng,window,items,"
    "price,payment,note\n"
)


def plan(stops, note=""):
    """A day's plan: so many stops for each driver, S1… of the first, T1…, U1…, V1… of the others."""
    text = HEADER
    for index, driver in enumerate(DRIVERS):
        for number in range(1, stops + 1):
            text += (
                f"{DATE},{DEPOT},R{index + 1},{driver},{number},{'STUV'[index]}{number},王小姐,"
                f"089-000000,台東市中山路{number}號,22.7547,121.15,08:00-10:00,20kg*2,1900,cash,"
                f"{note}\n"
            )
    return text


class Result:
    """How a program ended: its exit code (below 0: the signal), what it said."""

    def __init__(self, code, output, errors):
        self.code, self.output, self.errors = code, output, errors

    @property
    def object(self):
        lines = self.output.splitlines()
        return json.loads(lines[-1]) if lines else None

    @property
    def failure(self):
        """The code word of a failure; None where none was said."""
        for line in reversed(self.errors.splitlines()):
            try:
                return json.loads(line).get("code")
            except ValueError:
                continue
        return None


class World:
    """Everything below one folder. `programs` has lucky and lucky-hub."""

    def __init__(self, folder, programs, recorder):
        self.folder, self.programs, self.recorder = folder, programs, recorder
        self.hub_folder = folder + "/hub"
        self.db = self.hub_folder + "/hub.sqlite"
        self.state = folder + "/state"
        self.log = folder + "/events"
        self.port = None
        self.hub = None
        self.hub_record = None
        self.phone_record = None
        self.slow_sync = 0

    def path(self, name):
        return self.folder + "/" + name

    def phone(self, name):
        return f"{self.folder}/phones/{name}/replica.sqlite"

    # Programs

    def environment(self, record=None):
        """`record`: None, or (roots, fault or None): under the recorder."""
        env = {
            k: v for k, v in os.environ.items() if not k.startswith(("LUCKY_", "LC_", "XDG_"))
        }
        env.update(LANG="C", XDG_STATE_HOME=self.state)
        if record is not None:
            roots, fault = record
            env.update(
                LD_PRELOAD=self.recorder, LUCKY_CRASH_ROOTS=":".join(roots),
                LUCKY_CRASH_SLOW=str(self.slow_sync),
            )
            if fault is None or fault == "drop-sync:1":
                env.update(LUCKY_CRASH_LOG=self.log)
            if fault is not None:
                env.update(LUCKY_CRASH_FAULT=fault)
        return env

    def run(self, program, *arguments, record=None):
        done = subprocess.run(
            [f"{self.programs}/{program}", *arguments],
            env=self.environment(record),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            timeout=60,
        )
        return Result(done.returncode, done.stdout.decode(), done.stderr.decode())

    def lucky(self, phone, *arguments):
        return self.run(
            "lucky", *arguments, "--db", self.phone(phone), "--json", record=self.phone_record
        )

    def office(self, *arguments):
        return self.run(
            "lucky-hub", *arguments, "--hub", self.address, "--token-file",
            self.path("desk.token"), "--json",
        )

    @property
    def address(self):
        return f"http://127.0.0.1:{self.port}"

    # The hub

    def serve(self):
        """Starts a hub; its ready line, or None where it ended without one."""
        if self.port is None:
            with socket.socket() as free:
                free.bind(("127.0.0.1", 0))
                self.port = free.getsockname()[1]
        with open(self.path("hub.err"), "wb") as errors:
            self.hub = subprocess.Popen(
                [
                    self.programs + "/lucky-hub", "serve", "--db", self.db, "--depot", DEPOT,
                    "--port", str(self.port), "--secret-file", self.path("secret"), "--json",
                ],
                env=self.environment(self.hub_record),
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        line = self.hub.stdout.readline()
        if line:
            return json.loads(line)
        self.hub.wait(timeout=30)
        return None

    def stop(self, how=signal.SIGKILL):
        if self.hub is None:
            return None
        self.hub.send_signal(how)
        try:
            code = self.hub.wait(timeout=20)
        except subprocess.TimeoutExpired:
            self.hub.kill()
            code = self.hub.wait()
        self.hub.stdout.close()
        self.hub = None
        return code

    # Folders

    def mark(self, phone):
        """Where the file lies that tells a copied store from the store."""
        path = self.phone(phone)
        digest = hashlib.sha256(os.path.realpath(path).encode()).hexdigest()[:16]
        return f"{self.state}/lucky-driver/{os.path.basename(path)}-{digest}.nonce"

    def copy_from(self, other):
        """Takes over another world's folders; its phones then know this world's hub."""
        copy(other.folder, self.folder)
        for name in sorted(os.listdir(self.path("phones"))):
            old = self.state + "/lucky-driver/" + os.path.basename(other.mark(name))
            os.rename(old, self.mark(name))
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        for name in sorted(os.listdir(self.path("phones"))):
            edit(self.phone(name), "UPDATE meta SET hub = ?", (self.address.encode(),))

    def save(self, name):
        """Keeps the folders as they are now, for restore(); no program is at work in them."""
        for part in PARTS:
            copy(self.path(part), f"{self.folder}.{name}/{part}")

    def restore(self, name):
        for part in PARTS:
            shutil.rmtree(self.path(part), ignore_errors=True)
            copy(f"{self.folder}.{name}/{part}", self.path(part))


PARTS = ("hub", "phones", "state")


def copy(source, target):
    """A folder with all in it; ballast, which is 16 MiB of nothing, without its room."""

    def one(old, new):
        if old.endswith(".ballast"):
            with open(os.open(new, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
                file.truncate(os.stat(old).st_size)
        elif not old.endswith("-shm"):
            shutil.copy(old, new)

    shutil.copytree(source, target, copy_function=one, dirs_exist_ok=True)


def edit(path, *statements):
    """Changes a closed database by hand."""
    db = sqlite3.connect(path)
    with db:
        db.execute(*statements)
    db.close()


def must(result):
    if result.code != 0:
        raise RuntimeError(f"a step of the preparation failed: {result.code} {result.errors}")
    return result


def build(folder, programs, recorder):
    """The world that all workloads start from: a served plan, four phones with their route."""
    os.makedirs(folder + "/hub")
    world = World(folder, programs, recorder)
    secret = world.path("secret")
    must(world.run("lucky-hub", "secret", "create", secret))
    roles = {"desk": "office", **{driver: "driver" for driver in DRIVERS}}
    for person, role in roles.items():
        must(
            world.run(
                "lucky-hub", "token", "issue", "--person", person, "--role", role, "--depot",
                DEPOT, "--secret-file", secret, "--out", world.path(person + ".token"),
            )
        )
    with open(world.path("day.csv"), "w", encoding="utf-8") as file:
        file.write(plan(4))
    world.serve()
    must(world.office("plan", "import", world.path("day.csv")))
    for driver in DRIVERS:
        must(
            world.lucky(
                driver, "init", "--driver", driver, "--hub", world.address, "--token-file",
                world.path(driver + ".token"),
            )
        )
        must(world.lucky(driver, "sync", "once"))
    world.stop(signal.SIGTERM)
    return world
