#!/usr/bin/env python3
"""Start Passline from a checkout: `python3 run.py VERB…`; standard library only.

Makes `.venv`, installs the locked packages and the missing system packages of
`packaging/apt.txt`, then hands over to `python -m common.cli VERB…` inside it. What stands is
remembered in `.venv/ready`, so later starts cost next to nothing.

`python3 run.py test [--only CHECK]… [-- PYTEST ARGUMENTS]` runs every check of the
project, and for that installs `tests/requirements.lock` and `packaging/apt-dev.txt` too.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
PYTHON = VENV / ("Scripts/python.exe" if os.name == "nt" else "bin/python")
READY = VENV / "ready"
MUTEX = ROOT / ".venv.lock"


class Needs(NamedTuple):
    """What one kind of use needs: lock files for pip, and lists of system packages."""

    locks: tuple[Path, ...]
    lists: tuple[Path, ...]


RUNTIME = Needs((ROOT / "requirements.lock",), (ROOT / "packaging" / "apt.txt",))
DEVELOPMENT = Needs(
    (*RUNTIME.locks, ROOT / "tests" / "requirements.lock"),
    (*RUNTIME.lists, ROOT / "packaging" / "apt-dev.txt"),
)

# The kind of Python that an environment is made for; patch releases share one.
PYTHON_TAG = f"{sys.implementation.cache_tag}-{sys.platform}"

PIP_WHEEL = "pip-26.3-py3-none-any.whl"
PIP_SHA256 = "f3b60b20ffaadd4415ed7957212a38ac63fa4c5fa375bd0f4a797777940fad13"
APT_GET = ("apt-get", "-o", "DPkg::Lock::Timeout=300", "-y")

LINT_IMPORTS = "from importlinter.cli import lint_imports_command as main; main()"
CHECKS = {
    "lint": ("-m", "ruff", "check", "."),
    "format": ("-m", "ruff", "format", "--check", "."),
    "types": ("-m", "mypy"),
    "rooms": ("-c", LINT_IMPORTS, "--no-logo", "--cache-dir", ".cache/imports"),
    "licences": ("-m", "tests.check_licences"),
    "qml": ("-m", "tests.check_qml"),
    "translations": ("-m", "tests.check_translations"),
    "pytest": ("-m", "pytest"),  # last, so that its closing line closes the whole run
}


def main(arguments: Sequence[str]) -> int:
    """Prepare the environment, then run the verb in it and return its exit code."""
    testing = list(arguments[:1]) == ["test"]
    try:
        ensure_environment(DEVELOPMENT if testing else RUNTIME)
    except KeyboardInterrupt:
        say("interrupted; start again to finish it")
        return 130
    if testing:
        return run_checks(arguments[1:])
    # -P: a folder named `common` where the person stands must not be taken for ours.
    return hand_over([str(PYTHON), "-P", "-m", "common.cli", *arguments])


def say(text: str) -> None:
    """Tell the person at the terminal; standard output belongs to the verb."""
    print(f"passline: {text}", file=sys.stderr, flush=True)


def hand_over(command: list[str]) -> int:
    """Become the command, or on Windows, which cannot, wait for it and return its exit code."""
    if os.name != "nt":
        os.execv(command[0], command)
    return subprocess.call(command)


def run(command: Sequence[str], *, quiet: bool = False) -> int:
    """Run a helper program and return its exit code; what it prints goes to standard error."""
    sink = subprocess.DEVNULL if quiet else sys.__stderr__
    try:
        return subprocess.call(command, stdin=subprocess.DEVNULL, stdout=sink, stderr=sink)
    except FileNotFoundError:
        return 127


def output(command: Sequence[str]) -> str:
    """Return what a helper program prints; nothing if it fails or does not exist."""
    try:
        return subprocess.run(command, capture_output=True, text=True, check=True).stdout
    except (FileNotFoundError, subprocess.CalledProcessError):
        return ""


# --- the environment --------------------------------------------------------------------


def ensure_environment(needs: Needs) -> None:
    """Make `.venv` hold the locked packages, unless it already says that it does."""
    locks, system = stamp(*needs.locks), stamp(*needs.lists)
    tried = f"tried-{system}"
    if {locks, system} <= stamps():
        return
    with exclusive():
        have = stamps()  # another run may have made it while this one waited
        complete = system in have or install_missing(needs.lists, may_try=tried not in have)
        if locks not in have:
            READY.unlink(missing_ok=True)  # an interrupted change leaves none: seen as half-made
            make_environment(needs.locks, anew=not have)
            have = {locks, stamp(*RUNTIME.locks)}
        have |= {PYTHON_TAG, system if complete else tried}
        READY.write_text("\n".join(sorted(have)), encoding="ascii")


def stamp(*files: Path) -> str:
    """Return a short name for what these files hold."""
    digests = (hashlib.sha256(file.read_bytes()).digest() for file in files)
    return hashlib.sha256(b"".join(digests)).hexdigest()[:32]


def stamps() -> set[str]:
    """Return what stands in `.venv`: nothing if it is half-made or for another Python."""
    words = set(READY.read_text(encoding="ascii").split()) if READY.exists() else set()
    return words if PYTHON.exists() and PYTHON_TAG in words else set()


@contextmanager
def exclusive() -> Iterator[None]:
    """Let one run at a time prepare the environment; a dead run's lock is gone with it."""
    import sqlite3  # the only lock in the standard library that is the same on every system

    with closing(sqlite3.connect(MUTEX, timeout=5, isolation_level=None)) as lock:
        while True:
            try:
                lock.execute("BEGIN EXCLUSIVE")
                break
            except sqlite3.OperationalError as problem:
                if problem.sqlite_errorcode != sqlite3.SQLITE_BUSY:
                    sys.exit(f"{MUTEX}: {problem}")
                say("waiting for another run that prepares the environment")
        yield


