"""Files: read only if they can be, and whole at every moment."""

import errno
import os
import random
import secrets
import stat
import subprocess
import sys
import time
from pathlib import Path

import pytest

from engine import InputError, fresh, load, save
from engine import Options as O
from engine.codec import dumps
from engine.disk import LARGEST_FILE, read_text, write_text

posix = pytest.mark.skipif(os.name != "posix", reason="as POSIX has it")


def refused(place, verb=read_text, *more):
    with pytest.raises(InputError) as caught:
        verb(place, *more)
    message = str(caught.value)
    assert len(message) <= 300
    assert message.isprintable()
    return message


def test_what_is_not_there_is_named(tmp_path):
    assert refused(tmp_path / "gone.json").startswith("gone.json: the file can't be read: ")
    assert refused(tmp_path / "no" / "folder.json", write_text, "x").startswith(
        "folder.json: the file can't be written: "
    )


def test_a_folder_is_no_file(tmp_path):
    message = f"{tmp_path.name[:40]}"
    assert refused(tmp_path).endswith("the file can't be read: it is a folder")
    assert refused(tmp_path).startswith(message)
    assert refused(tmp_path, write_text, "x").endswith("can't be written: it is a folder")


@posix
def test_a_pipe_is_not_waited_for(tmp_path):
    pipe = tmp_path / "pipe.json"
    os.mkfifo(pipe)
    assert refused(pipe) == "pipe.json: the file can't be read: it is not a regular file"
    assert refused(pipe, write_text, "x").endswith("can't be written: it is not a regular file")
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@posix
@pytest.mark.parametrize("device", ["/dev/zero", "/dev/null"])
def test_a_device_is_neither_read_nor_replaced(device):
    assert "it is not a regular file" in refused(Path(device))
    assert "it is not a regular file" in refused(Path(device), write_text, "x")


def test_names_that_no_file_can_have(tmp_path):
    for name in ("a\0b", "\ud800", "x" * 300, ""):
        refused(tmp_path / name)
        refused(tmp_path / name, write_text, "x")


def test_too_much_is_not_even_read(tmp_path):
    file = tmp_path / "huge.json"
    with file.open("wb") as opened:
        opened.truncate(10**12)  # takes no room on the disk
    message = "huge.json: the file has 1000000 MB; a scenario has at most 64 MB"
    assert refused(file) == message
    with file.open("wb") as opened:
        opened.truncate(LARGEST_FILE + 1)
    assert refused(file) == "huge.json: the file has 65 MB; a scenario has at most 64 MB"


@pytest.mark.parametrize(
    ("data", "place", "position"),
    [
        (b"\xff\xfe{\0", "line 1", 1),  # UTF-16
        (b'{\n"name": "\xe9"}', "line 2", 12),  # Latin-1
        (b"\x89PNG\r\n\x1a\n", "line 1", 1),
        ("猫".encode()[:2], "line 1", 1),  # cut off inside a character
        (b'"\xed\xa0\x80"', "line 1", 2),  # a lone surrogate
    ],
)
def test_other_encodings_are_named(data, place, position, tmp_path):
    file = tmp_path / "x.json"
    file.write_bytes(data)
    expected = f"x.json, {place}: this is not a text file in UTF-8 (byte {position})"
    assert refused(file) == expected


@posix
def test_permissions_stay(tmp_path):
    file = tmp_path / "x.json"
    previous = os.umask(0o027)
    try:
        write_text(file, "new")
        assert stat.S_IMODE(file.stat().st_mode) == 0o640
        file.chmod(0o604)
        write_text(file, "newer")
    finally:
        os.umask(previous)
    assert stat.S_IMODE(file.stat().st_mode) == 0o604
    assert file.read_text() == "newer"


@posix
def test_a_link_stays_a_link(tmp_path):
    (tmp_path / "folder").mkdir()
    target, link = tmp_path / "folder" / "target.json", tmp_path / "link.json"
    link.symlink_to(Path("folder") / "target.json")
    for text in ("made through a dangling link", "replaced"):
        write_text(link, text)
        assert link.is_symlink()
        assert not target.is_symlink()
        assert target.read_text() == text
    assert sorted(p.name for p in tmp_path.iterdir()) == ["folder", "link.json"]
    link.unlink()
    link.symlink_to(link.name)
    refused(link, write_text, "x")
    assert link.is_symlink()


def test_write_protection_holds(tmp_path, monkeypatch):
    file = tmp_path / "x.json"
    file.write_text("old")
    monkeypatch.setattr(os, "access", lambda *_: False)  # root may write everything
    assert refused(file, write_text, "new") == (
        "x.json: the file can't be written: it is write-protected"
    )
    assert file.read_text() == "old"


