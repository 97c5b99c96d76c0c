"""A click command whose plain arguments may be compiler flags; no command itself."""

from __future__ import annotations

import click

from fpcc.build_arguments import set_aside


class CompilerCommand(click.Command):
    """Hands click fpcc's own options first, and everything else as plain arguments."""

    def parse_args(self, ctx: click.Context, args: list[str]) -> list[str]:
        takes_value = {
            name: isinstance(option, click.Option) and not option.is_flag
            for option in self.get_params(ctx)
            for name in option.opts
            if name.startswith("-")
        }
        own, others = set_aside(args, takes_value)
        return super().parse_args(ctx, [*own, "--", *others])
