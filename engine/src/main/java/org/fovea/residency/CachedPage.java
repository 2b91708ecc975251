package org.fovea.residency;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.jspecify.annotations.Nullable;

/// A page of a [PageCache] that somebody holds. It stays in memory until [#release].
///
/// **Threads** safe, but for the page itself, which its users share.
///
/// @param <P> a page in memory
public final class CachedPage<P> {

  /// Bytes that the cache takes for each page: this object, its places in table and ring.
  static final int BYTES = 96;

  private static final int EVICTED = -1;
  private static final VarHandle PINS = handle();

  private final long page;
  private volatile int pins = 1;
  private volatile @Nullable P value;
  private volatile @Nullable RuntimeException failure;
  private volatile boolean dirty;
  private long bytes;
  // racy on purpose: a lost mark makes a page look a little older than it is
  private boolean referenced = true;
  private long lastUsed;
  private int place;

  CachedPage(long page) {
    this.page = page;
  }

  private static VarHandle handle() {
    try {
      return MethodHandles.lookup().findVarHandle(CachedPage.class, "pins", int.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /// Number of the page.
  public long page() {
    return page;
  }

  /// The page. Only who holds it may ask.
  public P value() {
    P found = value;
    if (found == null) {
      throw new IllegalStateException("page %s is held by nobody".formatted(page));
    }
    return found;
  }

  /// Says that the page was changed: it is written back before it goes.
  public void markDirty() {
    dirty = true;
  }

  /// Lets it go; once for each time that it was pinned.
  public void release() {
    int before = (int) PINS.getAndAdd(this, -1);
    if (before <= 0) {
      PINS.getAndAdd(this, 1);
      throw new IllegalStateException("page %s is held by nobody".formatted(page));
    }
  }

  /// Holds the page, unless it is on its way out.
  boolean tryPin(long now) {
    int count = pins;
    while (count != EVICTED) {
      if (PINS.compareAndSet(this, count, count + 1)) {
        if (!referenced) {
          referenced = true;
        }
        if (lastUsed != now) {
          lastUsed = now;
        }
        return true;
      }
      count = pins;
    }
    return false;
  }

  /// Makes sure that nobody can hold it any more, unless somebody does.
  boolean tryEvict() {
    return PINS.compareAndSet(this, 0, EVICTED);
  }

  /// Undoes [#tryEvict].
  void keep() {
    pins = 0;
  }

  /// Waits until the page has been read.
  ///
  /// @throws RuntimeException what reading failed with
  void await() {
    if (value != null) {
      return;
    }
    boolean interrupted = false;
    synchronized (this) {
      while (value == null && failure == null) {
        try {
          wait();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    RuntimeException failed = failure;
    if (failed != null) {
      release();
      throw failed;
    }
  }

  synchronized void loaded(P page, long pageBytes, long now) {
    bytes = pageBytes;
    lastUsed = now;
    value = page;
    notifyAll();
  }

  synchronized void failed(RuntimeException cause) {
    failure = cause;
    notifyAll();
  }

  boolean isDirty() {
    return dirty;
  }

  void clean() {
    dirty = false;
  }

  long bytes() {
    return bytes;
  }

  long lastUsed() {
    return lastUsed;
  }

  /// Whether it was used since it was last asked.
  boolean forgetReference() {
    boolean was = referenced;
    referenced = false;
    return was;
  }

  int place() {
    return place;
  }

  void place(int newPlace) {
    place = newPlace;
  }
}