def make_environment(locks: Sequence[Path], *, anew: bool) -> None:
    """Install the locks into `.venv`, which is made anew unless it stands whole."""
    say("preparing .venv; the first time takes about a minute")
    if anew:
        shutil.rmtree(VENV, ignore_errors=True)
        if run([base_python(), "-m", "venv", "--without-pip", str(VENV)]) != 0:
            sys.exit(f"Python's venv does not work. {advice(['python3-venv'])}")
    options = ["-qq", "--no-compile", "--require-hashes", "--only-binary=:all:"]
    files = [word for lock in locks for word in ("-r", str(lock))]
    if run([*find_pip(), "install", *options, *files]) != 0:
        sys.exit("pip could not install the locked packages; see above")
    # Makes the rooms importable in every process of this environment, wherever it starts.
    (site,) = VENV.glob("Lib/site-packages" if os.name == "nt" else "lib/python3*/site-packages")
    (site / "passline.pth").write_text(os.path.relpath(ROOT, site), encoding="ascii")


def base_python() -> str:
    """Return the Python outside `.venv`, also when this program runs inside."""
    return str(getattr(sys, "_base_executable", sys.executable))


# --- a pip, wherever one can be had -----------------------------------------------------


def find_pip() -> list[str]:
    """Return the command of a pip that installs into `.venv`; Debian may lack every usual one."""
    outside = [base_python(), "-m", "pip"]
    if pip_version(output([*outside, "--version"])) >= (22, 3):  # the first with --python
        return [*outside, "--python", str(PYTHON)]
    inside, bring_inside = [str(PYTHON), "-m", "pip"], [str(PYTHON), "-m", "ensurepip"]
    if run(bring_inside, quiet=True) == 0:
        return inside
    if wheel := download_pip():
        return [str(PYTHON), str(wheel / "pip")]  # a wheel runs without being installed
    if install_system_packages(["python3-venv"]) and run(bring_inside, quiet=True) == 0:
        return inside
    sys.exit(f"There is no pip here. {advice(['python3-venv'])}")


def pip_version(answer: str) -> tuple[int, ...]:
    """Read `pip 23.0.1 from /usr/lib/… (python 3.11)`; () is no version."""
    words = answer.split()
    numbers = words[1].split(".")[:2] if words[:1] == ["pip"] else []
    return tuple(int(number) for number in numbers if number.isdecimal())


def download_pip() -> Path | None:
    """Fetch the pinned pip from the index that pip's settings name; None if that cannot be."""
    import re
    from urllib.parse import urljoin
    from urllib.request import urlopen  # takes the environment's proxy and certificates

    index = package_index()
    if index is None:
        return None
    page = f"{index.rstrip('/')}/pip/"
    try:
        listing = urlopen(page, timeout=60).read().decode()
        link = re.search(rf'href="([^"#]*{re.escape(PIP_WHEEL)})', listing)
        content = urlopen(urljoin(page, link[1]), timeout=60).read() if link else b""
    except OSError as problem:
        say(f"no pip from {index}: {problem}")
        return None
    if hashlib.sha256(content).hexdigest() != PIP_SHA256:
        say(f"no pip from {index}: it has not the {PIP_WHEEL} that was checked")
        return None
    (VENV / PIP_WHEEL).write_bytes(content)
    return VENV / PIP_WHEEL


