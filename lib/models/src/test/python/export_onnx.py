"""Exports the encoder of a reference checkpoint as ONNX, with the inputs and the output that Python's exporters use.

Usage: python export_onnx.py CHECKPOINT MODEL_ONNX
Made with torch 2.13.0, transformers 5.18.0.
"""
import sys

import torch
from transformers import AutoModel


class Encoder(torch.nn.Module):
    def __init__(self, model):
        super().__init__()
        self.model = model

    def forward(self, input_ids, attention_mask, token_type_ids):
        return self.model(
            input_ids=input_ids, attention_mask=attention_mask, token_type_ids=token_type_ids
        ).last_hidden_state


checkpoint, target = sys.argv[1:]
model = Encoder(AutoModel.from_pretrained(checkpoint, attn_implementation="eager").eval())
ids = torch.randint(5, 50, (2, 7))
names = ["input_ids", "attention_mask", "token_type_ids"]
axes = {name: {0: "batch", 1: "tokens"} for name in [*names, "last_hidden_state"]}
torch.onnx.export(
    model,
    (ids, torch.ones_like(ids), torch.zeros_like(ids)),
    target,
    input_names=names,
    output_names=["last_hidden_state"],
    dynamic_axes=axes,
    opset_version=17,
    dynamo=False,
)
