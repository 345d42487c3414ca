"""Makes a checkpoint of the shape of all-MiniLM-L6-v2 with random weights.

    python minilm_shape.py [TOKENIZER_JSON] FOLDER

TOKENIZER_JSON is any BERT tokenizer of at most 30,522 tokens; without it, one is trained on the sources of this
repository. Needs sentence-transformers.
"""
import sys
from pathlib import Path

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Normalize, Pooling, Transformer
from tokenizers import BertWordPieceTokenizer
from tokenizers.processors import BertProcessing
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

ROOT = Path(__file__).resolve().parents[5]
VOCABULARY = 30522


def train_tokenizer(file):
    tool = BertWordPieceTokenizer()
    sources = [str(p) for pattern in ("lib/**/*.java", "environment/**/*.java", "*.md") for p in ROOT.glob(pattern)]
    tool.train(sorted(sources), vocab_size=VOCABULARY, min_frequency=1, show_progress=False)
    tool.post_processor = BertProcessing(*[(name, tool.token_to_id(name)) for name in ("[SEP]", "[CLS]")])
    tool.save(str(file))


def make(folder, tokenizer_json=None):
    folder = Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    if tokenizer_json is None:
        tokenizer_json = folder / "tokenizer.json"
        train_tokenizer(tokenizer_json)
    torch.manual_seed(42)
    config = BertConfig(hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536)
    encoder = BertModel(config)
    for parameter in encoder.parameters():
        # The usual 0.02 leaves vectors of all texts so close that errors could hide.
        if parameter.dim() > 1:
            torch.nn.init.normal_(parameter, std=0.06)
    encoder.save_pretrained(folder)
    PreTrainedTokenizerFast(
        tokenizer_file=str(tokenizer_json),
        model_max_length=256,
        cls_token="[CLS]",
        sep_token="[SEP]",
        pad_token="[PAD]",
        unk_token="[UNK]",
        mask_token="[MASK]",
    ).save_pretrained(folder)
    module = Transformer(str(folder), max_seq_length=256)
    SentenceTransformer(modules=[module, Pooling(384, "mean"), Normalize()]).save_pretrained(str(folder))


if __name__ == "__main__":
    make(sys.argv[-1], *sys.argv[1:-1])
