"""What all tests share: where the raw data sets lie, and the settings of hypothesis."""

import os
from pathlib import Path

import pytest
from hypothesis import HealthCheck, settings

ROOT = Path(__file__).parent.parent

settings.register_profile("house", deadline=None, suppress_health_check=[HealthCheck.too_slow], print_blob=True)
settings.register_profile("ci", parent=settings.get_profile("house"), derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "house")

if "CITYTANDEM_BULK_ROWS" not in os.environ:
    # a Spark that works for seconds only is done sooner when Java compiles quickly rather than well
    os.environ.setdefault("JDK_JAVA_OPTIONS", "-XX:TieredStopAtLevel=1 -XX:+UseSerialGC")


@pytest.fixture(scope="session")
def raw_data() -> Path:
    """The folder of raw data sets, from CITYTANDEM_RAW or beside the repository."""
    folder = Path(os.environ.get("CITYTANDEM_RAW", ROOT.parent / "shared" / "data"))
    if not folder.is_dir():
        pytest.skip("the raw data sets are not on this machine: set CITYTANDEM_RAW to their folder")
    return folder


@pytest.fixture(scope="session")
def repository() -> Path:
    """The root of the repository."""
    return ROOT


def pytest_make_parametrize_id(val, argname):
    """A file made on the spot is called by its argument: its bytes differ from one worker to the next."""
    return argname if isinstance(val, bytes) and len(val) > 40 else None
