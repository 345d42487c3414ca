package dev.embedlab.tokenize;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** What the reference made of our corpora; see {@code src/test/python/tokenize/train_golden.py}. */
public record Golden(String corpus, List<String> texts, JsonNode golden) {

  public static final List<String> CORPORA =
      List.of("english", "korean", "indonesian", "code", "emoji", "pathological");

  public static Golden read(String corpus) {
    String name = "/dev/embedlab/tokenize/golden/" + corpus + ".json.gz";
    try (InputStream in = new GZIPInputStream(Golden.class.getResourceAsStream(name))) {
      JsonNode tree = new ObjectMapper().readTree(in);
      List<String> texts = new ArrayList<>();
      tree.get("texts").forEach(text -> texts.add(text.textValue()));
      return new Golden(corpus, texts, tree);
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  /** One training with everything it led to. */
  public record Case(Golden golden, String kind, int number, JsonNode node) {

    @Override
    public String toString() {
      return "%s %s %s".formatted(golden.corpus, kind, node.get("options"));
    }

    public String tokenizerJson() {
      return node.get("tokenizer").toString();
    }

    public List<String> specialTokens() {
      List<String> tokens = new ArrayList<>();
      node.get("special").forEach(token -> tokens.add(token.textValue()));
      return tokens;
    }

    public int option(String name, int otherwise) {
      return node.get("options").has(name) ? node.get("options").get(name).intValue() : otherwise;
    }

    public double option(String name, double otherwise) {
      return node.get("options").path(name).asDouble(otherwise);
    }

    public int[] ids(int text) {
      return ints(node.get("ids").get(text));
    }

    public int[] offsets(int text) {
      return ints(node.get("offsets").get(text));
    }

    public String decoded(int text) {
      return node.get("decoded").get(text).textValue();
    }

    public int encodedTexts() {
      return node.get("ids").size();
    }

    public int textsWithOffsets() {
      return node.get("offsets").size();
    }

    private static int[] ints(JsonNode array) {
      int[] values = new int[array.size()];
      for (int i = 0; i < values.length; i++) {
        values[i] = array.get(i).intValue();
      }
      return values;
    }
  }

  public List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    golden
        .get("cases")
        .forEach(
            node -> cases.add(new Case(this, node.get("kind").textValue(), cases.size(), node)));
    return cases;
  }
}
