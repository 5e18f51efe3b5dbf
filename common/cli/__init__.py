"""`passline`: one file a verb, each loaded only when it is called."""

from __future__ import annotations

import importlib
import pkgutil
from typing import Any

import click

from common.cli._lang import Verb, lang_option, language
from common.errors import KnownError

VERSION = "0.1.0"


class Verbs(Verb, click.Group):
    """The verbs are the modules of this package that hold a `command`."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 click names it
        """Every verb there is."""
        return sorted(
            module.name for module in pkgutil.iter_modules(__path__) if module.name[0] != "_"
        )

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """A verb, loaded now."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command: click.Command = importlib.import_module(f"{__name__}.{cmd_name}").command
        return command

    def invoke(self, ctx: click.Context) -> Any:
        """Run a verb; known trouble ends in one calm line, a bug in its trace."""
        try:
            return super().invoke(ctx)
        except KnownError as error:
            # Standard output belongs to the verb.
            click.echo(f"passline: {error.text(language())}", err=True)
            raise click.exceptions.Exit(error.exit_code) from error


@click.group(
    cls=Verbs,
    zh="Passline：柜台、后厨、客人之间传单，不靠服务器。",
    context_settings={"help_option_names": ["-h", "--help"]},
)
@lang_option
@click.version_option(VERSION, prog_name="passline")
def cli() -> None:
    """Passline: orders between counter, kitchen and guests, without a server."""


def main() -> None:
    """Run a verb."""
    cli(prog_name="passline")
