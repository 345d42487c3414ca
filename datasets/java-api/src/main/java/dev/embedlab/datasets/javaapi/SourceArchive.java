package dev.embedlab.datasets.javaapi;

import com.sun.source.doctree.DocCommentTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.ParamTree;
import com.sun.source.doctree.ReturnTree;
import com.sun.source.doctree.ThrowsTree;
import com.sun.source.tree.ClassTree;
import com.sun.source.tree.CompilationUnitTree;
import com.sun.source.tree.MethodTree;
import com.sun.source.tree.ModifiersTree;
import com.sun.source.tree.Tree;
import com.sun.source.tree.VariableTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.JavacTask;
import com.sun.source.util.TreePathScanner;
import java.io.IOException;
import java.io.StringWriter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;
import javax.lang.model.element.Modifier;
import javax.tools.JavaFileObject;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Reads the documented public members of a {@code -sources.jar} with the JDK's own parser. */
final class SourceArchive {

  /** Syntax trees are large; this many files at a time stay within a small heap. */
  private static final int FILES_PER_PASS = 100;

  private SourceArchive() {}

  static List<Member> members(Path archive) throws IOException {
    List<JavaFileObject> sources = sources(archive);
    List<Member> members = new ArrayList<>();
    for (int from = 0; from < sources.size(); from += FILES_PER_PASS) {
      members.addAll(parse(sources.subList(from, Math.min(sources.size(), from + FILES_PER_PASS))));
    }
    return members;
  }

  private static List<JavaFileObject> sources(Path archive) throws IOException {
    List<JavaFileObject> sources = new ArrayList<>();
    try (ZipFile zip = new ZipFile(archive.toFile())) {
      List<? extends ZipEntry> entries =
          zip.stream()
              .filter(e -> e.getName().endsWith(".java"))
              .filter(e -> !e.getName().startsWith("META-INF/"))
              .filter(e -> !e.getName().endsWith("-info.java"))
              .sorted(Comparator.comparing(ZipEntry::getName))
              .toList();
      for (ZipEntry entry : entries) {
        String text = new String(zip.getInputStream(entry).readAllBytes(), StandardCharsets.UTF_8);
        sources.add(new InMemorySource(entry.getName(), text));
      }
    }
    return sources;
  }

  private static List<Member> parse(List<JavaFileObject> sources) throws IOException {
    var compiler = ToolProvider.getSystemJavaCompiler();
    // Old sources may not compile with a current JDK; only their syntax matters here.
    JavacTask task =
        (JavacTask)
            compiler.getTask(
                new StringWriter(), null, diagnostic -> {}, List.of("-proc:none"), null, sources);
    task.setLocale(Locale.ENGLISH);
    List<Member> members = new ArrayList<>();
    DocTrees trees = DocTrees.instance(task);
    for (CompilationUnitTree unit : task.parse()) {
      new Collector(trees, unit, members).scan(unit, null);
    }
    return members;
  }

  private static final class InMemorySource extends SimpleJavaFileObject {
    private final String text;

    InMemorySource(String name, String text) {
      super(URI.create("string:///" + name), Kind.SOURCE);
      this.text = text;
    }

    @Override
    public CharSequence getCharContent(boolean ignoreEncodingErrors) {
      return text;
    }
  }

  private static final class Collector extends TreePathScanner<Void, Void> {
    private final DocTrees trees;
    private final List<Member> members;
    private final String packageName;
    private final Deque<ClassTree> enclosing = new ArrayDeque<>();

    Collector(DocTrees trees, CompilationUnitTree unit, List<Member> members) {
      this.trees = trees;
      this.members = members;
      this.packageName = unit.getPackageName() == null ? "" : unit.getPackageName().toString();
    }

    @Override
    public Void visitClass(ClassTree type, Void unused) {
      if (!isPublic(type.getModifiers())) {
        return null;
      }
      enclosing.addLast(type);
      add(typeName(), kind(type) + " " + typeName());
      super.visitClass(type, unused);
      enclosing.removeLast();
      return null;
    }

