"""A real browser without a window, spoken to over a pipe: what a page asks for, what it complains about."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

CHROMIUM = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
_OPTIONS = (
    "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--disable-background-networking",
    "--remote-debugging-pipe",
)  # fmt: skip
_TROUBLE = {"Runtime.exceptionThrown", "Runtime.consoleAPICalled", "Log.entryAdded"}


class Page:
    """An open page.

    Attributes
    ----------
    requests
        Every address that it asked for, itself included.
    complaints
        Whatever appeared in its console.
    """

    def __init__(self, sent: Any, received: Any) -> None:
        self._sent, self._received, self._last, self._session = sent, received, 0, None
        self.requests: list[str] = []
        self.complaints: list[str] = []
        target = self.call("Target.createTarget", url="about:blank")["targetId"]
        self._session = self.call("Target.attachToTarget", targetId=target, flatten=True)["sessionId"]
        for domain in ("Network", "Runtime", "Log", "Page"):
            self.call(f"{domain}.enable")

    def open(self, address: str) -> None:
        """Load a page to the end."""
        self.call("Page.navigate", url=address)
        while self._message().get("method") != "Page.loadEventFired":
            pass

    def value(self, script: str) -> Any:
        """Return the value of a script on the page."""
        answer = self.call("Runtime.evaluate", expression=script, returnByValue=True, awaitPromise=True)
        return answer["result"]["value"]

    def call(self, method: str, **params: Any) -> dict[str, Any]:
        """Send a command and return its answer."""
        self._last += 1
        session = {} if self._session is None else {"sessionId": self._session}
        message = {"id": self._last, "method": method, "params": params, **session}
        self._sent.write(json.dumps(message).encode() + b"\0")
        self._sent.flush()
        while True:
            answer = self._message()
            if answer.get("id") == self._last:
                assert "error" not in answer, answer["error"]
                return answer["result"]

    def _message(self) -> dict[str, Any]:
        raw = bytearray()
        while (byte := self._received.read(1)) != b"\0":
            assert byte, "the browser has ended"
            raw += byte
        message = json.loads(raw)
        if message.get("method") == "Network.requestWillBeSent":
            self.requests.append(message["params"]["request"]["url"])
        if message.get("method") in _TROUBLE:
            self.complaints.append(json.dumps(message["params"]))
        return message


@contextmanager
def browser(profile: Path) -> Iterator[Page]:
    """Start a browser with an empty profile; it ends with the block."""
    assert CHROMIUM is not None
    down, up = os.pipe(), os.pipe()

    def connect() -> None:
        # The browser reads from 3 and writes to 4; the copies made first cannot be those numbers.
        reading, writing = os.dup(down[0]), os.dup(up[1])
        os.dup2(reading, 3)
        os.dup2(writing, 4)

    command = [CHROMIUM, *_OPTIONS, f"--user-data-dir={profile}"]
    quiet = subprocess.DEVNULL
    running = subprocess.Popen(  # noqa: S603  an installed browser
        command, stdout=quiet, stderr=quiet, close_fds=False, preexec_fn=connect  # noqa: PLW1509  two numbers are fixed
    )  # fmt: skip
    os.close(down[0])
    os.close(up[1])
    with os.fdopen(down[1], "wb") as sent, os.fdopen(up[0], "rb") as received:
        try:
            yield Page(sent, received)
        finally:
            running.terminate()
            running.wait()
