package dev.embedlab.kernel.session;

import dev.embedlab.kernel.maven.Report;
import dev.embedlab.kernel.runtime.Display;
import dev.embedlab.kernel.runtime.MimeBundle;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** Shows downloads below the cell as a bar that is updated in place and ends as one line. */
final class DownloadBar implements Report {
  private String id = "";

  @Override
  public void line(String text) {
    System.out.println(text);
  }

  @Override
  public synchronized void progress(String text, double share) {
    String value = share < 0 ? "" : String.format(Locale.ROOT, " value=\"%.3f\"", share);
    show(
        text,
        "<div style=\"display:flex;align-items:center;gap:8px\"><progress max=\"1\"%s style=\"width:220px\"></progress><span>%s</span></div>"
            .formatted(value, text));
  }

  @Override
  public synchronized void done(String text) {
    show(text, "<span>" + text + "</span>");
    id = "";
  }

  /** File names and sizes need no escaping: Maven allows no markup in coordinates. */
  private void show(String text, String html) {
    Map<String, Object> bundle = new LinkedHashMap<>();
    bundle.put("text/html", html);
    bundle.put("text/plain", text);
    if (id.isEmpty()) {
      id = Display.display(new MimeBundle(bundle));
    } else {
      Display.updateDisplay(id, new MimeBundle(bundle));
    }
  }
}
