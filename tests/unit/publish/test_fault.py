from __future__ import annotations

import errno
import os

import pytest

from ecliptic.errors import PublishError
from ecliptic.publish.fault import disk_faults


@pytest.mark.parametrize(
    ("number", "code", "remedy"),
    [
        (errno.ENOSPC, "publish.no_space", "Free some space"),
        (errno.EDQUOT, "publish.no_space", "Free some space"),
        (errno.EFBIG, "publish.too_large", "Raise the limit"),
        (errno.EACCES, "publish.not_permitted", "write there"),
        (errno.EROFS, "publish.read_only", "another output folder"),
        (errno.ENOTDIR, "publish.in_the_way", "Move it away"),
        (errno.EIO, "publish.failed", "Input/output error"),
    ],
)
def test_disk_faults_when_the_system_refuses_then_the_error_says_what_where_and_remedy(
    number: int, code: str, remedy: str
) -> None:
    with pytest.raises(PublishError) as raised, disk_faults("/srv/public"):
        raise OSError(number, os.strerror(number))
    assert raised.value.code == code
    assert "/srv/public" in raised.value.message
    assert "the old site stays" in raised.value.message
    assert remedy in raised.value.message
    assert isinstance(raised.value.__cause__, OSError)


def test_disk_faults_when_the_system_names_a_file_then_the_error_does() -> None:
    with pytest.raises(PublishError, match=r"/srv/public/a\.html"), disk_faults("/srv/public"):
        raise PermissionError(errno.EACCES, "Permission denied", "/srv/public/a.html")
