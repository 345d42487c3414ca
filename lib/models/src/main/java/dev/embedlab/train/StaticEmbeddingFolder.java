package dev.embedlab.train;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.embedlab.safetensors.SafetensorsWriter;
import dev.embedlab.tokenize.TokenizerPipeline;
import dev.embedlab.tokenize.json.TokenizerJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** The files of a static embedding model as sentence-transformers lays them out. */
final class StaticEmbeddingFolder {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;

  private StaticEmbeddingFolder() {}

  static void write(Path folder, float[][] table, TokenizerPipeline tokenizer) throws IOException {
    Files.createDirectories(folder);
    int dimension = table[0].length;
    float[] flat = new float[Math.multiplyExact(table.length, dimension)];
    for (int i = 0; i < table.length; i++) {
      System.arraycopy(table[i], 0, flat, i * dimension, dimension);
    }
    new SafetensorsWriter()
        .add(TrainableStaticEmbedding.WEIGHT, flat, table.length, dimension)
        .write(folder.resolve("model.safetensors"));
    TokenizerJson.write(tokenizer, folder.resolve("tokenizer.json"));
    writeJson(folder.resolve("config_sentence_transformers.json"), config());
    // Last: a folder without it is not taken for a model.
    writeJson(folder.resolve("modules.json"), modules());
  }

  private static JsonNode modules() {
    ObjectNode module = NODES.objectNode().put("idx", 0).put("name", "0").put("path", "");
    module.put("type", "sentence_transformers.models.StaticEmbedding");
    return NODES.arrayNode().add(module);
  }

  private static JsonNode config() {
    ObjectNode config = NODES.objectNode().put("model_type", "SentenceTransformer");
    config.set("prompts", NODES.objectNode().put("query", "").put("document", ""));
    config.putNull("default_prompt_name");
    return config.put("similarity_fn_name", "cosine");
  }

  private static void writeJson(Path file, JsonNode content) throws IOException {
    Path part = file.resolveSibling(file.getFileName() + ".part");
    JSON.writerWithDefaultPrettyPrinter().writeValue(part.toFile(), content);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
