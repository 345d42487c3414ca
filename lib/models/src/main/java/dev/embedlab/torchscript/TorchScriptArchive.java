package dev.embedlab.torchscript;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/**
 * Writes the file that {@code torch.jit.load} reads: a ZIP of uncompressed entries with the pickled
 * module (here one without parameters), its constants and its code as text.
 *
 * <p>Source: the format notes in PyTorch, {@code torch/csrc/jit/docs/serialization.md}.
 */
final class TorchScriptArchive {

  /** Module files of this version know every operator that libtorch 2.x has. */
  private static final String VERSION = "10\n";

  private TorchScriptArchive() {}

  /**
   * @param methods TorchScript source of the methods, first parameter {@code self: __torch__.M}
   */
  static byte[] write(String methods) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      store(zip, "m/data.pkl", pickledModule());
      store(zip, "m/byteorder", ascii("little"));
      store(zip, "m/code/__torch__.py", moduleSource(methods).getBytes(StandardCharsets.UTF_8));
      store(zip, "m/constants.pkl", new Pickle().protocol().emptyTuple().stop());
      store(zip, "m/version", ascii(VERSION));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  private static String moduleSource(String methods) {
    String header =
        """
        class M(Module):
          __parameters__ = []
          __buffers__ = []
          training : bool
        """;
    return header + methods.strip().indent(2);
  }

  /** An instance of {@code __torch__.M} whose state is {@code {"training": False}}. */
  private static byte[] pickledModule() {
    return new Pickle()
        .protocol()
        .global("__torch__", "M")
        .emptyTuple()
        .newObject()
        .emptyDict()
        .mark()
        .unicode("training")
        .falseValue()
        .setItems()
        .build()
        .stop();
  }

  private static void store(ZipOutputStream zip, String name, byte[] content) throws IOException {
    CRC32 checksum = new CRC32();
    checksum.update(content);
    ZipEntry entry = new ZipEntry(name);
    entry.setMethod(ZipEntry.STORED);
    entry.setSize(content.length);
    entry.setCrc(checksum.getValue());
    zip.putNextEntry(entry);
    zip.write(content);
    zip.closeEntry();
  }

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /** The few opcodes of Python's pickle protocol 2 that a module without tensors needs. */
  private static final class Pickle {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    Pickle protocol() {
      return op(0x80).op(2);
    }

    Pickle global(String module, String name) {
      op('c');
      out.writeBytes(ascii(module + "\n" + name + "\n"));
      return this;
    }

    Pickle emptyTuple() {
      return op(')');
    }

    Pickle newObject() {
      return op(0x81);
    }

    Pickle emptyDict() {
      return op('}');
    }

    Pickle mark() {
      return op('(');
    }

    Pickle unicode(String text) {
      byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
      op('X').op(utf8.length).op(utf8.length >> 8).op(utf8.length >> 16).op(utf8.length >> 24);
      out.writeBytes(utf8);
      return this;
    }

    Pickle falseValue() {
      return op(0x89);
    }

    Pickle setItems() {
      return op('u');
    }

    Pickle build() {
      return op('b');
    }

    byte[] stop() {
      op('.');
      return out.toByteArray();
    }

    private Pickle op(int code) {
      out.write(code);
      return this;
    }
  }
}
