"""Trains with Hugging Face tokenizers 0.23.2 on our own corpora and records what came out.

Usage: python train_golden.py ../../resources/dev/embedlab/tokenize/golden
Where letters carry a prefix or suffix the reference numbers them in the order of a hash table, which differs from run to
run and decides ties. Here these letters are named among the special tokens, which fixes their numbers.
"""
import collections
import gzip
import json
import pathlib
import sys

import tokenizers
from tokenizers import Tokenizer, decoders, models, normalizers, pre_tokenizers, processors, trainers

from corpora import KINDS, corpus

IDS, OFFSETS = 500, 80
BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]", "[MASK]"]


def words(tokenizer, texts):
    for text in texts:
        normal = tokenizer.normalizer.normalize_str(text) if tokenizer.normalizer else text
        for word, _ in tokenizer.pre_tokenizer.pre_tokenize_str(normal):
            yield word


def wordpiece(texts, **options):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer = normalizers.BertNormalizer()
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.decoder = decoders.WordPiece()
    letters = sorted({"##" + c for word in words(tokenizer, texts) for c in word[1:]})
    special = BERT + letters
    trainer = trainers.WordPieceTrainer(special_tokens=special, show_progress=False, **options)
    return tokenizer, trainer, special, BERT


def bytes_bpe(texts, **options):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=False)
    tokenizer.post_processor = processors.ByteLevel(trim_offsets=True, add_prefix_space=False)
    tokenizer.decoder = decoders.ByteLevel()
    special = ["<|endoftext|>"]
    trainer = trainers.BpeTrainer(special_tokens=special, show_progress=False, initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), **options)
    return tokenizer, trainer, special, special


def char_bpe(texts, **options):
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>", end_of_word_suffix="</w>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.decoder = decoders.BPEDecoder(suffix="</w>")
    special = ["<unk>"] + sorted({word[-1] + "</w>" for word in words(tokenizer, texts)})
    trainer = trainers.BpeTrainer(special_tokens=special, show_progress=False, end_of_word_suffix="</w>", **options)
    return tokenizer, trainer, special, ["<unk>"]


def plain_bpe(texts, **options):
    tokenizer = Tokenizer(models.BPE(unk_token="<unk>"))
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    trainer = trainers.BpeTrainer(special_tokens=["<unk>"], show_progress=False, **options)
    limit = options.get("limit_alphabet")
    if limit:
        counts = sorted(collections.Counter("".join(words(tokenizer, texts))).values(), reverse=True)
        assert len(counts) <= limit or counts[limit - 1] > counts[limit], "a tie at the limit of the alphabet"
    return tokenizer, trainer, ["<unk>"], ["<unk>"]


def unigram(texts, **options):
    tokenizer = Tokenizer(models.Unigram())
    tokenizer.normalizer = normalizers.NFKC()
    tokenizer.pre_tokenizer = pre_tokenizers.Metaspace()
    tokenizer.decoder = decoders.Metaspace()
    trainer = trainers.UnigramTrainer(special_tokens=["<unk>"], unk_token="<unk>", show_progress=False, **options)
    return tokenizer, trainer, ["<unk>"], ["<unk>"]


def word_level(texts, **options):
    tokenizer = Tokenizer(models.WordLevel(unk_token="<unk>"))
    tokenizer.normalizer = normalizers.Lowercase()
    tokenizer.pre_tokenizer = pre_tokenizers.Sequence([pre_tokenizers.WhitespaceSplit(), pre_tokenizers.Punctuation(), pre_tokenizers.Digits(individual_digits=True)])
    trainer = trainers.WordLevelTrainer(special_tokens=["<unk>"], show_progress=False, **options)
    return tokenizer, trainer, ["<unk>"], ["<unk>"]


CASES = [
    ("wordpiece", wordpiece, dict(vocab_size=500)),
    ("wordpiece", wordpiece, dict(vocab_size=5000, min_frequency=2)),
    ("bytes", bytes_bpe, dict(vocab_size=600)),
    ("bytes", bytes_bpe, dict(vocab_size=5000, min_frequency=3)),
    ("chars", char_bpe, dict(vocab_size=500)),
    ("plain", plain_bpe, dict(vocab_size=400, max_token_length=5)),
    ("plain", plain_bpe, dict(vocab_size=300, min_frequency=4, limit_alphabet=26)),
    ("unigram", unigram, dict(vocab_size=200)),
    ("unigram", unigram, dict(vocab_size=400, max_piece_length=6, shrinking_factor=0.6, n_sub_iterations=3)),
    ("words", word_level, dict(vocab_size=200)),
    ("words", word_level, dict(vocab_size=2000, min_frequency=2)),
]


def record(kind, build, texts, options):
    if kind == "unigram" and len(set("".join(texts))) > options["vocab_size"]:
        options = options | dict(vocab_size=3000)  # The reference refuses a vocabulary smaller than the alphabet.
    try:
        tokenizer, trainer, special, kept = build(texts, **options)
    except AssertionError:
        return None
    tokenizer.train_from_iterator(texts, trainer)
    tree = json.loads(tokenizer.to_str())
    tree["added_tokens"] = [token for token in tree["added_tokens"] if token["content"] in kept]
    tokenizer = Tokenizer.from_str(json.dumps(tree))
    encoded = tokenizer.encode_batch(texts[:IDS], add_special_tokens=False)
    return {
        "kind": kind,
        "options": options,
        "special": special,
        "tokenizer": tree,
        "ids": [e.ids for e in encoded],
        "offsets": [[n for span in e.offsets for n in span] for e in encoded[:OFFSETS]],
        "decoded": [tokenizer.decode(e.ids) for e in encoded[:OFFSETS]],
    }


def main(folder):
    for name in KINDS:
        texts = corpus(name)
        cases = [record(kind, build, texts, options) for kind, build, options in CASES]
        content = {"made with": f"tokenizers {tokenizers.__version__}", "texts": texts, "cases": [c for c in cases if c]}
        data = json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()
        (pathlib.Path(folder) / f"{name}.json.gz").write_bytes(gzip.compress(data, mtime=0))
        print(name, len(data), [(c["kind"], len(c["tokenizer"]["model"]["vocab"])) for c in cases if c])


if __name__ == "__main__":
    main(sys.argv[1])
