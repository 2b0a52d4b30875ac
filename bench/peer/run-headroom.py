"""What Headroom (https://pypi.org/project/headroom-ai/) makes of the cases, for `npm run bench -- --peer`.

    npm run bench -- --export cases.jsonl
    python3 -m venv bench/peer/.venv && bench/peer/.venv/bin/pip install headroom-ai==0.28.0 'onnxruntime>=1.24'
    bench/peer/.venv/bin/python bench/peer/run-headroom.py cases.jsonl 'what else to say of the run' > peer.jsonl
    npm run bench -- --peer peer.jsonl

One call of `compress(messages, model="gpt-4o")` with its defaults for each case, in a new process after every 25 cases, since
a fault in one changes how those behind it are read. No model is downloaded. A case that fails counts as sent unchanged.
"""

import contextlib
import json
import multiprocessing
import os
import sys
from importlib.metadata import version

os.environ["HF_HUB_OFFLINE"] = "1"

from headroom import compress  # noqa: E402  (reads the environment when it is imported)


def compress_case(line):
    case = json.loads(line)
    messages = case["messages"]
    try:
        with contextlib.redirect_stdout(sys.stderr):
            messages = compress(messages, model="gpt-4o").messages
    except BaseException as error:  # a panic in native code is no Exception
        print(f"{case['name']}: {error!r}", file=sys.stderr)
    texts = [message.get("content") for message in messages if message.get("role") == "tool"]
    return json.dumps({"name": case["name"], "texts": texts})


if __name__ == "__main__":
    notes = ["`compress()` with its defaults", "without its text model", *sys.argv[2:]]
    print(json.dumps({"peer": f"Headroom {version('headroom-ai')} (Python), {', '.join(notes)}"}))
    compress([{"role": "user", "content": "Hello"}], model="gpt-4o")  # loads what every case needs
    with open(sys.argv[1], encoding="utf-8") as cases:
        with multiprocessing.get_context("fork").Pool(1, maxtasksperchild=25) as pool:
            for result in pool.imap(compress_case, cases):
                print(result)
