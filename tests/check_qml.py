"""Lint every QML file against the Python types that it uses, and check how it is written.

qmllint knows a Python type only from a `.qmltypes` file beside its module's qmldir. They are
written anew here from the types themselves, and stay out of git. `--fix` lets qmlformat write.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import PySide6
from PySide6.QtCore import QMetaMethod, QMetaObject, QObject

from common.ui.program import SHARED, Room
from common.ui.tokens import read_tokens
from foh.app import ROOM as FRONT
from kds.app import ROOM as KITCHEN

ROOT = Path(__file__).resolve().parent.parent
ROOMS: tuple[Room, ...] = (KITCHEN, FRONT)
MODULES = (ROOT / "common" / "ui" / "qml", *(room.qml for room in ROOMS))
TOOLS = Path(PySide6.__file__).parent


def theme_type() -> str:
    """The theme's tokens as properties of a singleton."""
    tokens = read_tokens("kitchen")
    kinds = {
        **dict.fromkeys(tokens.colours, "QColor"),
        **dict.fromkeys((*tokens.arcmin, *tokens.mm, *tokens.ms), "int"),
        **dict.fromkeys(tokens.factors, "double"),
    }
    properties = (_property(name, kind, "valueChanged") for name, kind in kinds.items())
    return _component("Theme", "Passline", properties, ("isSingleton: true",))


def object_type(made: type[QObject], module: str) -> str:
    """What QML sees of a type made in Python."""
    meta: QMetaObject = made.staticMetaObject  # type: ignore[attr-defined] # the stubs forget it
    return _component(made.__name__, module, _members(meta))


def _members(meta: QMetaObject) -> Iterator[str]:
    """Its own and those of the classes it stands on, down to Qt's."""
    bare: QMetaObject = QObject.staticMetaObject  # type: ignore[attr-defined] # as above
    for at in range(bare.propertyCount(), meta.propertyCount()):
        known = meta.property(at)
        notify = _text(known.notifySignal().name())
        name, kind = _text(known.name()), _text(known.typeName())
        yield _property(name, kind, notify, writable=known.isWritable())
    for at in range(bare.methodCount(), meta.methodCount()):
        yield _method(meta.method(at))


def _property(name: str, kind: str, notify: str, *, writable: bool = False) -> str:
    facts = [f'name: "{name}"', f'type: "{kind.removesuffix("*")}"']
    facts += ["isPointer: true"] if kind.endswith("*") else []
    facts += [] if writable else ["isReadonly: true"]
    facts += [f'notify: "{notify}"'] if notify else ["isConstant: true"]
    return f"Property {{ {'; '.join(facts)} }}"


def _method(method: QMetaMethod) -> str:
    what = "Signal" if method.methodType() == QMetaMethod.MethodType.Signal else "Method"
    names, kinds = map(_text, method.parameterNames()), map(_text, method.parameterTypes())
    told = (
        f'Parameter {{ name: "{name}"; type: "{kind}" }}'
        for name, kind in zip(names, kinds, strict=True)
    )
    return f'{what} {{ name: "{_text(method.name())}"; {" ".join(told)} }}'


def _text(name: Any) -> str:
    """A name as the binding hands it over: str, bytes or QByteArray."""
    return name if isinstance(name, str) else bytes(name).decode()


def _component(name: str, module: str, members: Iterable[str], facts: Iterable[str] = ()) -> str:
    lines = (
        f'name: "{name}"',
        'accessSemantics: "reference"',
        'prototype: "QObject"',
        f'exports: ["{module}/{name} 1.0"]',
        "exportMetaObjectRevisions: [256]",
        *facts,
        *members,
    )
    return "    Component {\n" + "".join(f"        {line}\n" for line in lines) + "    }\n"


def write_types() -> None:
    """Write each module's types where its qmldir names them."""
    shared = "".join(object_type(made, "Passline") for made in SHARED)
    described = {"Passline": theme_type() + shared}
    for room in ROOMS:
        described[room.module] = "".join(object_type(made, room.module) for made in room.types)
    for folder in MODULES:
        for qmldir in folder.glob("*/qmldir"):
            name = qmldir.parent.name
            text = f"import QtQuick.tooling 1.2\nModule {{\n{described[name]}}}\n"
            (qmldir.parent / f"{name.lower()}.qmltypes").write_text(text, encoding="utf-8")


def qml_files() -> list[Path]:
    """Every QML file of the project."""
    rooms = ("common", "kds", "foh")
    return sorted(file for room in rooms for file in (ROOT / room).rglob("*.qml"))


def lint(files: list[Path]) -> int:
    """Let qmllint speak; 0 if it has nothing to say."""
    paths = [word for folder in MODULES for word in ("-I", str(folder))]
    # Absolute names: with others qmllint takes types of the same folder for unknown.
    return subprocess.call([TOOLS / "qmllint", "-W", "0", *paths, *files])


def unformatted(files: list[Path]) -> list[Path]:
    """The files that qmlformat would write in another way."""
    return [file for file in files if formatted(file) != file.read_text(encoding="utf-8")]


def formatted(file: Path) -> str:
    """A file as qmlformat writes it."""
    command = [str(TOOLS / "qmlformat"), "--newline", "unix", str(file)]
    return subprocess.run(command, capture_output=True, check=True, encoding="utf-8").stdout


def main() -> int:
    """Print what is wrong; return 0 only if nothing is."""
    files = qml_files()
    write_types()
    linted = lint(files)
    crooked = unformatted(files)
    for file in crooked:
        if "--fix" in sys.argv:
            file.write_text(formatted(file), encoding="utf-8")
        print(f"{file.relative_to(ROOT)}: not as qmlformat writes it (--fix writes it)")
    print(f"{len(files)} QML files, {len(crooked)} to be formatted")
    return 1 if linted or crooked else 0


if __name__ == "__main__":
    sys.exit(main())
