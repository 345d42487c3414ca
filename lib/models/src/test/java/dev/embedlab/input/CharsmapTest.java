package dev.embedlab.input;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ai.djl.huggingface.tokenizers.HuggingFaceTokenizer;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.config.ConfigException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The native tokenizer ends the process over damaged tables of replacements, so they are found
 * before.
 */
class CharsmapTest {

  private static final JsonMapper MAPPER = new JsonMapper();
  private static final int UNITS = 512;
  private static final int HAS_LEAF = 1 << 8;
  private static final byte[] REPLACEMENTS = "ab\0é\0".getBytes(StandardCharsets.UTF_8);

  @TempDir private Path folder;

  /** A double array in which x becomes ab: state 256, its letters at 256 ^ letter. */
  private static ByteBuffer table() {
    ByteBuffer table = ByteBuffer.allocate(4 + 4 * UNITS + REPLACEMENTS.length);
    table.order(ByteOrder.LITTLE_ENDIAN).putInt(4 * UNITS);
    table.putInt(4, 256 << 10);
    unit(table, 256 ^ 'x', 'x' | HAS_LEAF | ('x' << 10));
    unit(table, 256, 1 << 31);
    return table.put(4 + 4 * UNITS, REPLACEMENTS);
  }

  private static void unit(ByteBuffer table, int position, int value) {
    table.putInt(4 + 4 * position, value);
  }

  private Path file(ByteBuffer table) throws IOException {
    return file(Base64.getEncoder().encodeToString(table.array()));
  }

  private Path file(String table) throws IOException {
    ObjectNode root = MAPPER.createObjectNode().put("version", "1.0");
    root.putArray("added_tokens");
    ObjectNode sequence = root.putObject("normalizer").put("type", "Sequence");
    sequence
        .putArray("normalizers")
        .addObject()
        .put("type", "Precompiled")
        .put("precompiled_charsmap", table);
    ObjectNode model = root.putObject("model").put("type", "WordLevel").put("unk_token", "?");
    model.putObject("vocab").put("?", 0).put("ab", 1).put("é", 2);
    Path file = folder.resolve("tokenizer.json");
    Files.write(file, MAPPER.writeValueAsBytes(root));
    return file;
  }

  private static long id(Path file, String text) throws IOException {
    byte[] json = TokenizerJson.readPlain(file);
    try (HuggingFaceTokenizer tokenizer = NativeTokenizer.create(json, file)) {
      return tokenizer.encode(text, false, false).getIds()[0];
    }
  }

  @Test
  void goodTablesReplace() throws IOException {
    assertThat(id(file(table()), "x")).isEqualTo(1);
    assertThat(id(file(table()), "é")).isEqualTo(2);
    assertThat(id(file(table()), "y")).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "AAAA", "AAAAAA==", "/////w==", "BAAAAA==", "AwAAAAAAAA=="})
  void shortTablesAreRefused(String table) {
    assertThatThrownBy(() -> TokenizerJson.readPlain(file(table)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("tokenizer.json: 'precompiled_charsmap' is damaged");
  }

  @Test
  void othersThanBase64AreRefused() {
    assertThatThrownBy(() -> TokenizerJson.readPlain(file("%%%")))
        .hasMessageContaining("'precompiled_charsmap' is not Base64");
  }

  /** What is let through must not end the process with any letter. */
  @Test
  void randomDamageIsFoundOrHarmless() throws IOException {
    Random random = new Random(11);
    int refused = 0;
    for (int i = 0; i < 400; i++) {
      ByteBuffer table = table();
      for (int change = 0; change <= random.nextInt(6); change++) {
        boolean start = random.nextBoolean();
        int position = start ? 0 : 256 ^ (random.nextBoolean() ? 'x' : random.nextInt(256));
        unit(table, position, random.nextInt() >>> random.nextInt(32) ^ random.nextInt(256));
      }
      try {
        for (String text : new String[] {"x", "axé", "한국 \u0001\u007f", "東京 zyx"}) {
          id(file(table), text);
        }
      } catch (ConfigException e) {
        assertThat(e).hasMessageContaining("damaged");
        refused++;
      }
    }
    assertThat(refused).isBetween(50, 390);
  }
}
