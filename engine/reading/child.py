"""The process that parses a user's file, alone and within limits. Started by engine.load only.

    python -m engine.reading.child request.json reply.json

It sets its own memory limit, reads the request, and writes either the result or the sentence of a
FileRefused. Anything else that goes wrong ends it without a reply, which the parent understands.
"""

import json
import resource
import sys
from importlib.abc import MetaPathFinder
from pathlib import Path
from typing import Any

from engine.errors import FileRefused


class WithoutPandas(MetaPathFinder):
    """pyarrow imports pandas to ask whether a list is one of its series; here that is a second of
    every start for nothing, and pyarrow does as well where pandas is not installed."""

    def find_spec(self, fullname: str, *_: object) -> None:
        if fullname == "pandas":
            raise ModuleNotFoundError(fullname)


def main(request_file: str, reply_file: str) -> None:
    """Carry out the request; nothing is printed."""
    request = json.loads(Path(request_file).read_text(encoding="utf-8"))
    limit = int(request["memory_bytes"])
    _, hard = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(
        resource.RLIMIT_AS, (limit if hard == resource.RLIM_INFINITY else min(limit, hard), hard)
    )
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.meta_path.insert(0, WithoutPandas())
    from engine.reading import parse

    path = Path(request["path"])
    try:
        reply: dict[str, Any]
        if request["task"] == "sheets":
            reply = {"sheets": parse.sheets(path)}
        else:
            scratch = Path(request["scratch"])
            reply = parse.parse(path, Path(request["parquet"]), scratch, **request["options"])
    except FileRefused as refused:
        reply = {"refused": [refused.expected, refused.found, refused.do]}
    Path(reply_file).write_text(json.dumps(reply), encoding="utf-8")


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2])
