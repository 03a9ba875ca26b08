"""``kg completion``."""

from __future__ import annotations

import click
from click.shell_completion import get_completion_class

from kg.cli.options import quiet_option


@click.command("completion")
@click.argument("shell", type=click.Choice(["bash", "zsh", "fish"]))
@quiet_option
def command(shell: str, quiet: bool) -> None:
    """Print the completion script of a shell: commands, options, files and stock queries.

    \b
    bash:  kg completion bash > ~/.local/share/bash-completion/completions/kg
    zsh:   kg completion zsh > ~/.zfunc/_kg     (with ~/.zfunc in fpath)
    fish:  kg completion fish > ~/.config/fish/completions/kg.fish
    """
    root = click.get_current_context().find_root()
    completion = get_completion_class(shell)
    assert completion is not None, "click knows the shells that the argument allows"
    click.echo(completion(root.command, {}, "kg", "_KG_COMPLETE").source())
