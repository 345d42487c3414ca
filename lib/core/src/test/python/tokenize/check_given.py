"""Compares `lab tokenizer encode` with Hugging Face tokenizers on given files and on unusual tokenizers built here.

Usage: python check_given.py LAB TEXT_FILE [TOKENIZER_JSON...]     LAB is environment/lab; a text a line
Run with tokenizers 0.23.2.
"""
import json
import os
import subprocess
import sys
import tempfile

from tokenizers import AddedToken, Regex, Tokenizer, decoders, models, normalizers, pre_tokenizers, trainers

LLAMA3 = r"(?i:'s|'t|'re|'ve|'m|'ll|'d)|[^\r\n\p{L}\p{N}]?\p{L}+|\p{N}{1,3}| ?[^\s\p{L}\p{N}]+[\r\n]*|\s*[\r\n]+|\s+(?!\S)|\s+"


def bpe(lines, pre, normalizer=None, added=(), byte_alphabet=False, **options):
    tokenizer = Tokenizer(models.BPE(unk_token=None if byte_alphabet else "<unk>", **options))
    tokenizer.pre_tokenizer, tokenizer.normalizer = pre, normalizer
    alphabet = pre_tokenizers.ByteLevel.alphabet() if byte_alphabet else []
    special = ["<unk>", "<s>"] + ([f"<0x{i:02X}>" for i in range(256)] if options.get("byte_fallback") else [])
    tokenizer.train_from_iterator(lines, trainers.BpeTrainer(vocab_size=2500, special_tokens=special, initial_alphabet=alphabet, show_progress=False))
    tokenizer.add_tokens(list(added))
    return tokenizer


def unigram(lines, pre, normalizer, added=(), **options):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.pre_tokenizer, tokenizer.normalizer = pre, normalizer
    tokenizer.train_from_iterator(lines[:400], trainers.UnigramTrainer(vocab_size=4000, unk_token="<unk>", special_tokens=["<unk>"], show_progress=False))
    tokenizer.add_tokens(list(added))
    return tokenizer


def built(lines):
    n, p = normalizers, pre_tokenizers
    added = [AddedToken("return", single_word=True), AddedToken("the", lstrip=True), AddedToken("환불", rstrip=True),
             AddedToken("API", normalized=True), AddedToken("<mask>", lstrip=True, special=True)]
    yield "llama3", bpe(lines, p.Sequence([p.Split(Regex(LLAMA3), "isolated"), p.ByteLevel(add_prefix_space=False, use_regex=False)]), byte_alphabet=True)
    yield "llama2", bpe(lines, None, n.Sequence([n.Prepend("▁"), n.Replace(" ", "▁")]), byte_fallback=True, fuse_unk=True)
    yield "added", bpe(lines, p.ByteLevel(add_prefix_space=True), n.Lowercase(), added, byte_alphabet=True)
    yield "digits", bpe(lines, p.Sequence([p.WhitespaceSplit(), p.Digits(True), p.Punctuation("merged_with_previous")]), n.Sequence([n.NFD(), n.StripAccents(), n.Strip()]))
    yield "split", bpe(lines, p.Sequence([p.Split(" ", "merged_with_next"), p.Split(Regex("[0-9]+"), "contiguous"), p.Split(Regex("[a-z]"), "removed", invert=True)]), n.NFKD())
    yield "delimiter", bpe(lines, p.CharDelimiterSplit(","))
    yield "scripts", bpe(lines, p.UnicodeScripts())
    yield "fixed", bpe(lines, p.FixedLength(5))
    yield "metaspace first", unigram(lines, p.Metaspace(prepend_scheme="first"), n.Nmt(), added)
    yield "metaspace never", unigram(lines, p.Sequence([p.Metaspace(prepend_scheme="never", split=False)]), n.Sequence([n.NFKC(), n.Replace(Regex(" {2,}"), " ")]))
    yield "t5", unigram(lines, p.Sequence([p.WhitespaceSplit(), p.Metaspace(prepend_scheme="always")]), n.NFKC())


def check(name, path, lab, file, lines):
    tokenizer = Tokenizer.from_file(path)
    tokenizer.no_truncation()
    tokenizer.no_padding()
    expected = [" ".join(map(str, e.ids)) for e in tokenizer.encode_batch(lines)]
    run = subprocess.run([lab, "tokenizer", "encode", "--tokenizer", path, "--in", file], capture_output=True, text=True, encoding="utf-8")
    if run.returncode:
        print(f"{name}: {run.stderr.strip()[-200:]}")
        return 1
    ids = run.stdout.split("\n")[:-1]
    wrong = [i for i, pair in enumerate(zip(expected, ids)) if pair[0] != pair[1]]
    print(f"{name}: {len(wrong)} of {len(lines)} lines differ" + (f", the first is {lines[wrong[0]]!r}" if wrong else ""))
    return len(wrong) + abs(len(ids) - len(expected))


def main(lab, file, *given):
    text = open(file, encoding="utf-8", newline="\n").read()
    lines = text.split("\n")[: -1 if text.endswith("\n") else None]
    failed = sum(check(os.path.basename(os.path.dirname(path)) or path, path, lab, file, lines) for path in given)
    with tempfile.TemporaryDirectory() as folder:
        for name, tokenizer in built(lines):
            path = f"{folder}/tokenizer.json"
            tokenizer.save(path)
            failed += check(name, path, lab, file, lines) > 0
    sys.exit(failed > 0)


main(*sys.argv[1:])
