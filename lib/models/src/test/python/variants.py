"""Changes the reference checkpoints in ways found in the wild, and has sentence-transformers compute their vectors.

    python variants.py FIXTURES_FOLDER VARIANTS_JSON [FOLDER]

VARIANTS_JSON holds the variants that differ in JSON files only, with what Python computes; VariantsTest makes them
again. FOLDER, if named, gets all variants as checkpoints, among them those with other weights, for

    mvn -pl lib/models -am test -Dtest=VariantsTest -Dembedlab.variants=FOLDER -Dsurefire.failIfNoSpecifiedTests=false

Variants that Python refuses are left out. Made with sentence-transformers 6.0.1, transformers 5.18.0, torch 2.13.0.
"""
import json
import shutil
import sys
import tempfile
import warnings
from pathlib import Path

import torch
from safetensors.torch import load_file, save_file
from sentence_transformers import CrossEncoder, SentenceTransformer

warnings.filterwarnings("ignore")
TEXTS = ["", "A short one.", "Crème brûlée, 東京 and 42 more words",
         "The file is closed when the block ends, even if an exception is thrown in the middle of it, or at its very end."]
PAIRS = [["a query", text] for text in TEXTS[1:]] + [["", ""]]
POOLING, DENSE, MAIN = "1_Pooling/config.json", "2_Dense/config.json", "config.json"
JSON = "tokenizer.json"
TOKENIZER, SENTENCE, MODEL = "tokenizer_config.json", "sentence_bert_config.json", "config_sentence_transformers.json"
MODES = ["cls", "max", "mean", "mean_sqrt_len_tokens", "weightedmean", "lasttoken"]
OLD_FLAGS = ["pooling_mode_cls_token", "pooling_mode_mean_tokens", "pooling_mode_max_tokens",
             "pooling_mode_mean_sqrt_len_tokens", "pooling_mode_weightedmean_tokens", "pooling_mode_lasttoken"]
ACTIVATIONS = ["Tanh", "ReLU", "GELU", "SiLU", "Sigmoid", "LeakyReLU", "ELU", "Softplus", "Mish", "SELU", "ReLU6",
               "Softsign", "Hardswish", "LogSigmoid", "Hardtanh", "Hardsigmoid", "Tanhshrink", "Softmax"]


def variant(name, fixture, fields=None, files=None, weights=None, prompt=""):
    """fields: of JSON files, None removes one; files: whole new ones, None removes one; weights: changes tensors."""
    return {"name": name, "fixture": fixture, "fields": fields or {}, "files": files or {}, "weights": weights, "prompt": prompt}


def pooling_variants():
    for mode in MODES:
        for fixture in ("bert-mean-norm", "qwen3-lasttoken"):
            new = {"embedding_dimension": 32, "pooling_mode": mode, "include_prompt": True}
            yield variant(f"pooling {mode} {fixture}", fixture, files={POOLING: new})
        for fixture in ("bert-mean-norm", "qwen3-lasttoken", "xlmr-mean-prompts"):
            new = {"embedding_dimension": 32, "pooling_mode": mode, "include_prompt": False}
            yield variant(f"without prompt {mode} {fixture}", fixture, files={POOLING: new}, prompt="query: ")
    yield variant("all old flags", "bert-mean-norm",
                  files={POOLING: {"word_embedding_dimension": 32, **dict.fromkeys(OLD_FLAGS, True)}})
    yield variant("pooling in another order", "bert-mean-norm", files={
        POOLING: {"embedding_dimension": 32, "pooling_mode": ["lasttoken", "mean", "cls"], "include_prompt": True}})


def dense_variants():
    for name in ACTIVATIONS:
        yield variant(f"dense {name}", "roberta-cls-dense",
                      {DENSE: {"activation_function": f"torch.nn.modules.activation.{name}"}})
    yield variant("dense without activation", "roberta-cls-dense", {DENSE: {"activation_function": None}})


