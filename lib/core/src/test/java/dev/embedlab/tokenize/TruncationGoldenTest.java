package dev.embedlab.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.embedlab.tokenize.EncodingOptions.Truncation;
import dev.embedlab.tokenize.json.TokenizerJson;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Pairs, limits and strides as the reference has them; see {@code
 * src/test/python/tokenize/truncation_golden.py}. Segments are compared in the main part only: in
 * overflowing parts the reference forgets that the second text is segment 1.
 */
class TruncationGoldenTest {

  private static JsonNode golden(int tokenizer) throws IOException {
    try (var in =
        new GZIPInputStream(TruncationGoldenTest.class.getResourceAsStream("truncation.json.gz"))) {
      return new ObjectMapper().readTree(in).get(tokenizer);
    }
  }

  @ParameterizedTest(name = "{0}: BERT, RoBERTa")
  @ValueSource(ints = {0, 1})
  void equalsTheReference(int number) throws IOException {
    JsonNode golden = golden(number);
    TokenizerPipeline tokenizer = TokenizerJson.parse(golden.get("tokenizer").toString());
    int overflowing = 0;
    for (JsonNode expected : golden.get("cases")) {
      String name = expected.toString();
      Encoding encoding = encode(tokenizer, expected);
      check(encoding, expected.get("main"), name);
      assertThat(encoding.typeIds())
          .as("types of %s", name)
          .containsExactly(ints(expected.get("main").get("types")));
      assertThat(encoding.overflow()).as(name).hasSize(expected.get("overflow").size());
      for (int i = 0; i < encoding.overflow().size(); i++) {
        check(encoding.overflow().get(i), expected.get("overflow").get(i), name);
        overflowing++;
      }
    }
    assertThat(golden.get("cases").size()).isGreaterThan(500);
    assertThat(overflowing).isGreaterThan(500);
  }

  private static Encoding encode(TokenizerPipeline tokenizer, JsonNode expected) {
    Truncation truncation =
        Truncation.valueOf(expected.get("strategy").textValue().toUpperCase(Locale.ROOT));
    EncodingOptions options =
        new EncodingOptions(
            expected.get("addSpecial").booleanValue(),
            expected.get("limit").intValue(),
            expected.get("stride").intValue(),
            truncation);
    String first = expected.get("first").textValue();
    return expected.get("second").isNull()
        ? tokenizer.encode(first, options)
        : tokenizer.encodePair(first, expected.get("second").textValue(), options);
  }

  private static void check(Encoding encoding, JsonNode expected, String name) {
    assertThat(encoding.ids()).as("ids of %s", name).containsExactly(ints(expected.get("ids")));
    assertThat(encoding.specialTokensMask())
        .as("special tokens of %s", name)
        .containsExactly(ints(expected.get("special")));
    List<Integer> offsets = new ArrayList<>();
    for (int i = 0; i < encoding.size(); i++) {
      offsets.add(encoding.codePointStart(i));
      offsets.add(encoding.codePointEnd(i));
    }
    assertThat(offsets.stream().mapToInt(Integer::intValue).toArray())
        .as("offsets of %s", name)
        .containsExactly(ints(expected.get("offsets")));
  }

  private static int[] ints(JsonNode array) {
    int[] values = new int[array.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = array.get(i).intValue();
    }
    return values;
  }

  @Test
  void noRoomForTheTextToCutIsExplained() throws IOException {
    TokenizerPipeline tokenizer = TokenizerJson.parse(golden(0).get("tokenizer").toString());
    EncodingOptions options = EncodingOptions.upTo(12).withTruncation(Truncation.ONLY_SECOND);
    String longText = "one two three four five six seven eight nine ten";
    assertThatThrownBy(() -> tokenizer.encodePair(longText, longText, options))
        .hasMessageContaining("maxLength 12 leaves 0 pieces for the second text");
  }
}
