"""Documents that nobody needs a password for, although they are encrypted.

"Protect workbook" encrypts with a password that every version of Excel, and LibreOffice, knows and
tries first; so does PowerPoint with one of its own. Sources: [MS-XLS] 2.4.117, [MS-OFFCRYPTO] 2.3.4
to 2.3.7.
"""

from __future__ import annotations

import base64
import hashlib
import struct
from xml.parsers import expat

from syncer.documents.faults import OverLimit

_PASSWORD = "VelvetSweatshop"  # noqa: S105 - the documented constant, and no secret
_PASSWORDS = (_PASSWORD, "/01Hannes Ruescher/01")
# Of that password (2.3.7.1), in the records of Excel 95.
_XOR_VERIFIER = 0x9A0A
_XOR, _RC4 = 0, 1
# Programs write some 1,500 bytes.
MAX_INFO_BYTES = 16_384
_KEY_BITS = (128, 192, 256)
# Programs write 100,000: a tenth of a second for each password.
MAX_SPINS = 200_000
_STANDARD_SPINS = 50_000
_HASHES = ("SHA1", "SHA256", "SHA384", "SHA512")
_AES = (0x660E, 0x660F, 0x6610)
# Of the agile verifier and its hash (2.3.4.13).
_INPUT_BLOCK, _VALUE_BLOCK = bytes.fromhex("fea7d2763b4b9e79"), bytes.fromhex("d7aa0f6d3061344e")


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


def has_default_key(info: bytes) -> bool:
    """Return whether an `EncryptionInfo` stream is of a password that programs try by themselves.

    Raises:
        OverLimit: it is encrypted in a way that we do not know, or finding out takes too long.
    """
    try:
        major, minor = struct.unpack_from("<2H", info)
        if len(info) > MAX_INFO_BYTES:
            raise OverLimit
        if (major, minor) == (4, 4):
            return _fits_agile(info[8:])
        if minor == 2:
            return _fits_standard(info[8:])
    except (struct.error, ValueError, KeyError, expat.ExpatError) as error:
        raise OverLimit from error
    raise OverLimit


def _fits_agile(description: bytes) -> bool:
    """Look at the key that a password opens (2.3.4.10 to 2.3.4.13)."""
    from pypdf._crypt_providers import aes_cbc_decrypt

    key = _read_key(description)
    spins, key_bits = int(key["spinCount"]), int(key["keyBits"])
    kind = key["hashAlgorithm"].replace("-", "")
    known = (key["cipherAlgorithm"], key["cipherChaining"]) == ("AES", "ChainingModeCBC")
    known = known and kind in _HASHES and key_bits in _KEY_BITS
    if not known or not 0 <= spins <= MAX_SPINS:
        raise OverLimit
    key_bytes = key_bits // 8
    salt, sealed, sealed_hash = (
        base64.b64decode(key[name])
        for name in ("saltValue", "encryptedVerifierHashInput", "encryptedVerifierHashValue")
    )

    def unseal(spun: bytes, block: bytes, data: bytes) -> bytes:
        made = hashlib.new(kind, spun + block).digest()[:key_bytes].ljust(key_bytes, b"\x36")
        return aes_cbc_decrypt(made, salt, data)

    for password in _PASSWORDS:
        spun = _spin(kind, salt, password, spins)
        proof = hashlib.new(kind, unseal(spun, _INPUT_BLOCK, sealed)).digest()
        if unseal(spun, _VALUE_BLOCK, sealed_hash)[: len(proof)] == proof:
            return True
    return False


def _read_key(description: bytes) -> dict[str, str]:
    """Return the attributes of the first `encryptedKey`; empty without one.

    By expat, which forgets the names that it read.
    """
    keys: list[dict[str, str]] = []

    def note(name: str, attributes: dict[str, str]) -> None:
        if name.rpartition(":")[2] == "encryptedKey":
            keys.append(attributes)

    parser = expat.ParserCreate()
    parser.StartElementHandler = note
    parser.Parse(description, True)  # noqa: FBT003 - takes no keyword
    return keys[0] if keys else {}


def _fits_standard(info: bytes) -> bool:
    """Look at the verifier that follows the header (2.3.4.5 to 2.3.4.9)."""
    from pypdf._crypt_providers import aes_ecb_decrypt

    (header_size,) = struct.unpack_from("<I", info)
    cipher, _, key_bits = struct.unpack_from("<3I", info, 4 + 8)
    verifier = info[4 + header_size :]
    salt, sealed, sealed_hash = verifier[4:20], verifier[20:36], verifier[40:72]
    if cipher not in _AES:
        raise OverLimit
    for password in _PASSWORDS:
        spun = _spin("SHA1", salt, password, _STANDARD_SPINS)
        padded = _sha1(spun + bytes(4)).ljust(64, b"\0")
        key = b"".join(_sha1(bytes(byte ^ pad for byte in padded)) for pad in (0x36, 0x5C))
        key = key[: key_bits // 8]
        if aes_ecb_decrypt(key, sealed_hash)[:20] == _sha1(aes_ecb_decrypt(key, sealed)):
            return True
    return False


def _spin(kind: str, salt: bytes, password: str, spins: int) -> bytes:
    made = hashlib.new(kind, salt + password.encode("utf-16-le")).digest()
    for spin in range(spins):
        made = hashlib.new(kind, struct.pack("<I", spin) + made).digest()
    return made


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
