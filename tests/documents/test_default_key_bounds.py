"""What an `EncryptionInfo` may say of itself, in documents that a stranger puts into a share."""

from __future__ import annotations

import struct
import tracemalloc

import pytest

from syncer.documents.default_password import MAX_INFO_BYTES, has_default_key
from syncer.documents.faults import OverLimit

_KEY = (
    '<e><k:encryptedKey xmlns:k="k" spinCount="1" keyBits="{bits}" hashAlgorithm="SHA1"'
    ' cipherAlgorithm="AES" cipherChaining="ChainingModeCBC" saltValue="{salt}"'
    ' encryptedVerifierHashInput="{salt}" encryptedVerifierHashValue="{salt}{salt}"{more}/></e>'
)
_SALT = "A" * 22 + "=="


def _build(bits: str = "128", more: str = "") -> bytes:
    """Return a stream of a key that no default password opens."""
    text = _KEY.format(bits=bits, salt=_SALT, more=more).replace(_SALT * 2, "A" * 43 + "=")
    return struct.pack("<2HI", 4, 4, 0x40) + text.encode()


def test_a_key_of_the_sizes_that_programs_write_is_tried() -> None:
    """The password is another one, so that the document is locked."""
    assert not has_default_key(_build())
    assert not has_default_key(_build("256"))


@pytest.mark.parametrize("bits", ["16000000000", "1" + "0" * 30, "-8", "8"])
def test_a_key_of_another_size_is_not_made(bits: str) -> None:
    """Two gigabytes of key were made before the cipher refused them."""
    tracemalloc.start()
    with pytest.raises(OverLimit):
        has_default_key(_build(bits))
    assert tracemalloc.get_traced_memory()[1] < 1_000_000
    tracemalloc.stop()


@pytest.mark.parametrize("count", [2_000, 250_000])
def test_a_description_longer_than_any_programs_is_not_read(count: int) -> None:
    """The time of its attributes grew with their square."""
    info = _build(more="".join(f' a{number}=""' for number in range(count)))
    assert len(info) > MAX_INFO_BYTES
    with pytest.raises(OverLimit):
        has_default_key(info)


@pytest.mark.parametrize("text", [b"", b"<e/>", b"<e", b"\0\0"])
def test_a_description_without_a_key_gives_no_verdict(text: bytes) -> None:
    """What is not understood is in doubt."""
    with pytest.raises(OverLimit):
        has_default_key(struct.pack("<2HI", 4, 4, 0x40) + text)
