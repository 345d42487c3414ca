package dev.embedlab.kernel;

import dev.embedlab.kernel.install.Installer;
import dev.embedlab.kernel.install.Training;
import dev.embedlab.kernel.protocol.ConnectionInfo;
import dev.embedlab.kernel.session.ParentWatch;
import dev.embedlab.kernel.session.Session;
import dev.embedlab.kernel.session.SessionOptions;
import dev.embedlab.kernel.shell.CommonPoolThreads;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** Entry point: runs a kernel for a connection file, or installs its kernelspec. */
public final class Main {
  private static final String USAGE =
      """
      usage: java -jar embedlab-kernel.jar [--class-path CP] CONNECTION_FILE
             java -jar embedlab-kernel.jar install --prefix DIR [--class-path CP] [--java PATH] [--jvm-arg ARG]...
      """;

  private Main() {}

  public static void main(String[] arguments) throws InterruptedException {
    try {
      List<String> list = Arrays.asList(arguments);
      if (list.isEmpty() || list.contains("--help")) {
        System.err.print(USAGE);
        System.exit(list.isEmpty() ? 2 : 0);
      } else if (list.getFirst().equals("install")) {
        System.out.println(Installer.run(list.subList(1, list.size())));
      } else if (list.getFirst().equals("train")) {
        Training.run();
        // Not halt: the JVM writes its cache at a regular exit.
        System.exit(0);
      } else {
        serve(list);
      }
    } catch (IllegalArgumentException | IOException e) {
      System.err.println(e.getMessage());
      System.exit(2);
    }
  }

  private static void serve(List<String> arguments) throws IOException, InterruptedException {
    String classPath = "";
    Path connection = null;
    for (int i = 0; i < arguments.size(); i++) {
      if (arguments.get(i).equals("--class-path") && i + 1 < arguments.size()) {
        classPath = arguments.get(++i);
      } else {
        connection = Path.of(arguments.get(i));
      }
    }
    CommonPoolThreads.install();
    Map<String, String> environment = System.getenv();
    SessionOptions options = Environment.options(environment, classPath);
    Session session = new Session(ConnectionInfo.read(connection), options);
    ParentWatch.start(environment, session::end);
    session.serve();
    // Threads of user code must not keep the process alive.
    Runtime.getRuntime().halt(0);
  }
}
