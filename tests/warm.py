"""A cf that has started already: each run is a fork of one process that has imported everything.

What follows the start of a program is the same as in a process of its own, and so is its end.
"""

from __future__ import annotations

import ctypes
import gc
import importlib
import json
import os
import resource
import select
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from signals import as_usual

PR_SET_PTRACER, BY_ANYBODY = 0x59616D61, ctypes.c_ulong(-1)
CAPABILITIES_OF_THIS_PROCESS = (ctypes.c_uint32 * 2)(0x20080522, 0)
# What a command imports when it needs it.
LATE = ("anyascii", "csv", "dateutil.relativedelta", "difflib", "json", "platformdirs.unix", "rich.console", "rich.text",
        "shlex", "shutil", "stringprep", "subprocess", "tempfile", "tomli_w",
        "typer._click.decorators")  # fmt: skip


@dataclass(frozen=True)
class Ended:
    """How a run has ended; a negative code is the signal that killed it."""

    code: int
    out: str
    err: str


class Warm:
    """The started process. `run` forks it, and traces the fork from its first step where that is wanted."""

    def __init__(self) -> None:
        self._talk, theirs = socket.socketpair()
        env = {name: os.environ[name] for name in ("PATH", "PYTHONPATH") if name in os.environ}
        program = [sys.executable, __file__, str(theirs.fileno())]
        self._process = subprocess.Popen(
            program, pass_fds=[theirs.fileno()], env=env | {"PYTHONHASHSEED": "0"}, preexec_fn=as_usual
        )
        theirs.close()
        self._talk.settimeout(60)

    def close(self) -> None:
        self._talk.close()
        self._process.wait(30)

    def run(self, words: list[str], *, tracer: list[str] | None = None, piped: str = "", **how: Any) -> Ended:
        """`tracer`: a command that ends with `-p`. The rest is what `_become` takes."""
        out, err, given, gate = os.pipe(), os.pipe(), os.pipe(), os.pipe()
        os.write(given[1], piped.encode())
        os.close(given[1])
        number = self._fork([given[0], out[1], err[1], gate[0]], words, **how)
        tracing = subprocess.Popen([*tracer, number], stderr=subprocess.PIPE) if tracer else None
        said = tracing.stderr.readline() if tracing and tracing.stderr else b"attached"
        os.close(gate[1])
        assert b"attached" in said, said
        code = int(self._talk.recv(100))
        if tracing:
            tracing.communicate(timeout=60)
        return Ended(code, _read(out[0]), _read(err[0]))

    def stand_in(self, number: int) -> int:
        """Run in the place of a shell script that waits: with its words, surroundings and streams. Returns the exit code."""
        place = f"/proc/{number}"
        _, _, *words = _texts(f"{place}/cmdline")
        env = dict(pair.split("=", 1) for pair in _texts(f"{place}/environ"))
        streams = [os.open(f"{place}/fd/{end}", os.O_WRONLY if end else os.O_RDONLY) for end in range(3)]
        gate = os.pipe()
        self._fork([*streams, gate[0]], words, env=env, cwd=os.readlink(f"{place}/cwd"), ends_at_once=True)
        os.close(gate[1])
        return int(self._talk.recv(100))

    def _fork(self, handles: list[int], words: list[str], **how: Any) -> str:
        """Send the request for a fork, and close our ends of its streams and of its gate. Returns its number."""
        socket.send_fds(self._talk, [json.dumps({"words": words, **how}).encode()], handles)
        for handle in handles:
            os.close(handle)
        return self._talk.recv(100).decode()


class StandIn:
    """A program `cf` for shells, in whose place forks of the started process run, one at a time."""

    def __init__(self, warm: Warm, directory: Path) -> None:
        self._warm = warm
        self._asked, self._answered = directory / "asked", directory / "answered"
        os.mkfifo(self._asked)
        os.mkfifo(self._answered)
        program = directory / "cf"
        # In a shell of its own, so that the script's output is the program's at every moment.
        program.write_text(f"#!/bin/sh\n(echo $$ > {self._asked})\nread code < {self._answered}\nexit $code\n")
        program.chmod(0o755)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Within this the program answers."""
        # For reading and writing, so that no shell is needed at the other end to open it.
        asked = os.open(self._asked, os.O_RDWR)
        serving = threading.Thread(target=self._serve, args=(asked,))
        serving.start()
        try:
            yield
        finally:
            os.write(asked, b"0\n")
            serving.join()
            os.close(asked)

    def _serve(self, asked: int) -> None:
        while number := int(os.read(asked, 100)):
            self._answered.write_text(f"{self._warm.stand_in(number)}\n")


def _texts(place: str) -> list[str]:
    """The texts of a file of the system's in which a NUL ends each."""
    return os.fsdecode(Path(place).read_bytes()).split("\0")[:-1]


