"""`python -m desk`, the same as `firstline`."""

from desk.cli import main

if __name__ == "__main__":
    main()
