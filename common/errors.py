"""Trouble that is known: told calmly to people, with what to do. Anything else is a bug."""

from __future__ import annotations

import locale
import os


class KnownError(Exception):
    """Base of errors whose text is meant for people and names what to do.

    It is English; `zh` says the same in Chinese where that has been written.
    """

    exit_code = 1
    """How a program ends that it ends."""

    def __init__(self, text: str = "", zh: str = "") -> None:
        super().__init__(text)
        self.zh = zh

    def text(self, lang: str) -> str:
        """The sentence in a language: `zh`, `zh_CN` … or else English."""
        return self.zh if self.zh and lang.startswith("zh") else str(self)


def user_language() -> str:
    """The language people set for their terminal: `zh` or `en`."""
    for name in ("PASSLINE_LANG", "LC_ALL", "LC_MESSAGES", "LANG"):
        value = os.environ.get(name)
        if value:
            return "zh" if value.startswith("zh") else "en"
    # Windows sets none of these.
    return "zh" if (locale.getlocale()[0] or "").startswith(("zh", "Chinese")) else "en"
