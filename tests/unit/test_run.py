"""run.py prepares the environment once, says what it cannot do, and passes everything on."""

import hashlib
import os
import shutil
import sqlite3
import subprocess
import sys
import threading
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from importlib.util import module_from_spec, spec_from_file_location
from itertools import pairwise
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement

from tests.check_licences import pinned_packages

ROOT = Path(__file__).resolve().parents[2]
posix_only = pytest.mark.skipif(os.name == "nt", reason="fakes programs by shell scripts")


@pytest.fixture
def run(tmp_path: Path) -> ModuleType:
    """run.py as it stands in a checkout of its own, with small lists and no environment."""
    checkout = tmp_path / "checkout"
    (checkout / "packaging").mkdir(parents=True)
    (checkout / "tests").mkdir()
    (checkout / "packaging" / "apt.txt").write_text("libone  # why\n")
    (checkout / "packaging" / "apt-dev.txt").write_text("tool\n")
    (checkout / "requirements.lock").write_text("one==1\n")
    (checkout / "tests" / "requirements.lock").write_text("two==2\n")
    shutil.copy(ROOT / "run.py", checkout)
    spec = spec_from_file_location("run_under_test", checkout / "run.py")
    assert spec
    assert spec.loader
    module = module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


@pytest.fixture
def made(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Replaces installing: makes an empty environment and records whether it was to be anew."""
    record: list[bool] = []

    def make_environment(locks: object, *, anew: bool) -> None:
        record.append(anew)
        put_python(run)

    monkeypatch.setattr(run, "make_environment", make_environment)
    monkeypatch.setattr(run, "install_missing", lambda lists, may_try: True)
    return record


def put_python(run: ModuleType, script: str = "exit 0") -> None:
    write_program(run.PYTHON, script)


def write_program(file: Path, script: str) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text(f"#!/bin/sh\n{script}\n")
    file.chmod(0o755)


# --- when the environment is made -------------------------------------------------------


def test_the_environment_is_made_once(run: ModuleType, made: list[bool]) -> None:
    run.ensure_environment(run.RUNTIME)
    run.ensure_environment(run.RUNTIME)
    assert made == [True]


def test_a_new_lock_updates_the_environment_in_place(run: ModuleType, made: list[bool]) -> None:
    run.ensure_environment(run.RUNTIME)
    run.RUNTIME.locks[0].write_text("one==1.1\n")
    run.ensure_environment(run.RUNTIME)
    assert made == [True, False]


def test_development_packages_come_on_top_and_serve_the_runtime(
    run: ModuleType, made: list[bool]
) -> None:
    run.ensure_environment(run.RUNTIME)
    run.ensure_environment(run.DEVELOPMENT)
    run.ensure_environment(run.RUNTIME)
    assert made == [True, False]


def test_another_python_makes_it_anew(
    run: ModuleType, made: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    run.ensure_environment(run.RUNTIME)
    monkeypatch.setattr(run, "PYTHON_TAG", "cpython-399-moon")
    run.ensure_environment(run.RUNTIME)
    assert made == [True, True]


def test_a_vanished_interpreter_makes_it_anew(run: ModuleType, made: list[bool]) -> None:
    run.ensure_environment(run.RUNTIME)
    run.PYTHON.unlink()
    run.ensure_environment(run.RUNTIME)
    assert made == [True, True]


@pytest.mark.parametrize("stands_already", [False, True])
def test_an_interrupted_change_is_made_anew(
    run: ModuleType, made: list[bool], monkeypatch: pytest.MonkeyPatch, stands_already: bool
) -> None:
    if stands_already:
        run.ensure_environment(run.RUNTIME)
        run.RUNTIME.locks[0].write_text("one==1.1\n")
    whole = run.make_environment

    def interrupted(*arguments: object, **options: object) -> None:
        whole(*arguments, **options)
        raise KeyboardInterrupt

    monkeypatch.setattr(run, "make_environment", interrupted)
    assert run.main(["status"]) == 130
    monkeypatch.setattr(run, "make_environment", whole)
    run.ensure_environment(run.RUNTIME)
    assert made[-1] is True


def test_one_run_at_a_time_prepares(run: ModuleType) -> None:
    with run.exclusive():
        other = sqlite3.connect(run.MUTEX, timeout=0)
        with pytest.raises(sqlite3.OperationalError, match="locked"):
            other.execute("BEGIN EXCLUSIVE")
    other.execute("BEGIN EXCLUSIVE")
    other.close()


def test_what_another_run_made_meanwhile_is_taken(
    run: ModuleType, made: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    @contextmanager
    def exclusive() -> Iterator[None]:
        put_python(run)
        words = [run.PYTHON_TAG, run.stamp(*run.RUNTIME.locks), run.stamp(*run.RUNTIME.lists)]
        run.READY.write_text("\n".join(words))
        yield

    monkeypatch.setattr(run, "exclusive", exclusive)
    run.ensure_environment(run.RUNTIME)
    assert made == []


# --- system packages --------------------------------------------------------------------


def test_a_package_list_is_one_name_a_line(run: ModuleType) -> None:
    assert run.package_names("# head\n\nliba1  # why\n  libb2\n") == ["liba1", "libb2"]


def test_missing_is_what_nothing_installed_has_or_provides(run: ModuleType) -> None:
    table = (
        "installed\tliba1\t\n"
        "config-files\tlibremoved1\t\n"
        "installed\tlibb2t64\tlibb2 (= 2.80-1), libbutil-abi\n"
    )
    wanted = ["liba1", "libb2", "libbutil-abi", "libremoved1", "libc3"]
    assert run.missing_packages(wanted, table) == ["libremoved1", "libc3"]


class Machine:
    """A machine that has only the programs put on it, and remembers how they were called."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        (folder / "bin").mkdir(parents=True)
        (folder / "bin" / "env").symlink_to("/usr/bin/env")

    def put(self, name: str, script: str = "") -> None:
        write_program(self.folder / "bin" / name, script)

    def put_recorded(self, name: str, script: str = "") -> None:
        self.put(name, f'echo "{name} $*" >> {self.folder}/calls\n{script}')

    def calls(self) -> list[str]:
        record = self.folder / "calls"
        return record.read_text().splitlines() if record.exists() else []


@pytest.fixture
def machine(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Machine:
    """A machine of Debian's kind, where libone is missing."""
    machine = Machine(tmp_path / "machine")
    machine.put("dpkg-query", "printf 'installed\\tdpkg\\t\\n'")
    machine.put_recorded("apt-get")
    monkeypatch.setenv("PATH", str(machine.folder / "bin"))
    return machine


ASK_SUDO = "sudo -n true"
APT_GET = "apt-get -o DPkg::Lock::Timeout=300 -y"
INSTALL = f"{APT_GET} -qq --no-install-recommends install libone"
UPDATE = f"{APT_GET} -qq update"


@posix_only
def test_without_dpkg_nothing_is_asked_for(run: ModuleType, machine: Machine) -> None:
    (machine.folder / "bin" / "dpkg-query").unlink()
    assert run.install_missing(run.RUNTIME.lists, may_try=True) is True
    assert machine.calls() == []


@posix_only
def test_root_installs_what_is_missing(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert run.install_missing(run.RUNTIME.lists, may_try=True) is True
    assert machine.calls() == [INSTALL]


@posix_only
def test_only_the_tests_need_their_tools(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    assert run.install_missing(run.DEVELOPMENT.lists, may_try=True) is True
    assert machine.calls() == [f"{INSTALL} tool"]


@posix_only
def test_old_package_lists_are_updated(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 0)
    updated = machine.folder / "updated"
    machine.put_recorded(
        "apt-get", f'case "$*" in *update) : > {updated};; *) test -e {updated};; esac'
    )
    assert run.install_missing(run.RUNTIME.lists, may_try=True) is True
    assert machine.calls() == [INSTALL, UPDATE, INSTALL]


@posix_only
def test_a_user_installs_through_a_sudo_that_asks_nothing(
    run: ModuleType, machine: Machine, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    machine.put("true")
    machine.put_recorded("sudo", 'shift; "$@"')
    assert run.install_missing(run.RUNTIME.lists, may_try=True) is True
    asked, elevated, installed = machine.calls()
    assert asked == ASK_SUDO
    assert elevated == f"sudo -n env DEBIAN_FRONTEND=noninteractive {INSTALL}"
    assert installed == INSTALL


@posix_only
def test_a_user_without_rights_is_told_the_line_to_run(
    run: ModuleType,
    machine: Machine,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.setattr(os, "geteuid", lambda: 1000)
    machine.put_recorded("sudo", "exit 1")
    assert run.install_missing(run.RUNTIME.lists, may_try=True) is False
    assert machine.calls() == [ASK_SUDO]
    said = capsys.readouterr()
    assert said.out == ""
    assert f"Please run: sudo {APT_GET} install libone\n" in said.err


def test_what_cannot_be_installed_is_tried_once_and_told_each_time(
    run: ModuleType, made: list[bool], monkeypatch: pytest.MonkeyPatch
) -> None:
    tries: list[bool] = []

    def fails(lists: object, *, may_try: bool) -> bool:
        tries.append(may_try)
        return False

    monkeypatch.setattr(run, "install_missing", fails)
    run.ensure_environment(run.RUNTIME)
    run.ensure_environment(run.RUNTIME)
    run.RUNTIME.lists[0].write_text("libtwo\n")
    run.ensure_environment(run.RUNTIME)
    assert tries == [True, False, True]
    assert made == [True]


# --- a pip ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("answer", "version"),
    [
        ("pip 23.0.1 from /usr/lib/python3/dist-packages/pip (python 3.11)", (23, 0)),
        ("pip 26.3 from /x", (26, 3)),
        ("pip 24.1b2 from /x", (24,)),
        ("", ()),
        ("command not found", ()),
    ],
)
def test_pip_version(run: ModuleType, answer: str, version: tuple[int, ...]) -> None:
    assert run.pip_version(answer) == version


def test_a_pip_that_can_install_elsewhere_comes_first(
    run: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "output", lambda command: "pip 22.3 from /usr/lib (python 3.11)")
    assert run.find_pip()[1:] == ["-m", "pip", "--python", str(run.PYTHON)]


@pytest.fixture
def without_pip(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    """A machine where no way to a pip works; each test mends one."""
    monkeypatch.setattr(run, "output", lambda command: "pip 22.2 from /old (python 3.11)")
    monkeypatch.setattr(run, "download_pip", lambda: None)
    monkeypatch.setattr(run, "install_system_packages", lambda names: False)
    put_python(run, "exit 1")  # ensurepip fails


@posix_only
@pytest.mark.usefixtures("without_pip")
def test_then_the_one_that_python_carries(run: ModuleType) -> None:
    put_python(run, 'test "$*" = "-m ensurepip"')
    assert run.find_pip() == [str(run.PYTHON), "-m", "pip"]


@posix_only
@pytest.mark.usefixtures("without_pip")
def test_then_one_from_the_index(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "download_pip", lambda: run.VENV / "pip.whl")
    assert run.find_pip() == [str(run.PYTHON), str(run.VENV / "pip.whl" / "pip")]


@posix_only
@pytest.mark.usefixtures("without_pip")
def test_then_debians_package(run: ModuleType, monkeypatch: pytest.MonkeyPatch) -> None:
    def install_system_packages(names: list[str]) -> bool:
        assert names == ["python3-venv"]
        put_python(run)  # now ensurepip works
        return True

    monkeypatch.setattr(run, "install_system_packages", install_system_packages)
    assert run.find_pip() == [str(run.PYTHON), "-m", "pip"]


@posix_only
@pytest.mark.usefixtures("without_pip")
def test_and_if_all_fails_the_line_to_run(run: ModuleType) -> None:
    with pytest.raises(SystemExit, match=r"sudo apt-get .* install python3-venv$"):
        run.find_pip()


def test_the_index_is_the_one_that_pip_would_ask(
    run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    settings = tmp_path / "pip.conf"
    settings.write_text("[global]\nindex-url = https://mirror.example/simple\n")
    monkeypatch.delenv("PIP_INDEX_URL", raising=False)
    monkeypatch.setenv("PIP_CONFIG_FILE", str(settings))
    assert run.package_index() == "https://mirror.example/simple"
    monkeypatch.setenv("PIP_INDEX_URL", "https://other.example/simple/")
    assert run.package_index() == "https://other.example/simple/"


@pytest.fixture
def index(run: ModuleType, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[bytes]:
    """Serves a package index on this machine; the value is the wheel that it has."""
    wheel = b"the wheel"
    folder = tmp_path / "simple" / "pip"
    folder.mkdir(parents=True)
    (folder / run.PIP_WHEEL).write_bytes(wheel)
    (folder / "index.html").write_text(
        f'<a href="pip-1.0.whl">old</a>\n<a href="../pip/{run.PIP_WHEEL}#sha256=0">new</a>\n'
    )
    monkeypatch.setattr(SimpleHTTPRequestHandler, "log_message", lambda *arguments: None)
    handler = partial(SimpleHTTPRequestHandler, directory=str(tmp_path))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        monkeypatch.setenv("PIP_INDEX_URL", f"http://127.0.0.1:{server.server_port}/simple")
        monkeypatch.setenv("no_proxy", "127.0.0.1")
        run.VENV.mkdir()
        yield wheel
        server.shutdown()
        thread.join()


def test_a_pip_is_fetched_from_the_index(
    run: ModuleType, index: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(run, "PIP_SHA256", hashlib.sha256(index).hexdigest())
    assert run.download_pip().read_bytes() == index


def test_a_pip_with_another_hash_is_refused(
    run: ModuleType, index: bytes, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run.download_pip() is None
    assert list(run.VENV.iterdir()) == []
    assert run.PIP_WHEEL in capsys.readouterr().err


# --- handing over -----------------------------------------------------------------------


def start(run: ModuleType, *arguments: str) -> subprocess.CompletedProcess[str]:
    """Start run.py as a person does, in an environment that says it is complete."""
    words = [run.PYTHON_TAG, run.stamp(*run.RUNTIME.lists), run.stamp(*run.DEVELOPMENT.lists)]
    words += [run.stamp(*run.RUNTIME.locks), run.stamp(*run.DEVELOPMENT.locks)]
    run.READY.write_text("\n".join(words))
    command = [sys.executable, str(run.ROOT / "run.py"), *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@posix_only
def test_a_verb_goes_to_the_command_line_and_its_exit_code_comes_back(run: ModuleType) -> None:
    put_python(run, 'echo "$@"; exit 7')
    outcome = start(run, "status", "--json")
    assert outcome.returncode == 7
    assert outcome.stdout == "-P -m common.cli status --json\n"
    assert outcome.stderr == ""


@posix_only
def test_the_checks_run_in_order_with_pytest_last(run: ModuleType) -> None:
    put_python(run, 'case "$*" in *mypy*) exit 3;; *pytest*) echo "closing line";; esac')
    outcome = start(run, "test")
    lines = outcome.stdout.splitlines()
    begun = [line.removeprefix("== ") for line in lines if ":" not in line]
    assert begun == [*run.CHECKS, "closing line"]
    assert sum("FAILED (exit code 3)" in line for line in lines) == 1
    assert outcome.returncode == 3


@posix_only
def test_one_check_and_arguments_for_pytest(run: ModuleType) -> None:
    put_python(run, 'echo "$@"; exit 5')
    outcome = start(run, "test", "--only", "pytest", "--", "-k", "some name")
    assert outcome.stdout.splitlines() == ["== pytest", "-m pytest -k some name"]
    assert outcome.returncode == 5


# --- the locks --------------------------------------------------------------------------


def test_the_locks_fit_what_the_project_asks_for() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    runtime = pins(ROOT / "requirements.lock")
    development = pins(ROOT / "tests" / "requirements.lock")
    asked = [(Requirement(line), runtime) for line in project["project"]["dependencies"]]
    asked += [(Requirement(line), development) for line in project["dependency-groups"]["dev"]]
    assert [str(one) for one, lock in asked if not one.specifier.contains(lock[one.name])] == []
    assert all(development[name] == runtime[name] for name in runtime.keys() & development.keys())


def pins(lock: Path) -> dict[str, str]:
    packages = pinned_packages(lock.read_text(encoding="utf-8"))
    return {package.name: str(package.specifier).removeprefix("==") for package in packages}


@pytest.mark.parametrize("lock", ["requirements.lock", "tests/requirements.lock"])
def test_each_pin_has_hashes_and_no_address(lock: str) -> None:
    lines = (ROOT / lock).read_text(encoding="utf-8").splitlines()
    after_pins = [after for line, after in pairwise(lines) if "==" in line]
    assert after_pins
    assert all(after.startswith("    --hash=sha256:") for after in after_pins)
    assert not any("://" in line for line in lines)
