"""What holds for every test."""

from hypothesis import settings

# The same examples in every run: a test that fails, fails again. A slow machine is no bug.
settings.register_profile("seeded", derandomize=True, deadline=None, print_blob=True)
settings.load_profile("seeded")
