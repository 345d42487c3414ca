package dev.embedlab.safetensors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SafetensorsFileTest {

  @TempDir Path folder;

  @Test
  void readsWhatItWrote() throws IOException {
    Path file = folder.resolve("model.safetensors");
    new SafetensorsWriter()
        .add("matrix", new float[] {1, -2, 3.5f, 0, 5, 6}, 2, 3)
        .add("empty", new float[0], 0, 4)
        .add("scalar", new float[] {7})
        .write(file);
    try (SafetensorsFile read = SafetensorsFile.open(file)) {
      assertThat(read.tensors().keySet()).containsExactly("matrix", "empty", "scalar");
      assertThat(read.tensors().get("matrix").shape()).containsExactly(2L, 3L);
      assertThat(read.floats("matrix")).containsExactly(1, -2, 3.5f, 0, 5, 6);
      assertThat(read.floats("empty")).isEmpty();
      assertThat(read.floats("scalar")).containsExactly(7);
      assertThat(read.metadata()).containsEntry("format", "pt");
    }
  }

  @Test
  void widensHalfPrecision() throws IOException {
    ByteBuffer data = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN);
    data.putShort(Float.floatToFloat16(1.5f)).putShort(Float.floatToFloat16(-0.25f));
    data.putShort((short) (Float.floatToRawIntBits(3f) >> 16)).putShort((short) 0x8000);
    data.putDouble(0.5);
    String header =
        """
        {"h":{"dtype":"F16","shape":[2],"data_offsets":[0,4]},
         "b":{"dtype":"BF16","shape":[2],"data_offsets":[4,8]},
         "d":{"dtype":"F64","shape":[1],"data_offsets":[8,16]}}""";
    try (SafetensorsFile file = SafetensorsFile.open(write(header, data.array()))) {
      assertThat(file.floats("h")).containsExactly(1.5f, -0.25f);
      assertThat(file.floats("b")).containsExactly(3f, -0f);
      assertThat(file.floats("d")).containsExactly(0.5f);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[0,4]}} | needs 8 bytes
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[4,8]}} | begins at byte 4
          {"a":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}} | file goes on to 8
          {"a":{"dtype":"F32","shape":[4],"data_offsets":[0,16]}} | cut short
          {"a":{"dtype":"F32","shape":[-2],"data_offsets":[0,8]}} | bad number in shape
          {"a":{"dtype":"F32","shape":[9223372036854775807,4],"data_offsets":[0,8]}} | impossible shape
          {"a":{"dtype":"X9","shape":[2],"data_offsets":[0,8]}} | unknown dtype
          {"a":{"dtype":"F32","shape":[2],"data_offsets":[8,0]}} | cut short
          {"a":{"dtype":"F32","shape":[2]}} | lacks dtype
          {"a":5} | lacks dtype
          [] | not a JSON object
          {"a | not valid JSON
          {"__metadata__":{"x":1}} | not a string
          """)
  void rejectsBadHeaders(String header, String message) throws IOException {
    Path file = write(header, new byte[8]);
    assertThatThrownBy(() -> SafetensorsFile.open(file).close())
        .isInstanceOf(SafetensorsException.class)
        .hasMessageContaining(message)
        .hasMessageContaining(file.toString());
  }

  @Test
  void rejectsOverlapsAndDuplicates() throws IOException {
    String tensor = "\"%s\":{\"dtype\":\"F32\",\"shape\":[2],\"data_offsets\":[0,8]}";
    for (String second : new String[] {"a", "b"}) {
      String header = "{" + tensor.formatted("a") + "," + tensor.formatted(second) + "}";
      Path file = write(header, new byte[8]);
      assertThatThrownBy(() -> SafetensorsFile.open(file).close())
          .isInstanceOf(SafetensorsException.class);
    }
  }

  @Test
  void rejectsLengthsBeyondTheFile() throws IOException {
    for (long length : new long[] {0, 1, -1, Long.MIN_VALUE, 1L << 40, 100}) {
      ByteBuffer bytes = ByteBuffer.allocate(16).order(ByteOrder.LITTLE_ENDIAN).putLong(length);
      Path file = folder.resolve("bad.safetensors");
      Files.write(file, bytes.array());
      assertThatThrownBy(() -> SafetensorsFile.open(file).close())
          .isInstanceOf(SafetensorsException.class)
          .hasMessageContaining("header claims");
    }
  }

  /** Any damage gives this exception or a well-formed file, never anything else. */
  @Test
  void survivesMutatedFiles() throws IOException {
    Path file = folder.resolve("model.safetensors");
    new SafetensorsWriter().add("w", new float[12], 3, 4).add("v", new float[2], 2).write(file);
    byte[] good = Files.readAllBytes(file);
    Random random = new Random(7);
    int rejected = 0;
    for (int i = 0; i < 200; i++) {
      byte[] bad = mutate(good, random, i);
      Files.write(file, bad);
      try (SafetensorsFile read = SafetensorsFile.open(file)) {
        read.tensors().keySet().forEach(read::bytes);
      } catch (SafetensorsException e) {
        rejected++;
      }
    }
    assertThat(rejected).isGreaterThan(50);
  }

  private static byte[] mutate(byte[] good, Random random, int kind) {
    if (kind % 4 == 0) {
      return java.util.Arrays.copyOf(good, random.nextInt(good.length));
    }
    byte[] bad = good.clone();
    for (int i = 0; i <= kind % 3; i++) {
      bad[random.nextInt(Math.min(160, bad.length))] = (byte) random.nextInt(256);
    }
    return bad;
  }

  private Path write(String header, byte[] data) throws IOException {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes =
        ByteBuffer.allocate(8 + json.length + data.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(json.length).put(json).put(data);
    Path file = folder.resolve("case.safetensors");
    Files.write(file, bytes.array());
    return file;
  }
}
