package org.fovea.residency;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.ReentrantLock;
import org.fovea.FoveaException;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.PageBuffer;
import org.jspecify.annotations.Nullable;

/// The pages of a store that are in memory, within a budget.
///
/// Whoever needs a page pins it, works with it and releases it; a pinned page stays. When the
/// budget is full, the CLOCK goes round: a page that was used since it last came by gets another
/// round, one that was not goes (Corbató, *A paging experiment with the Multics system*, 1969). A
/// page that nobody has used for longer than the *retention* goes even when there is room: who
/// counts documents or batches calls [#advance] after each. What was changed is written back before
/// it goes.
///
/// Pinned pages may exceed the budget; when they are released, it holds again at the next read, or,
/// if they were hundreds, at the next read after [#advance].
///
/// **Errors** what the store and the codec throw comes out of [#pin], and the next one tries again.
///
/// **Threads** safe: a page that is there is pinned without a lock; pages that are read by several
/// are read once, and different pages are read at the same time. Pages are written back by one
/// thread at a time.
///
/// **Cost** no allocation for a page that is there.
///
/// @param <P> a page in memory
public final class PageCache<P> implements AutoCloseable {

  /// When all of more pages than these are held, it is not looked at all of them again at once.
  private static final int MANY = 256;

  /// Retention of pages that stay until their place is needed.
  public static final int UNLIMITED = 0;

  private final NeuronStore store;
  private final PageCodec<P> codec;
  private final long budget;
  private final int retention;
  private final PageTable<P> table = new PageTable<>();
  private final ClockRing<P> ring;
  private final ReentrantLock lock = new ReentrantLock();
  private final Deque<PageBuffer> buffers = new ArrayDeque<>();
  private final AtomicLong clock = new AtomicLong();
  private final LongAdder hits = new LongAdder();
  private final LongAdder misses = new LongAdder();
  private final LongAdder reads = new LongAdder();
  private final LongAdder bytesRead = new LongAdder();
  private long peak;

  /// So many pages were there when all turned out to be held; 0 if they did not.
  private volatile int allHeld;

  private volatile boolean full;

  /// An empty cache.
  ///
  /// @param store closed with the cache
  /// @param budget bytes of memory for pages, with [CachedPage] and what leads to it
  /// @param retention how many calls of [#advance] an unused page stays, at least, and at most
  ///   about twice as many; [#UNLIMITED] if it stays until its place is needed
  public PageCache(NeuronStore store, PageCodec<P> codec, long budget, int retention) {
    if (budget < 0 || retention < 0) {
      throw new IllegalArgumentException(
          "a cache needs a budget and a retention that are not negative, not %s and %s"
              .formatted(budget, retention));
    }
    this.store = store;
    this.codec = codec;
    this.budget = budget;
    this.retention = retention;
    this.ring = new ClockRing<>(table, new WriteBack<>(store, codec));
  }

  /// The store beneath.
  public NeuronStore store() {
    return store;
  }

  /// Holds a page, which is read if it is not in memory.
  ///
  /// @throws org.fovea.network.page.DamagedPageException if its bytes are not those that were
  ///   written
  public CachedPage<P> pin(long page) {
    CachedPage<P> found = table.find(page);
    if (found != null && found.tryPin(clock.get())) {
      hits.increment();
      found.await();
      return found;
    }
    return pinSlowly(page);
  }

  /// Reads some of a page that will be pinned soon, so that the processor fetches it.
  ///
  /// @return some of it, which a caller keeps, or the compiler may leave out the reads
  public int touch(long page) {
    CachedPage<P> found = table.find(page);
    return found == null ? store.touch(page) : (int) found.lastUsed();
  }

  /// Holds a page that is in memory or still finds room there; null if it would displace another.
  @Nullable CachedPage<P> pinUnlessFull(long page) {
    CachedPage<P> found = table.find(page);
    if (found != null && found.tryPin(clock.get())) {
      hits.increment();
      found.await();
      return found;
    }
    if (full) {
      misses.increment();
      return null;
    }
    return pinSlowly(page);
  }

  private CachedPage<P> pinSlowly(long page) {
    CachedPage<P> entry;
    @Nullable PageBuffer buffer;
    lock.lock();
    try {
      CachedPage<P> found = table.find(page);
      if (found != null && found.tryPin(clock.get())) {
        entry = found;
        buffer = null;
        hits.increment();
      } else {
        entry = new CachedPage<>(page);
        table.add(entry);
        buffer = buffers.isEmpty() ? new PageBuffer() : buffers.pop();
        misses.increment();
      }
    } finally {
      lock.unlock();
    }
    if (buffer == null) {
      entry.await();
    } else {
      load(entry, buffer);
    }
    return entry;
  }

  /// Reads a page that is in the table already and held by the caller.
  private void load(CachedPage<P> entry, PageBuffer buffer) {
    try {
      boolean there = store.read(entry.page(), buffer);
      P value = there ? codec.decode(entry.page(), buffer) : codec.missing(entry.page());
      reads.increment();
      bytesRead.add(buffer.length());
      entry.loaded(value, codec.bytes(value) + CachedPage.BYTES, clock.get());
    } catch (RuntimeException | Error e) {
      lock.lock();
      try {
        table.remove(entry);
        buffers.push(buffer);
      } finally {
        lock.unlock();
      }
      entry.failed(e instanceof RuntimeException known ? known : new IllegalStateException(e));
      throw e;
    }
    lock.lock();
    try {
      buffers.push(buffer);
      ring.add(entry);
      peak = Math.max(peak, ring.bytes());
      int before = allHeld;
      if (before < MANY || ring.count() > before + before / 4) {
        allHeld = ring.fit(budget) ? 0 : ring.count();
      }
      // another page as long as this one would not fit
      full = ring.bytes() + entry.bytes() > budget;
    } catch (RuntimeException e) {
      entry.release();
      throw e;
    } finally {
      lock.unlock();
    }
  }

  /// Brings pages into memory before they are needed, in the order in which they are stored, as
  /// many as fit. A page that cannot be read is left to whoever pins it.
  ///
  /// @param pages numbers; `pages[from, to)` are sorted
  public void prefetch(long[] pages, int from, int to) {
    Arrays.sort(pages, from, to);
    long taken = 0;
    for (int i = from; i < to && taken <= budget; i++) {
      if (table.find(pages[i]) == null) {
        try {
          CachedPage<P> page = pin(pages[i]);
          taken += page.bytes();
          page.release();
        } catch (FoveaException _) {
          // told when the page is pinned
        }
      }
    }
  }

  /// Counts a document or a batch: pages that have not been used for longer than the retention go.
  public void advance() {
    long now = clock.incrementAndGet();
    allHeld = 0;
    if (retention == UNLIMITED) {
      return;
    }
    lock.lock();
    try {
      ring.sweep(now - retention, retention);
      full = ring.bytes() >= budget;
    } finally {
      lock.unlock();
    }
  }

  /// Writes all changed pages back; they stay. Nobody may change pages meanwhile.
  public void flush() {
    lock.lock();
    try {
      ring.flush();
    } finally {
      lock.unlock();
    }
  }

  /// What it did, and what it holds.
  public CacheStatistics statistics() {
    lock.lock();
    try {
      return new CacheStatistics(
          hits.sum(),
          misses.sum(),
          reads.sum(),
          bytesRead.sum(),
          ring.evictions(),
          ring.writes(),
          ring.count(),
          ring.bytes(),
          peak);
    } finally {
      lock.unlock();
    }
  }

  /// Writes changed pages back and closes the store.
  @Override
  public void close() {
    try (store) {
      flush();
    }
  }
}
