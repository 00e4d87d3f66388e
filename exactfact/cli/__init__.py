"""The `exactfact` command: one file a subcommand, and no mathematics."""
