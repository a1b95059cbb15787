"""TLS 1.3 records that no library would send: floods of what is no application data (RFC 8446)."""

from __future__ import annotations

import socket
import ssl
import struct
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA384
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

_HANDSHAKE = 22
_CONTENT = 23
_TICKET = 4
_KEY_UPDATE = 24


class TlsRecords:
    """Writes records of a server into its own connection, after the handshake.

    The keys come from the log that `ssl` writes for debuggers, so that the handshake, and with it
    the client, is real.
    """

    def __init__(self, connection: ssl.SSLSocket, key_log: Path) -> None:
        """Take over what the server sends; nothing was sent since the handshake."""
        chosen = connection.cipher()
        assert chosen is not None
        assert chosen[0] == "TLS_AES_256_GCM_SHA384"
        self._connection = connection
        words = next(
            line.split()
            for line in key_log.read_text("ascii").splitlines()
            if line.startswith("SERVER_TRAFFIC_SECRET_0 ")
        )
        self._use(bytes.fromhex(words[2]))

    def send(self, content: bytes) -> None:
        """Send one record with content."""
        self._write(content, _CONTENT)

    def send_tickets(self, count: int) -> None:
        """Send one record with so many tickets for a later session."""
        body = struct.pack("!IIBBH4sH", 7200, 0, 1, 0, 4, b"name", 0)
        self._write(_frame(_TICKET, body) * count, _HANDSHAKE)

    def send_key_update(self) -> None:
        """Change the key of the server and ask the client for a new one of its own."""
        self._write(_frame(_KEY_UPDATE, b"\x01"), _HANDSHAKE)
        self._use(_expand(self._secret, b"traffic upd", 48))

    def _write(self, inner: bytes, kind: int) -> None:
        plain = inner + bytes([kind])
        head = struct.pack("!BHH", _CONTENT, 0x0303, len(plain) + 16)
        nonce = (int.from_bytes(self._iv, "big") ^ self._sent).to_bytes(12, "big")
        self._sent += 1
        record = head + self._key.encrypt(nonce, plain, head)
        # Below the TLS of `ssl`, which would encrypt once more.
        socket.socket.sendall(self._connection, record)

    def _use(self, secret: bytes) -> None:
        self._secret = secret
        self._key = AESGCM(_expand(secret, b"key", 32))
        self._iv = _expand(secret, b"iv", 12)
        self._sent = 0


def _frame(kind: int, body: bytes) -> bytes:
    return bytes([kind]) + len(body).to_bytes(3, "big") + body


def _expand(secret: bytes, label: bytes, size: int) -> bytes:
    """HKDF-Expand-Label with an empty context."""
    name = b"tls13 " + label
    info = struct.pack("!HB", size, len(name)) + name + b"\0"
    return HKDFExpand(SHA384(), size, info).derive(secret)
