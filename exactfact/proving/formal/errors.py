"""Why a certificate is not exported."""

from __future__ import annotations


class NotExported(Exception):
    """No file is written; the message says why."""
