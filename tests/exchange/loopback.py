"""A web server on this machine, for tests of what is fetched: answers are set by path, requests are kept."""

from __future__ import annotations

import gzip
import threading
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import attrs


@attrs.frozen
class Answer:
    """What the server answers to a path.

    Attributes:
        body: the content.
        status: HTTP status.
        headers: further headers; a body is marked with its length unless `trickle` is set.
        wait: seconds before the answer.
        trickle: seconds between single bytes of the body; 0 to send it at once.
        zipped: whether to compress the body.
    """

    body: bytes = b""
    status: int = 200
    headers: Mapping[str, str] = attrs.field(factory=dict)
    wait: float = 0.0
    trickle: float = 0.0
    zipped: bool = False


@attrs.define
class Site:
    """A site of answers.

    Attributes:
        url: its address, without a slash at the end.
        answers: by path; what has none is not found. An answer with an etag or last-modified header answers 304 to a
            request that names it.
        requests: path and headers of the requests so far.
    """

    url: str
    answers: dict[str, Answer] = attrs.field(factory=dict)
    requests: list[tuple[str, dict[str, str]]] = attrs.field(factory=list)

    @property
    def paths(self) -> list[str]:
        """The paths asked for, without robots.txt."""
        return [path for path, _ in self.requests if path != "/robots.txt"]


@contextmanager
def serving() -> Iterator[Site]:
    """Run a site while the context lasts."""
    site = Site("")

    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self) -> None:
            asked = {name.lower(): value for name, value in self.headers.items()}
            site.requests.append((self.path, asked))
            send(self, site.answers.get(self.path, Answer(b"nothing here", 404)), asked)

        def log_message(self, *_: object) -> None:
            pass

    class Server(ThreadingHTTPServer):
        daemon_threads = True

        def handle_error(self, *_: object) -> None:
            """Say nothing: clients that hang up are what is tested."""

    server = Server(("127.0.0.1", 0), Handler)
    site.url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02})
    thread.start()
    try:
        yield site
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def send(handler: BaseHTTPRequestHandler, answer: Answer, asked: Mapping[str, str]) -> None:
    """Send `answer` to a request with the headers `asked`."""
    time.sleep(answer.wait)
    told = {name.lower(): value for name, value in answer.headers.items()}
    fresh = [("etag", "if-none-match"), ("last-modified", "if-modified-since")]
    if any(told.get(mark) and told[mark] == asked.get(question) for mark, question in fresh):
        handler.send_response(304)
        handler.end_headers()
        return
    body = gzip.compress(answer.body) if answer.zipped else answer.body
    handler.send_response(answer.status)
    for name, value in answer.headers.items():
        handler.send_header(name, value)
    if answer.zipped:
        handler.send_header("Content-Encoding", "gzip")
    handler.send_header("Content-Length", str(len(body)))
    handler.end_headers()
    if not answer.trickle:
        handler.wfile.write(body)
        return
    for byte in body:
        handler.wfile.write(bytes([byte]))
        handler.wfile.flush()
        time.sleep(answer.trickle)
