"""How much programs may ask, and how fast."""

from __future__ import annotations

import os

API_REQUESTS_PER_MINUTE = int(os.environ.get("CITYTANDEM_API_PER_MINUTE", "60"))
"""Requests a minute from one address without a token."""
API_REQUESTS_PER_MINUTE_WITH_TOKEN = int(os.environ.get("CITYTANDEM_API_PER_MINUTE_TOKEN", "300"))
"""Requests a minute with one token."""
