package dev.embedlab.kernel.runtime;

import java.util.List;
import java.util.Map;

/**
 * What the front end sent over a {@link Comm}.
 *
 * @param data JSON as maps, lists, strings, numbers, booleans
 * @param metadata of the message, such as the version of a widget protocol
 * @param buffers binary attachments
 */
public record CommMessage(
    Map<String, Object> data, Map<String, Object> metadata, List<byte[]> buffers) {}
