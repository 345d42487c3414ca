"""Small Parquet and NumPy files for dev.embedlab.data tests.

Run:  python make_files.py   (writes ../resources/files/; pyarrow 25.0.1, numpy 2.4.6)
"""

import pathlib

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

OUT = pathlib.Path(__file__).resolve().parent.parent / "resources" / "files"
HF = OUT / "hub"


def table(path, **columns):
    path.parent.mkdir(parents=True, exist_ok=True)
    pq.write_table(pa.table(columns), path, compression="zstd")


table(HF / "ko-corpus" / "corpus-00000-of-00002.parquet", _id=["d1"], title=["\uc0ac\uacfc"], text=["\ube68\uac15\ub2e4"])
table(HF / "ko-corpus" / "corpus-00001-of-00002.parquet", _id=["d2"], title=[""], text=["\ubc14\ub098\ub098"])
table(HF / "ko-queries" / "queries-00000-of-00001.parquet", _id=["q1"], text=["\uacfc\uc77c"])
table(HF / "ko-qrels" / "test-00000-of-00001.parquet", **{"query-id": ["q1"], "corpus-id": ["d1"], "score": [2]})
table(HF / "en-corpus" / "test-00000-of-00001.parquet", _id=["d1"], title=["apple"], text=["is red"])
table(HF / "en-queries" / "test-00000-of-00001.parquet", _id=["q1"], text=["fruit"])
table(HF / "en-qrels" / "test-00000-of-00001.parquet", **{"query-id": ["q1"], "corpus-id": ["d1"], "score": [1.0]})
table(OUT / "labels.parquet", text=["a", "b", "c"], labels=[["x", "y"], ["x"], []])
np.save(OUT / "float32.npy", np.array([[1, 2, 3], [4, 5, 6]], dtype=np.float32))
np.save(OUT / "float64.npy", np.array([[1.5, 2.5]], dtype=np.float64))
np.save(OUT / "ints.npy", np.array([[1, 2]], dtype=np.int64))
