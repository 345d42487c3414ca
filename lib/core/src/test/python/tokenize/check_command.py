"""Trains with `lab tokenizer train`, loads every tokenizer.json in Python and compares with Hugging Face tokenizers.

Usage: python check_command.py LAB TEXT_FILE...     LAB is environment/lab; a text a line
For every model and several options: (1) Python loads the file and encodes every line to the ids of `lab tokenizer
encode`; (2) the reference, trained with the same parts and options, learns the same vocabulary. The reference numbers
letters with a prefix or suffix at random; where it does, (2) compares how many pieces both have.
Run with tokenizers 0.23.2.
"""
import json
import subprocess
import sys
import tempfile

from tokenizers import Tokenizer, models, pre_tokenizers, trainers

CASES = [
    ("bpe", ["--vocab-size", "1000"], dict(vocab_size=1000, initial_alphabet=pre_tokenizers.ByteLevel.alphabet())),
    ("bpe", ["--vocab-size", "2000", "--min-frequency", "3", "--keep-line-ends", "--max-token-length", "7"],
     dict(vocab_size=2000, min_frequency=3, max_token_length=7, initial_alphabet=pre_tokenizers.ByteLevel.alphabet())),
    ("bpe", ["--characters", "--vocab-size", "1500"], dict(vocab_size=1500, end_of_word_suffix="</w>")),
    ("wordpiece", ["--vocab-size", "1500"], dict(vocab_size=1500)),
    ("wordpiece", ["--vocab-size", "3000", "--min-frequency", "2", "--normalizer", "bert-cased"], dict(vocab_size=3000, min_frequency=2)),
    ("unigram", ["--vocab-size", "4000"], dict(vocab_size=4000)),
    ("unigram", ["--vocab-size", "5000", "--max-piece-length", "7", "--shrinking-factor", "0.6", "--sub-iterations", "3"],
     dict(vocab_size=5000, max_piece_length=7, shrinking_factor=0.6, n_sub_iterations=3)),
    ("word", ["--vocab-size", "2000", "--min-frequency", "2"], dict(vocab_size=2000, min_frequency=2)),
    ("word", ["--vocab-size", "500", "--normalizer", "nfkc,lowercase", "--pre-tokenizer", "whitespace-split,punctuation,individual-digits"], dict(vocab_size=500)),
]


def run(*command):
    return subprocess.run(command, check=True, capture_output=True, text=True, encoding="utf-8").stdout


def vocabulary(tree):
    vocab = tree["model"]["vocab"]
    return dict(vocab) if isinstance(vocab, dict) else {piece: score for piece, score in vocab}


def empty(tree):
    unknown = {"unk_token": tree["model"].get("unk_token")} if tree["model"].get("unk_token") else {}
    if tree["model"]["type"] == "BPE" and tree["model"].get("end_of_word_suffix"):
        unknown["end_of_word_suffix"] = tree["model"]["end_of_word_suffix"]
    if tree["model"]["type"] == "Unigram":
        unknown = {}
    return Tokenizer(getattr(models, tree["model"]["type"])(**unknown))


def reference(ours, tree, options, lines):
    tokenizer = empty(tree)
    tokenizer.normalizer, tokenizer.pre_tokenizer = ours.normalizer, ours.pre_tokenizer
    special = [token["content"] for token in tree["added_tokens"]]
    kind = tree["model"]["type"]
    if kind == "Unigram":
        options = options | dict(unk_token="<unk>")
    trainer = {"BPE": trainers.BpeTrainer, "WordPiece": trainers.WordPieceTrainer, "Unigram": trainers.UnigramTrainer, "WordLevel": trainers.WordLevelTrainer}[kind]
    tokenizer.train_from_iterator(lines, trainer(special_tokens=special, show_progress=False, **options))
    return json.loads(tokenizer.to_str())


def main(lab, *files):
    failed = 0
    for file in files:
        text = open(file, encoding="utf-8", newline="\n").read()
        lines = text.split("\n")[: -1 if text.endswith("\n") else None]
        for model, arguments, options in CASES:
            with tempfile.TemporaryDirectory() as folder:
                path = f"{folder}/tokenizer.json"
                run(lab, "tokenizer", "train", "--model", model, *arguments, "--in", file, "--out", path)
                ids = run(lab, "tokenizer", "encode", "--tokenizer", path, "--in", file).split("\n")[:-1]
                tree = json.load(open(path, encoding="utf-8"))
                ours = Tokenizer.from_file(path)
            encoded = [" ".join(map(str, e.ids)) for e in ours.encode_batch(lines)]
            wrong = sum(a != b for a, b in zip(encoded, ids)) + abs(len(encoded) - len(ids))
            fed = [line + "\n" for line in lines] if "--keep-line-ends" in arguments else lines
            theirs = reference(ours, tree, options, fed)
            mine, other = vocabulary(tree), vocabulary(theirs)
            shared = len(mine.keys() & other.keys())
            equal = mine == other and tree["model"].get("merges") == theirs["model"].get("merges")
            apart = max((abs(mine[p] - other[p]) for p in mine.keys() & other.keys()), default=0) if model == "unigram" else 0
            print(f"{model} {' '.join(arguments)}: {wrong} of {len(lines)} lines differ; {len(mine)} pieces, reference {len(other)}, shared {shared}, "
                  + (f"scores at most {apart:.4f} apart" if model == "unigram" else f"equal with numbers and merges: {equal}"))
            failed += wrong
    sys.exit(failed > 0)


main(*sys.argv[1:])
