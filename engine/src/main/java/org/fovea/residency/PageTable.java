package org.fovea.residency;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/// Pages of a cache by number: open addressing, read without a lock.
///
/// A reader may miss a page that is being moved by [#remove]; it then asks again under the lock of
/// the cache, under which the table is changed. It never gets another page.
///
/// **Threads** [#find] safe, the rest under the lock of the cache. **Cost** no allocation but when
/// it grows.
final class PageTable<P> {

  private volatile AtomicReferenceArray<@Nullable CachedPage<P>> slots =
      new AtomicReferenceArray<>(64);
  private int size;

  /// The page, or null.
  @Nullable CachedPage<P> find(long page) {
    AtomicReferenceArray<@Nullable CachedPage<P>> table = slots;
    int mask = table.length() - 1;
    int at = home(page, mask);
    for (int step = 0; step <= mask; step++) {
      CachedPage<P> found = table.get(at);
      if (found == null || found.page() == page) {
        return found;
      }
      at = (at + 1) & mask;
    }
    return null;
  }

  void add(CachedPage<P> page) {
    if (2 * (size + 1) > slots.length()) {
      AtomicReferenceArray<@Nullable CachedPage<P>> before = slots;
      AtomicReferenceArray<@Nullable CachedPage<P>> larger =
          new AtomicReferenceArray<>(2 * before.length());
      for (int i = 0; i < before.length(); i++) {
        CachedPage<P> moved = before.get(i);
        if (moved != null) {
          insert(larger, moved);
        }
      }
      slots = larger;
    }
    insert(slots, page);
    size++;
  }

  private static <P> void insert(
      AtomicReferenceArray<@Nullable CachedPage<P>> table, CachedPage<P> page) {
    int mask = table.length() - 1;
    int at = home(page.page(), mask);
    while (table.get(at) != null) {
      at = (at + 1) & mask;
    }
    table.set(at, page);
  }

  void remove(CachedPage<P> page) {
    AtomicReferenceArray<@Nullable CachedPage<P>> table = slots;
    int mask = table.length() - 1;
    int hole = home(page.page(), mask);
    while (table.get(hole) != page) {
      hole = (hole + 1) & mask;
    }
    // what follows moves up, unless it is at home already (Knuth, volume 3, algorithm 6.4 R)
    int at = (hole + 1) & mask;
    CachedPage<P> next = table.get(at);
    while (next != null) {
      int distance = (at - home(next.page(), mask)) & mask;
      if (distance >= ((at - hole) & mask)) {
        table.set(hole, next);
        hole = at;
      }
      at = (at + 1) & mask;
      next = table.get(at);
    }
    table.set(hole, null);
    size--;
  }

  int size() {
    return size;
  }

  private static int home(long page, int mask) {
    long mixed = page * 0x9e3779b97f4a7c15L;
    return (int) (mixed >>> 32) & mask;
  }
}
