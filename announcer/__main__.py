"""`python -m announcer`: the command line without the console script."""

from announcer.cli.main import main

main()
