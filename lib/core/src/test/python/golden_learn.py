"""Golden values for dev.embedlab.sampling and dev.embedlab.learn.

Run:  python golden_learn.py   (writes ../resources/golden/{sampling,learn}.json)
Versions used: Python 3.11.7, numpy 2.4.6, scikit-learn 1.9.1.

The vectors are made by a formula that Java repeats (a linear congruential generator), so that the
fixture holds only what the reference computed from them.
"""

import json
import pathlib
import random

import numpy as np
import sklearn
from sklearn.cluster import MiniBatchKMeans
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import v_measure_score
from sklearn.neighbors import KNeighborsClassifier

OUT = pathlib.Path(__file__).resolve().parent.parent / "resources" / "golden"


def sampling():
    out = {}
    for seed in (0, 1, 42, 123456789, 4294967295):
        state = np.random.RandomState(seed)
        shuffled = list(range(100))
        state.shuffle(shuffled)
        again = list(shuffled)
        np.random.RandomState(seed).shuffle(again)
        rng = np.random.default_rng(seed)
        first, second = list(np.arange(57)), list(np.arange(1000))
        rng.shuffle(first)
        rng.shuffle(second)
        py = random.Random(seed)
        out[str(seed)] = {
            "shuffled": shuffled, "again": again,
            "randint": state.randint(0, 1000, 20).tolist(),
            "random": state.random_sample(5).tolist(),
            "permutation": state.permutation(13).tolist(),
            "generator": [int(i) for i in first], "generator2": [int(i) for i in second],
            "python": [py.random() for _ in range(5)],
            "choices": py.choices(range(1234), k=50),
            "sample_pool": py.sample(range(50), 20),
            "sample_set": py.sample(range(100000), 20),
            "sample_all": py.sample(range(300), 300),
        }
    return out


def vectors(n, dim, classes, seed, spread):
    """Row i belongs to class (i * 7 + 3) % classes; values are multiples of 2^-20."""
    state = seed
    rows = np.empty((n, dim), dtype=np.float32)
    for i in range(n):
        label = (i * 7 + 3) % classes
        for j in range(dim):
            state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
            noise = (state >> 40) / 2**24 - 0.5
            rows[i, j] = np.float32(noise * spread + (1.0 if j % classes == label else 0.0))
    return rows, np.array([(i * 7 + 3) % classes for i in range(n)])


def learn():
    out = {"logistic": [], "kmeans": [], "knn": []}
    for classes, per, dim, spread in ((2, 8, 32, 4.0), (5, 8, 48, 5.0), (20, 16, 64, 6.0)):
        train, y = vectors(classes * per, dim, classes, 1, spread)
        test, truth = vectors(500, dim, classes, 2, spread)
        model = LogisticRegression(max_iter=100).fit(train, y)
        out["logistic"].append({
            "classes": classes, "per": per, "dim": dim, "spread": spread,
            "predicted": model.predict(test).tolist(), "iterations": int(model.n_iter_[0]),
            "accuracy": float((model.predict(test) == truth).mean()),
            "coef": model.coef_[:, :8].astype(float).tolist(),
            "intercept": model.intercept_.astype(float).tolist(),
        })
    for classes, n, dim, spread, batch in ((4, 900, 16, 2.5, 512), (10, 3000, 32, 3.0, 512),
                                           (20, 700, 64, 2.0, 500), (30, 4000, 48, 2.0, 512)):
        x, truth = vectors(n, dim, classes, 9, spread)
        model = MiniBatchKMeans(n_clusters=classes, batch_size=batch, init="k-means++", n_init=1,
                                random_state=42).fit(x)
        out["kmeans"].append({
            "classes": classes, "n": n, "dim": dim, "spread": spread, "batch": batch,
            "labels": model.labels_.tolist(), "steps": int(model.n_steps_),
            "v_measure": v_measure_score(truth, model.labels_),
        })
    train, y = vectors(120, 16, 6, 3, 2.0)
    test, _ = vectors(80, 16, 6, 4, 2.0)
    many = np.stack([(y % 2 == 0), (y % 3 == 0), (y > 2)], axis=1).astype(int)
    out["knn"] = KNeighborsClassifier(n_neighbors=5).fit(train, many).predict(test).tolist()
    return out


def write(name, cases):
    note = {"numpy": np.__version__, "sklearn": sklearn.__version__}
    with open(OUT / name, "w", encoding="utf-8") as f:
        json.dump({"versions": note, "cases": cases}, f, separators=(",", ":"))
        f.write("\n")


if __name__ == "__main__":
    write("sampling.json", sampling())
    write("learn.json", learn())
