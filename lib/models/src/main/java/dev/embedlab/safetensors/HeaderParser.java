package dev.embedlab.safetensors;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Parses and checks a header before a single byte of tensor data is touched. */
final class HeaderParser {

  private static final JsonMapper STRICT =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(8).build())
                  .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private final Path file;
  private final long dataLength;

  /**
   * @param dataLength number of bytes after the header
   */
  HeaderParser(Path file, long dataLength) {
    this.file = file;
    this.dataLength = dataLength;
  }

  Header parse(byte[] json) {
    JsonNode root = tree(json);
    if (!root.isObject()) {
      throw problem("its header is not a JSON object.");
    }
    Map<String, TensorInfo> tensors = new LinkedHashMap<>();
    Map<String, String> metadata = new LinkedHashMap<>();
    root.properties()
        .forEach(
            entry -> {
              if (entry.getKey().equals("__metadata__")) {
                metadata.putAll(metadata(entry.getValue()));
              } else {
                tensors.put(entry.getKey(), tensor(entry.getKey(), entry.getValue()));
              }
            });
    checkLayout(tensors.values().stream().sorted(BY_POSITION).toList());
    return new Header(tensors, metadata);
  }

  private static final Comparator<TensorInfo> BY_POSITION =
      Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end);

  private JsonNode tree(byte[] json) {
    try (JsonParser parser = STRICT.createParser(json)) {
      return STRICT.readTree(parser);
    } catch (JsonProcessingException e) {
      throw new SafetensorsException(
          file, "its header is not valid JSON (%s).".formatted(e.getOriginalMessage()), e);
    } catch (IOException e) {
      throw new SafetensorsException(file, "its header cannot be decoded.", e);
    }
  }

  private Map<String, String> metadata(JsonNode node) {
    Map<String, String> values = new LinkedHashMap<>();
    if (!node.isObject()) {
      throw problem("__metadata__ is not a JSON object.");
    }
    node.properties()
        .forEach(
            entry -> {
              if (!entry.getValue().isTextual()) {
                throw problem("__metadata__ '%s' is not a string.".formatted(entry.getKey()));
              }
              values.put(entry.getKey(), entry.getValue().textValue());
            });
    return values;
  }

  private TensorInfo tensor(String name, JsonNode node) {
    JsonNode offsets = node.path("data_offsets");
    if (!node.isObject()
        || !node.path("dtype").isTextual()
        || !node.path("shape").isArray()
        || offsets.size() != 2) {
      throw problem("tensor '%s' lacks dtype, shape or data_offsets.".formatted(name));
    }
    String dtypeName = node.get("dtype").textValue();
    DType dtype =
        DType.named(dtypeName)
            .orElseThrow(
                () ->
                    problem("tensor '%s' has the unknown dtype '%s'.".formatted(name, dtypeName)));
    List<Long> shape = new ArrayList<>();
    node.get("shape").forEach(axis -> shape.add(count(name, "shape", axis)));
    long begin = count(name, "data_offsets", offsets.get(0));
    long end = count(name, "data_offsets", offsets.get(1));
    checkLength(name, dtype, shape, begin, end);
    return new TensorInfo(name, dtype, shape, begin, end);
  }

  private long count(String name, String field, JsonNode node) {
    if (!node.isIntegralNumber() || !node.canConvertToLong() || node.longValue() < 0) {
      throw problem("tensor '%s' has a bad number in %s: %s.".formatted(name, field, clip(node)));
    }
    return node.longValue();
  }

  private static String clip(JsonNode node) {
    String text = node.toString();
    return text.length() <= 40 ? text : text.substring(0, 40) + "...";
  }

  private void checkLength(String name, DType dtype, List<Long> shape, long begin, long end) {
    if (begin > end || end > dataLength) {
      throw problem(
          "tensor '%s' lies at bytes %d to %d, but the data ends at %d; the file is cut short or damaged."
              .formatted(name, begin, end, dataLength));
    }
    long bytes = dtype.bytes();
    try {
      for (long axis : shape) {
        bytes = Math.multiplyExact(bytes, axis);
      }
    } catch (ArithmeticException e) {
      throw problem("tensor '%s' has the impossible shape %s.".formatted(name, shape));
    }
    if (bytes != end - begin) {
      throw problem(
          "tensor '%s' of shape %s and dtype %s needs %d bytes, but data_offsets give it %d."
              .formatted(name, shape, dtype, bytes, end - begin));
    }
  }

  /** Tensors must tile the data exactly: the format allows neither holes nor overlaps. */
  private void checkLayout(List<TensorInfo> inOrder) {
    long position = 0;
    for (TensorInfo tensor : inOrder) {
      if (tensor.begin() != position) {
        throw problem(
            "tensor '%s' begins at byte %d of the data, but the one before it ends at %d."
                .formatted(tensor.name(), tensor.begin(), position));
      }
      position = tensor.end();
    }
    if (position != dataLength) {
      throw problem(
          "its tensors end at byte %d of the data, but the file goes on to %d."
              .formatted(position, dataLength));
    }
  }

  private SafetensorsException problem(String text) {
    return new SafetensorsException(file, text);
  }

  /** Tensors and metadata in the order of the file. */
  record Header(Map<String, TensorInfo> tensors, Map<String, String> metadata) {}
}
