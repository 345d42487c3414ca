package dev.embedlab.display;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tech.tablesaw.plotly.components.Figure;
import tech.tablesaw.plotly.components.Layout;
import tech.tablesaw.plotly.traces.Trace;

/**
 * Turns a jsplot figure into the JSON that JupyterLab draws by itself. jsplot only writes
 * JavaScript for a page that loads Plotly from a CDN; its object literals are JSON but for quotes
 * and commas.
 */
final class JsPlot {

  private static final JsonMapper LENIENT =
      JsonMapper.builder()
          .enable(
              JsonReadFeature.ALLOW_UNQUOTED_FIELD_NAMES,
              JsonReadFeature.ALLOW_SINGLE_QUOTES,
              JsonReadFeature.ALLOW_TRAILING_COMMA,
              JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS,
              JsonReadFeature.ALLOW_LEADING_DECIMAL_POINT_FOR_NUMBERS,
              JsonReadFeature.ALLOW_BACKSLASH_ESCAPING_ANY_CHARACTER)
          .build();

  private JsPlot() {}

  static Map<String, Object> bundle(Figure figure) throws JsonProcessingException {
    List<Object> traces = new ArrayList<>();
    for (Trace trace : figure.getTraces()) {
      traces.add(object(trace.asJavascript(traces.size())));
    }
    Layout layout = figure.getLayout();
    Map<String, Object> plotly = new LinkedHashMap<>();
    plotly.put("data", traces);
    plotly.put("layout", layout == null ? Map.of() : modern(object(layout.asJavascript())));
    plotly.put("config", Map.of("responsive", true, "displaylogo", false));
    String title = layout == null || layout.getTitle() == null ? "figure" : layout.getTitle();
    Map<String, Object> bundle = new LinkedHashMap<>();
    bundle.put("application/vnd.plotly.v1+json", plotly);
    bundle.put("text/plain", "%s: %d trace(s)".formatted(title, traces.size()));
    return bundle;
  }

  /** The object literal on the right of {@code var name = ...;}. */
  private static Map<String, Object> object(String javascript) throws JsonProcessingException {
    String literal = javascript.substring(javascript.indexOf('{'), javascript.lastIndexOf('}') + 1);
    return LENIENT.readValue(
        literal,
        LENIENT.getTypeFactory().constructMapType(LinkedHashMap.class, String.class, Object.class));
  }

  /** Plotly 3 took titles as objects only. */
  private static Map<String, Object> modern(Map<String, Object> layout) {
    layout.replaceAll((key, value) -> key.matches("[xyz]axis\\d*") ? titled(value) : value);
    return titled(layout);
  }

  @SuppressWarnings("unchecked") // what Jackson made of a JSON object
  private static Map<String, Object> titled(Object object) {
    Map<String, Object> map = new LinkedHashMap<>((Map<String, Object>) object);
    Object font = map.remove("titlefont");
    if (map.get("title") instanceof String text) {
      map.put("title", font == null ? Map.of("text", text) : Map.of("text", text, "font", font));
    }
    return map;
  }
}
