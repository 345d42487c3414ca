package dev.embedlab.hub;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RepositoryTest {

  @ParameterizedTest
  @ValueSource(strings = {"org/name", "name", "org/all-MiniLM-L6_v2.1"})
  void aSnapshotTellsItsRepository(String id) {
    Repository repository = Repository.model(id);
    Path snapshot = Path.of("cache", repository.folderName(), "snapshots", "0f3a");
    assertThat(Repository.ofSnapshot(snapshot)).contains(repository);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "snapshots/0f3a",
        "/snapshots/0f3a",
        "models--org--name",
        "models--org--name/blobs/0f3a",
        "datasets--org--name/snapshots/0f3a",
        "models--/snapshots/0f3a",
        "models--org--../snapshots/0f3a",
        "models--a--b--c/snapshots/0f3a",
        "/"
      })
  void otherFoldersAreNoSnapshots(String folder) {
    assertThat(Repository.ofSnapshot(Path.of(folder))).isEmpty();
  }
}
