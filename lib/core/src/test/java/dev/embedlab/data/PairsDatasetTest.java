package dev.embedlab.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PairsDatasetTest {

  @TempDir Path temp;

  @Test
  void questionsAndAnswersBecomeASearch() {
    RetrievalDataset data =
        RetrievalDataset.ofPairs(
            "faq",
            "test",
            List.of(
                new TextPair("Where is my parcel?", "Track it."),
                new TextPair("parcel late", "Track it."),
                new TextPair("parcel late", "Ask us.")));
    assertThat(data.corpus().contents()).containsExactly("Track it.", "Ask us.");
    assertThat(data.queries("test").texts()).containsExactly("Where is my parcel?", "parcel late");
    assertThat(data.qrels("test").of("q1")).containsOnlyKeys("d1");
    assertThat(data.qrels("test").of("q2")).containsOnlyKeys("d1", "d2").containsValue(1);
  }

  @Test
  void aTableOfPairsOpensByItsPath() throws IOException {
    Path file = temp.resolve("faq.csv");
    Files.writeString(file, "question,answer\nWhere?,Here.\n\"Who, then?\",Me.\n");
    RetrievalDataset data = Datasets.open(file.toString());
    assertThat(data.name()).isEqualTo("faq.csv");
    assertThat(data.queries("test").texts()).containsExactly("Where?", "Who, then?");
    Files.writeString(file, "question,answer\nWhere?,Here.\nbroken\n");
    assertThatThrownBy(() -> Datasets.open(file.toString()))
        .isInstanceOf(BadRowException.class)
        .hasMessageContaining("faq.csv")
        .hasMessageContaining("3");
  }
}
