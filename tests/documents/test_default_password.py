"""Workbooks that are encrypted with the password that every program tries first."""

from __future__ import annotations

import hashlib
import struct

import pytest
from msoffcrypto.method.rc4 import DocumentRC4
from msoffcrypto.method.rc4_cryptoapi import DocumentRC4CryptoAPI

from syncer.documents.open_document import open_bytes
from syncer.model.documents import Opens
from tests.documents import corpus

DEFAULT = "VelvetSweatshop"
SALT, PROOF = bytes(range(16)), bytes(range(16, 32))


def encrypt_old(password: str) -> bytes:
    """Return the password record of Excel 97: RC4, proven by MD5."""
    plain = PROOF + hashlib.md5(PROOF, usedforsecurity=False).digest()
    # RC4 is its own inverse.
    made: bytes = DocumentRC4.decrypt(password, SALT, _Once(plain)).read()
    return struct.pack("<3H", 1, 1, 1) + SALT + made


def encrypt_new(password: str, bits: int) -> bytes:
    """Return the password record of Excel 2003 and later: RC4 of the system, proven by SHA-1."""
    plain = PROOF + hashlib.sha1(PROOF, usedforsecurity=False).digest()
    made: bytes = DocumentRC4CryptoAPI.decrypt(password, SALT, bits or 40, _Once(plain)).read()
    header = struct.pack("<8I", 4, 0, 0x6801, 0x8004, bits, 1, 0, 0) + "CSP\0".encode("utf-16-le")
    info = struct.pack("<3H2I", 1, 2, 2, 4, len(header)) + header
    return info + struct.pack("<I", 16) + SALT + made[:16] + struct.pack("<I", 20) + made[16:]


class _Once:
    """A stream that is read once."""

    def __init__(self, data: bytes) -> None:
        self.data = data

    def read(self, _: int) -> bytes:
        """Return all of it, then nothing."""
        data, self.data = self.data, b""
        return data


def make_workbook(record: bytes, *, protected: bool = False) -> bytes:
    """Return a workbook that begins with a password record."""
    start = struct.pack("<2H16x", 0x0809, 16)
    start += struct.pack("<2H", 0x0086, 0) if protected else b""
    return corpus.make_container(
        {"Workbook": start + struct.pack("<2H", 0x2F, len(record)) + record}
    )


@pytest.mark.parametrize("protected", [False, True])
@pytest.mark.parametrize(
    ("record", "opens"),
    [
        (struct.pack("<3H", 0, 0x1234, 0x9A0A), Opens.YES),
        (struct.pack("<3H", 0, 0x9A0A, 0x1234), Opens.LOCKED),
        (encrypt_old(DEFAULT), Opens.YES),
        (encrypt_old("hemmelig"), Opens.LOCKED),
        *((encrypt_new(DEFAULT, bits), Opens.YES) for bits in (0, 40, 56, 128)),
        (encrypt_new("hemmelig", 128), Opens.LOCKED),
        (encrypt_new(DEFAULT, 128)[:40], Opens.LOCKED),
        (encrypt_old(DEFAULT)[:40], Opens.LOCKED),
        (struct.pack("<H", 2), Opens.LOCKED),
        (b"", Opens.LOCKED),
    ],
)
def test_a_workbook_that_opens_by_itself_is_not_locked(
    record: bytes, opens: Opens, protected: bool
) -> None:
    """Only its structure is protected; any other password locks it, and so does what is cut."""
    assert open_bytes("a.xls", make_workbook(record, protected=protected)).opens is opens
