"""Writes src/test/resources/training/golden.json: the losses of 50 steps of fine-tuning in Python.

Same data in the same order, same initial weights (fixture bert-mean-norm), dropout off, MNRL with scale 20,
AdamW with decay 0.01 on all but biases and gains, linear schedule with 5 steps of warm-up, norm clipped to 1.
Run in an environment with sentence-transformers and torch (CPU):
    python training_golden.py ../resources/fixtures/bert-mean-norm ../resources/training/golden.json
"""

import json
import pathlib
import random
import sys

import sentence_transformers
import torch
from sentence_transformers import SentenceTransformer
from sentence_transformers.sentence_transformer import losses

STEPS, BATCH, RATE = 50, 8, 1e-3
SUBJECTS = "the list,the map,the stream,a file,the queue,a thread,the buffer,an array,the socket,the string".split(",")
VERBS = "is closed,is sorted,is copied,is empty,grows,is read,is written,fails,waits,is removed".split(",")
ENDINGS = "when the process exits,at once,in order,before the call returns,by the reader".split(",")
SWAP = {"is closed": "close", "is sorted": "sort", "is copied": "copy", "is empty": "check if empty", "grows": "grow",
        "is read": "read", "is written": "write", "fails": "error in", "waits": "block on", "is removed": "delete"}


def main(folder, target):
    torch.manual_seed(1)
    torch.set_num_threads(1)
    draw = random.Random(7)
    pairs = []
    for _ in range(STEPS * BATCH):
        subject, verb, ending = draw.choice(SUBJECTS), draw.choice(VERBS), draw.choice(ENDINGS)
        pairs.append([f"how to {SWAP[verb]} {subject}", f"{subject} {verb} {ending}"])
    model = SentenceTransformer(folder, device="cpu")
    model.eval()  # no dropout
    loss = losses.MultipleNegativesRankingLoss(model, scale=20)
    plain = [p for n, p in model.named_parameters() if n.endswith("bias") or "norm" in n.lower()]
    names = {id(p) for p in plain}
    decayed = [p for p in model.parameters() if id(p) not in names]
    groups = [{"params": plain, "weight_decay": 0.0}, {"params": decayed, "weight_decay": 0.01}]
    optimizer = torch.optim.AdamW(groups, lr=RATE, fused=True)
    warm = STEPS // 10
    schedule = torch.optim.lr_scheduler.LambdaLR(
        optimizer, lambda s: s / warm if s < warm else (STEPS - s) / (STEPS - warm))
    curve = []
    for step in range(STEPS):
        batch = pairs[step * BATCH:(step + 1) * BATCH]
        features = [model.preprocess([row[c] for row in batch]) for c in (0, 1)]
        value = loss(features, None)
        value.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimizer.step()
        schedule.step()
        optimizer.zero_grad()
        curve.append(value.item())
    texts = ["how to close a file", "the map is sorted in order", "something else"]
    out = {"versions": {"sentence_transformers": sentence_transformers.__version__, "torch": torch.__version__},
           "batch": BATCH, "rate": RATE, "pairs": pairs, "losses": curve,
           "texts": texts, "embeddings": model.encode(texts).tolist()}
    pathlib.Path(target).parent.mkdir(parents=True, exist_ok=True)
    pathlib.Path(target).write_text(json.dumps(out))
    print(curve[0], curve[-1])


main(*sys.argv[1:])
