package dev.embedlab.kernel.maven;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.OutputKeys;
import javax.xml.transform.Transformer;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** Makes a whole POM of what people paste into a cell: a few dependency elements, for example. */
final class PomText {
  private static final Map<String, String> DEFAULTS =
      Map.of("modelVersion", "4.0.0", "groupId", "cell", "artifactId", "cell", "version", "1");

  private PomText() {}

  /**
   * A POM as it is, or a fragment of one (dependency, dependencies, repository, repositories,
   * properties, dependencyManagement) completed.
   *
   * @throws IOException with the line when it is not XML
   */
  static String complete(String text) throws IOException {
    String body = text.strip().replaceFirst("^<\\?xml[^>]*\\?>", "");
    Element root = parse("<project>" + body + "</project>");
    List<Element> children = elements(root);
    if (children.size() == 1 && children.getFirst().getTagName().equals("project")) {
      return text.strip();
    }
    Map<String, StringBuilder> parts = new LinkedHashMap<>();
    for (Element child : children) {
      String name = child.getTagName();
      String group =
          switch (name) {
            case "dependency" -> "dependencies";
            case "repository" -> "repositories";
            default -> name;
          };
      String xml = name.equals(group) ? content(child) : write(child);
      parts.computeIfAbsent(group, key -> new StringBuilder()).append(xml);
    }
    DEFAULTS.forEach((name, value) -> parts.computeIfAbsent(name, key -> new StringBuilder(value)));
    StringBuilder pom = new StringBuilder("<project>");
    parts.forEach((name, xml) -> pom.append("<" + name + ">" + xml + "</" + name + ">"));
    return pom.append("</project>").toString();
  }

  private static Element parse(String xml) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      var builder = factory.newDocumentBuilder();
      builder.setErrorHandler(null);
      return builder.parse(new InputSource(new StringReader(xml))).getDocumentElement();
    } catch (SAXException | ParserConfigurationException e) {
      throw new IOException("The POM is not well-formed XML: " + e.getMessage(), e);
    }
  }

  private static List<Element> elements(Element parent) {
    List<Element> found = new ArrayList<>();
    for (Node node = parent.getFirstChild(); node != null; node = node.getNextSibling()) {
      if (node instanceof Element element) {
        found.add(element);
      }
    }
    return found;
  }

  private static String content(Element element) throws IOException {
    StringBuilder xml = new StringBuilder();
    for (Element child : elements(element)) {
      xml.append(write(child));
    }
    return xml.isEmpty() ? element.getTextContent().strip() : xml.toString();
  }

  private static String write(Node node) throws IOException {
    try {
      StringWriter out = new StringWriter();
      Transformer transformer = TransformerFactory.newInstance().newTransformer();
      transformer.setOutputProperty(OutputKeys.OMIT_XML_DECLARATION, "yes");
      transformer.transform(new DOMSource(node), new StreamResult(out));
      return out.toString();
    } catch (TransformerException e) {
      throw new IOException(e.getMessage(), e);
    }
  }
}
