package dev.embedlab.lucene;

import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;

/** Searches without pause on another thread while an index is changed thirty times. */
final class Overlap {

  interface Change {
    void round(int number) throws Exception;
  }

  private Overlap() {}

  static void of(Callable<?> search, Change change) throws Exception {
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch begun = new CountDownLatch(1);
    try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
      Future<?> searching =
          threads.submit(
              () -> {
                try {
                  while (!done.get()) {
                    search.call();
                    begun.countDown();
                  }
                } finally {
                  begun.countDown();
                }
                return null;
              });
      try {
        begun.await();
        for (int round = 0; round < 30; round++) {
          change.round(round);
        }
      } finally {
        done.set(true);
      }
      searching.get(); // throws what a search threw
    }
  }
}
