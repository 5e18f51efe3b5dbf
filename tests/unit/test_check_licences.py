"""The licence check lets in what may be in our processes, and nothing that it does not know."""

import pytest

from tests import check_licences
from tests.check_licences import Verdict, complaints, judge, licence_of, pinned_packages


@pytest.mark.parametrize(
    ("expression", "verdict"),
    [
        ("MIT", Verdict.ACCEPTED),
        ("BSD-3-Clause AND Apache-2.0", Verdict.ACCEPTED),
        ("LGPL-3.0-only", Verdict.ACCEPTED),
        ("LGPL-2.1-or-later", Verdict.ACCEPTED),
        ("GPL-3.0-only", Verdict.REFUSED),
        ("GPL-2.0-or-later", Verdict.REFUSED),
        ("AGPL-3.0-only", Verdict.REFUSED),
        ("GPL-3.0-or-later WITH GCC-exception-3.1", Verdict.REFUSED),
        # We choose the best branch of an OR; all of an AND binds us.
        ("GPL-3.0-only OR MIT", Verdict.ACCEPTED),
        ("GPL-3.0-only AND MIT", Verdict.REFUSED),
        ("LicenseRef-Commercial OR LGPL-3.0-only OR GPL-2.0-only", Verdict.ACCEPTED),
        ("(GPL-2.0-only OR LGPL-3.0-only) AND AGPL-3.0-only", Verdict.REFUSED),
        ("LicenseRef-Commercial OR GPL-2.0-only", Verdict.UNKNOWN),
        ("LicenseRef-Commercial AND GPL-2.0-only", Verdict.REFUSED),
        ("", Verdict.UNKNOWN),
        ("Nobody knows", Verdict.UNKNOWN),
        ("MIT AND (", Verdict.UNKNOWN),
    ],
)
def test_judge(expression: str, verdict: Verdict) -> None:
    assert judge(expression) is verdict


@pytest.mark.parametrize(
    ("expression", "text", "classifiers", "licence"),
    [
        ("MIT", "GPL", ["License :: OSI Approved :: ISC License (ISCL)"], "MIT"),
        ("", "Apache-2.0", [], "Apache-2.0"),
        ("", "see file", ["License :: OSI Approved :: MIT License"], "MIT"),
        (
            "",
            "",
            [
                "License :: OSI Approved :: MIT License",
                "License :: OSI Approved :: GNU General Public License v3 (GPLv3)",
            ],
            "MIT AND GPL-3.0-only",
        ),
        (
            "",
            "",
            ["License :: OSI Approved :: BSD License"],
            "License :: OSI Approved :: BSD License",
        ),
        ("", "A text\nof many lines", [], "A text"),
        ("", "", [], ""),
    ],
)
def test_the_exactest_word_in_the_metadata_counts(
    expression: str, text: str, classifiers: list[str], licence: str
) -> None:
    assert licence_of(expression, text, classifiers) == licence


def test_pins_are_read_with_their_markers() -> None:
    lock = (
        "# comment\n"
        "cffi==2.1.1 ; implementation_name == 'pypy' \\\n"
        "    --hash=sha256:00 \\\n"
        "    # via pynacl\n"
        "rich==15.0.0 \\\n"
        "    --hash=sha256:01\n"
    )
    assert [package.name for package in pinned_packages(lock)] == ["cffi", "rich"]


def test_each_complaint_names_the_package_and_what_to_do(monkeypatch: pytest.MonkeyPatch) -> None:
    licences = {"free": "MIT", "viral": "GPL-3.0-only", "vague": "Some words"}
    monkeypatch.setattr(check_licences, "declared_licence", licences.__getitem__)
    lock = "free==1\nviral==1\nvague==1\n"
    assert list(complaints(lock)) == [
        "viral: GPL-3.0-only may not be in our processes",
        "vague: unknown licence 'Some words'; read it and add it to READ_BY_HAND",
    ]


def test_a_licence_read_by_hand_overrules_the_metadata(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(check_licences, "declared_licence", {"vague": "Some words"}.__getitem__)
    monkeypatch.setitem(check_licences.READ_BY_HAND, "vague", "BSD-3-Clause")
    assert list(complaints("vague==1\n")) == []


def test_a_package_of_another_system_must_be_read_by_hand() -> None:
    (complaint,) = complaints("no-such-package-here==1 ; sys_platform == 'win32'\n")
    assert complaint.startswith("no-such-package-here: not installed here")


def test_the_lock_of_this_project_is_clean() -> None:
    assert list(complaints(check_licences.LOCK.read_text(encoding="utf-8"))) == []
