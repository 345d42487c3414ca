"""Writes gradients.json: gradients of one training step as PyTorch computes them.

Usage: python gradients.py FIXTURES_FOLDER GRADIENTS_JSON
Made with sentence-transformers 6.0.1, transformers 5.18.0, torch 2.13.0 on a CPU.

The loss is the mean of (vector - target)^2 over texts and dimensions, where target[i][j] is
sin(1 + i + 0.1 j); for a cross-encoder vectors are logits. Dropout is off. Of each parameter are
kept: the Euclidean norm of its gradient, and up to 24 elements at even distances.
"""
import json
import sys
from pathlib import Path

import torch
from sentence_transformers import CrossEncoder, SentenceTransformer

TEXTS = [
    "A short one.",
    "The file is closed when the block ends, even if an exception is thrown.",
    "Crème brûlée, 東京 and 42 more words",
    "retrieval",
]
PAIRS = [["A query", "a document about it"], ["retrieval", "The file is closed."], ["x", "y z " * 9]]
KEPT = 24


def loss(vectors):
    rows = torch.arange(vectors.shape[0]).unsqueeze(1)
    columns = torch.arange(vectors.shape[1]).unsqueeze(0)
    return ((vectors - torch.sin(1 + rows + 0.1 * columns)) ** 2).mean()


def summary(parameter):
    gradient = torch.zeros_like(parameter) if parameter.grad is None else parameter.grad
    flat = gradient.detach().double().flatten()
    step = max(1, len(flat) // KEPT)
    return {"norm": flat.norm().item(), "step": step, "values": flat[::step].tolist()}


def encoder(folder):
    model = SentenceTransformer(str(folder), device="cpu").eval()
    features = model.preprocess(TEXTS)
    value = loss(model(features)["sentence_embedding"])
    value.backward()
    gradients = {}
    for index, module in enumerate(model):
        prefix = "" if index == 0 else f"{index}_{type(module).__name__}/"
        tensors = module.auto_model if hasattr(module, "auto_model") else module
        for name, parameter in tensors.named_parameters():
            if index > 0 or parameter.grad is not None:
                gradients[prefix + name] = summary(parameter)
    return {"loss": value.item(), "gradients": gradients}


def cross_encoder(folder):
    model = CrossEncoder(str(folder), device="cpu").eval()
    value = loss(model(model.preprocess(PAIRS))["scores"])
    value.backward()
    tensors = model[0].auto_model.named_parameters()
    prefix = model[0].auto_model.base_model_prefix + "."
    return {
        "loss": value.item(),
        "gradients": {name.removeprefix(prefix): summary(p) for name, p in tensors if p.grad is not None},
    }


def main(fixtures, target):
    result = {"texts": TEXTS, "pairs": PAIRS}
    for folder in sorted(Path(fixtures).iterdir()):
        if (folder / "expected.json").exists():
            kind = cross_encoder if "cross-encoder" in folder.name else encoder
            result[folder.name] = kind(folder)
    Path(target).write_text(json.dumps(result))


if __name__ == "__main__":
    main(*sys.argv[1:])
