package dev.embedlab.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CancellationException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;

class BatchWorkersTest {

  /** New threads for every call would each leave a heap of freed memory behind. */
  @Test
  void everyCallRunsOnTheSameThreads() {
    Set<Thread> threads = ConcurrentHashMap.newKeySet();
    for (int call = 0; call < 50; call++) {
      BatchWorkers.run(Collections.nCopies(8, () -> threads.add(Thread.currentThread())));
    }
    // A thread may be needed again before it has told that it is idle.
    assertThat(threads).hasSizeLessThanOrEqualTo(10 + BatchWorkers.count());
  }

  @Test
  void allTasksRunOnceAndTheCallWaitsForThem() {
    AtomicInteger[] runs =
        Stream.generate(AtomicInteger::new).limit(1_000).toArray(AtomicInteger[]::new);
    BatchWorkers.run(Stream.of(runs).<Runnable>map(run -> run::incrementAndGet).toList());
    assertThat(runs).allMatch(run -> run.get() == 1);
  }

  @Test
  void anErrorIsThrownAndLaterTasksAreLeftOut() {
    AtomicInteger after = new AtomicInteger();
    List<Runnable> tasks =
        Stream.concat(
                Stream.<Runnable>of(
                    () -> {
                      throw new IllegalStateException("batch 1");
                    }),
                Collections.nCopies(
                    2_000,
                    (Runnable)
                        () -> {
                          LockSupport.parkNanos(1_000_000);
                          after.incrementAndGet();
                        })
                    .stream())
            .toList();
    assertThatThrownBy(() -> BatchWorkers.run(tasks))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("batch 1");
    assertThat(after.get()).isLessThan(2_000);
    int ended = after.get();
    BatchWorkers.run(List.of(() -> {}, () -> {}));
    assertThat(after.get()).isEqualTo(ended);
  }

  @Test
  void anInterruptEndsTheCallOnceBegunTasksAreDone() throws InterruptedException {
    Assumptions.assumeTrue(
        BatchWorkers.count() > 1, "one processor runs tasks on the caller's thread");
    CountDownLatch begun = new CountDownLatch(1);
    CountDownLatch go = new CountDownLatch(1);
    AtomicInteger done = new AtomicInteger();
    Runnable slow =
        () -> {
          begun.countDown();
          while (go.getCount() > 0) {
            Thread.onSpinWait();
          }
          done.incrementAndGet();
        };
    Throwable[] thrown = new Throwable[1];
    Thread caller =
        new Thread(
            () -> {
              try {
                BatchWorkers.run(Collections.nCopies(100, slow));
              } catch (CancellationException e) {
                thrown[0] = e;
              }
            });
    caller.start();
    begun.await();
    caller.interrupt();
    caller.join(200);
    assertThat(caller.isAlive()).as("waits for tasks that have begun").isTrue();
    go.countDown();
    caller.join();
    assertThat(thrown[0]).isInstanceOf(CancellationException.class);
    assertThat(done.get()).isBetween(1, BatchWorkers.count());
  }
}
