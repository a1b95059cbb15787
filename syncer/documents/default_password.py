"""Workbooks up to 2003 that nobody needs a password for, although they are encrypted.

"Protect workbook" encrypts with a password that every version of Excel, and LibreOffice, knows and
tries first. Sources: [MS-XLS] 2.4.117, [MS-OFFCRYPTO] 2.3.5 to 2.3.7.
"""

from __future__ import annotations

import hashlib
import struct

_PASSWORD = "VelvetSweatshop"  # noqa: S105 - the documented constant, and no secret
# Of that password (2.3.7.1), in the records of Excel 95.
_XOR_VERIFIER = 0x9A0A
_XOR, _RC4 = 0, 1


def has_default_password(record: bytes) -> bool:
    """Return whether a FILEPASS record, without its head, is of the password that all try."""
    try:
        (kind,) = struct.unpack_from("<H", record)
        if kind == _XOR:
            return bool(struct.unpack_from("<2xHH", record)[1] == _XOR_VERIFIER)
        if kind != _RC4:
            return False
        major, minor = struct.unpack_from("<2xHH", record)
        return _fits_md5(record[6:54]) if (major, minor) == (1, 1) else _fits_sha1(record[6:])
    except struct.error:
        return False


def _fits_md5(verifier: bytes) -> bool:
    salt, proof, proof_hash = verifier[:16], verifier[16:32], verifier[32:48]
    first = _md5(_PASSWORD.encode("utf-16-le"))[:5]
    second = _md5((first + salt) * 16)[:5]
    plain = _apply_rc4(_md5(second + bytes(4)), proof + proof_hash)
    return len(plain) == 32 and _md5(plain[:16]) == plain[16:]


def _fits_sha1(info: bytes) -> bool:
    _, header_size = struct.unpack_from("<2I", info)
    (key_bits,) = struct.unpack_from("<I", info, 8 + 16)
    verifier = info[8 + header_size :]
    salt, proof, proof_hash = verifier[4:20], verifier[20:36], verifier[40:60]
    first = _sha1(salt + _PASSWORD.encode("utf-16-le"))
    key = _sha1(first + bytes(4))[: key_bits // 8 or 5]
    plain = _apply_rc4(key.ljust(16, b"\0") if len(key) == 5 else key, proof + proof_hash)
    return len(plain) == 36 and _sha1(plain[:16]) == plain[16:]


def _md5(data: bytes) -> bytes:
    return hashlib.md5(data, usedforsecurity=False).digest()


def _sha1(data: bytes) -> bytes:
    return hashlib.sha1(data, usedforsecurity=False).digest()


def _apply_rc4(key: bytes, data: bytes) -> bytes:
    state = list(range(256))
    at = 0
    for place in range(256):
        at = (at + state[place] + key[place % len(key)]) % 256
        state[place], state[at] = state[at], state[place]
    made = bytearray()
    at = 0
    for number, byte in enumerate(data, 1):
        place = number % 256
        at = (at + state[place]) % 256
        state[place], state[at] = state[at], state[place]
        made.append(byte ^ state[(state[place] + state[at]) % 256])
    return bytes(made)
