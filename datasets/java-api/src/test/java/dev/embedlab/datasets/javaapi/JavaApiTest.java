package dev.embedlab.datasets.javaapi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.embedlab.datasets.javaapi.JavaApi.Split;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Checks the data set that the build has just made, and the rules that make it. */
class JavaApiTest {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Path ROOT = Path.of(System.getProperty("embedlab.root"));
  private static final Path CACHE = ROOT.resolve("datasets/.cache/java-api");

  private static final Map<String, String> QUERIES = new HashMap<>();
  private static final Map<String, String> DOCUMENTS = new HashMap<>();

  @BeforeAll
  static void read() throws IOException {
    for (String line : Files.readAllLines(CACHE.resolve("queries.jsonl"))) {
      JsonNode row = JSON.readTree(line);
      QUERIES.put(row.get("_id").asText(), row.get("text").asText());
    }
    for (String line : Files.readAllLines(CACHE.resolve("corpus.jsonl"))) {
      JsonNode row = JSON.readTree(line);
      DOCUMENTS.put(row.get("_id").asText(), row.get("text").asText());
    }
  }

  @Test
  void isWhatTheCardSays() throws IOException {
    JsonNode card = JSON.readTree(ROOT.resolve("datasets/java-api/card.json").toFile());
    JsonNode build = JSON.readTree(CACHE.resolve("build.json").toFile());
    assertThat(card.get("counts")).isEqualTo(build.get("counts"));
    assertThat(card.get("files")).isEqualTo(build.get("files"));
    build.get("files").fieldNames().forEachRemaining(JavaApiTest::hashHolds);
    card.get("sources")
        .forEach(source -> assertThat(build.get("inputs")).contains(source.get("sha256")));
  }

  private static void hashHolds(String file) {
    try {
      assertThat(BuildJavaApi.sha256(CACHE.resolve(file)))
          .as(file)
          .isEqualTo(
              JSON.readTree(CACHE.resolve("build.json").toFile()).at("/files").get(file).asText());
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  @Test
  void isLargeEnoughToTrainAndToTest() throws IOException {
    assertThat(DOCUMENTS).hasSizeGreaterThan(20_000);
    assertThat(queriesOf(Split.TEST)).hasSizeGreaterThan(2_000);
    assertThat(pairsOf(Split.TRAIN)).hasSizeGreaterThan(10_000);
  }

  @Test
  void everyJudgementNamesAQueryAndADocument() throws IOException {
    for (Split split : Split.values()) {
      for (String[] pair : pairsOf(split)) {
        assertThat(QUERIES).containsKey(pair[0]);
        assertThat(DOCUMENTS).containsKey(pair[1]);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"DEV", "TEST"})
  void noHeldOutSentenceIsTrainedOn(Split held) throws IOException {
    Set<String> sentences =
        queriesOf(held).stream()
            .map(QUERIES::get)
            .map(Sentences::normalise)
            .collect(Collectors.toSet());
    NearDuplicates near = new NearDuplicates(sentences);
    for (String query : queriesOf(Split.TRAIN)) {
      String key = Sentences.normalise(QUERIES.get(query));
      assertThat(sentences).doesNotContain(key);
      assertThat(near.contains(key)).as(key).isFalse();
    }
  }

  @Test
  void noTrainingDocumentQuotesATestQuery() throws IOException {
    List<String> test =
        queriesOf(Split.TEST).stream().map(QUERIES::get).map(Sentences::normalise).toList();
    Quotations quotations = new Quotations(test, 6);
    for (String[] pair : pairsOf(Split.TRAIN)) {
      assertThat(quotations.in(DOCUMENTS.get(pair[1]))).as(pair[1]).isFalse();
    }
  }

  @Test
  void trainingNeverTouchesADocumentThatATestQueryMustFind() throws IOException {
    Set<String> trained =
        pairsOf(Split.TRAIN).stream().map(pair -> pair[1]).collect(Collectors.toSet());
    assertThat(pairsOf(Split.TEST)).noneMatch(pair -> trained.contains(pair[1]));
  }

  @Test
  void aSharedSentenceIsOneQueryWithSeveralAnswers() {
    List<Member> members =
        IntStream.range(0, 3)
            .mapToObj(i -> member("p.A.m" + i + "()", "p.A", "Counts the open doors."))
            .toList();
    JavaApi data = JavaApi.of(members);
    List<Question> all = data.questions().values().stream().flatMap(List::stream).toList();
    assertThat(all).singleElement().satisfies(q -> assertThat(q.answers()).hasSize(3));
  }

  @Test
  void aSentenceOfTrainAndTestClassesBelongsToTest() {
    String test = classIn(Split.TEST);
    String train = classIn(Split.TRAIN);
    JavaApi data =
        JavaApi.of(
            List.of(
                member(train + ".a()", train, "Counts the open doors."),
                member(test + ".a()", test, "counts the OPEN doors")));
    assertThat(data.questions().get(Split.TEST)).hasSize(1);
    assertThat(data.questions().get(Split.TRAIN)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Default constructor for this class.", "Gets it.", "Creates a new instance."})
  void sentencesThatAskNothingAreNoQueries(String sentence) {
    assertThat(Sentences.isQuestion(sentence)).isFalse();
  }

  @Test
  void nearDuplicatesShareFourFifthsOfTheirWords() {
    NearDuplicates near = new NearDuplicates(List.of("returns the first element of a long list"));
    assertThat(near.contains("returns the last element of a long list")).isFalse();
    assertThat(near.contains("returns first element of a long list")).isTrue();
  }

  private static String classIn(Split split) {
    return IntStream.range(0, 1000)
        .mapToObj(i -> "p.C" + i)
        .filter(name -> JavaApi.splitOf(name) == split)
        .findFirst()
        .orElseThrow();
  }

  private static Member member(String id, String type, String sentence) {
    return new Member(id, type, "void " + id, sentence, "text of " + id);
  }

  private static Set<String> queriesOf(Split split) throws IOException {
    Set<String> ids = new HashSet<>();
    pairsOf(split).forEach(pair -> ids.add(pair[0]));
    return ids;
  }

  private static List<String[]> pairsOf(Split split) throws IOException {
    List<String[]> pairs = new ArrayList<>();
    List<String> lines =
        Files.readAllLines(CACHE.resolve("qrels").resolve(split.fileName() + ".tsv"));
    lines.subList(1, lines.size()).forEach(line -> pairs.add(line.split("\t")));
    return pairs;
  }
}
