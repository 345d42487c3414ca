package dev.embedlab.data;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The data set written for this project is what its card says. */
class HelpdeskTest {

  private static final Path FOLDER =
      Path.of(System.getProperty("embedlab.root"), "datasets", "helpdesk");

  @Test
  void filesAreWhatTheCardSays() throws Exception {
    JsonNode files = new ObjectMapper().readTree(FOLDER.resolve("card.json").toFile()).get("files");
    assertThat(files).hasSize(8);
    for (Map.Entry<String, JsonNode> file : files.properties()) {
      byte[] bytes = Files.readAllBytes(FOLDER.resolve(file.getKey()));
      String sha256 = HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
      assertThat(sha256).as(file.getKey()).isEqualTo(file.getValue().get("sha256").asText());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"en", "ko"})
  void opensWithGradedJudgements(String language) {
    RetrievalDataset data = Datasets.open(FOLDER.resolve(language).toString());
    assertThat(data.corpus().size()).isEqualTo(150);
    assertThat(data.queries("dev").size()).isEqualTo(100);
    assertThat(data.queries("test").size()).isEqualTo(200);
    assertThat(data.qrels("test").asMap().values())
        .allSatisfy(grades -> assertThat(grades.values()).allMatch(g -> g >= 0 && g <= 2));
  }

  @Test
  void noArticleIsAnAnswerInBothSplits() {
    RetrievalDataset data = Datasets.open(FOLDER.resolve("en").toString());
    Set<String> both = answers(data.qrels("dev"));
    both.retainAll(answers(data.qrels("test")));
    assertThat(both).isEmpty();
  }

  private static Set<String> answers(Qrels qrels) {
    Set<String> ids = new HashSet<>();
    qrels
        .asMap()
        .values()
        .forEach(
            grades ->
                grades.forEach(
                    (id, grade) -> {
                      if (grade > 0) {
                        ids.add(id);
                      }
                    }));
    return ids;
  }
}
