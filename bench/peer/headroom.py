"""What Headroom (https://pypi.org/project/headroom-ai/) makes of the cases, for `npm run bench -- --peer`.

    npm run bench -- --export /tmp/cases.jsonl
    python3 -m venv /tmp/peer && /tmp/peer/bin/pip install headroom-ai==0.28.0
    /tmp/peer/bin/python bench/peer/headroom.py /tmp/cases.jsonl > /tmp/peer.jsonl
    npm run bench -- --peer /tmp/peer.jsonl

One call of `compress(messages, model="gpt-4o")` with its defaults for each case. No model is downloaded.
"""

import contextlib
import json
import os
import sys
from importlib.metadata import version

os.environ["HF_HUB_OFFLINE"] = "1"

from headroom import compress  # noqa: E402  (reads the environment when it is imported)


def tool_texts(messages):
    return [message.get("content") for message in messages if message.get("role") == "tool"]


print(json.dumps({"peer": f"Headroom {version('headroom-ai')} (Python), `compress()` with its defaults, without its text model"}))
with open(sys.argv[1], encoding="utf-8") as cases:
    for line in cases:
        case = json.loads(line)
        messages = case["messages"]
        try:
            with contextlib.redirect_stdout(sys.stderr):
                messages = compress(messages, model="gpt-4o").messages
        except Exception as error:  # the case counts as sent unchanged
            print(f"{case['name']}: {error!r}", file=sys.stderr)
        print(json.dumps({"name": case["name"], "texts": tool_texts(messages)}))
