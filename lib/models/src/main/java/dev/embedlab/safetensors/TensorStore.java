package dev.embedlab.safetensors;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.lang.foreign.MemorySegment;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * All tensors of a checkpoint folder, whether they lie in one {@code model.safetensors} or in the
 * shards that {@code model.safetensors.index.json} lists.
 */
public final class TensorStore implements AutoCloseable {

  private static final String SINGLE = "model.safetensors";
  private static final String INDEX = "model.safetensors.index.json";
  private static final long MAX_INDEX = 64L << 20;

  private final Path folder;
  private final List<SafetensorsFile> files;
  private final Map<String, SafetensorsFile> byTensor = new LinkedHashMap<>();

  private TensorStore(Path folder, List<SafetensorsFile> files) {
    this.folder = folder;
    this.files = List.copyOf(files);
    for (SafetensorsFile file : files) {
      for (String name : file.tensors().keySet()) {
        SafetensorsFile other = byTensor.put(name, file);
        if (other != null) {
          throw new SafetensorsException(
              file.path(), "tensor '%s' is in %s too.".formatted(name, other.path().getFileName()));
        }
      }
    }
  }

  /** Whether a folder has safetensors, in one file or in shards. */
  public static boolean isPresent(Path folder) {
    return Files.isRegularFile(folder.resolve(SINGLE))
        || Files.isRegularFile(folder.resolve(INDEX));
  }

  /**
   * @param folder of the checkpoint
   * @throws SafetensorsException if there are no safetensors files, or bad ones
   */
  public static TensorStore open(Path folder) throws IOException {
    if (Files.isRegularFile(folder.resolve(SINGLE))) {
      return openAll(folder, List.of(SINGLE));
    }
    if (Files.isRegularFile(folder.resolve(INDEX))) {
      return openAll(folder, shards(folder.resolve(INDEX)));
    }
    if (Files.exists(folder.resolve("pytorch_model.bin"))
        || Files.exists(folder.resolve("pytorch_model.bin.index.json"))) {
      throw new SafetensorsException(
          folder,
          "its weights are a Python pickle (pytorch_model.bin), which can run code when read and is "
              + "never opened here. Convert it in Python: "
              + "SentenceTransformer(folder).save_pretrained(new_folder, safe_serialization=True).");
    }
    if (Files.exists(folder.resolve("adapter_config.json"))) {
      throw new SafetensorsException(
          folder,
          "it holds an adapter and not the model's weights; merge them in Python (merge_and_unload) "
              + "and save the whole model.");
    }
    throw new SafetensorsException(folder, "it has neither %s nor %s.".formatted(SINGLE, INDEX));
  }

  private static TensorStore openAll(Path folder, List<String> names) throws IOException {
    List<SafetensorsFile> open = new ArrayList<>();
    try {
      for (String name : names) {
        open.add(SafetensorsFile.open(folder.resolve(name)));
      }
      return new TensorStore(folder, open);
    } catch (IOException | RuntimeException e) {
      open.forEach(SafetensorsFile::close);
      throw e;
    }
  }

  private static List<String> shards(Path index) throws IOException {
    if (Files.size(index) > MAX_INDEX) {
      throw new SafetensorsException(index, "it is larger than 64 MiB.");
    }
    JsonNode map;
    try {
      map = new JsonMapper().readTree(Files.readAllBytes(index)).path("weight_map");
    } catch (JsonProcessingException e) {
      throw new SafetensorsException(
          index, "it is not valid JSON (%s).".formatted(e.getOriginalMessage()), e);
    }
    if (!map.isObject() || map.isEmpty()) {
      throw new SafetensorsException(index, "it has no weight_map.");
    }
    TreeSet<String> names = new TreeSet<>();
    map.properties().forEach(entry -> names.add(shardName(index, entry.getValue())));
    return List.copyOf(names);
  }

  private static String shardName(Path index, JsonNode node) {
    String name = node.asText();
    if (!node.isTextual() || !name.matches("[\\w.-]+") || name.startsWith(".")) {
      throw new SafetensorsException(
          index, "weight_map names the file '%s', which is not a plain file name.".formatted(name));
    }
    return name;
  }

  /** Name to description, of all files. */
  public Map<String, TensorInfo> tensors() {
    Map<String, TensorInfo> all = new LinkedHashMap<>();
    byTensor.forEach((name, file) -> all.put(name, file.tensors().get(name)));
    return Collections.unmodifiableMap(all);
  }

  /** See {@link SafetensorsFile#readFloats}. */
  public void readFloats(String name, MemorySegment target) {
    file(name).readFloats(name, target);
  }

  /** See {@link SafetensorsFile#floats}. */
  public float[] floats(String name) {
    return file(name).floats(name);
  }

  /** See {@link SafetensorsFile#bytes}. */
  public MemorySegment bytes(String name) {
    return file(name).bytes(name);
  }

  private SafetensorsFile file(String name) {
    SafetensorsFile file = byTensor.get(name);
    if (file == null) {
      throw new SafetensorsException(folder, "no file has a tensor '%s'.".formatted(name));
    }
    return file;
  }

  public Path folder() {
    return folder;
  }

  @Override
  public void close() {
    files.forEach(SafetensorsFile::close);
  }
}
