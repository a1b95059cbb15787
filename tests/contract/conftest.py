"""One back end per parameter, kept for a whole module; a fresh folder in it for each test."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack
from itertools import count

import pytest

from tests.cloud.cloud import Moods
from tests.cloud.server import serve_cloud
from tests.contract.backends import (
    AccountBackend,
    Backend,
    DemoBackend,
    LocalBackend,
    ReferenceBackend,
)
from tests.contract.live_backends import LiveAccountBackend, LiveBackend

# Version, which decides the endpoint, and the path below which the server is installed.
DEMOS = {
    "demo-27-legacy": ("27.0.2", ""),
    "demo-27-legacy-below": ("27.0.2", "/nextcloud"),
    "demo-29-new": ("29.0.1", ""),
    "demo-31-new-below": ("31.0.4", "/sky/nextcloud"),
    "demo-32-new": ("32.0.1", ""),
}
# The same server, asked as the owner of the files.
ACCOUNTS = {"demo-27-account": ("27.0.2", ""), "demo-32-account-below": ("32.0.1", "/nextcloud")}
FEATURES = {
    "in-memory": ReferenceBackend.features,
    "local": LocalBackend.features,
    **dict.fromkeys(DEMOS, DemoBackend.features),
    **dict.fromkeys(ACCOUNTS, AccountBackend.features),
    "live-on-demo": LiveBackend.features,
    "live-on-demo-legacy": LiveBackend.features,
    "live-on-demo-account": LiveAccountBackend.features,
    "live": LiveBackend.features,
    "live-legacy": LiveBackend.features,
    "live-account": LiveAccountBackend.features,
}
LIVE_VARIABLES = (
    "SYNCER_TEST_NEXTCLOUD_URL",
    "SYNCER_TEST_NEXTCLOUD_USER",
    "SYNCER_TEST_NEXTCLOUD_PASSWORD",
)
_numbers = count(1)


def pytest_configure(config: pytest.Config) -> None:
    """Make the suite's marker known."""
    config.addinivalue_line("markers", "needs(feature): for the back ends that can do it")


def pytest_generate_tests(metafunc: pytest.Metafunc) -> None:
    """Run a test against every back end that has what the test needs."""
    if "backend" not in metafunc.fixturenames:
        return
    needed = {mark.args[0] for mark in metafunc.definition.iter_markers("needs")}
    names = [name for name, features in FEATURES.items() if needed <= features]
    metafunc.parametrize("backend", names, indirect=True, scope="module")


@pytest.fixture(scope="module")
def backend(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Backend]:
    """Give the back end of that name; "live-on-demo" is the live one's own test.

    Those in "legacy" read through the old endpoint, whatever the server's version; those in
    "account" behind the login.
    """
    with ExitStack() as stack:
        yield _open(str(request.param), tmp_path_factory, stack)


def _open(name: str, folders: pytest.TempPathFactory, stack: ExitStack) -> Backend:
    if name == "in-memory":
        return ReferenceBackend()
    if name == "local":
        return LocalBackend(folders.mktemp("share"))
    if name in DEMOS or name in ACCOUNTS:
        version, webroot = {**DEMOS, **ACCOUNTS}[name]
        demo = DemoBackend(version) if name in DEMOS else AccountBackend(version)
        demo.server = stack.enter_context(serve_cloud(demo.cloud, webroot=webroot))
        return demo
    way = name.rpartition("-")[2]
    if name.startswith("live-on-demo"):
        owner = DemoBackend("29.0.1")
        owner.cloud.accounts["contract"] = "app-pw"
        # A real server allows 20 in ten minutes, and both ways of reading use the same account.
        owner.cloud.moods.link_limit = 10
        server = stack.enter_context(serve_cloud(owner.cloud))
        url, user, password = server.base_url, "contract", "app-pw"
    else:
        url, user, password = (os.environ.get(variable, "") for variable in LIVE_VARIABLES)
        if not (url and user and password):
            pytest.skip(f"no Nextcloud to ask: {', '.join(LIVE_VARIABLES)} are not all set")
    folder = f"syncer-contract-{os.getpid()}-{way}"
    if way == "account":
        live: LiveBackend = LiveAccountBackend(url, user, password, folder)
    else:
        live = LiveBackend(url, user, password, folder, legacy=way == "legacy")
    stack.callback(live.clean_up)
    return live


@pytest.fixture
def place(backend: Backend) -> str:
    """Return the path of a new, empty folder; let no test see another one's moods or failures."""
    if isinstance(backend, DemoBackend):
        backend.cloud.moods = Moods()
        backend.cloud.throttle.forget()
        backend.running.traffic.forget()
    path = f"Sted {next(_numbers)}"
    backend.add_folder(path)
    return path
