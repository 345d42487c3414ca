"""Makes a checkpoint of the shape of all-MiniLM-L6-v2 with random weights.

Usage: python minilm_shape.py TOKENIZER_JSON FOLDER
TOKENIZER_JSON is any BERT tokenizer of at most 30,522 tokens. Needs sentence-transformers.
"""
import sys

import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Normalize, Pooling, Transformer
from transformers import BertConfig, BertModel, PreTrainedTokenizerFast

tokenizer_json, folder = sys.argv[1:3]
torch.manual_seed(42)
config = BertConfig(hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536)
encoder = BertModel(config)
for name, parameter in encoder.named_parameters():
    # The usual 0.02 leaves vectors of all texts so close that errors could hide.
    if parameter.dim() > 1:
        torch.nn.init.normal_(parameter, std=0.06)
encoder.save_pretrained(folder)
PreTrainedTokenizerFast(
    tokenizer_file=tokenizer_json,
    model_max_length=256,
    cls_token="[CLS]",
    sep_token="[SEP]",
    pad_token="[PAD]",
    unk_token="[UNK]",
    mask_token="[MASK]",
).save_pretrained(folder)
module = Transformer(folder, max_seq_length=256)
model = SentenceTransformer(modules=[module, Pooling(384, "mean"), Normalize()])
model.save_pretrained(folder)
