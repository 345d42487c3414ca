"""Encodes lines of public data with published vocabularies and records a checksum for every block of lines.

Usage: python published_golden.py DATA_FOLDER ../../resources/dev/embedlab/tokenize/published.json
The data is not part of this project; without it the test that reads the result is skipped. Made with tokenizers 0.23.2.
"""
import io
import json
import pathlib
import sys
import zipfile
import zlib

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers

FILES = [
    "scifact/corpus.jsonl", "sib200/eng_Latn/train.tsv", "sib200/ind_Latn/train.tsv", "sib200/kor_Hang/train.tsv",
    "tatoeba/tatoeba.ind-eng.ind", "tatoeba/tatoeba.kor-eng.kor", "korquad/KorQuAD_v1.0_dev.json", "idk_mrc/test.json",
    "trec_questions/train_5500.label", "newsgroups/mini_newsgroups.jsonl", "stsb/stsb-en-dev.csv", "cranfield/cran.qry",
]
LINES, PER_FILE, LONGEST, BLOCK = 5000, 450, 400, 50


def lines(data):
    found = []
    for name in FILES:
        text = (data / name).read_bytes().decode("utf-8", "replace")
        parts = [line[i : i + LONGEST] for line in text.split("\n") for i in range(0, len(line), LONGEST)]
        found += parts[:PER_FILE]
    return found[:LINES]


def gpt2(folder):
    tokenizer = Tokenizer(models.BPE.from_file(str(folder / "gpt2/vocab.json"), str(folder / "gpt2/merges.txt")))
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    return tokenizer


def minilm(folder):
    tokenizer = Tokenizer.from_file(str(folder / "all-MiniLM-L6-v2/tokenizer.json"))
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return tokenizer


def xlmr(folder):
    archive = zipfile.ZipFile(folder / "xlm-roberta/pos.dict.utf8.zip")
    vocab = [("<unk>", 0.0)]
    for line in io.TextIOWrapper(archive.open("pos.dict.utf8"), "utf-8", newline="\n"):
        piece, name, score = line.rstrip("\n").split("\t")
        if int(name.removeprefix("WORD_ID_")) >= 4:
            vocab.append((piece, float(score)))
    tokenizer = Tokenizer(models.Unigram(vocab, 0, False))
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    return tokenizer


def main(data, out):
    texts = lines(pathlib.Path(data))
    result = {"lines": len(texts), "block": BLOCK, "text": zlib.crc32("\n".join(texts).encode())}
    for name, build in (("gpt2", gpt2), ("minilm", minilm), ("xlmr", xlmr)):
        encoded = build(pathlib.Path(data) / "tokenizers").encode_batch(texts)
        rows = [" ".join(map(str, e.ids)) for e in encoded]
        result[name] = [zlib.crc32("\n".join(rows[i : i + BLOCK]).encode()) for i in range(0, len(rows), BLOCK)]
        result[name + " pieces"] = sum(len(e.ids) for e in encoded)
    pathlib.Path(out).write_text(json.dumps(result) + "\n")
    print({k: v for k, v in result.items() if not isinstance(v, list)})


main(*sys.argv[1:])
