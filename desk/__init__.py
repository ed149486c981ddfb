"""The whole put together: command line, settings, wiring, runtime, doctor, demo.

What a part does is left to that part.
"""
