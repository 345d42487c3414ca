package dev.embedlab.kernel.runtime;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/** A value in one or more MIME types, ready to be shown; the front end picks the richest. */
public final class MimeBundle {
  private final Map<String, Object> data;

  /**
   * @param data MIME type to value: a string, {@code byte[]} for binary types, or maps, lists,
   *     numbers and booleans for JSON types
   */
  public MimeBundle(Map<String, ?> data) {
    this.data = Collections.unmodifiableMap(new LinkedHashMap<>(data));
  }

  /** The data by MIME type, in the order of preference given. */
  public Map<String, Object> mimeBundle() {
    return data;
  }

  @Override
  public String toString() {
    return String.valueOf(data.getOrDefault("text/plain", data.keySet()));
  }
}