def _read(handle: int) -> str:
    with open(handle, encoding="utf-8", errors="replace") as stream:
        return stream.read()


def _serve(talk: socket.socket) -> bool:
    """Fork for every request, and come back in the fork alone, with what `_become` says; the process itself ends here."""
    while True:
        request, handles, _, _ = socket.recv_fds(talk, 100_000, 4)
        if not request:
            os._exit(0)
        number = os.fork()
        if number == 0:
            return _become(talk, handles, **json.loads(request))
        for handle in handles:
            os.close(handle)
        talk.send(str(os.waitstatus_to_exitcode(os.waitpid(number, 0)[1])).encode())


def _become(
    talk: socket.socket, handles: list[int], words: list[str], env: dict[str, str], cwd: str,
    limit: int | None = None, default: int | None = None, umask: int = 0o022, streams: dict[str, str] | None = None,
    ends_at_once: bool = False,
) -> bool:  # fmt: skip
    """The fork's own streams and surroundings; then it says who it is and waits for the gate to close.

    Returns `ends_at_once`: whether the process ends where the program does, before Python's own end.
    `limit`: the most bytes that a file may have. `default`: a signal that Python ignores and this run does not.
    `streams`: what is the matter with `in`, `out` or `err`.
    """
    _be_anybody()
    os.umask(umask)
    for name, number, handle in zip(("in", "out", "err"), range(3), handles[:3], strict=True):
        _be_stream(name, number, handle, (streams or {}).get(name, ""))
    os.environ.clear()
    os.environ.update(env)
    os.chdir(cwd)
    sys.argv = ["cf", *words]
    if default is not None:
        signal.signal(default, signal.SIG_DFL)
    talk.send(str(os.getpid()).encode())
    select.select([handles[3]], [], [])
    os.close(handles[3])
    talk.close()
    if limit is not None:
        resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))
    return ends_at_once


def _be_stream(name: str, number: int, handle: int, state: str) -> None:
    """One standard stream, made anew: that of the started process knows another kind of file behind its number."""
    if state == "broken":
        reader, handle = os.pipe()
        os.close(reader)
    elif state:
        handle = os.open("/dev/full" if state == "full" else os.devnull, os.O_WRONLY)
    os.dup2(handle, number)
    os.close(handle)
    stream = None if state == "closed" else os.fdopen(number, "w" if number else "r", number == 2 or -1, closefd=False)
    if state == "closed":
        os.close(number)
    setattr(sys, f"std{name}", stream)


def _be_anybody() -> None:
    """Modes bind this process as they bind a user who is not root, and any process may trace it."""
    system = ctypes.CDLL(None)
    system.capset(CAPABILITIES_OF_THIS_PROCESS, (ctypes.c_uint32 * 6)())
    system.prctl(PR_SET_PTRACER, BY_ANYBODY, 0, 0, 0)


def _leave_modules_alone() -> None:
    """What the end of Python would take apart of all that the started process has imported, it does not find.

    Streams are flushed and closed as ever.
    """
    for name, module in [*sys.modules.items()]:
        if name not in ("sys", "builtins", "__main__"):
            ctypes.pythonapi.Py_IncRef(ctypes.py_object(module))
            del sys.modules[name]


def _import_everything() -> None:
    import clientfolder

    source = Path(clientfolder.__file__).parent
    for path in source.rglob("*.py"):
        if path.stem not in ("__init__", "__main__"):
            importlib.import_module(".".join(("clientfolder", *path.relative_to(source).with_suffix("").parts)))
    for name in LATE:
        importlib.import_module(name)
    # What a fork looks through it gets a copy of.
    gc.collect()
    gc.freeze()


if __name__ == "__main__":
    _import_everything()
    ends_at_once = _serve(socket.socket(fileno=int(sys.argv[1])))
    from clientfolder.cli import run

    try:
        run()
    except SystemExit as end:
        if ends_at_once and isinstance(end.code, int):
            # The program has flushed its streams, and nothing that it does comes after this.
            os._exit(end.code)
        _leave_modules_alone()
        raise
