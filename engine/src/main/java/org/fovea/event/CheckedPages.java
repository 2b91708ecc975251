package org.fovea.event;

import java.util.concurrent.atomic.AtomicLongArray;

/// Which pages of a network were found sound: as their bytes are verified whenever they are read,
/// what they say need not be checked again.
///
/// **Threads** safe. **Cost** a bit a page.
final class CheckedPages {

  private final AtomicLongArray words;

  CheckedPages(int pages) {
    words = new AtomicLongArray((pages + Long.SIZE - 1) / Long.SIZE);
  }

  boolean contains(long page) {
    return page < (long) words.length() * Long.SIZE
        && (words.getPlain((int) (page >>> 6)) & (1L << page)) != 0;
  }

  void add(long page) {
    if (page < (long) words.length() * Long.SIZE) {
      words.getAndAccumulate((int) (page >>> 6), 1L << page, (known, bit) -> known | bit);
    }
  }

  long bytes() {
    return 8L * words.length();
  }
}
