"""Trouble that is known: told calmly to people, with what to do. Anything else is a bug."""

from __future__ import annotations


class KnownError(Exception):
    """Base of errors whose text is meant for people and names what to do."""