def package_index() -> str | None:
    """Return the package index that `PIP_INDEX_URL` or a configuration of pip names."""
    import configparser

    files = ["/etc/xdg/pip/pip.conf", "/etc/pip.conf"]  # in pip's order: a later one wins
    files += [str(Path.home() / place / "pip.conf") for place in (".pip", ".config/pip")]
    settings = configparser.RawConfigParser()
    settings.read([*files, os.environ.get("PIP_CONFIG_FILE", "")], encoding="utf-8")
    configured = settings.get("global", "index-url", fallback=None)
    return os.environ.get("PIP_INDEX_URL") or configured


# --- system packages --------------------------------------------------------------------


def install_missing(lists: Sequence[Path], *, may_try: bool) -> bool:
    """Install what these lists name and the system lacks; say so if that fails."""
    columns = "${db:Status-Status}\t${Package}\t${Provides}\n"
    table = output(["dpkg-query", "--show", f"--showformat={columns}"])  # "": no Debian
    wanted = "".join(file.read_text(encoding="utf-8") for file in lists)
    missing = missing_packages(package_names(wanted), table)
    if not table or not missing or (may_try and install_system_packages(missing)):
        return True
    say(f"System packages are missing. {advice(missing)}")
    return False  # and go on: much of Passline may work without them


def package_names(text: str) -> list[str]:
    """Read a package list: one name a line, `#` begins a comment."""
    return [name for line in text.splitlines() if (name := line.partition("#")[0].strip())]


def missing_packages(wanted: Sequence[str], table: str) -> list[str]:
    """Return the names that no installed package has or provides (libx0t64 provides libx0)."""
    present = set()
    for line in table.splitlines():
        status, name, provides = line.split("\t")
        if status == "installed":
            present |= {name, *(item.split(" ")[0] for item in provides.split(", "))}
    return [name for name in wanted if name not in present]


def install_system_packages(names: Sequence[str]) -> bool:
    """Install packages as root or through a sudo that asks nothing; return whether it worked."""
    root = sys.platform != "win32" and os.geteuid() == 0
    if not shutil.which("apt-get") or not (root or run(["sudo", "-n", "true"], quiet=True) == 0):
        return False
    apt = [*([] if root else ["sudo", "-n"]), "env", "DEBIAN_FRONTEND=noninteractive", *APT_GET]
    install = [*apt, "-qq", "--no-install-recommends", "install", *names]
    say(f"installing system packages: {' '.join(names)}")
    return run(install, quiet=True) == 0 or (run([*apt, "-qq", "update"]) or run(install)) == 0


def advice(names: Sequence[str]) -> str:
    """Return the one line that a person with the right to do so has to run."""
    return f"Please run: sudo {' '.join(APT_GET)} install {' '.join(names)}"


# --- the checks -------------------------------------------------------------------------


def run_checks(arguments: Sequence[str]) -> int:
    """Run all checks or those asked for; return the exit code of the last that failed, or 0."""
    import argparse

    parser = argparse.ArgumentParser(prog="run.py test", description="Check the whole project.")
    parser.add_argument("--only", action="append", choices=CHECKS, help="this check; repeatable")
    parser.add_argument("pytest", nargs="*", help="arguments for pytest, after --")
    options = parser.parse_args(arguments)
    outcome = 0
    for name in options.only or CHECKS:
        extra = options.pytest if name == "pytest" else []
        outcome = run_check(name, [*CHECKS[name], *extra]) or outcome
    return outcome


def run_check(name: str, command: Sequence[str]) -> int:
    """Run one check in the environment and say how it went; pytest says so itself."""
    print(f"== {name}", flush=True)
    start = time.perf_counter()
    code = subprocess.call([str(PYTHON), *command], cwd=ROOT)
    if name != "pytest":
        verdict = "ok" if code == 0 else f"FAILED (exit code {code})"
        print(f"== {name}: {verdict} in {time.perf_counter() - start:.1f} s", flush=True)
    return code


if __name__ == "__main__":
    if sys.version_info < (3, 11):  # noqa: UP036 - the one line that an older Python has to read
        sys.exit("Passline needs Python 3.11 or newer; this is " + sys.version.split()[0])
    sys.exit(main(sys.argv[1:]))
