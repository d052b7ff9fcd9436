"""`python -m leitplanke` is the command line program."""

from leitplanke.project.cli import main

main()
