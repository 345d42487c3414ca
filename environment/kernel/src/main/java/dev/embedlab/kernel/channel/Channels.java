package dev.embedlab.kernel.channel;

import dev.embedlab.kernel.protocol.ConnectionInfo;
import dev.embedlab.kernel.protocol.Message;
import java.io.IOException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** Opens the sockets of a connection and moves messages between them and the kernel. */
public final class Channels implements AutoCloseable {
  private final ZContext context = new ZContext(1);
  private final Map<Channel, RouterThread> routers = new EnumMap<>(Channel.class);
  private final Outbox outbox;
  private final Thread heartbeat;

  /**
   * Binds every socket.
   *
   * @param onSubscribe called with the topic when a front end subscribes to iopub
   * @throws IOException when an address is taken
   */
  public Channels(ConnectionInfo connection, Consumer<byte[]> onSubscribe) throws IOException {
    context.setLinger(1000);
    try {
      for (Channel channel : List.of(Channel.SHELL, Channel.CONTROL, Channel.STDIN)) {
        int port =
            switch (channel) {
              case SHELL -> connection.shell();
              case CONTROL -> connection.control();
              default -> connection.stdin();
            };
        ZMQ.Socket socket = bind(SocketType.ROUTER, connection.address(port));
        socket.setRouterHandover(true);
        routers.put(channel, new RouterThread(context, channel, socket, connection.key()));
      }
      ZMQ.Socket iopub = bind(SocketType.XPUB, connection.address(connection.iopub()));
      // Otherwise only the first front end of a topic is seen, and welcomed.
      iopub.setXpubVerbose(true);
      outbox = new Outbox(context, iopub, connection.key(), routers, onSubscribe);
      ZMQ.Socket beat = bind(SocketType.REP, connection.address(connection.heartbeat()));
      heartbeat = Thread.ofPlatform().name("kernel-heartbeat").daemon().unstarted(() -> echo(beat));
    } catch (ZMQException e) {
      context.close();
      throw new IOException(
          "A port of the connection file could not be bound on "
              + connection.ip()
              + " ("
              + e.getMessage()
              + "); start the kernel again to get free ports.",
          e);
    }
  }

  /** Starts receiving; {@code receiver} is called on the channel's own thread. */
  public void start(Channel channel, Consumer<Message> receiver) {
    routers.get(channel).start(receiver);
  }

  /** Starts the heartbeat and the sender. */
  public void start() {
    heartbeat.start();
    outbox.start();
  }

  /** Queues a message; safe from any thread, never blocks, is not disturbed by interrupts. */
  public void send(Channel channel, Message message) {
    outbox.add(channel, message);
  }

  /** Sends what is queued and closes all sockets. */
  @Override
  public void close() {
    outbox.drain(2, TimeUnit.SECONDS);
    // Closing the sockets of other threads is left to the end of the process: by then all is sent.
  }

  private ZMQ.Socket bind(SocketType type, String address) {
    ZMQ.Socket socket = context.createSocket(type);
    socket.setSndHWM(0);
    socket.setRcvHWM(0);
    socket.setLinger(1000);
    socket.bind(address);
    return socket;
  }

  private static void echo(ZMQ.Socket socket) {
    while (!Thread.currentThread().isInterrupted()) {
      try {
        byte[] ping = socket.recv();
        boolean more = socket.hasReceiveMore();
        if (ping != null) {
          socket.send(ping, more ? ZMQ.SNDMORE : 0);
        }
      } catch (ZMQException e) {
        return;
      } catch (RuntimeException | OutOfMemoryError e) {
        Log.warn("heartbeat: " + e);
      }
    }
  }
}
