package dev.embedlab.tokenize.json;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import dev.embedlab.tokenize.TextCutter;
import dev.embedlab.tokenize.TokenizerPipeline;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.function.Function;

/**
 * The file {@code tokenizer.json}. What is written here loads in Python with {@code
 * Tokenizer.from_file}, and the other way round.
 *
 * <p>Truncation and padding settings found in a file are not applied: how long a text may be is
 * said where it is encoded.
 */
public final class TokenizerJson {

  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

  private TokenizerJson() {}

  /** Writes a tokenizer to a temporary file beside the target, then moves it there. */
  public static void write(TokenizerPipeline tokenizer, Path file) throws IOException {
    Path target = file.toAbsolutePath();
    Files.createDirectories(target.getParent());
    Path temporary = Files.createTempFile(target.getParent(), ".tokenizer", ".json");
    try {
      Files.writeString(temporary, toString(tokenizer));
      Files.move(
          temporary, target, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
    } finally {
      Files.deleteIfExists(temporary);
    }
  }

  /** The text of the file. */
  public static String toString(TokenizerPipeline tokenizer) {
    try {
      return JSON.writeValueAsString(new PipelineWriter().write(tokenizer));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A tree of plain values could not be written.", e);
    }
  }

  /**
   * Reads a tokenizer.
   *
   * @throws IOException if the file cannot be read, is not JSON or holds a part that is not
   *     supported; the message names file and field
   */
  public static TokenizerPipeline read(Path file) throws IOException {
    return readFile(file, root -> new PipelineReader().read(root));
  }

  /**
   * Reads a tokenizer whose texts are cut elsewhere: its normalizer and pre-tokenizer may be any.
   * Vocabulary, added tokens, post-processor and decoder are those of the file.
   *
   * @throws IOException as {@link #read(Path)}
   */
  public static TokenizerPipeline read(Path file, TextCutter cutter) throws IOException {
    return readFile(file, root -> new PipelineReader().read(root, cutter));
  }

  private static TokenizerPipeline readFile(Path file, Function<Field, TokenizerPipeline> reader)
      throws IOException {
    try {
      return reader.apply(new Field(JSON.readTree(Files.readString(file)), ""));
    } catch (TokenizerFormatException | JsonProcessingException e) {
      throw new IOException("%s: %s".formatted(file, firstLine(e)), e);
    }
  }

  /**
   * Reads a tokenizer from the text of a file.
   *
   * @throws JsonProcessingException if it is not JSON
   * @throws TokenizerFormatException if a part is missing, wrong or not supported
   */
  public static TokenizerPipeline parse(String json) throws JsonProcessingException {
    JsonNode tree = JSON.readTree(json);
    return new PipelineReader().read(new Field(tree, ""));
  }

  private static String firstLine(Exception e) {
    return e.getMessage().lines().findFirst().orElse("not a tokenizer");
  }
}
