package dev.embedlab.hub;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Which files of a repository are wanted, in the shell patterns of {@code huggingface_hub}: {@code
 * *} also matches across folders, {@code ?} is one character, {@code [ab]} and {@code [!ab]} one of
 * a set, and a pattern that ends in {@code /} means the whole folder.
 *
 * @param allow a file must match one of these; empty means that all do
 * @param ignore a file must match none of these
 */
public record FilePatterns(List<String> allow, List<String> ignore) {

  public FilePatterns {
    allow = List.copyOf(allow);
    ignore = List.copyOf(ignore);
  }

  /** Every file. */
  public static FilePatterns all() {
    return new FilePatterns(List.of(), List.of());
  }

  /** The files that match one of the patterns. */
  public static FilePatterns of(String... allow) {
    return new FilePatterns(List.of(allow), List.of());
  }

  /**
   * What a checkpoint needs to be opened: configuration, tokenizer and safetensors; no weights in
   * other formats.
   */
  public static FilePatterns checkpoint() {
    return new FilePatterns(
        List.of("*.json", "*.txt", "*.model", "*.safetensors", "README.md"),
        List.of("onnx/*", "openvino/*", "*.msgpack", "*/.*", ".*"));
  }

  /** As {@link #checkpoint}, with ONNX graphs and the tensors beside them. */
  public FilePatterns withGraphs(List<String> graphs) {
    List<String> wanted = new ArrayList<>(allow);
    graphs.forEach(graph -> wanted.addAll(List.of(graph, graph + "_data")));
    return new FilePatterns(wanted, ignore.stream().filter(p -> !p.equals("onnx/*")).toList());
  }

  /** Just this file, whatever characters its name has. */
  static FilePatterns exactly(String file) {
    return of(file.replaceAll("([\\[*?])", "[$1]"));
  }

  /** Whether a file is wanted. */
  public boolean matches(String file) {
    return (allow.isEmpty() || allow.stream().anyMatch(pattern -> matches(pattern, file)))
        && ignore.stream().noneMatch(pattern -> matches(pattern, file));
  }

  private static boolean matches(String pattern, String file) {
    return compile(pattern.endsWith("/") ? pattern + "*" : pattern).matcher(file).matches();
  }

  private static Pattern compile(String glob) {
    StringBuilder regex = new StringBuilder();
    int i = 0;
    while (i < glob.length()) {
      char c = glob.charAt(i);
      int close = c == '[' ? closingBracket(glob, i) : -1;
      if (close > 0) {
        regex.append(characterClass(glob.substring(i + 1, close)));
        i = close + 1;
        continue;
      }
      regex.append(
          switch (c) {
            case '*' -> ".*";
            case '?' -> ".";
            default -> Pattern.quote(String.valueOf(c));
          });
      i++;
    }
    return Pattern.compile(regex.toString(), Pattern.DOTALL);
  }

  /** A bracket right after the opening one, or after its '!', belongs to the set. */
  private static int closingBracket(String glob, int open) {
    int from = open + 1 < glob.length() && glob.charAt(open + 1) == '!' ? open + 3 : open + 2;
    return glob.indexOf(']', from);
  }

  private static String characterClass(String set) {
    boolean negated = set.startsWith("!");
    String members = negated ? set.substring(1) : set;
    return (negated ? "[^" : "[") + members.replaceAll("([\\\\\\[\\]^&])", "\\\\$1") + "]";
  }
}
