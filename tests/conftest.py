"""What every test runs under."""

import os

from hypothesis import HealthCheck, settings

# The same examples every time, so that a red run can be seen again; set
# HYPOTHESIS_PROFILE=explore to look for new ones.
settings.register_profile(
    "house",
    deadline=None,
    derandomize=True,
    max_examples=25,
    suppress_health_check=[HealthCheck.too_slow],
)
settings.register_profile(
    "explore", settings.get_profile("house"), derandomize=False, max_examples=500
)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "house"))
