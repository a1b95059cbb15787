"""Which hosts are asked without the proxy of the environment."""

from __future__ import annotations

import pytest

from syncer.net.proxies import find_proxies


@pytest.mark.parametrize(
    ("named", "host", "direct"),
    [
        ("example.dk", "boks.example.dk", True),
        ("*.example.dk", "boks.example.dk", True),
        (" *.Example.dk ,b.test", "boks.example.dk", True),
        ("*.example.dk", "boks.example.dk.", True),
        ("*.example.dk", "example.dk", False),
        ("*.example.dk", "boksexample.dk", False),
        ("*", "boks.example.dk", True),
        ("192.0.2.0/24", "192.0.2.7", True),
        ("::1", "[::1]", True),
        ("[::1]", "[::1]", True),
        ("[::1]:8080", "[::1]", True),
        ("0:0:0:0:0:0:0:1", "[::1]", True),
        ("[::1]", "[::2]", False),
        ("fd00::/8", "[fdab::1]", True),
        ("2001:db8:1::7/48", "[2001:db8:1:2::3]", True),
        ("fd00::/8", "[fe80::1]", False),
        ("fd00::/8", "fd.example.dk", False),
        ("fd00::/129", "[fd00::1]", False),
        (":::", "[::1]", False),
        ("", "[::1]", False),
    ],
)
@pytest.mark.parametrize("variable", ["no_proxy", "NO_PROXY"])
def test_no_proxy_names_hosts_addresses_and_networks(
    variable: str, named: str, host: str, *, direct: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As administrators write them: with a star, in brackets, as a network."""
    monkeypatch.setenv("http_proxy", "http://proxy.test:3128")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    monkeypatch.setenv(variable, named)
    assert (find_proxies(f"http://{host}/x") == {}) is direct


def test_without_no_proxy_every_host_has_the_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The usual case."""
    monkeypatch.setenv("http_proxy", "http://proxy.test:3128")
    monkeypatch.delenv("no_proxy", raising=False)
    monkeypatch.delenv("NO_PROXY", raising=False)
    assert find_proxies("http://boks.example.dk/x")["http"] == "http://proxy.test:3128"
