"""Trouble that is known: told calmly to people, with what to do. Anything else is a bug."""

from __future__ import annotations


class KnownError(Exception):
    """Base of errors whose text is meant for people and names what to do.

    It is English; `zh` says the same in Chinese where that has been written.
    """

    def __init__(self, text: str = "", zh: str = "") -> None:
        super().__init__(text)
        self.zh = zh

    def text(self, lang: str) -> str:
        """The sentence in a language: `zh`, `zh_CN` … or else English."""
        return self.zh if self.zh and lang.startswith("zh") else str(self)
