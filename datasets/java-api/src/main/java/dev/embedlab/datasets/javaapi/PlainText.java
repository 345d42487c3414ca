package dev.embedlab.datasets.javaapi;

import com.sun.source.doctree.AttributeTree;
import com.sun.source.doctree.DocTree;
import com.sun.source.doctree.EndElementTree;
import com.sun.source.doctree.EntityTree;
import com.sun.source.doctree.ErroneousTree;
import com.sun.source.doctree.InheritDocTree;
import com.sun.source.doctree.LinkTree;
import com.sun.source.doctree.LiteralTree;
import com.sun.source.doctree.StartElementTree;
import com.sun.source.doctree.TextTree;
import com.sun.source.util.DocTrees;
import com.sun.source.util.SimpleDocTreeVisitor;
import java.util.List;
import java.util.Set;

/** Turns parsed Javadoc into plain text: no HTML, no tags, single spaces. */
final class PlainText extends SimpleDocTreeVisitor<Void, StringBuilder> {

  /** Inline elements join the words around them; every other element separates them. */
  private static final Set<String> INLINE =
      Set.of("b", "i", "em", "strong", "code", "tt", "a", "sub", "sup", "font", "span", "u", "var");

  private final DocTrees trees;
  private boolean inherits;

  PlainText(DocTrees trees) {
    this.trees = trees;
  }

  /** Text of a sequence of Javadoc nodes. */
  String of(List<? extends DocTree> nodes) {
    StringBuilder out = new StringBuilder();
    nodes.forEach(node -> visit(node, out));
    return out.toString().replaceAll("\\s+", " ").replaceAll(" ([.,;:)])", "$1").strip();
  }

  /** Whether a text seen so far took its words from a supertype with {@code inheritDoc}. */
  boolean inherits() {
    return inherits;
  }

  @Override
  public Void visitText(TextTree node, StringBuilder out) {
    out.append(node.getBody());
    return null;
  }

  @Override
  public Void visitLiteral(LiteralTree node, StringBuilder out) {
    out.append(node.getBody().getBody());
    return null;
  }

  @Override
  public Void visitEntity(EntityTree node, StringBuilder out) {
    String text = trees.getCharacters(node);
    out.append(text == null ? " " : text);
    return null;
  }

  @Override
  public Void visitLink(LinkTree node, StringBuilder out) {
    if (node.getLabel().isEmpty()) {
      String reference = node.getReference().getSignature();
      out.append(reference.replaceFirst("^#", "").replace('#', '.'));
    } else {
      node.getLabel().forEach(part -> visit(part, out));
    }
    return null;
  }

  @Override
  public Void visitStartElement(StartElementTree node, StringBuilder out) {
    separate(node.getName().toString(), out);
    return null;
  }

  @Override
  public Void visitEndElement(EndElementTree node, StringBuilder out) {
    separate(node.getName().toString(), out);
    return null;
  }

  private static void separate(String element, StringBuilder out) {
    if (!INLINE.contains(element.toLowerCase(java.util.Locale.ROOT))) {
      out.append(' ');
    }
  }

  @Override
  public Void visitErroneous(ErroneousTree node, StringBuilder out) {
    out.append(node.getBody().replaceAll("<[^>]*>", " ").replaceAll("\\{@\\w+ ?|}", ""));
    return null;
  }

  @Override
  public Void visitInheritDoc(InheritDocTree node, StringBuilder out) {
    inherits = true;
    return null;
  }

  @Override
  public Void visitAttribute(AttributeTree node, StringBuilder out) {
    return null;
  }
}
