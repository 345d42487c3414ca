package dev.embedlab.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import dev.embedlab.kernel.client.KernelClient;
import dev.embedlab.kernel.client.KernelProcess;
import dev.embedlab.kernel.protocol.Json;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Installs the packaged kernel into a folder and starts what kernel.json says. */
class InstallIT {

  @Test
  void installsAKernelThatStartsFromItsCache(@TempDir Path prefix) throws Exception {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process install =
        new ProcessBuilder(
                java,
                "-jar",
                System.getProperty("embedlab.kernel.jar"),
                "install",
                "--prefix",
                prefix.toString(),
                "--jvm-arg",
                "-Xmx512m")
            .redirectErrorStream(true)
            .redirectOutput(prefix.resolve("install.log").toFile())
            .start();
    assertThat(install.waitFor(3, TimeUnit.MINUTES)).isTrue();
    assertThat(install.exitValue()).isZero();

    Path folder = prefix.resolve(Path.of("share", "jupyter", "kernels", "java"));
    var spec = Json.read(Files.readAllBytes(folder.resolve("kernel.json")));
    List<String> argv = spec.path("argv").valueStream().map(each -> each.asText()).toList();
    assertThat(argv)
        .contains("-Xmx512m", "-XX:AOTCache=" + folder.resolve("kernel.aot"))
        .endsWith("{connection_file}");
    assertThat(spec.path("interrupt_mode").asText()).isEqualTo("message");

    KernelProcess.Builder builder =
        KernelProcess.builder()
            .jar(folder.resolve("embedlab-kernel.jar"))
            .jvmArguments(argv.subList(1, argv.indexOf("-jar")));
    try (KernelClient kernel = KernelClient.start(builder)) {
      assertThat(kernel.execute("1 + 1").text()).isEqualTo("2");
      assertThat(kernel.kernel().log()).doesNotContain("[error]");
    }
  }
}
