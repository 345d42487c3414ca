"""Writes the golden values of dev.embedlab.vector and dev.embedlab.compress.

Run:  python golden_vectors.py  (needs numpy, faiss-cpu, scikit-learn, sentence-transformers)
Floats are stored as base64 of little-endian float32, row by row. Versions are stored with the values.
"""

import base64
import json
from pathlib import Path

import faiss
import numpy as np
import sentence_transformers
import sklearn
from sentence_transformers.quantization import quantize_embeddings
from sklearn.decomposition import PCA

OUT = Path(__file__).parent.parent / "resources" / "dev" / "embedlab" / "vector"


def b64(array, dtype="<f4"):
    array = np.ascontiguousarray(array, dtype=dtype)
    return {"shape": list(array.shape), "base64": base64.b64encode(array.tobytes()).decode()}


def exact_case(seed):
    """Vectors of all kinds: distinct, whole numbers with many ties, repeated rows, zero rows."""
    rng = np.random.default_rng(seed)
    n, dim, k = int(rng.integers(1, 60)), int(rng.integers(1, 40)), int(rng.integers(1, 80))
    kind = ["distinct", "ties", "repeated", "zeros"][seed % 4]
    if kind == "ties":
        x = rng.integers(-2, 3, (n, dim)).astype("f4")
        q = rng.integers(-2, 3, (4, dim)).astype("f4")
    else:
        x = rng.standard_normal((n, dim)).astype("f4")
        q = rng.standard_normal((4, dim)).astype("f4")
    if kind == "repeated":
        x[n // 2 :] = x[: n - n // 2]
    if kind == "zeros":
        x[:: 3] = 0
        q[0] = 0
    case = {"kind": kind, "k": k, "vectors": b64(x), "queries": b64(q)}
    for name, index in [("dot", faiss.IndexFlatIP(dim)), ("euclidean", faiss.IndexFlatL2(dim))]:
        index.add(x)
        scores, ids = index.search(q, min(k, n))
        truth = q.astype("f8") @ x.T.astype("f8") if name == "dot" else (
            -np.sqrt(((q[:, None].astype("f8") - x[None].astype("f8")) ** 2).sum(-1)))
        order = np.argsort(-truth, axis=1, kind="stable")[:, : min(k, n)]
        case[name] = {
            "faiss_scores": b64(scores if name == "dot" else -np.sqrt(np.maximum(scores, 0))),
            "faiss_ids": ids.tolist(),
            "numpy_ids": order.tolist(),
            "numpy_scores": b64(np.take_along_axis(truth, order, 1)),
        }
    return case


def pca_case():
    rng = np.random.default_rng(5)
    x = (rng.standard_normal((300, 24)) * 0.8 ** np.arange(24)) @ np.linalg.qr(rng.standard_normal((24, 24)))[0]
    x = (x + rng.standard_normal(24)).astype("f4")
    pca = PCA(10, svd_solver="full").fit(x.astype("f8"))
    white = PCA(10, svd_solver="full", whiten=True).fit(x.astype("f8"))
    return {
        "vectors": b64(x),
        "components": b64(pca.components_),
        "explained_variance": b64(pca.explained_variance_),
        "explained_variance_ratio": b64(pca.explained_variance_ratio_),
        "transformed": b64(pca.transform(x[:20])),
        "whitened": b64(white.transform(x[:20])),
        "inverse": b64(pca.inverse_transform(pca.transform(x[:20]))),
    }


def quantize_case():
    rng = np.random.default_rng(6)
    calibration = rng.standard_normal((200, 21)).astype("f4")
    calibration[:, 4] = 0.25  # a dimension without any range
    x = (1.2 * rng.standard_normal((60, 21))).astype("f4")  # some values lie outside of the range
    x[3] = 0
    return {
        "calibration": b64(calibration),
        "vectors": b64(x),
        "int8": b64(quantize_embeddings(x, "int8", calibration_embeddings=calibration), "i1"),
        "ubinary": b64(quantize_embeddings(x, "ubinary"), "u1"),
        "float16": b64(x.astype("f2").astype("f4")),
    }


def lcg(count, seed):
    """Uniform numbers that Java reproduces to the bit: Knuth's 64-bit generator, upper 53 bits."""
    out = np.empty(count)
    state = seed
    for i in range(count):
        state = (state * 6364136223846793005 + 1442695040888963407) % 2**64
        out[i] = (state >> 11) / 2**53 - 0.5
    return out


def correlated(n, dim, rank, seed):
    """Vectors near a subspace, as embeddings are: rank factors and some noise."""
    weights = lcg(rank * dim, 1).reshape(rank, dim)
    factors = lcg(n * rank, seed).reshape(n, rank)
    x = 0.1 * lcg(n * dim, seed + 1).reshape(n, dim)
    for r in range(rank):
        x = x + factors[:, r : r + 1] * weights[r]
    return x.astype("f4")


def relative_error(x, y):
    return float(((x - y).astype("f8") ** 2).sum() / (x.astype("f8") ** 2).sum())


def pq_case():
    train, test = correlated(8000, 32, 12, 2), correlated(2000, 32, 12, 4)
    errors = {}
    for name in ["PQ8", "OPQ8,PQ8", "PQ4", "OPQ4,PQ4"]:
        index = faiss.index_factory(32, name)
        index.train(train)
        codes = index.sa_encode(test)
        errors[name] = relative_error(test, index.sa_decode(codes))
    return {"first": b64(train[:2]), "relative_error": errors}


def main():
    versions = {
        "numpy": np.__version__,
        "faiss": faiss.__version__,
        "scikit-learn": sklearn.__version__,
        "sentence-transformers": sentence_transformers.__version__,
    }
    for name, value in {
        "exact": [exact_case(seed) for seed in range(20)],
        "pca": pca_case(),
        "quantize": quantize_case(),
        "pq": pq_case(),
    }.items():
        (OUT / f"{name}.json").write_text(json.dumps({"versions": versions, "cases": value}) + "\n")


if __name__ == "__main__":
    main()
