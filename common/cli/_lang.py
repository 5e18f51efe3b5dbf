"""The language that a verb speaks: what was asked for, else the terminal's."""

from __future__ import annotations

import copy
from collections.abc import Callable
from typing import Any

import click

from common.errors import user_language

_KEY = "passline.lang"


def _choose(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta[_KEY] = value


def language() -> str:
    """`zh` or `en`."""
    context = click.get_current_context(silent=True)
    chosen: str | None = None if context is None else context.meta.get(_KEY)
    return chosen or user_language()


def pick(zh: str, en: str) -> str:
    """The sentence in the language of the verb that runs."""
    return zh if language() == "zh" else en


class Formatter(click.HelpFormatter):
    """Help with its headings in the reader's language."""

    def write_usage(self, prog: str, args: str = "", prefix: str | None = None) -> None:
        """How a verb is written."""
        super().write_usage(prog, args, prefix or pick("用法：", "Usage: "))

    def write_heading(self, heading: str) -> None:
        """A heading."""
        zh = {"Options": "选项", "Commands": "命令"}.get(heading, heading)
        super().write_heading(pick(zh, heading))


class Verb(click.Command):
    """A command whose help speaks both languages: `zh` and `short_zh` beside click's own."""

    def __init__(self, *args: Any, zh: str = "", short_zh: str = "", **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.zh = zh
        self.short_zh = short_zh

    def get_short_help_str(self, limit: int = 45) -> str:
        """The verb in the list of all."""
        return pick(self.short_zh, "") or super().get_short_help_str(limit)

    def format_help(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        """The help of this verb."""
        english, self.help = self.help, pick(self.zh, "") or self.help
        try:
            super().format_help(ctx, formatter)
        finally:
            self.help = english

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        """`--help`."""
        shown = super().get_help_option(ctx)
        if shown is not None:
            shown.help = pick("显示这段说明。", "Show this message and exit.")
        return shown


class _Context(click.Context):
    """Where a verb's help is written by our formatter."""

    formatter_class = Formatter


Verb.context_class = _Context


class Option(click.Option):
    """An option that tells what it is for in both languages."""

    def __init__(self, *args: Any, zh: str = "", **facts: Any) -> None:
        super().__init__(*args, **facts)
        self.zh = zh

    def get_help_record(self, ctx: click.Context) -> tuple[str, str] | None:
        """Its line in the help."""
        shown = copy.copy(self)
        shown.help = pick(self.zh, "") or self.help
        record = super(Option, shown).get_help_record(ctx)
        if record is None or language() != "zh":
            return record
        name, text = record
        return name, text.replace("[required]", "[必填]").replace("[default: ", "[默认：")


def option(*names: str, zh: str, en: str, **facts: Any) -> Callable[[Any], Any]:
    """`click.option` in both languages."""
    return click.option(*names, cls=Option, zh=zh, help=en, **facts)


lang_option = option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    callback=_choose,
    expose_value=False,
    is_eager=True,
    zh="语言；默认看 $PASSLINE_LANG，再看终端。",
    en="Default: $PASSLINE_LANG, else the terminal's language.",
)
