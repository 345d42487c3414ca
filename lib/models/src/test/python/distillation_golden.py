"""Writes src/test/resources/training/distilled.json: a teacher distilled as Model2Vec's paper and documentation describe.

Each piece of the vocabulary goes through the transformer between the tokens that frame a text, its vector is the mean over
the three; PCA (scikit-learn, full SVD) over the whole vocabulary; a piece of rank r has the probability that Zipf's law
gives it, p ~ 1 / (r + 2), and is scaled by a / (a + p), a = 1e-4.
Run in an environment with transformers, torch (CPU) and scikit-learn:
    python distillation_golden.py ../resources/fixtures/bert-mean-norm ../resources/training/distilled.json
"""

import json
import pathlib
import sys

import numpy as np
import sklearn
import torch
import transformers
from sklearn.decomposition import PCA

DIMENSION, SMOOTHING, EVERY = 16, 1e-4, 7

folder, target = sys.argv[1:]
tokenizer = transformers.AutoTokenizer.from_pretrained(folder)
model = transformers.AutoModel.from_pretrained(folder).eval()
first, last = tokenizer("")["input_ids"]
pieces = torch.arange(len(tokenizer))
ids = torch.stack([torch.full_like(pieces, first), pieces, torch.full_like(pieces, last)], dim=1)
with torch.no_grad():
    vectors = model(input_ids=ids, attention_mask=torch.ones_like(ids)).last_hidden_state.mean(1).numpy()
reduced = PCA(n_components=DIMENSION, svd_solver="full").fit_transform(vectors.astype(np.float64))
zipf = 1 / np.arange(2, len(reduced) + 2)
table = reduced * (SMOOTHING / (SMOOTHING + zipf / zipf.sum()))[:, None]
rows = {str(i): table[i].tolist() for i in range(0, len(table), EVERY)}
versions = {m.__name__: m.__version__ for m in (transformers, sklearn, torch)}
pathlib.Path(target).write_text(json.dumps({"versions": versions, "vocabulary": len(table), "special": tokenizer.all_special_ids,
                                            "rows": rows}))
print(len(table), "pieces,", len(rows), "rows")
