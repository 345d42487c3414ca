package dev.embedlab.progress;

/** The progress that shows nothing. */
enum Silent implements Progress, Progress.Task {
  INSTANCE;

  @Override
  public Task start(String label, long total) {
    return this;
  }

  @Override
  public void advance(long units) {}

  @Override
  public void note(String remark) {}

  @Override
  public void close() {}
}
