"""Writes src/test/resources/losses/golden.json: values and gradients of sentence-transformers' losses.

Run in an environment with sentence-transformers and torch (CPU); their versions are written into the file:
    python loss_golden.py ../resources/losses/golden.json
"""

import json
import sys
import warnings

import sentence_transformers
import torch
from torch import nn

warnings.filterwarnings("ignore")
from sentence_transformers.cross_encoder.losses import MultipleNegativesRankingLoss as RankedLogits
from sentence_transformers.sentence_transformer import losses

ROWS, DIM = 6, 8


class Identity(nn.Module):
    """A model whose input already is its embedding, so that losses meet fixed vectors."""

    def forward(self, features):
        return {"sentence_embedding": features["sentence_embedding"]}

    def get_embedding_dimension(self):
        return DIM


def columns(count, seed, rows=ROWS, dim=DIM):
    generator = torch.Generator().manual_seed(seed)
    return [torch.randn(rows, dim, generator=generator).requires_grad_() for _ in range(count)]


def features(embeddings):
    return [{"sentence_embedding": e} for e in embeddings]


CASES = []


def case(name, embeddings, compute, labels=None, teacher=None):
    loss = compute()
    if isinstance(loss, dict):
        loss = sum(loss.values())
    loss.backward()
    CASES.append({
        "name": name,
        "columns": [e.detach().tolist() for e in embeddings],
        "labels": None if labels is None else labels.tolist(),
        "teacher": [] if teacher is None else [t.tolist() for t in teacher],
        "loss": loss.item(),
        "gradients": [(torch.zeros_like(e) if e.grad is None else e.grad).tolist() for e in embeddings],
    })


def with_embeddings(name, loss, count, seed, labels=None):
    e = columns(count, seed)
    case(name, e, lambda: loss.compute_loss_from_embeddings(e, labels), labels)


model = Identity()
scores = torch.tensor([0.1, 0.9, 0.4, 0.4, 0.0, 1.0])
binary = torch.tensor([1.0, 0.0, 1.0, 0.0, 0.0, 1.0])
classes = torch.tensor([0, 1, 0, 2, 1, 0])

with_embeddings("mnrl-pairs", losses.MultipleNegativesRankingLoss(model), 2, 1)
with_embeddings("mnrl-triplets", losses.MultipleNegativesRankingLoss(model), 3, 2)
with_embeddings("mnrl-two-negatives-scale-5", losses.MultipleNegativesRankingLoss(model, scale=5.0), 4, 3)
with_embeddings("mnrl-symmetric", losses.MultipleNegativesSymmetricRankingLoss(model), 2, 4)
with_embeddings("mnrl-symmetric-triplets", losses.MultipleNegativesSymmetricRankingLoss(model), 3, 5)
with_embeddings("cosent", losses.CoSENTLoss(model), 2, 6, scores)
with_embeddings("angle", losses.AnglELoss(model), 2, 7, scores)
with_embeddings("contrastive", losses.ContrastiveLoss(model), 2, 8, binary)
with_embeddings("contrastive-euclidean-margin-6",
                losses.ContrastiveLoss(model, losses.SiameseDistanceMetric.EUCLIDEAN, 6.0), 2, 9, binary)
with_embeddings("online-contrastive-margin-1", losses.OnlineContrastiveLoss(model, margin=1.0), 2, 10, binary)
with_embeddings("triplet", losses.TripletLoss(model), 3, 11)
with_embeddings("triplet-cosine", losses.TripletLoss(model, losses.TripletDistanceMetric.COSINE, 0.3), 3, 12)
with_embeddings("triplet-manhattan", losses.TripletLoss(model, losses.TripletDistanceMetric.MANHATTAN, 4.0), 3, 13)
with_embeddings("batch-all-triplet", losses.BatchAllTripletLoss(model), 1, 14, classes)
with_embeddings("batch-all-triplet-cosine-margin-0.2", losses.BatchAllTripletLoss(
    model, losses.BatchHardTripletLossDistanceFunction.cosine_distance, 0.2), 1, 15, classes)
with_embeddings("batch-hard-triplet", losses.BatchHardTripletLoss(model), 1, 16, classes)
with_embeddings("margin-mse", losses.MarginMSELoss(model), 3, 17, scores)
with_embeddings("margin-mse-two-negatives", losses.MarginMSELoss(model), 4, 18,
                torch.randn(ROWS, 2, generator=torch.Generator().manual_seed(0)))
with_embeddings("margin-mse-scores", losses.MarginMSELoss(model), 3, 19,
                torch.randn(ROWS, 2, generator=torch.Generator().manual_seed(1)))
with_embeddings("global-orthogonal", losses.GlobalOrthogonalRegularizationLoss(model), 2, 20)

e = columns(2, 21)
case("cosine-similarity", e, lambda: losses.CosineSimilarityLoss(model)(features(e), scores), scores)

f = columns(2, 22)
case("matryoshka-8-4-2", f, lambda: losses.MatryoshkaLoss(
    model, losses.MultipleNegativesRankingLoss(model), [8, 4, 2])(features(f), None))

teacher = [t.detach() for t in columns(2, 23)]
g = columns(2, 24)
case("embedding-mse", g, lambda: losses.MSELoss(model)(features(g), torch.stack(teacher, 1)), teacher=teacher)


class Gist(losses.GISTEmbedLoss):
    """The reference loss with the teacher's vectors given instead of computed."""

    def __init__(self, guides, **options):
        nn.Module.__init__(self)
        self.model, self.guide = model, Identity()
        self.temperature, self.margin_strategy, self.margin = options["temperature"], "absolute", options["margin"]
        self.contrast_anchors = self.contrast_positives = True
        self.gather_across_devices, self.must_retokenize = False, False
        self.similarity_fct = nn.CosineSimilarity(dim=-1)
        self.cross_entropy_loss = nn.CrossEntropyLoss()
        self.guides = guides

    def run(self, embeddings):
        calls = iter([embeddings, self.guides])
        module = sys.modules[losses.GISTEmbedLoss.__module__]
        original = module.embed_columns
        module.embed_columns = lambda *_: next(calls)
        try:
            return self.forward(features(embeddings), None)
        finally:
            module.embed_columns = original


for name, count, temperature, margin in (("gist-pairs", 2, 0.05, 0.0), ("gist-triplets-margin-0.1", 3, 0.1, 0.1)):
    guides = [t.detach() for t in columns(count, 25)]
    h = columns(count, 26)
    case(name, h, lambda: Gist(guides, temperature=temperature, margin=margin).run(h), teacher=guides)

k = columns(1, 27, dim=1)
case("binary-cross-entropy", k, lambda: nn.BCEWithLogitsLoss()(k[0].view(-1), binary), binary)
m = columns(1, 28, dim=3)
case("cross-entropy", m, lambda: nn.CrossEntropyLoss()(m[0], classes), classes)
n = columns(3, 29, dim=1)
ranked = RankedLogits.__new__(RankedLogits)
nn.Module.__init__(ranked)
ranked.scale, ranked.activation_fn, ranked.cross_entropy_loss = 10.0, nn.Sigmoid(), nn.CrossEntropyLoss()
ranked.__dict__["model"] = type("M", (), {"device": "cpu"})
case("ranked-logits", n, lambda: ranked.calculate_loss([c.view(-1) for c in n], ROWS))

with open(sys.argv[1], "w") as out:
    json.dump({"versions": {"sentence_transformers": sentence_transformers.__version__, "torch": torch.__version__},
               "cases": CASES}, out, indent=None, separators=(",", ":"))
print(len(CASES), "cases")
