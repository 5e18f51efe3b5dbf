"""`passline`: one file a verb, each loaded only when it is called."""

from __future__ import annotations

import importlib
import pkgutil
import sys

import click

from common.errors import KnownError


class Verbs(click.Group):
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


@click.group(cls=Verbs, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="passline", prog_name="passline")
def cli() -> None:
    """Passline: orders between counter, kitchen and guests, without a server."""


def main() -> None:
    """Run a verb; known trouble ends in one calm line, a bug in its trace."""
    try:
        cli()
    except KnownError as error:
        click.echo(f"passline: {error}", err=True)
        sys.exit(1)
