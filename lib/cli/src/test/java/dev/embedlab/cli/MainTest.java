package dev.embedlab.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.NoSuchFileException;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

class MainTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  @Test
  void namesTheClosestCommandForOneItDoesNotKnow() {
    assertThat(execute("inof")).isEqualTo(2);
    assertThat(err.toString())
        .startsWith("lab: there is no command 'inof' (did you mean info?)")
        .hasLineCount(1);
    assertThat(out.toString()).isEmpty();
  }

  @Test
  void tellsWhatTheJvmRunsOn() {
    assertThat(execute("info")).isZero();
    assertThat(out.toString()).contains("Java", Runtime.version().toString(), "Vector width");
  }

  @Test
  void everyCommandHasADescriptionAndHelp() {
    CommandLine line = Main.commandLine();
    assertThat(line.getSubcommands()).isNotEmpty();
    line.getSubcommands()
        .forEach(
            (name, command) -> {
              assertThat(command.getCommandSpec().usageMessage().description())
                  .as("description of %s", name)
                  .isNotEmpty();
              assertThat(execute(name, "--help")).as("lab %s --help", name).isZero();
            });
  }

  @Test
  void saysWhichOptionIsWrongAndWhereTheHelpIs() {
    assertThat(execute("fail", "--count", "many")).isEqualTo(2);
    assertThat(err.toString()).contains("--count", "'many'", "see lab help fail.").hasLineCount(1);
  }

  @Test
  void turnsAFailureIntoOneSentence() {
    assertThat(execute("fail")).isEqualTo(1);
    assertThat(err.toString()).isEqualToIgnoringNewLines("lab: line 3 has no tab.");
  }

  @Test
  void saysWhatIsWrongWithAFile() {
    assertThat(OneSentence.sentence(new NoSuchFileException("a/b.tsv")))
        .isEqualTo("a/b.tsv: there is no such file or folder.");
    assertThat(OneSentence.sentence(new IllegalStateException()))
        .isEqualTo("IllegalStateException");
  }

  private int execute(String... arguments) {
    return Main.commandLine()
        .addSubcommand(new Failing())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Command(name = "fail")
  private static final class Failing implements Callable<Integer> {

    @Option(names = "--count")
    private int count;

    @Override
    public Integer call() throws IOException {
      throw new IOException("line 3 has no tab.");
    }
  }
}
