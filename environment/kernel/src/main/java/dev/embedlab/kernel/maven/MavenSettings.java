package dev.embedlab.kernel.maven;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.apache.maven.settings.Mirror;
import org.apache.maven.settings.Proxy;
import org.apache.maven.settings.Server;
import org.apache.maven.settings.Settings;
import org.apache.maven.settings.building.DefaultSettingsBuilderFactory;
import org.apache.maven.settings.building.DefaultSettingsBuildingRequest;
import org.apache.maven.settings.building.SettingsBuildingException;
import org.eclipse.aether.DefaultRepositorySystemSession;
import org.eclipse.aether.util.repository.AuthenticationBuilder;
import org.eclipse.aether.util.repository.DefaultAuthenticationSelector;
import org.eclipse.aether.util.repository.DefaultMirrorSelector;
import org.eclipse.aether.util.repository.DefaultProxySelector;

/** What {@code settings.xml} says: mirrors, proxies, credentials, local repository, offline. */
final class MavenSettings {
  private final Settings settings;

  private MavenSettings(Settings settings) {
    this.settings = settings;
  }

  static MavenSettings read() {
    DefaultSettingsBuildingRequest request = new DefaultSettingsBuildingRequest();
    Path user = Path.of(System.getProperty("user.home"), ".m2", "settings.xml");
    if (Files.isRegularFile(user)) {
      request.setUserSettingsFile(user.toFile());
    }
    Stream.of(System.getenv("MAVEN_HOME"), System.getenv("M2_HOME"), "/usr/share/maven")
        .filter(home -> home != null && !home.isBlank())
        .map(home -> Path.of(home, "conf", "settings.xml"))
        .filter(Files::isRegularFile)
        .findFirst()
        .ifPresent(global -> request.setGlobalSettingsFile(global.toFile()));
    request.setSystemProperties(System.getProperties());
    try {
      return new MavenSettings(
          new DefaultSettingsBuilderFactory().newInstance().build(request).getEffectiveSettings());
    } catch (SettingsBuildingException e) {
      System.err.println("settings.xml is not used: " + e.getMessage());
      return new MavenSettings(new Settings());
    }
  }

  Path localRepository() {
    String property = System.getProperty("maven.repo.local", settings.getLocalRepository());
    return property == null || property.isBlank()
        ? Path.of(System.getProperty("user.home"), ".m2", "repository")
        : Path.of(property);
  }

  boolean isOffline() {
    return settings.isOffline();
  }

  void apply(DefaultRepositorySystemSession session) {
    DefaultMirrorSelector mirrors = new DefaultMirrorSelector();
    for (Mirror m : settings.getMirrors()) {
      mirrors.add(
          m.getId(),
          m.getUrl(),
          m.getLayout(),
          false,
          m.isBlocked(),
          m.getMirrorOf(),
          m.getMirrorOfLayouts());
    }
    session.setMirrorSelector(mirrors);
    session.setProxySelector(proxies(settings.getProxies()));
    DefaultAuthenticationSelector servers = new DefaultAuthenticationSelector();
    for (Server s : settings.getServers()) {
      servers.add(
          s.getId(),
          new AuthenticationBuilder()
              .addUsername(s.getUsername())
              .addPassword(s.getPassword())
              .addPrivateKey(s.getPrivateKey(), s.getPassphrase())
              .build());
    }
    session.setAuthenticationSelector(servers);
  }

  private static DefaultProxySelector proxies(List<Proxy> proxies) {
    DefaultProxySelector selector = new DefaultProxySelector();
    for (Proxy p : proxies) {
      if (p.isActive()) {
        var login =
            new AuthenticationBuilder()
                .addUsername(p.getUsername())
                .addPassword(p.getPassword())
                .build();
        selector.add(
            new org.eclipse.aether.repository.Proxy(
                p.getProtocol(), p.getHost(), p.getPort(), login),
            p.getNonProxyHosts());
      }
    }
    return selector;
  }
}
