package dev.embedlab.kernel.channel;

import dev.embedlab.kernel.protocol.Message;
import dev.embedlab.kernel.protocol.MessageCodec;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/**
 * The one thread that sends. User threads only append to a queue, because a ZeroMQ call on a thread
 * that is interrupted would close the kernel's sockets under it.
 */
final class Outbox {
  private static final int SUBSCRIPTION_CHECK_MILLIS = 25;

  private record Entry(Channel channel, Message message, CountDownLatch drained) {}

  private final LinkedBlockingQueue<Entry> queue = new LinkedBlockingQueue<>();
  private final ZMQ.Socket iopub;
  private final Map<Channel, ZMQ.Socket> toRouters;
  private final MessageCodec codec;
  private final Consumer<byte[]> onSubscribe;
  private final Thread thread =
      Thread.ofPlatform().name("kernel-outbox").daemon().unstarted(this::run);

  Outbox(
      ZContext context,
      ZMQ.Socket iopub,
      String key,
      Map<Channel, RouterThread> routers,
      Consumer<byte[]> onSubscribe) {
    this.iopub = iopub;
    this.codec = new MessageCodec(key);
    this.onSubscribe = onSubscribe;
    this.toRouters = new java.util.EnumMap<>(Channel.class);
    routers
        .keySet()
        .forEach(
            channel -> {
              ZMQ.Socket push = context.createSocket(SocketType.PUSH);
              push.setSndHWM(0);
              push.connect(RouterThread.inbox(channel));
              toRouters.put(channel, push);
            });
  }

  void start() {
    thread.start();
  }

  void add(Channel channel, Message message) {
    queue.offer(new Entry(channel, message, null));
  }

  void drain(long time, TimeUnit unit) {
    CountDownLatch latch = new CountDownLatch(1);
    queue.offer(new Entry(null, null, latch));
    try {
      latch.await(time, unit);
      Thread.sleep(50); // the routers forward on their own threads
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void run() {
    while (true) {
      try {
        Entry entry = queue.poll(SUBSCRIPTION_CHECK_MILLIS, TimeUnit.MILLISECONDS);
        if (entry != null) {
          send(entry);
        }
        readSubscriptions();
      } catch (InterruptedException | ZMQException e) {
        return;
      } catch (RuntimeException | OutOfMemoryError e) {
        Log.warn("a message could not be sent: " + e);
      }
    }
  }

  private void send(Entry entry) {
    if (entry.drained() != null) {
      entry.drained().countDown();
      return;
    }
    List<byte[]> frames = codec.encode(entry.message());
    Frames.send(entry.channel() == Channel.IOPUB ? iopub : toRouters.get(entry.channel()), frames);
  }

  private void readSubscriptions() {
    byte[] event;
    while ((event = iopub.recv(ZMQ.DONTWAIT)) != null) {
      if (event.length > 0 && event[0] == 1) {
        onSubscribe.accept(Arrays.copyOfRange(event, 1, event.length));
      }
    }
  }
}
