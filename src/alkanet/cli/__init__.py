"""The command line. Data go to stdout or to the place told, talk goes to stderr."""
