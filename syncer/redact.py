"""Text made safe to show: secrets masked, control characters visible."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

MASK = "***"

_AUTHORIZATION = re.compile(r"(?i)\b(basic|bearer)\s+[A-Za-z0-9+/=._~-]{4,}")
# Browsers take a backslash for a slash, and a text that begins with "//" for an address. A blank
# counts as part of a name or a password only beside a colon: "https://host and a@b".
_USER_INFO = re.compile(
    r"(?:^|[^\w./\\])[/\\]{2,}([^/\\?#\s]+|[^/\\?#\n@]{0,200}:[^/\\?#\n]{0,200})@"
)
# After these schemes browsers need fewer slashes, or none. Bounded, as a text may repeat them.
_LOOSE_USER_INFO = re.compile(r"(?i)\b(?:https?|ftp|wss?):[/\\]?([^/\\?#\s]{1,1000})@")
# After any scheme, with the one slash that a path of the site keeps of two ("/sftp:/u:p@host"),
# and after two slashes with a tab between them.
_PATH_USER_INFO = re.compile(r"(?::|/\s)[/\\]([^/\\?#\s:@]{1,200}:[^/\\?#\s@]{1,200})@")
# One whose host is on the next line of a page: what is after the colon is no port.
_CUT_USER_INFO = re.compile(
    r"(?i)\b(?:https?|ftp|wss?):[/\\]{2}"
    r"([^/\\?#@:\s<>\"'()\[\]]{1,200}:(?![0-9]*(?:\W|$))[^/\\?#@\s<>\"'()\[\]]{1,200})"
    r"(?=$|[\s<>\"'()\[\]])"
)
# Signs of an address as a page may write them: references of HTML, and with a backslash. Browsers
# drop a line break within one; what a page indents or quotes begins its next line with more.
_WRITTEN = re.compile(
    r"&(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31});?|\\(?=[!-.:-@\[\]^-`{-~])"
    r"|(?<=\S)(?:\t+|\t*[\r\n][\t\r\n >]*)(?=\S)"
)
# The same inside another address, where some or all signs are escaped, once or more often
# ("?u=https%3A%2F%2Fuser%3Apw%40host", "https%3A//user:pw@host").
_ESCAPED_USER_INFO = re.compile(
    r"(?i)(?:(?:%(?:25)*3A|(?<![\w./\\]))[/\\]{2,}+|(?:%(?:25)*2F){2})"
    r"((?:[^%/\\?#&\s]|%(?!(?:25)*(?:2F|3F|23|26)))+)(?:%(?:25)*40|@)"
)
# Without one of these there is no address with a password.
_SIGNS = ("@", "&", "//", "\\\\", "%")
_BLOTTED = re.compile(r"[^\r\n]")
# The account whose files are asked for: libraries log each path.
_ACCOUNT = re.compile(r"(/remote\.php/dav/files/)[^/?#\s\"']+")
_SECRET_KEYS = frozenset({"authorization", "password", "app_password", "secret", "cookie"})
# Parameters of an address that let in whoever has it; "&" and "=" may be escaped.
_SECRET_PARAMETER = re.compile(
    r"(?i)(?:[?&#;]|%(?:25)*(?:3F|26|23))"
    r"(?:(?:access|auth|id|refresh|session)?[_-]?token|api[_-]?key|(?:app[_-]?|client[_-]?)?"
    r"(?:password|passwd|pwd|secret)|jwt|session(?:[_-]?id)?|sid|phpsessid|sig|signature"
    r"|x-amz-(?:signature|credential|security-token))(?:=|%(?:25)*3D)"
)
# A shorter secret would mask half of the log.
_SHORTEST = 4
# What somebody typed before a host, without slashes: "user:password@host", but not "mailto:a@b",
# nor the share of an account on a port ("cloud.example:8443/@account").
_TYPED_USER_INFO = re.compile(
    r"(?<![^\s\"'(<=])(?!(?:mailto|sips?|xmpp|acct):)[^\s:@/\\\"'(<=]{1,100}:"
    r"(?![/\\]|\d{1,5}/@account\b)"
    r"[^\s@\"']{1,200}@(?=\w)"
)
# Letters that nobody sees, beside those of the category Cf: Unicode's Default_Ignorable_Code_Point,
# and two that fonts draw as a blank.
_UNSEEN = re.compile(
    r"[\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u2065\u2800\u3164\ufe00-\ufe0f\uffa0"
    r"\ufff0-\ufff8\U0001d159\U000e0000-\U000e0fff]"
)
_EMOJI = (
    r"©®\u203c\u2049\u2122\u2139\u2190-\u27bf\u2934\u2935\u2b00-\u2bff\u3030\u303d\u3297\u3299"
    r"\U0001f000-\U0001faff"
)
# What joins the signs of one emoji, and what makes a sign or a digit one.
_EMOJI_PARTS = re.compile(
    rf"((?<=[{_EMOJI}])\ufe0f|(?<=[0-9#*])\ufe0f(?=\u20e3)|(?<=[{_EMOJI}\ufe0f])\u200d(?=[{_EMOJI}]))"
)


class _Visible(dict[int, str]):
    """The replacement for each character, computed when it is first needed."""

    def __missing__(self, code_point: int) -> str:
        shown = self[code_point] = _show_character(chr(code_point))
        return shown


def _show_character(character: str) -> str:
    """Return a harmless character itself, and for another one something that names it."""
    code_point = ord(character)
    match unicodedata.category(character):
        case "Cc" if character in "\t\n\r\v\f\x85":
            return " "
        case "Cc" if code_point < 0x20:
            return chr(0x2400 + code_point)
        case "Zl" | "Zp":
            return " "
        case "Cs":
            return "\ufffd"
        case "Cc" | "Cf":
            return f"⟨U+{code_point:04X}⟩"
    if code_point & 0xFFFE == 0xFFFE or 0xFDD0 <= code_point <= 0xFDEF:
        return f"⟨U+{code_point:04X}⟩"  # a noncharacter, which XML does not allow
    return f"⟨U+{code_point:04X}⟩" if _UNSEEN.match(character) else character


_VISIBLE = _Visible()


def make_visible(text: str) -> str:
    """Return the text on one line, without any character that acts instead of being read.

    Control characters become their pictures (ESC is `␛`), direction overrides and other invisible
    characters their number (`⟨U+202E⟩`), line breaks a blank, lone surrogates `\ufffd`. Within an
    emoji the joiner and the variation selector stay. Source: our choice, after Unicode TR 36.
    """
    if text.isascii() and text.isprintable():
        return text
    if "\u200d" not in text and "\ufe0f" not in text:
        return text.translate(_VISIBLE)
    parts = _EMOJI_PARTS.split(text)
    parts[::2] = [part.translate(_VISIBLE) for part in parts[::2]]
    return "".join(parts)


def mask_user_info(text: str) -> str:
    """Return the text with `***` in place of the user and password of each address."""
    return _replace_user_info(text, lambda _: MASK)


def has_password(url: str) -> bool:
    """Return whether an address has a user or a password, or a parameter that is named as one."""
    return mask_user_info(url) != url or _SECRET_PARAMETER.search(url) is not None


def blot_user_info(text: str) -> str:
    """Return the text with `*` in place of each character of a user and password.

    Length and lines stay, so that places in the text do, and no part of it shows what the whole
    text hides.
    """
    return _replace_user_info(text, lambda secret: _BLOTTED.sub("*", secret))


def _replace_user_info(text: str, write: Callable[[str], str]) -> str:
    """Replace what a reader of the page would have as the user and password of an address."""
    shown: list[str] = []
    end = 0
    for first, last in _find_user_info(text):
        shown += (text[end:first], write(text[first:last]))
        end = last
    return "".join((*shown, text[end:]))


def _find_user_info(text: str) -> Sequence[tuple[int, int]]:
    """Return where users and passwords are, in order and apart from each other."""
    if not any(sign in text for sign in _SIGNS):
        return ()
    plain, places = _read_signs(text)
    patterns = [_CUT_USER_INFO]
    if "@" in plain:
        patterns += (_USER_INFO, _LOOSE_USER_INFO, _PATH_USER_INFO)
    if "%" in plain:
        patterns.append(_ESCAPED_USER_INFO)
    spans: list[tuple[int, int]] = []
    for found in sorted(one.span(1) for pattern in patterns for one in pattern.finditer(plain)):
        first, last = places[found[0]], places[found[1]]
        if spans and first < spans[-1][1]:
            first, last = spans[-1][0], max(last, spans.pop()[1])
        spans.append((first, last))
    return spans


def _read_signs(text: str) -> tuple[str, Sequence[int]]:
    """Return the text as it is read, and where each of its characters begins in `text`."""
    written = list(_WRITTEN.finditer(text))
    if not written:
        return text, range(len(text) + 1)
    parts: list[str] = []
    places: list[int] = []
    end = 0
    for sign in written:
        read = html.unescape(sign[0]).strip("\t\r\n") if sign[0].startswith("&") else ""
        parts += (text[end : sign.start()], read)
        places += (*range(end, sign.start()), *[sign.start()] * len(read))
        end = sign.end()
    parts.append(text[end:])
    places += range(end, len(text) + 1)
    return "".join(parts), places


def disarm_commands(line: str) -> str:
    """Return a line that GitHub's runner does not obey in a job's log.

    It obeys a line that begins with `::`, also after blanks, and `##[` anywhere in one.
    """
    shown = line.replace("##[", "# #[")
    return f"| {shown}" if shown.lstrip().startswith("::") else shown


def make_printable(text: str) -> str:
    """Return a message for a terminal or a job's log: one line, visible, without passwords.

    Also without one that was typed before a host without slashes: messages repeat arguments.
    """
    masked = _TYPED_USER_INFO.sub(f"{MASK}@", mask_user_info(text)) if "@" in text else text
    return disarm_commands(make_visible(masked))


class Redactor:
    """Masks known secrets, Authorization values and credentials in URLs."""

    def __init__(self, secrets: Iterable[str] = ()) -> None:
        """Store the secrets to mask."""
        self._secrets: set[str] = set()
        for secret in secrets:
            self.add(secret)

    def add(self, secret: str) -> None:
        """Mask one more secret from now on."""
        if len(secret) >= _SHORTEST:
            self._secrets.add(secret)

    def clean(self, value: Any) -> Any:
        """Return `value` (text, mapping, sequence) with the secrets masked."""
        if isinstance(value, str):
            return self._clean_text(value)
        if isinstance(value, Mapping):
            return {
                key: MASK if str(key).lower() in _SECRET_KEYS and item else self.clean(item)
                for key, item in value.items()
            }
        if isinstance(value, list | tuple):
            return type(value)(self.clean(item) for item in value)
        if isinstance(value, bytes):
            return self._clean_text(value.decode("utf-8", "replace"))
        return value

    def _clean_text(self, text: str) -> str:
        for secret in sorted(self._secrets, key=len, reverse=True):
            text = text.replace(secret, MASK)
        text = _ACCOUNT.sub(rf"\1{MASK}", text)
        return mask_user_info(_AUTHORIZATION.sub(rf"\1 {MASK}", text))