def length_variants():
    yield variant("no length", "bert-mean-norm", {TOKENIZER: {"model_max_length": None}})
    yield variant("huge length", "bert-mean-norm", {TOKENIZER: {"model_max_length": 1e30}})
    yield variant("null in the module", "bert-mean-norm", files={SENTENCE: {"max_seq_length": None, "do_lower_case": False}})
    yield variant("module below tokenizer", "bert-mean-norm", files={SENTENCE: {"max_seq_length": 12}})
    yield variant("module above tokenizer", "bert-mean-norm", files={SENTENCE: {"max_seq_length": 40}})
    yield variant("no length, offset positions", "roberta-cls-dense", {TOKENIZER: {"model_max_length": None}},
                  {SENTENCE: {"do_lower_case": False}})
    yield variant("other name of the file", "roberta-cls-dense",
                  files={SENTENCE: None, "sentence_roberta_config.json": {"max_seq_length": 20}})
    yield variant("lower case", "roberta-cls-dense", files={SENTENCE: {"max_seq_length": 40, "do_lower_case": True}})
    yield variant("module and arguments", "bert-mean-norm",
                  files={SENTENCE: {"max_seq_length": 8, "processor_kwargs": {"model_max_length": 11}}})
    left = {"direction": "Left", "max_length": 24, "strategy": "LongestFirst", "stride": 0}
    yield variant("cut on the left by tokenizer.json", "bert-mean-norm", {JSON: {"truncation": left}})
    yield variant("cut on the left", "bert-mean-norm", {TOKENIZER: {"truncation_side": "left"}})
    yield variant("padded on the right", "qwen3-lasttoken", {TOKENIZER: {"padding_side": "right"}})


def network_variants():
    for name in ("relu", "gelu_new", "silu", "gelu_pytorch_tanh", "gelu_fast", "quick_gelu", "tanh", "gelu_10"):
        yield variant(f"activation {name}", "bert-mean-norm", {MAIN: {"hidden_act": name}})
    yield variant("DistilBERT relu", "distilbert-max", {MAIN: {"activation": "relu"}})
    yield variant("CamemBERT", "roberta-cls-dense", {MAIN: {"model_type": "camembert", "architectures": ["CamembertModel"]}})
    yield variant("ModernBERT before 5.0", "modernbert-cls-norm", {MAIN: {
        "rope_parameters": None, "layer_types": None, "global_rope_theta": 160000.0, "local_rope_theta": 10000.0,
        "global_attn_every_n_layers": 2}})
    yield variant("Qwen3 before 5.0", "qwen3-lasttoken", {MAIN: {"rope_parameters": None, "layer_types": None, "rope_theta": 5000}})
    yield variant("Qwen3 sliding", "qwen3-lasttoken", {MAIN: {
        "use_sliding_window": True, "sliding_window": 6, "layer_types": ["full_attention", "sliding_attention"]}})
    yield variant("Qwen3 both ways", "qwen3-lasttoken", {MAIN: {"is_causal": False}})


def rotary_variants():
    kinds = {
        "linear": {"type": "linear", "factor": 4.0},
        "dynamic": {"rope_type": "dynamic", "factor": 2.0},
        "yarn": {"rope_type": "yarn", "factor": 4.0, "original_max_position_embeddings": 16},
        "yarn, factor 1.5, no original": {"rope_type": "yarn", "factor": 1.5},
        "yarn, own betas": {"rope_type": "yarn", "factor": 8.0, "original_max_position_embeddings": 16, "beta_fast": 4,
                            "beta_slow": 2, "attention_factor": 0.9},
        "yarn, scales": {"rope_type": "yarn", "factor": 8.0, "original_max_position_embeddings": 16, "mscale": 0.7,
                         "mscale_all_dim": 0.3, "truncate": False},
    }
    for name, scaling in kinds.items():
        yield variant(f"Qwen3 {name}", "qwen3-lasttoken",
                      {MAIN: {"rope_parameters": None, "rope_theta": 10000.0, "rope_scaling": scaling}})
        full = {"rope_theta": 160000.0, "rope_type": scaling.get("type"), **scaling}
        local = {"rope_theta": 10000.0, "rope_type": "default"}
        yield variant(f"ModernBERT {name}", "modernbert-cls-norm",
                      {MAIN: {"rope_parameters": {"full_attention": full, "sliding_attention": local}}})


