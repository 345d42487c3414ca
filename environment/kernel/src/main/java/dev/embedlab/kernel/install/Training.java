package dev.embedlab.kernel.install;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.protocol.ConnectionInfo;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;
import dev.embedlab.kernel.protocol.MessageCodec;
import dev.embedlab.kernel.protocol.MessageException;
import dev.embedlab.kernel.session.Session;
import dev.embedlab.kernel.session.SessionOptions;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/**
 * A kernel that talks to itself for a few seconds, so that the JVM can archive the classes a
 * session needs (ahead-of-time cache, JEP 514); the next start maps them from there.
 */
public final class Training {
  private static final List<String> CELLS =
      List.of(
          "int a = 1;",
          "a + 1",
          "import java.util.List;",
          "record Point(int x, double y) {}",
          "double norm(Point p) { return Math.hypot(p.x(), p.y()); }",
          "var points = IntStream.range(0, 20).mapToObj(i -> new Point(i, i * 0.5)).toList(); points",
          "points.stream().mapToDouble(p -> norm(p)).sum()",
          "for (int i = 0; i < 500; i++) { System.out.println(\"line \" + i); }",
          "var id = display(\"<b>x</b>\", \"text/html\"); updateDisplay(id, \"<b>y</b>\", \"text/html\");",
          "Map.of(\"one\", 1, \"two\", 2)",
          "%%time\nString text = \"\"\"\n  lines\n  \"\"\"; text.lines().count()",
          "int wrong = \"text\";",
          "throw new IllegalStateException(\"expected\");",
          "class Counter { int n; void up() { n++; } }",
          "var counter = new Counter(); counter.up(); counter.n",
          "undefined(1)");
  private static final List<String> COMPLETIONS =
      List.of("points.str", "System.out.pri", "Math.ab");

  private Training() {}

  /** Runs the training session; returns when it is over. */
  public static void run() throws IOException, InterruptedException {
    ConnectionInfo connection = freePorts();
    Session session = new Session(connection, SessionOptions.NONE);
    Thread client = new Thread(() -> drive(connection), "trainer");
    client.start();
    session.serve();
    client.join();
  }

  private static void drive(ConnectionInfo connection) {
    try (ZContext context = new ZContext(1)) {
      Dealer shell = new Dealer(context, connection, connection.shell());
      Dealer control = new Dealer(context, connection, connection.control());
      ZMQ.Socket iopub = context.createSocket(SocketType.SUB);
      iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
      iopub.connect(connection.address(connection.iopub()));
      shell.ask("kernel_info_request", Json.object());
      for (int round = 0; round < 2; round++) {
        for (String cell : CELLS) {
          shell.ask(
              "execute_request",
              Json.object().put("code", cell).put("stop_on_error", false).put("silent", false));
        }
        shell.ask("execute_request", Json.object().put("code", "int v" + round + " = 1;"));
        for (String code : COMPLETIONS) {
          ObjectNode content = Json.object().put("code", code).put("cursor_pos", code.length());
          shell.ask("complete_request", content);
          shell.ask("inspect_request", content.deepCopy());
          shell.ask("is_complete_request", Json.object().put("code", code));
        }
      }
      control.ask("shutdown_request", Json.object().put("restart", false));
    }
  }

  /** A client socket that waits for each answer. */
  private static final class Dealer {
    private final ZMQ.Socket socket;
    private final MessageCodec codec;
    private final String session = UUID.randomUUID().toString();

    Dealer(ZContext context, ConnectionInfo connection, int port) {
      codec = new MessageCodec(connection.key());
      socket = context.createSocket(SocketType.DEALER);
      socket.setLinger(500);
      socket.connect(connection.address(port));
    }

    void ask(String type, ObjectNode content) {
      List<byte[]> frames =
          codec.encode(
              new Message(
                  List.of(),
                  MessageCodec.header(type, session),
                  Json.object(),
                  Json.object(),
                  content,
                  List.of()));
      for (int i = 0; i < frames.size(); i++) {
        socket.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
      }
      List<byte[]> answer = new ArrayList<>(List.of(socket.recv()));
      while (socket.hasReceiveMore()) {
        answer.add(socket.recv());
      }
      try {
        codec.decode(answer);
      } catch (MessageException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  private static ConnectionInfo freePorts() throws IOException {
    List<ServerSocket> sockets = new ArrayList<>();
    try {
      for (int i = 0; i < 5; i++) {
        sockets.add(new ServerSocket(0, 1, InetAddress.getLoopbackAddress()));
      }
      int[] p = sockets.stream().mapToInt(ServerSocket::getLocalPort).toArray();
      String key = UUID.randomUUID().toString();
      return new ConnectionInfo("127.0.0.1", p[0], p[1], p[2], p[3], p[4], key);
    } finally {
      for (ServerSocket socket : sockets) {
        socket.close();
      }
    }
  }
}
