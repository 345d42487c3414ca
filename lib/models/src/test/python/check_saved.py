"""Opens what SavedFolders wrote with sentence-transformers and compares the vectors.

    python check_saved.py FOLDER
Prints the largest difference of each model and fails if one is above 1e-5.
"""

import json
import pathlib
import sys

import numpy as np
import torch
from sentence_transformers import CrossEncoder, SentenceTransformer

worst = 0.0
for folder in sorted(p.parent for p in pathlib.Path(sys.argv[1]).glob("*/expected.json")):
    expected = json.loads((folder / "expected.json").read_text())
    if "logits" in expected:
        model = CrossEncoder(str(folder), device="cpu")
        actual = model.predict([("a query", t) for t in expected["texts"]], activation_fn=torch.nn.Identity())
        wanted = np.array(expected["logits"]).reshape(-1)
    else:
        model = SentenceTransformer(str(folder), device="cpu")
        actual, wanted = model.encode(expected["texts"]), np.array(expected["embeddings"])
    difference = float(np.abs(np.asarray(actual, dtype=np.float64) - wanted).max())
    worst = max(worst, difference)
    print(f"{folder.name:28s} {difference:.2e}")
sys.exit(0 if worst <= 1e-5 else 1)
