package dev.embedlab.kernel.client;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.kernel.protocol.ConnectionInfo;
import dev.embedlab.kernel.protocol.Json;
import dev.embedlab.kernel.protocol.Message;
import dev.embedlab.kernel.protocol.MessageCodec;
import dev.embedlab.kernel.protocol.MessageException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.TimeoutException;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;

/** One front end: its sockets, requests and what came back. Not safe for concurrent use. */
public final class KernelClient implements AutoCloseable {
  /** Time-out for everything that should be quick. */
  public static final Duration SOON = Duration.ofSeconds(60);

  private final ZContext context = new ZContext(1);
  private final String session = UUID.randomUUID().toString();
  private final KernelProcess process;
  private final MessageCodec out;
  private final MessageCodec in;
  private final ZMQ.Socket shell;
  private final ZMQ.Socket control;
  private final ZMQ.Socket stdin;
  private final ZMQ.Socket iopub;
  private final ZMQ.Socket heartbeat;
  private final boolean owner;
  private final List<Message> published = new ArrayList<>();

  private KernelClient(KernelProcess process, boolean owner) {
    this.process = process;
    this.owner = owner;
    ConnectionInfo connection = process.connection();
    out = new MessageCodec(connection.key());
    in = new MessageCodec(connection.key());
    byte[] identity = session.getBytes(ZMQ.CHARSET);
    shell = connect(SocketType.DEALER, connection.address(connection.shell()), identity);
    control = connect(SocketType.DEALER, connection.address(connection.control()), identity);
    stdin = connect(SocketType.DEALER, connection.address(connection.stdin()), identity);
    heartbeat = connect(SocketType.REQ, connection.address(connection.heartbeat()), identity);
    iopub = connect(SocketType.SUB, connection.address(connection.iopub()), identity);
    iopub.subscribe(ZMQ.SUBSCRIPTION_ALL);
  }

  /** Starts a kernel and waits until it answers; closing the client ends the kernel. */
  public static KernelClient start(KernelProcess.Builder builder)
      throws IOException, TimeoutException {
    KernelClient client = new KernelClient(builder.start(), true);
    client.awaitReady();
    return client;
  }

  /** A second front end of a running kernel; closing it leaves the kernel running. */
  public static KernelClient connect(KernelProcess process) throws TimeoutException {
    KernelClient client = new KernelClient(process, false);
    client.awaitReady();
    return client;
  }

  public KernelProcess kernel() {
    return process;
  }

  public String session() {
    return session;
  }

  /** Runs a cell and waits for its reply and for idle. */
  public CellResult execute(String code, Duration timeout) throws TimeoutException {
    return await(sendExecute(code), timeout);
  }

  /** Runs a cell with {@link #SOON} as the time-out. */
  public CellResult execute(String code) throws TimeoutException {
    return execute(code, SOON);
  }

  /** Sends a cell without waiting. */
  public Message sendExecute(String code) {
    return send(
        shell,
        "execute_request",
        Json.object()
            .put("code", code)
            .put("silent", false)
            .put("store_history", true)
            .put("allow_stdin", true)
            .put("stop_on_error", true));
  }

  /** Sends a cell to a subshell (JEP 91) without waiting. */
  public Message sendExecute(String code, String subshell) {
    Message message =
        message("execute_request", Json.object().put("code", code).put("silent", false));
    message.header().put("subshell_id", subshell);
    sendFrames(shell, out.encode(message));
    return message;
  }

  /** Sends a request on the shell channel without waiting. */
  public Message sendShell(String type, ObjectNode content) {
    return send(shell, type, content);
  }

  /** Sends a message with binary attachments on the shell channel without waiting. */
  public Message sendShell(String type, ObjectNode content, List<byte[]> buffers) {
    Message message = message(type, content, buffers);
    sendFrames(shell, out.encode(message));
    return message;
  }

  /** Sends a request on the control channel without waiting. */
  public Message sendControl(String type, ObjectNode content) {
    return send(control, type, content);
  }

  /** Answers a question of the kernel. */
  public void answerInput(Message question, String text) {
    Message reply =
        new Message(
            List.of(),
            MessageCodec.header("input_reply", session),
            question.header(),
            Json.object(),
            Json.object().put("value", text),
            List.of());
    sendFrames(stdin, out.encode(reply));
  }

  /** A request on the shell channel, its reply and what was published for it. */
  public CellResult request(String type, ObjectNode content) throws TimeoutException {
    return await(send(shell, type, content), SOON);
  }

  /** A request on the control channel and its reply. */
  public Message controlRequest(String type, ObjectNode content) throws TimeoutException {
    Message request = send(control, type, content);
    return awaitReply(control, request, SOON);
  }

  /** Asks the kernel to interrupt the running cell. */
  public void interrupt() throws TimeoutException {
    controlRequest("interrupt_request", Json.object());
  }

  /** Ends the kernel and waits for its process. */
  public boolean shutdown(Duration timeout) throws TimeoutException, InterruptedException {
    controlRequest("shutdown_request", Json.object().put("restart", false));
    return process.ends(timeout);
  }

