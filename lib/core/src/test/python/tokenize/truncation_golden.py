"""Records what Hugging Face tokenizers 0.23.2 makes of pairs, limits and strides.

Usage: python truncation_golden.py ../../resources/dev/embedlab/tokenize/truncation.json.gz
Where a limit is set, 0.23 reads no more pieces of a text than the limit, so that most of its overflow is missing (a text of 40
pieces with a limit of 12 has 12 pieces in all parts together). Here the whole text is encoded first and then cut by
post_process, which gives what earlier versions gave.
"""
import gzip
import json
import sys

from tokenizers import Tokenizer, models, normalizers, pre_tokenizers, processors, trainers

from corpora import corpus

BERT = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"]


def bert(texts):
    tokenizer = Tokenizer(models.WordPiece(unk_token="[UNK]"))
    tokenizer.normalizer, tokenizer.pre_tokenizer = normalizers.BertNormalizer(), pre_tokenizers.BertPreTokenizer()
    tokenizer.train_from_iterator(texts, trainers.WordPieceTrainer(vocab_size=900, special_tokens=BERT, show_progress=False))
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]", pair="[CLS] $A [SEP] $B:1 [SEP]:1", special_tokens=[("[CLS]", 2), ("[SEP]", 3)])
    return tokenizer


def roberta(texts):
    tokenizer = Tokenizer(models.BPE())
    tokenizer.pre_tokenizer = pre_tokenizers.ByteLevel(add_prefix_space=True)
    tokenizer.train_from_iterator(texts, trainers.BpeTrainer(
        vocab_size=900, special_tokens=["<s>", "</s>"], initial_alphabet=pre_tokenizers.ByteLevel.alphabet(), show_progress=False))
    tokenizer.post_processor = processors.RobertaProcessing(("</s>", 1), ("<s>", 0))
    return tokenizer


def flat(encoding):
    return {"ids": encoding.ids, "types": encoding.type_ids, "special": encoding.special_tokens_mask,
            "offsets": [n for span in encoding.offsets for n in span], "sequences": [-1 if s is None else s for s in encoding.sequence_ids]}


def record(tokenizer, first, second, limit, stride, strategy, special):
    tokenizer.no_truncation()
    processor, tokenizer.post_processor = tokenizer.post_processor, None
    whole = [None if text is None else tokenizer.encode(text, add_special_tokens=False) for text in (first, second)]
    tokenizer.post_processor = processor
    if limit:
        tokenizer.enable_truncation(limit, stride=stride, strategy=strategy)
    try:
        encoding = tokenizer.post_process(*whole, add_special_tokens=special)
    except BaseException:  # A stride that does not fit is a panic, which is no Exception.
        return None
    return {"first": first, "second": second, "limit": limit, "stride": stride, "strategy": strategy, "addSpecial": special,
            "main": flat(encoding), "overflow": [flat(o) for o in encoding.overflowing]}


def main(out):
    texts = corpus("english", 200) + corpus("korean", 200) + corpus("emoji", 200)
    pairs = [(texts[i], texts[-1 - i * 7]) for i in range(0, 40, 2)] + [("", texts[5]), (texts[5], ""), (texts[450], texts[451])]
    result = []
    for build in (bert, roberta):
        tokenizer = build(texts)
        tree = tokenizer.to_str()
        cases = []
        for first, second in pairs:
            for limit, stride in ((0, 0), (12, 0), (12, 3), (17, 5), (9, 1)):
                for special in (True, False):
                    cases.append(record(tokenizer, first, None, limit, stride, "longest_first", special))
                    for strategy in ("longest_first", "only_first", "only_second"):
                        cases.append(record(tokenizer, first, second, limit, stride, strategy, special))
        result.append({"tokenizer": json.loads(tree), "cases": [c for c in cases if c]})
        print(build.__name__, len(cases), len(result[-1]["cases"]))
    open(out, "wb").write(gzip.compress(json.dumps(result, ensure_ascii=False, separators=(",", ":")).encode(), mtime=0))


main(sys.argv[1])
