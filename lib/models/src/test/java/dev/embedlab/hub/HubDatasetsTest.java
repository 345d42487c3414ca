package dev.embedlab.hub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.embedlab.data.DatasetHub;
import dev.embedlab.data.Datasets;
import dev.embedlab.data.RetrievalDataset;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class HubDatasetsTest {

  @TempDir Path cache;

  @Test
  void aDataSetOfTheHubIsReadByItsLayout() throws IOException {
    try (HubServer server = new HubServer()) {
      server.small("corpus.jsonl", "{\"_id\":\"d\",\"title\":\"t\",\"text\":\"x\"}\n");
      server.small("queries.jsonl", "{\"_id\":\"q\",\"text\":\"y\"}\n");
      server.small("qrels/test.jsonl", "{\"query-id\":\"q\",\"corpus-id\":\"d\",\"score\":2}\n");
      server.small("loader.py", "raise SystemExit\n");
      HubDatasets hub =
          new HubDatasets(
              HubSettings.from(
                  Map.of("HF_ENDPOINT", server.endpoint(), "HF_HUB_CACHE", cache.toString())));
      Path folder = hub.fetch("org/name", "main");
      RetrievalDataset data = Datasets.open(folder.toString());
      assertThat(data.corpus().contents()).containsExactly("t x");
      assertThat(data.qrels("test").of("q")).containsExactly(Map.entry("d", 2));
      assertThat(folder.resolve("loader.py")).doesNotExist();
      assertThatThrownBy(() -> hub.fetch("org/name", "none"))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("none");
    }
  }

  @Test
  void theHubIsFoundByTheServiceLoader() {
    assertThat(DatasetHub.find()).get().isInstanceOf(HubDatasets.class);
  }
}
