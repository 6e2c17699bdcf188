"""MeCab-ko (the package `mecab-ko`) for a comparison: told what to do by lines on the standard input.

    run_mecab_ko.py FOLDER        a folder with the dictionary that MeCab compiled

The first line out is `ready`, or why it cannot be used. Then, each answered with one line:

    ["text", ...]             keeps the texts; answers `kept`
    run                       analyses them all; answers how many seconds it took
    "sentence"                analyses a sentence; answers `surface/tag surface/tag ...`
"""

import json
import sys
import time
from pathlib import Path


def main():
    try:
        import mecab_ko
    except ImportError:
        print("the Python package mecab-ko is not installed (pip install mecab-ko)", flush=True)
        return
    folder = next(Path(sys.argv[1]).rglob("sys.dic")).parent
    tagger = mecab_ko.Tagger(f"-d {folder} -r /dev/null")
    print("ready", flush=True)
    texts = []
    for line in sys.stdin:
        if line.startswith("["):
            texts = json.loads(line)
            answer = "kept"
        elif line.startswith("run"):
            begun = time.perf_counter()
            for text in texts:
                tagger.parse(text)
            answer = f"{time.perf_counter() - begun}"
        else:
            answer = analysis(tagger, json.loads(line))
        print(answer, flush=True)


def analysis(tagger, sentence):
    """The surfaces and tags of a sentence."""
    rows = (row.split("\t", 1) for row in tagger.parse(sentence).split("\n") if "\t" in row)
    return " ".join(surface + "/" + features.split(",", 1)[0] for surface, features in rows)


main()
