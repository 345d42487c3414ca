package dev.embedlab.store;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * What {@code store.json} says.
 *
 * @param model fingerprint of the model
 * @param dimension of the vectors
 * @param parts one for every append
 */
record StoreHeader(String model, int dimension, List<Part> parts) {

  static final String FILE = "store.json";

  private static final String FORMAT = "embedlab embeddings 1";
  private static final ObjectMapper JSON = new ObjectMapper();

  /**
   * @param size number of vectors
   * @param checksum CRC-32C of their bytes
   * @param idBytes length of their ids with line ends
   * @param idChecksum CRC-32C of those bytes
   */
  record Part(int size, long checksum, int idBytes, long idChecksum) {}

  StoreHeader {
    parts = List.copyOf(parts);
  }

  static StoreHeader empty(String model, int dimension) {
    if (dimension < 1) {
      throw new IllegalArgumentException(
          "Vectors of %d dimensions cannot be.".formatted(dimension));
    }
    return new StoreHeader(model, dimension, List.of());
  }

  int size() {
    return parts.stream().mapToInt(Part::size).sum();
  }

  /** Length of the ids that count. */
  long idBytes() {
    return parts.stream().mapToLong(Part::idBytes).sum();
  }

  /** After an append. */
  StoreHeader with(Part part) {
    List<Part> more = new ArrayList<>(parts);
    more.add(part);
    return new StoreHeader(model, dimension, more);
  }

  void write(Path folder) throws IOException {
    ObjectNode node = JSON.createObjectNode();
    node.put("format", FORMAT).put("model", model).put("dimension", dimension);
    node.put("byteOrder", "little-endian").put("size", size());
    for (Part part : parts) {
      node.withArray("parts")
          .addObject()
          .put("size", part.size())
          .put("checksum", part.checksum())
          .put("idBytes", part.idBytes())
          .put("idChecksum", part.idChecksum());
    }
    CRC32C crc = new CRC32C();
    crc.update(node.toString().getBytes(StandardCharsets.UTF_8));
    node.put("checksum", crc.getValue());
    Path temporary = folder.resolve(FILE + ".part");
    Files.writeString(temporary, node.toString());
    Files.move(
        temporary,
        folder.resolve(FILE),
        StandardCopyOption.ATOMIC_MOVE,
        StandardCopyOption.REPLACE_EXISTING);
  }

  static StoreHeader read(Path folder) throws IOException {
    Path file = folder.resolve(FILE);
    if (!Files.exists(file)) {
      throw new IOException("%s holds no embedding store.".formatted(folder));
    }
    try {
      JsonNode node = JSON.readTree(Files.readString(file));
      if (!(node instanceof ObjectNode object) || !object.path("format").asText().equals(FORMAT)) {
        throw new IOException("%s is not an embedding store of this version.".formatted(file));
      }
      long expected = object.path("checksum").asLong(-1);
      object.remove("checksum");
      CRC32C crc = new CRC32C();
      crc.update(object.toString().getBytes(StandardCharsets.UTF_8));
      if (crc.getValue() != expected) {
        throw new IOException("%s is damaged: delete the folder and embed again.".formatted(file));
      }
      List<Part> parts = new ArrayList<>();
      object.path("parts").forEach(p -> parts.add(part(p)));
      return new StoreHeader(object.get("model").asText(), object.get("dimension").asInt(), parts);
    } catch (JsonProcessingException | java.nio.charset.MalformedInputException e) {
      throw new IOException("%s is damaged: delete the folder and embed again.".formatted(file), e);
    }
  }

  private static Part part(JsonNode node) {
    return new Part(
        node.get("size").asInt(),
        node.get("checksum").asLong(),
        node.get("idBytes").asInt(),
        node.get("idChecksum").asLong());
  }
}
