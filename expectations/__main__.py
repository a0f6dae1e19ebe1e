"""The worker: validates database files on request, one JSON line in, one JSON line out.

It says ``{"ready": true}`` once Great Expectations is imported, so that it can be started while dbt still builds.
``{"quit": true}`` or the end of its input, which is also what the death of its parent looks like, ends it.
"""

from __future__ import annotations

import contextlib
import json
import os
import sys
import time
import warnings
from typing import IO, Any


def _answer(request: dict[str, Any]) -> dict[str, Any]:
    """The results, and what judging took: seconds by the clock and of the processor."""
    from expectations.validate import validate  # imports Great Expectations

    start, used = time.perf_counter(), time.process_time()
    results = [result.as_dict() for result in validate(request["database"], request["boundary"])]
    return {"results": results, "seconds": time.perf_counter() - start, "cpu_seconds": time.process_time() - used}


def _serve(requests: IO[str], replies: IO[str]) -> None:
    def say(message: Any) -> None:
        replies.write(json.dumps(message, ensure_ascii=False) + "\n")
        replies.flush()

    from expectations.validate import prepare  # the slow import, before the worker calls itself ready

    prepare()
    say({"ready": True})
    for line in requests:
        try:
            request = json.loads(line)
            if request.get("quit"):
                return
            reply = _answer(request)
        except Exception as error:  # whatever goes wrong is the parent's to report, never a dead worker
            reply = {"error": f"{type(error).__name__}: {error}"}
        say(reply)


def main() -> None:
    """Keep the real standard output for replies; what libraries print goes nowhere near it."""
    warnings.simplefilter("ignore")
    with os.fdopen(os.dup(1), "w", encoding="utf-8") as replies, contextlib.suppress(BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
        sys.stdin.reconfigure(encoding="utf-8")  # type: ignore[union-attr]
        _serve(sys.stdin, replies)


if __name__ == "__main__":
    main()
