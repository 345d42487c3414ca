package dev.embedlab.hub;

import java.util.Optional;

/** What a request asks for, as messages name it. */
record Target(Repository repository, String revision, Optional<String> file) {

  static Target of(Repository repository, String revision) {
    return new Target(repository, revision, Optional.empty());
  }

  Target file(String path) {
    return new Target(repository, revision, Optional.of(path));
  }

  @Override
  public String toString() {
    return file.map(path -> "file '%s' of ".formatted(path)).orElse("") + repository;
  }
}
