package dev.embedlab.kernel.maven;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import org.apache.maven.model.Repository;
import org.apache.maven.model.building.ModelProcessor;
import org.apache.maven.model.io.xpp3.MavenXpp3Reader;
import org.codehaus.plexus.util.xml.pull.XmlPullParserException;

/** What every Maven project inherits: the repositories Maven itself looks in. */
final class SuperPom {
  private static final String RESOURCE = "/org/apache/maven/model/pom-4.0.0.xml";

  private SuperPom() {}

  static List<Repository> repositories() {
    try (InputStream in = ModelProcessor.class.getResourceAsStream(RESOURCE)) {
      return new MavenXpp3Reader().read(in).getRepositories();
    } catch (IOException | XmlPullParserException e) {
      throw new IllegalStateException("Maven's own POM cannot be read: " + e.getMessage(), e);
    }
  }
}
