"""Every back end says the same of the same files."""

from __future__ import annotations

import unicodedata

import pytest

from syncer.model.shares import Share, ShareStatus, ShareTree
from tests.cloud.cloud import Rights
from tests.contract.backends import Backend, Feature, Terms, Visitor

STRONG_PASSWORD = "Kontrakt-æøå-9f2c:x"
SPECIAL_NAMES = (
    "100% #1 a+b & æøå (x) 😀.txt",
    "#først.txt",
    "?spørgsmål.txt",
    "%41 er ikke A.txt",
    "to  mellemrum ' og \" tegn;=@~,!.txt",
    "-rf.txt",
)


def tree_of(share: Share) -> ShareTree:
    """Return the tree of a share that was read to the end."""
    assert share.status is ShareStatus.OK, share.reason
    assert share.tree is not None
    assert share.tree.complete, share.tree.unread
    return share.tree


def paths_of(share: Share) -> tuple[list[str], list[str]]:
    """Return the paths of folders and files, in the order of the tree."""
    tree = tree_of(share)
    return [folder.path for folder in tree.folders], [file.path for file in tree.files]


def test_a_listing_is_the_tree(backend: Backend, place: str) -> None:
    """Every file with its size and every folder, each once, by path, the root first."""
    backend.add_file(f"{place}/b.txt", b"12345")
    backend.add_file(f"{place}/A/a.docx", b"1")
    backend.add_file(f"{place}/A/B/c.pdf")
    backend.add_folder(f"{place}/Tom")
    share = backend.read(backend.share(place))
    assert paths_of(share) == (["", "A", "A/B", "Tom"], ["A/B/c.pdf", "A/a.docx", "b.txt"])
    assert [file.size_bytes for file in tree_of(share).files] == [0, 1, 5]
    assert all(file.modified_at is not None for file in tree_of(share).files)
    assert not tree_of(share).single_file


def test_an_empty_folder_is_a_complete_listing(backend: Backend, place: str) -> None:
    """A share with nothing in it is one folder, and nothing is unknown."""
    assert paths_of(backend.read(backend.share(place))) == ([""], [])


def test_special_names_are_read_as_they_are(backend: Backend, place: str) -> None:
    """Signs that mean something in a URL are part of the name, in files and in folders."""
    for name in SPECIAL_NAMES:
        backend.add_file(f"{place}/Mappe {name}/{name}", b"x")
    folders, files = paths_of(backend.read(backend.share(place)))
    assert folders == ["", *sorted(f"Mappe {name}" for name in SPECIAL_NAMES)]
    assert files == sorted(f"Mappe {name}/{name}" for name in SPECIAL_NAMES)


def test_decomposed_names_are_read_composed(backend: Backend, place: str) -> None:
    """A folder that a Mac named (NFD) is listed, and told in NFC."""
    decomposed = unicodedata.normalize("NFD", "Årsmøde på Ærø")
    assert decomposed != "Årsmøde på Ærø"
    backend.add_file(f"{place}/{decomposed}/{decomposed}.txt", b"x")
    share = backend.read(backend.share(place))
    assert paths_of(share) == (["", "Årsmøde på Ærø"], ["Årsmøde på Ærø/Årsmøde på Ærø.txt"])


def test_a_deep_tree_is_read_to_the_bottom(backend: Backend, place: str) -> None:
    """Twelve levels are as good as one."""
    deep = "/".join(f"niveau {level}" for level in range(12))
    backend.add_file(f"{place}/{deep}/bund.txt", b"x")
    folders, files = paths_of(backend.read(backend.share(place)))
    assert len(folders) == 13
    assert files == [f"{deep}/bund.txt"]


@pytest.mark.needs(Feature.SINGLE_FILE)
def test_a_share_of_one_file(backend: Backend, place: str) -> None:
    """It holds that file under its own name, and no folder."""
    backend.add_file(f"{place}/Partneraftale æ.pdf", b"12345")
    tree = tree_of(backend.read(backend.share(f"{place}/Partneraftale æ.pdf")))
    assert [(file.path, file.size_bytes) for file in tree.files] == [("Partneraftale æ.pdf", 5)]
    assert (tree.folders, tree.single_file) == ((), True)


