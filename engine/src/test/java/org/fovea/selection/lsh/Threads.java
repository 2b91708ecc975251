package org.fovea.selection.lsh;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.fovea.network.Team;

/// A team of platform threads that are started for each phase.
record Threads(int size) implements Team {

  @Override
  public void run(int items, int grain, Phase phase) {
    AtomicInteger next = new AtomicInteger();
    List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < size; t++) {
      int thread = t;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  for (int from = next.getAndAdd(grain);
                      from < items;
                      from = next.getAndAdd(grain)) {
                    phase.run(from, Math.min(items, from + grain), thread);
                  }
                } catch (Throwable failure) {
                  failures.add(failure);
                }
              }));
    }
    for (Thread thread : threads) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        throw new IllegalStateException(e);
      }
    }
    if (!failures.isEmpty()) {
      throw new IllegalStateException(failures.getFirst());
    }
  }
}
