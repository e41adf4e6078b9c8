"""The command line: options in, one call, an exit status out."""