@pytest.mark.needs(Feature.IDS)
def test_rename_and_move_keep_the_file_id(backend: Backend, place: str) -> None:
    """The id tells "moved" from "deleted and new", for folders too."""
    backend.add_file(f"{place}/A/x.txt", b"1")
    backend.add_folder(f"{place}/B")
    token = backend.share(place)
    before = tree_of(backend.read(token))
    backend.move(f"{place}/A/x.txt", f"{place}/A/y.txt")
    backend.move(f"{place}/A", f"{place}/B/C")
    after = tree_of(backend.read(token))
    assert [file.path for file in after.files] == ["B/C/y.txt"]
    assert after.files[0].file_id == before.files[0].file_id is not None
    ids = {folder.path: folder.file_id for folder in before.folders}
    assert {folder.path: folder.file_id for folder in after.folders} == {
        "": ids[""],
        "B": ids["B"],
        "B/C": ids["A"],
    }


@pytest.mark.needs(Feature.ETAGS)
def test_a_change_gives_all_parents_a_new_etag(backend: Backend, place: str) -> None:
    """The folders on the way to a change are marked, and no sibling is."""
    backend.add_file(f"{place}/A/B/C/x.txt", b"1")
    backend.add_file(f"{place}/A/Søster/y.txt", b"1")
    backend.add_file(f"{place}/Z/z.txt", b"1")
    token = backend.share(place)
    before = tree_of(backend.read(token))
    backend.write(f"{place}/A/B/C/x.txt", b"22")
    after = tree_of(backend.read(token))
    etags = {folder.path: folder.etag for folder in before.folders}
    changed = [folder.path for folder in after.folders if folder.etag != etags[folder.path]]
    assert changed == ["", "A", "A/B", "A/B/C"]
    assert [file.path for file in after.files if file not in before.files] == ["A/B/C/x.txt"]


@pytest.mark.needs(Feature.LINKS)
def test_the_right_password_opens_a_share(backend: Backend, place: str) -> None:
    """Letters beyond ASCII and a colon are part of it."""
    backend.add_file(f"{place}/x.txt", b"1")
    token = backend.share(place, Terms(password=STRONG_PASSWORD))
    assert paths_of(backend.read(token, Visitor(password=STRONG_PASSWORD))) == ([""], ["x.txt"])


@pytest.mark.needs(Feature.LINKS)
@pytest.mark.parametrize("password", [None, "forkert"], ids=["missing", "wrong"])
def test_another_password_does_not(backend: Backend, place: str, password: str | None) -> None:
    """The share asks for one: that is settled, and says nothing of its files."""
    share = backend.read(
        backend.share(place, Terms(password=STRONG_PASSWORD)), Visitor(password=password)
    )
    assert (share.status, share.tree) == (ShareStatus.NEEDS_PASSWORD, None)
    assert share.reason is not None


@pytest.mark.needs(Feature.LINKS)
def test_a_superfluous_password_does_no_harm(backend: Backend, place: str) -> None:
    """A share that has lost its password is read all the same."""
    share = backend.read(backend.share(place), Visitor(password=STRONG_PASSWORD))
    assert paths_of(share) == ([""], [])


@pytest.mark.needs(Feature.LINKS)
def test_a_dead_token_is_gone(backend: Backend, place: str) -> None:
    """A link that was removed is settled as gone: two looks say so."""
    token = backend.share(place)
    assert backend.read(token).status is ShareStatus.OK
    backend.unshare(token)
    share = backend.read(token)
    assert (share.status, share.tree) == (ShareStatus.GONE, None)


@pytest.mark.needs(Feature.EXPIRY)
def test_a_link_that_has_ended_is_gone(backend: Backend, place: str) -> None:
    """An expired link is as dead as a removed one."""
    assert backend.read(backend.share(place, Terms(ended=True))).status is ShareStatus.GONE


@pytest.mark.needs(Feature.LINKS)
def test_a_link_that_will_end_lives_until_then(backend: Backend, place: str) -> None:
    """A date in the future changes nothing."""
    share = backend.read(backend.share(place, Terms(ends=True)))
    assert (share.status, paths_of(share)) == (ShareStatus.OK, ([""], []))


@pytest.mark.needs(Feature.LINKS)
def test_a_file_drop_shows_nothing(backend: Backend, place: str) -> None:
    """Upload-only is a status of its own, not an empty share."""
    backend.add_file(f"{place}/hemmelig.txt", b"1")
    share = backend.read(backend.share(place, Terms(rights=Rights.UPLOAD_ONLY)))
    assert (share.status, share.tree) == (ShareStatus.UPLOAD_ONLY, None)


@pytest.mark.needs(Feature.LINKS)
def test_who_may_write_is_known(backend: Backend, place: str) -> None:
    """A link with which anyone can change the files is told from one for reading."""
    backend.add_file(f"{place}/x.txt", b"1")
    assert backend.read(backend.share(place)).writable_by_link is False
    writable = backend.read(backend.share(place, Terms(rights=Rights.WRITE)))
    assert writable.writable_by_link is True