def tokenizer_variants():
    for name in ("BertTokenizer", "BertTokenizerFast", "PreTrainedTokenizerFast", None):
        fields = {TOKENIZER: {"model_input_names": None, "backend": None, "tokenizer_class": name}}
        yield variant(f"no input names, class {name}", "cross-encoder-bert", fields)
    yield variant("no segments", "cross-encoder-bert", {TOKENIZER: {"model_input_names": ["input_ids", "attention_mask"]}})


def class_variants():
    """Classes of tokenizers whose own defaults win over tokenizer.json."""
    cased = {"type": "BertNormalizer", "clean_text": True, "handle_chinese_chars": False, "strip_accents": False,
             "lowercase": False}
    fixtures = {"bert-mean-norm": "BertTokenizer", "distilbert-max": "DistilBertTokenizer", "mpnet-mean-norm": "MPNetTokenizer"}
    for fixture, name in fixtures.items():
        for kind in (name, name + "Fast", "PreTrainedTokenizerFast", None):
            fields = {TOKENIZER: {"backend": None, "tokenizer_class": kind}, JSON: {"normalizer": cased}}
            yield variant(f"cased {fixture}, class {kind}", fixture, fields)
    said = {"do_lower_case": False, "strip_accents": True, "tokenize_chinese_chars": False}
    yield variant("options of the class", "bert-mean-norm", {TOKENIZER: {"backend": None, "tokenizer_class": "BertTokenizer", **said}})
    for kind in ("RobertaTokenizer", "RobertaTokenizerFast", None):
        for option in (None, True):
            for file in (False, True):
                part = {"type": "ByteLevel", "add_prefix_space": file, "trim_offsets": True, "use_regex": True}
                fields = {"backend": None, "tokenizer_class": kind, "add_prefix_space": option}
                yield variant(f"class {kind}, space {option}, in tokenizer.json {file}", "roberta-cls-dense",
                              {TOKENIZER: fields, JSON: {"pre_tokenizer": part}})


def added_token_variants():
    """Of a letter, which is in the vocabulary and then cuts words apart."""
    plain = {"content": "e", "lstrip": False, "rstrip": False, "normalized": True, "single_word": False, "special": False}
    whole = {**plain, "content": "a", "single_word": True}
    strip = {**plain, "content": "r", "lstrip": True, "special": True, "normalized": False}
    for kind in ("BertTokenizer", "PreTrainedTokenizerFast"):
        base = {"backend": None, "tokenizer_class": kind}
        yield variant(f"added tokens by number, class {kind}", "bert-mean-norm",
                      {TOKENIZER: {**base, "added_tokens_decoder": {"44": plain, "45": whole, "46": strip}}})
        for field in ("additional_special_tokens", "extra_special_tokens"):
            yield variant(f"{field}, class {kind}", "bert-mean-norm", {TOKENIZER: {**base, field: ["e", "on"]}})
        yield variant(f"added_tokens.json, class {kind}", "bert-mean-norm", {TOKENIZER: base},
                      {"added_tokens.json": {"e": 48}})
        yield variant(f"special_tokens_map.json, class {kind}", "bert-mean-norm", {TOKENIZER: base},
                      {"special_tokens_map.json": {"additional_special_tokens": ["e"]}})


