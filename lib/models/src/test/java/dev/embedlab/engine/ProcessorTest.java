package dev.embedlab.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessorTest {

  @TempDir private Path folder;

  @Test
  void linuxNamesTheMakerInItsDescription() throws IOException {
    Path description = folder.resolve("cpuinfo");
    Files.writeString(
        description,
        "processor\t: 0\nvendor_id\t: AuthenticAMD\ncpu family\t: 26\nvendor_id\t: x\n");
    assertThat(Processor.maker(description, Map.of())).isEqualTo("AuthenticAMD");
  }

  @Test
  void windowsNamesItInAVariable() {
    var variables =
        Map.of("PROCESSOR_IDENTIFIER", "Intel64 Family 6 Model 158 Stepping 10, GenuineIntel");
    assertThat(Processor.maker(folder.resolve("none"), variables)).isEqualTo("GenuineIntel");
  }

  @Test
  void nobodyTells() throws IOException {
    Path description = folder.resolve("cpuinfo");
    Files.writeString(description, "processor\t: 0\nBogoMIPS\t: 243.75\n");
    assertThat(Processor.maker(description, Map.of())).isEmpty();
    assertThat(Processor.maker(folder.resolve("none"), Map.of())).isEmpty();
  }
}