    @Override
    public Void visitMethod(MethodTree method, Void unused) {
      if (isPublic(method.getModifiers())) {
        boolean constructor = method.getReturnType() == null;
        String name = constructor ? typeName() : typeName() + "." + method.getName();
        String result = constructor ? "new " : type(method.getReturnType()) + " ";
        add(
            name + parameters(method, Collector::type, ",").replace(" ", ""),
            result + name + parameters(method, p -> type(p) + " " + p.getName(), ", "));
      }
      return null; // what a method body declares is not public
    }

    /** A type as a reader names it: nullness and other annotations are not part of the name. */
    private static String type(Tree type) {
      return type.toString().replaceAll("@\\w+(\\([^)]*\\))? ?", "");
    }

    private static String type(VariableTree parameter) {
      String type = type(parameter.getType());
      boolean variable = type.endsWith("[]") && parameter.toString().contains("... ");
      return variable ? type.substring(0, type.length() - 2) + "..." : type;
    }

    private boolean isPublic(ModifiersTree modifiers) {
      if (modifiers.getFlags().contains(Modifier.PUBLIC)) {
        return true;
      }
      boolean inInterface =
          !enclosing.isEmpty()
              && (enclosing.getLast().getKind() == Tree.Kind.INTERFACE
                  || enclosing.getLast().getKind() == Tree.Kind.ANNOTATION_TYPE);
      return inInterface && !modifiers.getFlags().contains(Modifier.PRIVATE);
    }

    private static String parameters(
        MethodTree method,
        java.util.function.Function<VariableTree, String> text,
        String separator) {
      return method.getParameters().stream()
          .map(text)
          .collect(Collectors.joining(separator, "(", ")"));
    }

    private String typeName() {
      String nested =
          enclosing.stream()
              .map(type -> type.getSimpleName().toString())
              .collect(Collectors.joining("."));
      return packageName.isEmpty() ? nested : packageName + "." + nested;
    }

    private static String kind(ClassTree type) {
      return switch (type.getKind()) {
        case INTERFACE -> "interface";
        case ENUM -> "enum";
        case RECORD -> "record";
        case ANNOTATION_TYPE -> "annotation";
        default -> "class";
      };
    }

    private void add(String id, String signature) {
      if (id.contains("<error>")) {
        return; // the parser's stand-in for source that it could not read
      }
      documentation()
          .ifPresent(
              doc ->
                  members.add(
                      new Member(id, topLevelClass(), signature, doc.sentence(), doc.body())));
    }

    private String topLevelClass() {
      String name = enclosing.getFirst().getSimpleName().toString();
      return packageName.isEmpty() ? name : packageName + "." + name;
    }

    private record Documentation(String sentence, String body) {}

    private Optional<Documentation> documentation() {
      DocCommentTree comment = trees.getDocCommentTree(getCurrentPath());
      if (comment == null) {
        return Optional.empty();
      }
      PlainText text = new PlainText(trees);
      String sentence = text.of(comment.getFirstSentence());
      StringBuilder body = new StringBuilder(text.of(comment.getBody()));
      comment.getBlockTags().forEach(tag -> appendTag(tag, text, body));
      return text.inherits() || sentence.isEmpty()
          ? Optional.empty()
          : Optional.of(new Documentation(sentence, body.toString().strip()));
    }

    private static void appendTag(DocTree tag, PlainText text, StringBuilder body) {
      switch (tag) {
        case ParamTree p -> line(body, p.getName() + ": " + text.of(p.getDescription()));
        case ReturnTree r -> line(body, "Returns: " + text.of(r.getDescription()));
        case ThrowsTree t ->
            line(
                body,
                "Throws "
                    + t.getExceptionName().getSignature()
                    + ": "
                    + text.of(t.getDescription()));
        default -> {}
      }
    }

    private static void line(StringBuilder body, String text) {
      body.append('\n').append(text);
    }
  }
}
