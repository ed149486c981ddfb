"""`python -m desk`, the same as `firstline`."""

from desk.entry import main

if __name__ == "__main__":
    main()
