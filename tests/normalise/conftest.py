from __future__ import annotations

import pytest
from alk_reference import ALK37, ALK38


@pytest.fixture(params=[ALK37, ALK38], ids=["GRCh37", "GRCh38"])
def alk(request):
    return request.param
