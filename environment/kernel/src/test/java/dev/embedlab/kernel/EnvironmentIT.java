package dev.embedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.kernel.client.CellResult;
import dev.embedlab.kernel.client.KernelClient;
import dev.embedlab.kernel.client.KernelProcess;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The environment variables of IJava. */
class EnvironmentIT {
  @TempDir private Path folder;

  @Test
  void readsClassPathOptionsScriptsAndTimeout() throws Exception {
    Path classes = Files.createDirectories(folder.resolve("classes"));
    Files.writeString(classes.resolve("note.txt"), "from the class path");
    Files.writeString(folder.resolve("one.jshell"), "import java.time.*;\nint one = 1;");
    KernelProcess.Builder builder =
        KernelProcess.builder()
            .environment("IJAVA_CLASSPATH", classes.toString())
            .environment("IJAVA_COMPILER_OPTS", "-deprecation -Xlint:none")
            .environment("IJAVA_STARTUP_SCRIPTS_PATH", folder + "/*.jshell")
            .environment("IJAVA_STARTUP_SCRIPT", "int two = one + 1;")
            .environment("IJAVA_TIMEOUT", "1500 MILLISECONDS");
    try (KernelClient kernel = KernelClient.start(builder)) {
      assertThat(
              kernel
                  .execute(
                      "new String(Thread.currentThread().getContextClassLoader()"
                          + ".getResourceAsStream(\"note.txt\").readAllBytes())")
                  .text())
          .isEqualTo("from the class path");
      assertThat(kernel.execute("Year.of(two)").text()).isEqualTo("2");
      CellResult endless = kernel.execute("while (true) {}");
      assertThat(endless.error()).contains("IJAVA_TIMEOUT");
      assertThat(kernel.execute("one + two").text()).isEqualTo("3");
    }
  }

  @Test
  void namesTheVariableThatIsWrong() throws Exception {
    KernelProcess.Builder builder = KernelProcess.builder().environment("IJAVA_TIMEOUT", "soon");
    try (KernelProcess kernel = builder.start()) {
      assertThat(kernel.process().waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(kernel.log()).contains("IJAVA_TIMEOUT", "'soon'");
    }
  }
}
