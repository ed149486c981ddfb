"""The whole put together: command line, settings, wiring, runtime, doctor, demo. Everything else leaves that to it."""
