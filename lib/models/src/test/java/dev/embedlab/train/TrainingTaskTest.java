package dev.embedlab.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.train.loss.BatchAllTriplet;
import dev.embedlab.train.loss.BinaryCrossEntropy;
import dev.embedlab.train.loss.CoSent;
import dev.embedlab.train.loss.Contrastive;
import dev.embedlab.train.loss.CrossEntropy;
import dev.embedlab.train.loss.GlobalOrthogonal;
import dev.embedlab.train.loss.Loss;
import dev.embedlab.train.loss.MarginMse;
import dev.embedlab.train.loss.Matryoshka;
import dev.embedlab.train.loss.MultipleNegativesRanking;
import dev.embedlab.train.loss.OnlineContrastive;
import dev.embedlab.train.loss.WeightedSum;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a task says of examples that its loss or its sampler cannot use. */
class TrainingTaskTest {

  private static TrainingTask task(Loss loss, BatchSampler sampler, TrainingExample... examples) {
    return new TrainingTask("t", List.of(examples), loss, sampler);
  }

  private static TrainingTask scored(Loss loss, float... scores) {
    TrainingExample[] examples = new TrainingExample[scores.length];
    for (int i = 0; i < scores.length; i++) {
      examples[i] = TrainingExample.scored("a" + i, "b" + i, scores[i]);
    }
    return task(loss, BatchSampler.shuffled(), examples);
  }

  @Test
  void namesTheFirstExampleWithoutTheLabelOfItsLoss() {
    var good = TrainingExample.scored("a", "b", 0.5f);
    var bare = TrainingExample.pair("c", "d");
    assertThatThrownBy(() -> task(new CoSent(), BatchSampler.shuffled(), good, bare, bare))
        .hasMessage(
            "Task 't': example 1 has no labels, but CoSent needs one score for each example.");
    var triplet = TrainingExample.triplet("a", "b", "c");
    assertThatThrownBy(() -> task(new MarginMse(), BatchSampler.shuffled(), triplet))
        .hasMessageContaining("MarginMse needs one margin or more for each example");
    var wrapped = new Matryoshka(new CoSent(), List.of(4));
    assertThatThrownBy(() -> task(wrapped, BatchSampler.shuffled(), bare))
        .hasMessageContaining("needs one score");
    var sum =
        new WeightedSum(
            List.of(
                new WeightedSum.Part(new GlobalOrthogonal(), 1),
                new WeightedSum.Part(new BatchAllTriplet(), 1)));
    assertThatThrownBy(() -> task(sum, BatchSampler.shuffled(), bare))
        .hasMessageContaining("needs one class");
  }

  @Test
  void asksForLabelsWhereTheSamplerGroupsByThem() {
    var bare = TrainingExample.pair("a", "b");
    for (BatchSampler sampler :
        List.of(
            BatchSampler.groupedByLabel(2), BatchSampler.groupedByLabel(2).withoutShortBatches())) {
      assertThatThrownBy(() -> task(new MultipleNegativesRanking(), sampler, bare))
          .hasMessage(
              "Task 't': example 0 has no labels, but its sampler needs one for each example.");
      assertThatThrownBy(() -> sampler.batches(List.of(bare), 4, 1))
          .hasMessageStartingWith("Example 0 has no label to group it by");
    }
  }

  @Test
  void refusesUnlikeNumbersOfLabelsAndLabelsThatAreNoNumbers() {
    var loss = new MultipleNegativesRanking();
    var scored = TrainingExample.scored("a", "b", 0.5f);
    var bare = TrainingExample.pair("c", "d");
    assertThatThrownBy(() -> task(loss, BatchSampler.shuffled(), scored, bare))
        .hasMessage(
            "Task 't': example 1 has no labels, but the first one has 1; give all the same number.");
    assertThatThrownBy(() -> scored(new CoSent(), 0, Float.NaN))
        .hasMessage("Task 't': example 1 has the labels [NaN], but labels must be finite numbers.");
  }

  @Test
  void examplesHaveTexts() {
    assertThatThrownBy(() -> TrainingExample.pair(null, "b"))
        .hasMessage(
            "Text 0 of a training example is null; give the text or leave the example out.");
    assertThatThrownBy(() -> TrainingExample.withNegatives("a", null, List.of()))
        .hasMessageStartingWith("Text 1 of a training example is null");
    assertThatThrownBy(() -> LearningCurve.measure(List.of(), 1, part -> 0.0))
        .hasMessage("A learning curve needs examples to train on; give some.");
    assertThatThrownBy(() -> StaticEmbeddingTrainer.builder().dimension(0))
        .hasMessage("dimension must be at least 1, but is 0.");
  }

  @Test
  void binaryLossesTakeLabelsFromZeroToOne() {
    for (Loss loss :
        List.of(new Contrastive(), new OnlineContrastive(), new BinaryCrossEntropy())) {
      assertThat(scored(loss, 0, 1, 0.5f)).isNotNull();
      assertThatThrownBy(() -> scored(loss, 1, -1))
          .hasMessage(
              "Task 't': example 1 has the labels [-1.0], but %s needs one label from 0 to 1 for each example."
                  .formatted(loss.name()));
      assertThatThrownBy(() -> scored(loss, 5)).hasMessageContaining("from 0 to 1");
    }
  }

  @Test
  void classesAreWholeNumbers() {
    assertThat(scored(new CrossEntropy(), 0, 7)).isNotNull();
    for (float label : new float[] {-1, 0.5f, Float.NaN}) {
      assertThatThrownBy(() -> scored(new CrossEntropy(), label))
          .hasMessageContaining("CrossEntropy needs one label that is a whole number from 0");
    }
  }
}