def no_space(*_args, **_kwargs):
    raise OSError(errno.ENOSPC, "No space left on device")


class Interruption(BaseException):
    """Such as Ctrl+C."""


def interrupted(*_args, **_kwargs):
    raise Interruption


@pytest.mark.parametrize("call", ["fsync", "replace"])
def test_a_write_that_fails_leaves_the_old_file(call, tmp_path, monkeypatch):
    file = tmp_path / "x.json"
    file.write_text("old")
    monkeypatch.setattr(os, call, no_space)
    expected = "x.json: the file can't be written: No space left on device"
    assert refused(file, write_text, "new") == expected
    monkeypatch.setattr(os, call, interrupted)
    with pytest.raises(Interruption):
        write_text(file, "new")
    assert [p.name for p in tmp_path.iterdir()] == ["x.json"]
    assert file.read_text() == "old"


def test_nobody_elses_file_is_in_the_way(tmp_path, monkeypatch):
    other = tmp_path / ".0.tmp"
    other.write_text("precious")
    monkeypatch.setattr(secrets, "token_hex", lambda _: "0")
    assert "File exists" in refused(tmp_path / "x.json", write_text, "new")
    assert other.read_text() == "precious"


@posix
def test_the_disk_has_the_contents_before_the_name_and_then_the_name(tmp_path, monkeypatch):
    file, order = tmp_path / "x.json", []
    fsync, replace = os.fsync, os.replace

    def noted_fsync(descriptor):
        status = os.fstat(descriptor)
        order.append("folder" if stat.S_ISDIR(status.st_mode) else f"{status.st_size} bytes")
        fsync(descriptor)

    def noted_replace(*args):
        order.append("replace")
        replace(*args)

    monkeypatch.setattr(os, "fsync", noted_fsync)
    monkeypatch.setattr(os, "replace", noted_replace)
    write_text(file, "four")
    assert order == ["4 bytes", "replace", "folder"]


@posix
@pytest.mark.parametrize(("number", "is_refused"), [(errno.EINVAL, False), (errno.EIO, True)])
def test_a_folder_that_can_not_be_synced(number, is_refused, tmp_path, monkeypatch):
    fsync = os.fsync

    def failing(descriptor):
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            raise OSError(number, "no")
        fsync(descriptor)

    monkeypatch.setattr(os, "fsync", failing)
    if is_refused:
        refused(tmp_path / "x.json", write_text, "new")
    else:
        write_text(tmp_path / "x.json", "new")
    assert (tmp_path / "x.json").read_text() == "new"


SAVER = """
import itertools, os, signal, sys
from engine import codec, load

file, moment, *sources = sys.argv[1:]
scenarios = [load(source) for source in sources]
# Writing the text out takes nearly all of a save and touches no file: done beforehand,
# so that the kill falls into the part that counts.
texts = {id(s): codec.dumps(s) for s in scenarios}
codec.dumps = lambda scenario: texts[id(scenario)]

def dying(call, before):
    def die(*args):
        if not before:
            call(*args)
        os.kill(os.getpid(), signal.SIGKILL)
    return die

if moment != "any":
    name, when = moment.split()
    setattr(os, name, dying(getattr(os, name), when == "before"))
print("ready", flush=True)
for scenario in itertools.cycle(scenarios):
    codec.save(scenario, file)
"""
MOMENTS = ["fsync before", "fsync after", "replace before", "replace after", *["any"] * 4]


@pytest.fixture(scope="module")
def two(tmp_path_factory):
    """Two large scenarios, as files."""
    files = [tmp_path_factory.mktemp("two") / name for name in ("one.json", "other.json")]
    for seed, file in enumerate(files):
        save(fresh(O(layers=1, heads=8, d_model=64, d_ff=256), seed), file)
    return files


@posix
@pytest.mark.parametrize("moment", MOMENTS, ids=[f"{n} {m}" for n, m in enumerate(MOMENTS)])
def test_a_kill_leaves_the_old_file_or_the_new_one(moment, two, tmp_path, request):
    file = tmp_path / "x.json"
    file.write_bytes(two[1].read_bytes())
    with subprocess.Popen(
        [sys.executable, "-c", SAVER, file, moment, *two],
        stdout=subprocess.PIPE,
        cwd=request.config.rootpath,
    ) as saver:
        assert saver.stdout.readline() == b"ready\n"
        if moment == "any":
            time.sleep(random.Random(request.node.name).uniform(0, 0.2))
            saver.kill()
    found = file.read_bytes()
    is_new = found == two[0].read_bytes()
    assert is_new or found == two[1].read_bytes()
    if moment != "any":
        assert is_new == (moment == "replace after")
    assert dumps(load(file)) == found.decode()
