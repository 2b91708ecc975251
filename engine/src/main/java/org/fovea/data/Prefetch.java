package org.fovea.data;

import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/// Reads ahead on a thread of its own, so that parsing and copying overlap with what the caller
/// does.
///
/// The caller gets the same examples in the same order as from the reader behind it, and a failure
/// of that reader at the same place. A ring of batches lies between the two threads; each is handed
/// over whole and copied into the caller's batch.
///
/// **Threads** One caller, and one daemon thread that lives until the end of the examples, a
/// failure or [#close()]. Closing waits a second at most: a thread that hangs in reading closes the
/// reader behind it when it comes back.
///
/// **Cost** One copy of each example; no garbage once the ring has grown.
public final class Prefetch implements ExampleReader {

  private static final Logger LOGGER = System.getLogger(Prefetch.class.getName());
  private static final long CLOSING_SECONDS = 1;

  private final ExampleReader reader;
  private final int examplesPerSlot;
  private final Batch[] slots;
  private final Thread thread;

  private final ReentrantLock lock = new ReentrantLock();
  private final Condition changed = lock.newCondition();

  // Guarded by the lock. Slots from `taken` to `filled` belong to the caller, the others to the
  // thread.
  private long filled;
  private long taken;
  private boolean ended;
  private boolean closed;
  private Outcome outcome = new Outcome.Complete();
  private long skippedCount;
  private List<String> notes = List.of();
  private final Deque<Skipped> skipped = new ArrayDeque<>();

  // The caller's.
  private int nextInSlot;
  private Consumer<SkippedExample> listener = _ -> {};

  /// An example that was left out while a slot was filled.
  private record Skipped(long slot, SkippedExample example) {}

  private sealed interface Outcome {
    record Complete() implements Outcome {}

    record Failed(Throwable failure) implements Outcome {}
  }

  /// Begins to read ahead.
  ///
  /// @param reader what to read; from now on only this object uses it, and closes it
  /// @param slotCount batches in the ring, at least 2
  /// @param examplesPerSlot examples in each; best the number that the caller asks for
  public Prefetch(ExampleReader reader, int slotCount, int examplesPerSlot) {
    if (slotCount < 2 || examplesPerSlot < 1) {
      throw new IllegalArgumentException(
          "2 or more slots of 1 or more examples were expected, "
              + slotCount
              + " of "
              + examplesPerSlot
              + " came");
    }
    this.reader = reader;
    this.examplesPerSlot = examplesPerSlot;
    reader.onSkipped(this::keepSkipped);
    this.slots = new Batch[slotCount];
    for (int i = 0; i < slotCount; i++) {
      slots[i] = new Batch();
    }
    this.thread = Thread.ofPlatform().daemon().name("fovea-prefetch").start(this::readAhead);
  }

  @Override
  public int read(Batch batch, int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("a limit of 1 or more was expected, " + limit + " came");
    }
    int count = 0;
    while (count < limit && awaitSlot(count > 0)) {
      tellSkipped(taken);
      Batch slot = slots[(int) (taken % slots.length)];
      int some = Math.min(limit - count, slot.exampleCount() - nextInSlot);
      batch.append(slot, nextInSlot, some);
      nextInSlot += some;
      count += some;
      if (nextInSlot == slot.exampleCount()) {
        nextInSlot = 0;
        giveBack();
      }
    }
    if (count == 0) {
      tellSkipped(Long.MAX_VALUE);
    }
    return count;
  }

  private void keepSkipped(SkippedExample example) {
    lock.lock();
    try {
      skipped.add(new Skipped(filled, example));
    } finally {
      lock.unlock();
    }
  }

  /// Tells of those that came before or among the examples of a slot.
  private void tellSkipped(long slot) {
    while (true) {
      SkippedExample next;
      lock.lock();
      try {
        if (skipped.isEmpty() || skipped.peek().slot() > slot) {
          return;
        }
        next = skipped.remove().example();
      } finally {
        lock.unlock();
      }
      listener.accept(next);
    }
  }

  @Override
  public List<String> notes() {
    lock.lock();
    try {
      return notes;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void onSkipped(Consumer<SkippedExample> listener) {
    this.listener = listener;
  }

  /// Waits until there are examples; false at the end. A failure is thrown only by a call that has
  /// nothing else to return.
  private boolean awaitSlot(boolean hasSome) {
    lock.lock();
    try {
      while (!closed && taken == filled && !ended) {
        changed.await();
      }
      if (closed || taken < filled) {
        return !closed;
      }
      if (!hasSome && outcome instanceof Outcome.Failed(Throwable failure)) {
        throw rethrown(failure);
      }
      return false;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      InterruptedIOException interrupted =
          new InterruptedIOException("waiting for examples was interrupted");
      interrupted.initCause(e);
      throw new UncheckedIOException(interrupted.getMessage(), interrupted);
    } finally {
      lock.unlock();
    }
  }

  private static RuntimeException rethrown(Throwable failure) {
    if (failure instanceof Error error) {
      throw error;
    }
    return (RuntimeException) failure;
  }

  private void giveBack() {
    lock.lock();
    try {
      taken++;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private void readAhead() {
    Outcome result = new Outcome.Complete();
    try (reader) {
      boolean more = true;
      while (more && awaitFree()) {
        more = fill(slots[(int) (filled % slots.length)]);
      }
    } catch (RuntimeException | Error e) {
      result = new Outcome.Failed(e);
    }
    lock.lock();
    try {
      if (closed && result instanceof Outcome.Failed(Throwable failure)) {
        LOGGER.log(Level.DEBUG, "reading ahead failed after it was closed", failure);
      }
      outcome = result;
      ended = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
  }

  private boolean fill(Batch slot) {
    slot.clear();
    boolean more = false;
    try {
      more = reader.read(slot, examplesPerSlot) > 0;
    } finally {
      lock.lock();
      try {
        skippedCount = reader.skippedCount();
        notes = reader.notes();
        filled += slot.exampleCount() > 0 ? 1 : 0;
        changed.signalAll();
      } finally {
        lock.unlock();
      }
    }
    return more;
  }

  private boolean awaitFree() {
    lock.lock();
    try {
      while (!closed && filled - taken == slots.length) {
        changed.awaitUninterruptibly();
      }
      return !closed;
    } finally {
      lock.unlock();
    }
  }

  /// Malformed examples that the reader behind left out so far, which may be ahead of the caller.
  @Override
  public long skippedCount() {
    lock.lock();
    try {
      return skippedCount;
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void close() {
    lock.lock();
    try {
      closed = true;
      changed.signalAll();
    } finally {
      lock.unlock();
    }
    try {
      thread.join(TimeUnit.SECONDS.toMillis(CLOSING_SECONDS));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
