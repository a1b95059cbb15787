"""Documents that are encrypted with a password that programs try by themselves."""

from __future__ import annotations

import hashlib
import io
import struct

import olefile
import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from msoffcrypto.method.ecma376_standard import ECMA376Standard
from msoffcrypto.method.rc4 import DocumentRC4
from msoffcrypto.method.rc4_cryptoapi import DocumentRC4CryptoAPI

from syncer.documents import default_password
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


PRESENTING = "/01Hannes Ruescher/01"


def encrypt_standard(password: str, bits: int = 128, cipher: int = 0x660E) -> bytes:
    """Return the `EncryptionInfo` of Office 2007."""
    key = ECMA376Standard.makekey_from_password(password, cipher, 0x8004, 0x18, bits, 16, SALT)
    aes = Cipher(algorithms.AES(key), modes.ECB())  # noqa: S305 - as the standard says
    plain = PROOF + hashlib.sha1(PROOF, usedforsecurity=False).digest() + bytes(12)
    sealer = aes.encryptor()
    sealed = sealer.update(plain) + sealer.finalize()
    header = struct.pack("<8I", 0x24, 0, cipher, 0x8004, bits, 0x18, 0, 0) + bytes(2)
    info = struct.pack("<2H2I", 3, 2, 0x24, len(header)) + header
    return info + struct.pack("<I", 16) + SALT + sealed[:16] + struct.pack("<I", 20) + sealed[16:]


def read_info(password: str) -> bytes:
    """Return the `EncryptionInfo` of Office 2010 and later."""
    made = corpus.encrypt(corpus.make_excel(), password)
    with olefile.OleFileIO(io.BytesIO(made)) as container:
        return bytes(container.openstream("EncryptionInfo").read())


AGILE, LOCKING = read_info(DEFAULT), read_info("hemmelig")


@pytest.mark.parametrize(
    ("info", "opens"),
    [
        (AGILE, None),
        (read_info(PRESENTING), None),
        (LOCKING, Opens.LOCKED),
        (LOCKING.replace(b'"100000"', b'"200000"'), Opens.LOCKED),
        (LOCKING.replace(b'"100000"', b'"200001"'), None),
        (LOCKING.replace(b'"AES"', b'"RC2"'), None),
        (LOCKING.replace(b"SHA512", b"SHA999"), None),
        (LOCKING.replace(b"encryptedKey ", b"key "), None),
        (LOCKING[:8] + b"<encryption/>", None),
        (LOCKING[:99], None),
        (b"\3\0" + LOCKING[2:], None),
        (encrypt_standard(DEFAULT), None),
        (encrypt_standard(DEFAULT, 256), None),
        (encrypt_standard(PRESENTING), None),
        (encrypt_standard("hemmelig"), Opens.LOCKED),
        (encrypt_standard("hemmelig", cipher=0x6801), None),
        (b"", None),
    ],
)
def test_a_document_that_programs_open_by_themselves_is_not_locked(
    info: bytes, opens: Opens | None
) -> None:
    """What is in it is not known; nor is what is encrypted in a way that we do not know."""
    streams = {"EncryptedPackage": bytes(9), "EncryptionInfo": info.ljust(4_096)}
    for name in ("a.xlsx", "a.pptx", "a.docx"):
        assert open_bytes(name, corpus.make_container(streams)).opens is opens
    assert open_bytes("a.xlsx", corpus.make_container({"EncryptedPackage": b"x"})).opens is (
        Opens.LOCKED
    )
    assert default_password.MAX_SPINS == 200_000
