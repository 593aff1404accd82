"""What the transports' tests share."""

from __future__ import annotations

import pytest

from tests.transport.certificates import Certificates, make


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    """A private certificate authority."""
    return make(tmp_path_factory.mktemp("certificates"))
