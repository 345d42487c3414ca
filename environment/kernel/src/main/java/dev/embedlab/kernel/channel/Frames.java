package dev.embedlab.kernel.channel;

import java.util.ArrayList;
import java.util.List;
import org.zeromq.ZMQ;

/** Multipart sending and receiving. */
final class Frames {
  private Frames() {}

  static void send(ZMQ.Socket socket, List<byte[]> frames) {
    for (int i = 0; i < frames.size(); i++) {
      socket.send(frames.get(i), i + 1 < frames.size() ? ZMQ.SNDMORE : 0);
    }
  }

  /** All frames of the next message, or an empty list when there is none. */
  static List<byte[]> receive(ZMQ.Socket socket) {
    List<byte[]> frames = new ArrayList<>();
    byte[] frame = socket.recv(ZMQ.DONTWAIT);
    if (frame == null) {
      return frames;
    }
    frames.add(frame);
    while (socket.hasReceiveMore()) {
      frames.add(socket.recv());
    }
    return frames;
  }
}