def weight_variants():
    """As functions of all tensors; a list of results means shards."""
    def as_type(dtype):
        return lambda tensors: {name: tensor.to(dtype) for name, tensor in tensors.items()}

    def old_names(tensors):
        renamed = {"bert." + n.replace("LayerNorm.weight", "LayerNorm.gamma").replace("LayerNorm.bias", "LayerNorm.beta"): t
                   for n, t in tensors.items()}
        return {**renamed, "cls.predictions.bias": torch.zeros(700)}

    def shards(tensors):
        names = sorted(tensors)
        return [{n: tensors[n] for n in names[i::3]} for i in range(3)]

    for fixture in ("bert-mean-norm", "qwen3-lasttoken", "modernbert-cls-norm", "mpnet-mean-norm", "distilbert-max",
                    "xlmr-mean-prompts", "roberta-cls-dense", "bert-legacy-mean-norm"):
        for dtype in (torch.float16, torch.bfloat16, torch.float64):
            yield variant(f"{fixture} {dtype}", fixture, weights=as_type(dtype))
        yield variant(f"{fixture} in shards", fixture, weights=shards)
    yield variant("prefix and old names", "bert-mean-norm", weights=old_names)
    yield variant("without pooler", "bert-mean-norm",
                  weights=lambda tensors: {n: t for n, t in tensors.items() if not n.startswith("pooler")})
    yield variant("Model2Vec", "static-embedding", weights=lambda tensors: {"embeddings": tensors["embedding.weight"]})


def write_weights(folder, tensors):
    if isinstance(tensors, dict):
        save_file({n: t.contiguous() for n, t in tensors.items()}, folder / "model.safetensors", metadata={"format": "pt"})
        return
    (folder / "model.safetensors").unlink()
    where = {}
    for i, shard in enumerate(tensors):
        file = f"model-{i + 1:05d}-of-{len(tensors):05d}.safetensors"
        save_file({n: t.contiguous() for n, t in shard.items()}, folder / file, metadata={"format": "pt"})
        where.update(dict.fromkeys(shard, file))
    (folder / "model.safetensors.index.json").write_text(json.dumps({"metadata": {}, "weight_map": where}))


def make(variant, fixtures, folder):
    shutil.copytree(fixtures / variant["fixture"], folder, copy_function=shutil.copyfile)
    (folder / "expected.json").unlink()
    for file, fields in variant["fields"].items():
        content = {**json.loads((folder / file).read_text()), **fields}
        (folder / file).write_text(json.dumps({k: v for k, v in content.items() if fields.get(k, v) is not None}))
    for file, content in variant["files"].items():
        if content is None:
            (folder / file).unlink(missing_ok=True)
        else:
            (folder / file).write_text(json.dumps(content))
    if variant["weights"]:
        write_weights(folder, variant["weights"](load_file(folder / "model.safetensors")))


def compute(variant, folder):
    """One text at a time, so that padding cannot matter."""
    wide = {"dtype": torch.float32}
    if variant["fixture"].startswith("cross-encoder"):
        model = CrossEncoder(str(folder), device="cpu", model_kwargs=wide)
        return [[float(model.predict([pair])[0])] for pair in PAIRS]
    model = SentenceTransformer(str(folder), device="cpu", model_kwargs=wide)
    return [model.encode(text, prompt=variant["prompt"]).astype(float).round(8).tolist() for text in TEXTS]


def main(fixtures, golden, target=None):
    variants = [*pooling_variants(), *dense_variants(), *length_variants(), *network_variants(), *rotary_variants(),
                *tokenizer_variants(), *class_variants(), *added_token_variants(), *weight_variants()]
    kept = []
    with tempfile.TemporaryDirectory() as scratch:
        for i, each in enumerate(variants):
            folder = Path(target or scratch) / f"{i:03d}"
            make(each, Path(fixtures), folder)
            try:
                expected = compute(each, folder)
            except Exception as e:
                print("Python refuses", each["name"], str(e)[:100])
                shutil.rmtree(folder)
                continue
            plain = {**each, "weights": None, "expected": expected}
            (folder / "expected.json").write_text(json.dumps(plain))
            if not each["weights"]:
                kept.append(plain)
    Path(golden).write_text(json.dumps({"texts": TEXTS, "pairs": PAIRS, "variants": kept}, ensure_ascii=False))
    print(len(variants), "variants,", len(kept), "with other JSON files only")


if __name__ == "__main__":
    main(*sys.argv[1:])
