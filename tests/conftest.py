"""What holds for every test."""

import os

from hypothesis import settings

# A deadline measures the machine, not the code. In CI the same examples are tried each time: a
# change is judged by what it does, not by what chance finds that day.
settings.register_profile("callscribe", deadline=None, derandomize="CI" in os.environ)
settings.load_profile("callscribe")
