package dev.embedlab.tokenize;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.embedlab.tokenize.json.TokenizerJson;
import dev.embedlab.tokenize.model.Bpe;
import dev.embedlab.tokenize.model.BpeOptions;
import dev.embedlab.tokenize.model.Merge;
import dev.embedlab.tokenize.model.Unigram;
import dev.embedlab.tokenize.model.Vocabulary;
import dev.embedlab.tokenize.split.ByteLevel;
import dev.embedlab.tokenize.split.Metaspace;
import dev.embedlab.tokenize.text.UnicodeForm;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer.Form;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.CRC32;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * 5,000 lines of public data, encoded with published vocabularies, give the ids of the reference.
 * The data is not part of this project; see {@code src/test/python/tokenize/published_golden.py}
 * for how lines are chosen.
 */
class PublishedVocabulariesTest {

  private static final Path DATA =
      Path.of(System.getProperty("embedlab.root", "."), "..", "shared", "data");
  private static final int LINES = 5000;
  private static final int PER_FILE = 450;
  private static final int LONGEST = 400;
  private static final List<String> FILES =
      List.of(
          "scifact/corpus.jsonl",
          "sib200/eng_Latn/train.tsv",
          "sib200/ind_Latn/train.tsv",
          "sib200/kor_Hang/train.tsv",
          "tatoeba/tatoeba.ind-eng.ind",
          "tatoeba/tatoeba.kor-eng.kor",
          "korquad/KorQuAD_v1.0_dev.json",
          "idk_mrc/test.json",
          "trec_questions/train_5500.label",
          "newsgroups/mini_newsgroups.jsonl",
          "stsb/stsb-en-dev.csv",
          "cranfield/cran.qry");

  private static List<String> lines;
  private static JsonNode golden;

  @BeforeAll
  static void readLines() throws IOException {
    assumeTrue(
        Files.isDirectory(DATA.resolve("tokenizers")),
        "The public data sets are not beside the project (../shared/data); skipped.");
    try (var in = PublishedVocabulariesTest.class.getResourceAsStream("published.json")) {
      golden = new ObjectMapper().readTree(in);
    }
    lines = new ArrayList<>();
    for (String file : FILES) {
      String text = new String(Files.readAllBytes(DATA.resolve(file)), StandardCharsets.UTF_8);
      addParts(text.split("\n", -1));
    }
    lines = lines.subList(0, Math.min(LINES, lines.size()));
    assertThat(crc(String.join("\n", lines))).isEqualTo(golden.get("text").longValue());
  }

  private static void addParts(String[] fileLines) {
    int added = 0;
    for (String line : fileLines) {
      for (int i = 0; i < line.length() && added < PER_FILE; added++) {
        int left = line.codePointCount(i, line.length());
        int end = line.offsetByCodePoints(i, Math.min(LONGEST, left));
        lines.add(line.substring(i, end));
        i = end;
      }
    }
  }

  @Test
  void gpt2() throws IOException {
    Path folder = DATA.resolve("tokenizers/gpt2");
    Map<String, Integer> ids = new HashMap<>();
    new ObjectMapper()
        .readTree(folder.resolve("vocab.json").toFile())
        .properties()
        .forEach(entry -> ids.put(entry.getKey(), entry.getValue().intValue()));
    List<Merge> merges = new ArrayList<>();
    for (String line : Files.readAllLines(folder.resolve("merges.txt"))) {
      if (!line.startsWith("#version") && !line.isBlank()) {
        merges.add(new Merge(line.split(" ")[0], line.split(" ")[1]));
      }
    }
    Bpe model = new Bpe(Vocabulary.of(ids), merges, BpeOptions.standard());
    compare(
        "gpt2", TokenizerPipeline.builder(model).preTokenizer(new ByteLevel(false, true)).build());
  }

  @Test
  void miniLm() throws IOException {
    compare(
        "minilm", TokenizerJson.read(DATA.resolve("tokenizers/all-MiniLM-L6-v2/tokenizer.json")));
  }

  @Test
  void xlmRoberta() throws IOException {
    List<String> pieces = new ArrayList<>(List.of("<unk>"));
    List<Double> scores = new ArrayList<>(List.of(0.0));
    Path archive = DATA.resolve("tokenizers/xlm-roberta/pos.dict.utf8.zip");
    try (ZipFile zip = new ZipFile(archive.toFile());
        BufferedReader reader =
            new BufferedReader(
                new InputStreamReader(
                    zip.getInputStream(zip.getEntry("pos.dict.utf8")), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        String[] fields = line.split("\t");
        if (Integer.parseInt(fields[1].substring("WORD_ID_".length())) >= 4) {
          pieces.add(fields[0]);
          scores.add(Double.parseDouble(fields[2]));
        }
      }
    }
    double[] values = scores.stream().mapToDouble(Double::doubleValue).toArray();
    compare(
        "xlmr",
        TokenizerPipeline.builder(new Unigram(pieces, values, OptionalInt.of(0), false))
            .normalizer(new UnicodeForm(Form.NFKC))
            .preTokenizer(Metaspace.standard())
            .build());
  }

  private static void compare(String name, TokenizerPipeline tokenizer) {
    List<Encoding> encodings = tokenizer.encodeAll(lines);
    long pieces = encodings.stream().mapToLong(Encoding::size).sum();
    assertThat(pieces).isEqualTo(golden.get(name + " pieces").longValue());
    int block = golden.get("block").intValue();
    for (int i = 0; i * block < lines.size(); i++) {
      String rows =
          encodings.subList(i * block, Math.min(lines.size(), (i + 1) * block)).stream()
              .map(PublishedVocabulariesTest::row)
              .collect(Collectors.joining("\n"));
      assertThat(crc(rows)).as("block %d", i).isEqualTo(golden.get(name).get(i).longValue());
    }
  }

  private static String row(Encoding encoding) {
    return IntStream.of(encoding.ids()).mapToObj(String::valueOf).collect(Collectors.joining(" "));
  }

  private static long crc(String text) {
    CRC32 crc = new CRC32();
    crc.update(text.getBytes(StandardCharsets.UTF_8));
    return crc.getValue();
  }
}
