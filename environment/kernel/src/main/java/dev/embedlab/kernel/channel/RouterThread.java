package dev.embedlab.kernel.channel;

import dev.embedlab.kernel.protocol.Message;
import dev.embedlab.kernel.protocol.MessageCodec;
import dev.embedlab.kernel.protocol.MessageException;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.zeromq.SocketType;
import org.zeromq.ZContext;
import org.zeromq.ZMQ;
import org.zeromq.ZMQException;

/** Owns one ROUTER socket: hands in what arrives, sends out what the outbox passes on. */
final class RouterThread {
  private final ZContext context;
  private final Channel channel;
  private final ZMQ.Socket router;
  private final ZMQ.Socket replies;
  private final MessageCodec codec;

  RouterThread(ZContext context, Channel channel, ZMQ.Socket router, String key) {
    this.context = context;
    this.channel = channel;
    this.router = router;
    this.codec = new MessageCodec(key);
    this.replies = context.createSocket(SocketType.PULL);
    replies.setRcvHWM(0);
    replies.bind(inbox(channel));
  }

  static String inbox(Channel channel) {
    return "inproc://" + channel.name().toLowerCase(Locale.ROOT);
  }

  void start(Consumer<Message> receiver) {
    Thread.ofPlatform()
        .name("kernel-" + channel.name().toLowerCase(Locale.ROOT))
        .daemon()
        .start(() -> run(receiver));
  }

  private void run(Consumer<Message> receiver) {
    ZMQ.Poller poller = context.createPoller(2);
    poller.register(router, ZMQ.Poller.POLLIN);
    poller.register(replies, ZMQ.Poller.POLLIN);
    while (true) {
      try {
        poller.poll();
        forwardReplies();
        receive(receiver);
      } catch (ZMQException e) {
        return;
      } catch (RuntimeException | Error e) {
        Log.warn(channel + ": a message was dropped: " + e);
      }
    }
  }

  private void forwardReplies() {
    List<byte[]> frames;
    while (!(frames = Frames.receive(replies)).isEmpty()) {
      Frames.send(router, frames);
    }
  }

  private void receive(Consumer<Message> receiver) {
    List<byte[]> frames;
    while (!(frames = Frames.receive(router)).isEmpty()) {
      try {
        receiver.accept(codec.decode(frames));
      } catch (MessageException e) {
        Log.warn(channel + ": a message was refused: " + e.getMessage());
      }
    }
  }
}