  /** Waits for the reply to a request and for idle. */
  public CellResult await(Message request, Duration timeout) throws TimeoutException {
    Message reply = awaitReply(shell, request, timeout);
    long end = System.nanoTime() + timeout.toNanos();
    List<Message> own = ownPublished(request);
    while (own.isEmpty() || !isIdle(own.getLast())) {
      published.add(next(iopub, end, "idle after " + request.type()));
      own = ownPublished(request);
    }
    published.removeAll(own);
    return new CellResult(reply, own);
  }

  /** Waits for a reply on the shell channel. */
  public Message awaitShellReply(Message request, Duration timeout) throws TimeoutException {
    return awaitReply(shell, request, timeout);
  }

  /** The next message on iopub, whatever request it belongs to. */
  public Message nextPublished(Duration timeout) throws TimeoutException {
    return published.isEmpty()
        ? next(iopub, System.nanoTime() + timeout.toNanos(), "a published message")
        : published.removeFirst();
  }

  /** Waits for a published message of a type that belongs to a request. */
  public Message awaitPublished(Message request, String type, Duration timeout)
      throws TimeoutException {
    long end = System.nanoTime() + timeout.toNanos();
    int seen = 0;
    while (true) {
      for (; seen < published.size(); seen++) {
        Message message = published.get(seen);
        if (message.type().equals(type)
            && message.parent().path("msg_id").asText().equals(request.id())) {
          return message;
        }
      }
      published.add(next(iopub, end, type));
    }
  }

  /** The next question of the kernel. */
  public Message nextQuestion(Duration timeout) throws TimeoutException {
    return next(stdin, System.nanoTime() + timeout.toNanos(), "input_request");
  }

  /** True when the heartbeat answers in time. */
  public boolean beats(Duration timeout) {
    heartbeat.send("ping");
    heartbeat.setReceiveTimeOut((int) timeout.toMillis());
    return heartbeat.recv() != null;
  }

  /** Sends raw frames on the shell channel, right or wrong. */
  public void sendRaw(List<byte[]> frames) {
    sendFrames(shell, frames);
  }

  /** The frames of a signed request, for tests that damage them. */
  public List<byte[]> frames(String type, ObjectNode content) {
    return new ArrayList<>(out.encode(message(type, content)));
  }

  @Override
  public void close() throws IOException {
    context.setLinger(0);
    context.close();
    if (owner) {
      process.close();
    }
  }

  private void awaitReady() throws TimeoutException {
    awaitReply(shell, send(shell, "kernel_info_request", Json.object()), SOON);
    // iopub connects on its own: messages published before the welcome (JEP 65) may be lost.
    long end = System.nanoTime() + SOON.toNanos();
    while (!next(iopub, end, "iopub_welcome").type().equals("iopub_welcome")) {
      // What belongs to other front ends, or to the start.
    }
    published.clear();
  }

  private Message awaitReply(ZMQ.Socket socket, Message request, Duration timeout)
      throws TimeoutException {
    long end = System.nanoTime() + timeout.toNanos();
    while (true) {
      Message reply = next(socket, end, "a reply to " + request.type());
      if (reply.parent().path("msg_id").asText().equals(request.id())) {
        return reply;
      }
    }
  }

  private Message next(ZMQ.Socket socket, long end, String what) throws TimeoutException {
    while (true) {
      long millis = (end - System.nanoTime()) / 1_000_000;
      socket.setReceiveTimeOut((int) Math.max(1, millis));
      byte[] first = socket.recv();
      if (first == null) {
        if (!process.process().isAlive()) {
          throw new IllegalStateException(
              "The kernel ended with code " + process.process().exitValue());
        }
        throw new TimeoutException("No " + what + " in time.");
      }
      List<byte[]> frames = new ArrayList<>(List.of(first));
      while (socket.hasReceiveMore()) {
        frames.add(socket.recv());
      }
      try {
        return in.decode(frames);
      } catch (MessageException e) {
        throw new IllegalStateException("The kernel sent a message that is wrong: " + e, e);
      }
    }
  }

  private List<Message> ownPublished(Message request) {
    return published.stream()
        .filter(message -> message.parent().path("msg_id").asText().equals(request.id()))
        .toList();
  }

  private static boolean isIdle(Message message) {
    return message.type().equals("status")
        && message.content().path("execution_state").asText().equals("idle");
  }

  private Message send(ZMQ.Socket socket, String type, ObjectNode content) {
    Message message = message(type, content);
    sendFrames(socket, out.encode(message));
    return message;
  }

  private Message message(String type, ObjectNode content) {
    return message(type, content, List.of());
  }

  private Message message(String type, ObjectNode content, List<byte[]> buffers) {
    return new Message(
        List.of(),
        MessageCodec.header(type, session),
        Json.object(),
        Json.object(),
        content,
        buffers);
  }

  private static void sendFrames(ZMQ.Socket socket, List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      socket.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
    }
  }

  private ZMQ.Socket connect(SocketType type, String address, byte[] identity) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setIdentity(identity);
    socket.setRcvHWM(0);
    socket.setLinger(0);
    // The kernel may not listen yet: try often.
    socket.setReconnectIVL(20);
    socket.connect(address);
    return socket;
  }
}
