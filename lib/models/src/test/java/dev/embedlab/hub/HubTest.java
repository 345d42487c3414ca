package dev.embedlab.hub;

import static dev.embedlab.hub.HubServer.COMMIT;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.embedlab.hub.HubException.Reason;
import dev.embedlab.hub.HubServer.Failure;
import dev.embedlab.progress.Progress;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class HubTest {

  private static final String CONFIG = "{\"model_type\": \"bert\"}";

  @TempDir Path cache;
  private HubServer server;
  private final byte[] weights = new byte[300_000];

  @BeforeEach
  void start() throws IOException {
    new Random(7).nextBytes(weights);
    server =
        new HubServer()
            .small("config.json", CONFIG)
            .small("1_Pooling/config.json", "{}")
            .small("empty.txt", "")
            .small("pytorch_model.bin", "pickle")
            .large("model.safetensors", weights);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private HubSettings settings() {
    return HubSettings.from(Map.of())
        .withEndpoint(server.endpoint())
        .withCache(cache)
        .withTimeout(Duration.ofSeconds(5))
        .withPause(Duration.ofMillis(1));
  }

  private Hub hub() {
    return new Hub(settings());
  }

  private HubException failure(Hub hub) {
    return catchThrowableOfType(HubException.class, () -> hub.snapshot("org/name"));
  }

  @Test
  void fetchesOnlyWhatIsWantedIntoTheLayoutOfPython() throws IOException {
    Path folder = hub().snapshot("org/name");
    Path repository = cache.resolve("models--org--name");
    assertThat(folder).isEqualTo(repository.resolve("snapshots").resolve(COMMIT));
    assertThat(folder.resolve("config.json")).hasContent(CONFIG);
    assertThat(folder.resolve("empty.txt")).isEmptyFile();
    assertThat(folder.resolve("model.safetensors")).hasBinaryContent(weights);
    assertThat(folder.resolve("pytorch_model.bin")).doesNotExist();
    assertThat(repository.resolve("refs/main")).hasContent(COMMIT);
    assertThat(Files.readSymbolicLink(folder.resolve("1_Pooling/config.json")))
        .isEqualTo(Path.of("../../../blobs", HubServer.gitSha1("{}".getBytes())));
    assertThat(repository.resolve("blobs").resolve(HubServer.sha256(weights))).isRegularFile();
    try (var blobs = Files.list(repository.resolve("blobs"))) {
      assertThat(blobs).hasSize(4).noneMatch(blob -> blob.toString().endsWith("incomplete"));
    }
  }

  @Test
  void asksForNothingTwice() throws IOException {
    hub().snapshot("org/name");
    long before = server.contentRequests();
    hub().snapshot("org/name");
    assertThat(server.contentRequests()).isEqualTo(before);
    int all = server.seen().size();
    hub().snapshot("org/name", COMMIT, FilePatterns.checkpoint());
    assertThat(server.seen()).as("a commit never changes").hasSize(all);
  }

  @ParameterizedTest
  @ValueSource(strings = {"v1", "refs/pr/2", COMMIT})
  void takesTagsPullRequestsAndCommits(String revision) throws IOException {
    Path folder = hub().snapshot("org/name", revision, FilePatterns.of("config.json"));
    assertThat(folder.getFileName()).hasToString(COMMIT);
    assertThat(folder.resolve("model.safetensors")).doesNotExist();
  }

  @Test
  void fetchesDataSets() throws IOException {
    Path file = hub().file(Repository.dataset("org/name"), "main", "config.json");
    assertThat(file).hasContent(CONFIG);
    assertThat(cache.resolve("datasets--org--name/refs/main")).hasContent(COMMIT);
  }

  @Test
  void movesFilesWhereThereAreNoLinks() throws IOException {
    Path folder = new Hub(settings().withSymlinks(false)).snapshot("org/name");
    assertThat(folder.resolve("model.safetensors")).hasBinaryContent(weights);
    assertThat(Files.isSymbolicLink(folder.resolve("model.safetensors"))).isFalse();
  }

  @Test
  void readsListsOfSeveralPages() throws IOException {
    server.pageSize(2);
    Path folder = hub().snapshot("org/name", "main", FilePatterns.all());
    assertThat(folder.resolve("pytorch_model.bin")).hasContent("pickle");
    assertThat(folder.resolve("1_Pooling/config.json")).hasContent("{}");
  }

  @Test
  void sendsTheTokenToTheHubOnly() throws IOException {
    server.requireToken("hf_secret");
    new Hub(settings().withToken("hf_secret")).snapshot("org/name");
    assertThat(server.seen())
        .filteredOn(request -> request.server().equals("storage"))
        .isNotEmpty()
        .allMatch(request -> request.authorization().isEmpty());
    assertThat(server.seen())
        .filteredOn(request -> request.server().equals("hub"))
        .allMatch(request -> request.authorization().equals("Bearer hf_secret"));
  }

  @Test
  void goesOnWhereTheConnectionBroke() throws IOException {
    server.failNext("model.safetensors", Failure.BREAK_OFF, Failure.BREAK_OFF);
    Path folder = hub().snapshot("org/name");
    assertThat(folder.resolve("model.safetensors")).hasBinaryContent(weights);
    List<String> ranges =
        server.seen().stream()
            .filter(request -> request.server().equals("storage"))
            .map(HubServer.Seen::range)
            .toList();
    assertThat(ranges).hasSize(3);
    assertThat(ranges.getFirst()).isEmpty();
    assertThat(ranges.subList(1, 3)).allMatch(range -> range.matches("bytes=[1-9]\\d*-"));
  }

  @Test
  void goesOnInALaterRun() throws IOException {
    server.failNext(
        "model.safetensors",
        IntStream.range(0, 5).mapToObj(_ -> Failure.BREAK_OFF).toArray(Failure[]::new));
    assertThat(failure(hub()).reason()).isEqualTo(Reason.UNREACHABLE);
    server.seen().clear();
    assertThat(hub().snapshot("org/name").resolve("model.safetensors")).hasBinaryContent(weights);
    assertThat(server.seen())
        .filteredOn(request -> request.server().equals("storage"))
        .singleElement()
        .matches(request -> request.range().startsWith("bytes="));
  }

  @ParameterizedTest
  @EnumSource(names = {"WRONG_BYTES", "TOO_MANY_BYTES", "SERVER_ERROR", "RATE_LIMIT_NOW"})
  void getsOverOneFailure(Failure failure) throws IOException {
    server.failNext("model.safetensors", failure);
    assertThat(hub().snapshot("org/name").resolve("model.safetensors")).hasBinaryContent(weights);
  }

  @Test
  void startsOverWhenTheServerIgnoresTheRange() throws IOException {
    server.failNext("model.safetensors", Failure.BREAK_OFF, Failure.IGNORE_RANGE);
    assertThat(hub().snapshot("org/name").resolve("model.safetensors")).hasBinaryContent(weights);
  }

  @Test
  void discardsWhatArrivesDamagedTwice() throws IOException {
    server.failNext("model.safetensors", Failure.WRONG_BYTES, Failure.WRONG_BYTES);
    HubException failure = failure(hub());
    assertThat(failure.reason()).isEqualTo(Reason.DAMAGED);
    assertThat(failure).hasMessageContaining("model.safetensors").hasMessageContaining("damaged");
    Path repository = cache.resolve("models--org--name");
    assertThat(repository.resolve("snapshots/" + COMMIT + "/model.safetensors")).doesNotExist();
    try (var blobs = Files.list(repository.resolve("blobs"))) {
      assertThat(blobs).noneMatch(b -> b.toString().contains(HubServer.sha256(weights)));
    }
  }

  @Test
  void givesUpOnASilentServer() {
    server.failNext("model.safetensors", Failure.STALL, Failure.STALL, Failure.STALL);
    server.failNext("model.safetensors", Failure.STALL, Failure.STALL);
    HubException failure = failure(new Hub(settings().withTimeout(Duration.ofMillis(300))));
    assertThat(failure.reason()).isEqualTo(Reason.UNREACHABLE);
    assertThat(failure).hasMessageContaining("sent nothing for");
  }

  @Test
  void saysWhatAMissingOrWrongTokenMeans() {
    server.requireToken("hf_secret");
    assertThat(failure(hub()))
        .hasMessage(
            "The hub has no public model 'org/name'; check the name, or set HF_TOKEN if it is private.")
        .extracting(HubException::reason)
        .isEqualTo(Reason.UNAUTHORIZED);
    assertThat(failure(new Hub(settings().withToken("hf_wrong"))))
        .hasMessage("The hub rejects the token; check HF_TOKEN or log in again.");
  }

  @Test
  void saysHowToOpenAGatedRepository() {
    server.gate();
    assertThat(failure(hub()))
        .hasMessageContaining("accept its terms at " + server.endpoint() + "/org/name")
        .extracting(HubException::reason)
        .isEqualTo(Reason.GATED);
  }

  @Test
  void saysWhatIsNotThere() {
    assertThatThrownBy(() -> hub().snapshot("org/other"))
        .hasMessageStartingWith("The hub has no model 'org/other'");
    assertThatThrownBy(() -> hub().snapshot("org/name", "v9", FilePatterns.all()))
        .hasMessage("The model 'org/name' has no branch, tag or commit 'v9'.");
    assertThatThrownBy(() -> hub().file(Repository.model("org/name"), "main", "a.bin"))
        .hasMessageContaining("has no file that matches [a.bin]");
  }

  @Test
  void refusesToWaitForAnHour() {
    server.failNext("api", Failure.RATE_LIMIT_LONG, Failure.RATE_LIMIT_LONG);
    assertThat(failure(hub()))
        .hasMessageContaining("429")
        .hasMessageContaining("try again in 3600 seconds")
        .extracting(HubException::reason)
        .isEqualTo(Reason.RATE_LIMITED);
  }

  @Test
  void worksOfflineWithWhatIsThere() throws IOException {
    Path folder = hub().snapshot("org/name");
    Hub offline = new Hub(settings().withOffline(true));
    server.seen().clear();
    assertThat(offline.snapshot("org/name")).isEqualTo(folder);
    assertThat(server.seen()).isEmpty();
    assertThatThrownBy(() -> offline.snapshot("org/other"))
        .hasMessageContaining("HF_HUB_OFFLINE is set");
    assertThatThrownBy(() -> offline.snapshot("org/name", "main", FilePatterns.all()))
        .hasMessageContaining("1 files are missing, among them 'pytorch_model.bin'");
  }

  @Test
  void takesTheCacheWhenTheHubIsDown() throws IOException {
    Path folder = hub().snapshot("org/name");
    Hub hub = hub();
    server.failNext("api", Failure.SERVER_ERROR);
    assertThat(hub.snapshot("org/name")).isEqualTo(folder);
    server.close();
    assertThat(hub.snapshot("org/name")).isEqualTo(folder);
    assertThatThrownBy(() -> hub.snapshot("org/other"))
        .hasMessageContaining("cannot be reached")
        .hasMessageContaining("check the connection");
  }

  @Test
  void findsWhatOlderPythonLeftWithoutAList() throws IOException {
    Path repository = cache.resolve("models--org--name");
    Path folder = Files.createDirectories(repository.resolve("snapshots").resolve(COMMIT));
    Files.createDirectories(repository.resolve("refs"));
    Files.writeString(repository.resolve("refs/main"), COMMIT);
    Hub offline = new Hub(settings().withOffline(true));
    assertThatThrownBy(() -> offline.snapshot("org/name")).hasMessageContaining("not in the cache");
    Files.writeString(folder.resolve("config.json"), "{}");
    assertThat(offline.snapshot("org/name")).isEqualTo(folder);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"../evil", "a/../../evil", "/etc/evil", "a\\..\\evil", "C:/evil", "a//b", "./a"})
  void refusesFilesThatLeaveTheirFolder(String path) {
    server.small(path, "evil");
    assertThat(failure(hub()).reason()).isEqualTo(Reason.BAD_NAME);
    try (var files = Files.walk(cache)) {
      assertThat(files).noneMatch(file -> file.toString().contains("evil"));
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"../x", "org/..", "org//name", "a/b/c", "org/na me", ".org/name", "a--b"})
  void refusesNamesThatAreNoRepository(String id) {
    assertThatThrownBy(() -> hub().snapshot(id))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is no repository name");
  }

  @Test
  void refusesRevisionsThatLeaveTheirFolder() {
    assertThatThrownBy(() -> hub().snapshot("org/name", "../../x", FilePatterns.all()))
        .hasMessageContaining("is refused");
  }

  @Test
  void twoThreadsFetchAFileOnce() {
    IntStream.range(0, 4)
        .parallel()
        .forEach(
            _ -> {
              try {
                hub().snapshot("org/name");
              } catch (IOException e) {
                throw new AssertionError(e);
              }
            });
    assertThat(server.seen()).filteredOn(request -> request.server().equals("storage")).hasSize(1);
  }

  @Test
  void reportsEveryByteOnce() throws IOException {
    server.failNext("model.safetensors", Failure.BREAK_OFF);
    AtomicLong total = new AtomicLong();
    AtomicLong done = new AtomicLong();
    Progress progress = (_, units) -> new Counter(total, done, units);
    hub().snapshot(Repository.model("org/name"), "main", FilePatterns.checkpoint(), progress);
    assertThat(done).hasValue(total.get());
    assertThat(total).hasValue(weights.length + CONFIG.length() + 2);
  }

  private record Counter(AtomicLong done) implements Progress.Task {

    Counter(AtomicLong total, AtomicLong done, long units) {
      this(done);
      total.set(units);
    }

    @Override
    public void advance(long units) {
      done.addAndGet(units);
    }

    @Override
    public void note(String remark) {}

    @Override
    public void close() {}
  }

  @ParameterizedTest
  @CsvSource({
    "*.json, 1_Pooling/config.json, true",
    "*.json, config.jsonl, false",
    "onnx/, onnx/model.onnx, true",
    "model.[!b]*, model.safetensors, true",
    "model.[!b]*, model.bin, false",
    "a[]]b, a]b, true",
    "a[b, a[b, true",
    "a.c, abc, false",
    "?.txt, a.txt, true"
  })
  void matchesPatternsAsPythonDoes(String pattern, String file, boolean expected) {
    assertThat(FilePatterns.of(pattern).matches(file)).isEqualTo(expected);
  }
}
