"""Check that nothing in `requirements.lock` brings a licence that our processes may not carry.

Reads each pinned package's installed metadata. Of an OR we may choose, so it counts by its
best branch; an AND binds as a whole, so it counts by its worst. GPL and AGPL are refused;
LGPL is accepted, since a Python package is linked dynamically and can be exchanged; a
licence that is on no list fails until somebody has read it.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator
from enum import IntEnum
from importlib import metadata
from pathlib import Path
from typing import Any

import license_expression
from packaging.requirements import Requirement

LOCK = Path(__file__).resolve().parent.parent / "requirements.lock"
SPDX = license_expression.get_spdx_licensing()

# Compared without `-only` and `-or-later`.
ACCEPTED = frozenset(
    {
        *("0BSD", "BSD-2-Clause", "BSD-3-Clause", "ISC", "MIT", "MIT-0", "MIT-CMU", "Zlib"),
        *("Apache-2.0", "BSL-1.0", "CC0-1.0", "HPND", "PSF-2.0", "Python-2.0", "Unlicense"),
        *("LGPL-2.0", "LGPL-2.1", "LGPL-3.0", "MPL-2.0"),
        "OFL-1.1",
    }
)
REFUSED = ("GPL-", "AGPL-", "SSPL-")

# What the classifiers of older packages mean. "BSD License" names several and so is none.
CLASSIFIERS = {
    "License :: OSI Approved :: Apache Software License": "Apache-2.0",
    "License :: OSI Approved :: ISC License (ISCL)": "ISC",
    "License :: OSI Approved :: MIT License": "MIT",
    "License :: OSI Approved :: Mozilla Public License 2.0 (MPL 2.0)": "MPL-2.0",
    "License :: OSI Approved :: Python Software Foundation License": "PSF-2.0",
    "License :: OSI Approved :: GNU General Public License v2 (GPLv2)": "GPL-2.0-only",
    "License :: OSI Approved :: GNU General Public License v3 (GPLv3)": "GPL-3.0-only",
}

# Packages whose metadata says nothing exact: their licence, read in the text they ship.
# Also the place for what the lock names for another system than the one that checks.
READ_BY_HAND: dict[str, str] = {}


class Verdict(IntEnum):
    """How a licence stands to us; a greater one is worse."""

    ACCEPTED = 0
    UNKNOWN = 1
    REFUSED = 2


def judge(expression: str) -> Verdict:
    """Return the verdict on an SPDX expression."""
    try:
        return judge_parsed(SPDX.parse(expression))
    except license_expression.ExpressionError:
        return Verdict.UNKNOWN


def judge_parsed(node: Any) -> Verdict:
    """Return the verdict on a parsed expression or a part of one."""
    if isinstance(node, SPDX.OR):
        return min(judge_parsed(part) for part in node.args)
    if isinstance(node, SPDX.AND):
        return max(judge_parsed(part) for part in node.args)
    key = str(node).removesuffix("-or-later").removesuffix("-only")
    if key in ACCEPTED:
        return Verdict.ACCEPTED
    return Verdict.REFUSED if key.startswith(REFUSED) else Verdict.UNKNOWN


def declared_licence(name: str) -> str:
    """Return the licence of an installed package as an SPDX expression; "" if it has none."""
    about = metadata.metadata(name)
    (expression,) = about.get_all("License-Expression", [""])
    (text,) = about.get_all("License", [""])
    classifiers = [line for line in about.get_all("Classifier", []) if line.startswith("License")]
    return licence_of(expression, text, classifiers)


def licence_of(expression: str, text: str, classifiers: list[str]) -> str:
    """Choose among the three places where metadata can name a licence, the exactest first."""
    if expression or judge(text) is not Verdict.UNKNOWN:
        return expression or text
    named = [CLASSIFIERS.get(classifier, classifier) for classifier in classifiers]
    return " AND ".join(named) or text.strip().partition("\n")[0]


def pinned_packages(lock: str) -> list[Requirement]:
    """Return what a lock file pins."""
    lines = (line.rstrip("\\ ") for line in lock.splitlines())
    return [Requirement(line) for line in lines if line and line[0].isalnum()]


def complaints(lock: str) -> Iterator[str]:
    """Yield one line for each pinned package that we may not use or know too little about."""
    for package in pinned_packages(lock):
        name = package.name
        try:
            licence = READ_BY_HAND.get(name) or declared_licence(name)
        except metadata.PackageNotFoundError:
            yield f"{name}: not installed here; read its licence and add it to READ_BY_HAND"
            continue
        verdict = judge(licence)
        if verdict is Verdict.REFUSED:
            yield f"{name}: {licence} may not be in our processes"
        elif verdict is Verdict.UNKNOWN:
            yield f"{name}: unknown licence {licence!r}; read it and add it to READ_BY_HAND"


def main() -> int:
    """Print the complaints; return 0 only if there are none."""
    lock = LOCK.read_text(encoding="utf-8")
    found = list(complaints(lock))
    for line in found:
        print(line)
    print(f"{len(pinned_packages(lock))} packages, {len(found)} complaints")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
