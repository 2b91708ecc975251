package org.fovea.residency;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// The pages of a cache in a ring, and the hands that go round it: one for the budget, one for the
/// retention.
///
/// **Threads** under the lock of the cache.
final class ClockRing<P> {

  private final PageTable<P> table;
  private final WriteBack<P> writeBack;
  private final List<CachedPage<P>> victims = new ArrayList<>();
  private @Nullable CachedPage<P>[] pages = array(64);
  private int count;
  private int hand;
  private int sweeper;
  private int stride;
  private long bytes;
  private long evictions;

  ClockRing(PageTable<P> table, WriteBack<P> writeBack) {
    this.table = table;
    this.writeBack = writeBack;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static <P> @Nullable CachedPage<P>[] array(int length) {
    return new CachedPage[length];
  }

  /// Adds a page that has been read.
  void add(CachedPage<P> page) {
    if (count == pages.length) {
      pages = Arrays.copyOf(pages, 2 * count);
    }
    page.place(count);
    pages[count++] = page;
    bytes += page.bytes();
  }

  /// Lets pages go until the rest fits, or all that stay are held.
  ///
  /// @return whether the rest fits
  /// @throws RuntimeException if a changed page could not be written back; then all stay
  boolean fit(long budget) {
    long wanted = bytes - budget;
    // two rounds: the first takes the marks away
    for (int step = 2 * count; step > 0 && wanted > 0; step--) {
      hand = hand >= count ? 0 : hand;
      CachedPage<P> page = at(hand++);
      if (!page.forgetReference() && page.tryEvict()) {
        victims.add(page);
        wanted -= page.bytes();
      }
    }
    release();
    return wanted <= 0;
  }

  /// Looks at some pages, and lets those go that were last used before a time.
  ///
  /// @param share of the ring that is looked at: one over this
  void sweep(long before, int share) {
    if (sweeper <= 0) {
      sweeper = count;
      stride = (count + share - 1) / share;
    }
    // downwards: what removal moves to the place of another has been looked at
    sweeper = Math.min(sweeper, count);
    for (int step = 0; step < stride && sweeper > 0; step++) {
      CachedPage<P> page = at(--sweeper);
      if (page.lastUsed() < before && page.tryEvict()) {
        victims.add(page);
      }
    }
    release();
  }

  private void release() {
    try {
      writeBack.write(victims);
    } catch (RuntimeException e) {
      victims.forEach(CachedPage::keep);
      victims.clear();
      throw e;
    }
    for (CachedPage<P> page : victims) {
      remove(page);
    }
    evictions += victims.size();
    victims.clear();
  }

  private void remove(CachedPage<P> page) {
    table.remove(page);
    CachedPage<P> last = at(--count);
    pages[page.place()] = last;
    last.place(page.place());
    pages[count] = null;
    bytes -= page.bytes();
  }

  /// Writes back whatever was changed, and keeps it.
  void flush() {
    for (int place = 0; place < count; place++) {
      victims.add(at(place));
    }
    try {
      writeBack.write(victims);
    } finally {
      victims.clear();
    }
  }

  private CachedPage<P> at(int place) {
    CachedPage<P> page = pages[place];
    if (page == null) {
      throw new AssertionError("a place of the ring is empty");
    }
    return page;
  }

  int count() {
    return count;
  }

  long bytes() {
    return bytes;
  }

  long evictions() {
    return evictions;
  }

  long writes() {
    return writeBack.count();
  }
}
