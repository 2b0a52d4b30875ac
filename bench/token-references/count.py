"""Writes the reference counts of texts.

count.py PASSAGES OUT     PASSAGES holds {"kind", "text", ...} as JSON lines; OUT becomes a list of {family: tokens}
count.py --fixture FILE   puts the counts and the names of the references into the fixture of the tests
"""

import json
import sys

from references import REFERENCES, load_counters


def count_all(texts: list[str]) -> list[dict]:
    counters = load_counters()
    return [{family: count(text) for family, count in counters.items()} for text in texts]


def main() -> None:
    if sys.argv[1] == "--fixture":
        with open(sys.argv[2], encoding="utf-8") as file:
            fixture = json.load(file)
        fixture["references"] = {k: {"reference": v[0], "licence": v[1]} for k, v in REFERENCES.items()}
        for entry, tokens in zip(fixture["texts"], count_all([entry["text"] for entry in fixture["texts"]])):
            entry["tokens"] = tokens
        with open(sys.argv[2], "w", encoding="utf-8") as file:
            json.dump(fixture, file, ensure_ascii=False, indent=1)
            file.write("\n")
        return
    with open(sys.argv[1], encoding="utf-8") as file:
        texts = [json.loads(line)["text"] for line in file if line.strip()]
    with open(sys.argv[2], "w", encoding="utf-8") as file:
        json.dump(count_all(texts), file)


main()
