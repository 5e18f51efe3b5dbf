"""The language that a verb speaks: what was asked for, else the terminal's."""

from __future__ import annotations

import click

from common.rehearsal.words import user_language

_KEY = "passline.lang"


def _choose(ctx: click.Context, _: click.Parameter, value: str | None) -> None:
    if value is not None:
        ctx.meta[_KEY] = value


lang_option = click.option(
    "--lang",
    type=click.Choice(["zh", "en"]),
    callback=_choose,
    expose_value=False,
    is_eager=True,
    help="Default: $PASSLINE_LANG, else the terminal's language.",
)


def language() -> str:
    """`zh` or `en`."""
    context = click.get_current_context(silent=True)
    chosen: str | None = None if context is None else context.meta.get(_KEY)
    return chosen or user_language()


def pick(zh: str, en: str) -> str:
    """The sentence in the language of the verb that runs."""
    return zh if language() == "zh" else en
