package org.fovea.event;

import java.util.Arrays;
import org.fovea.network.page.DamagedPageException;
import org.fovea.residency.CachedPage;
import org.fovea.residency.PageCache;
import org.jspecify.annotations.Nullable;

/// The pages that a document holds, numbered from 1 as they come; 0 is the trunk.
///
/// **Threads** confined.
final class HeldPages {

  /// So many pages are looked at before they are read.
  private static final int AHEAD = 16;

  private final PageCache<NeuronPage> cache;
  private final SymbolSlots slots = new SymbolSlots();
  private @Nullable CachedPage<NeuronPage>[] pages = array(64);
  private NeuronPage[] values = new NeuronPage[64];
  private int[] firstNodes = new int[64];
  private int nodes;
  private int lost;
  private long[] wanted = new long[64];
  private int wantedCount;

  /// What was read: a compiler may leave out reads that nobody uses.
  int touched;

  HeldPages(PageCache<NeuronPage> cache) {
    this.cache = cache;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  private static @Nullable CachedPage<NeuronPage>[] array(int length) {
    return new CachedPage[length];
  }

  /// Begins a document.
  void clear(int trunkNodes) {
    slots.clear();
    nodes = trunkNodes;
    lost = 0;
  }

  /// Says that a page will be needed.
  void want(int page) {
    if (slots.find(page) < 0) {
      if (wantedCount == wanted.length) {
        wanted = Arrays.copyOf(wanted, 2 * wantedCount);
      }
      wanted[wantedCount++] = page;
    }
  }

  /// Holds all pages that will be needed, in the order in which they are stored.
  void fetch() {
    Arrays.sort(wanted, 0, wantedCount);
    for (int first = 0; first < wantedCount; first += AHEAD) {
      int end = Math.min(wantedCount, first + AHEAD);
      int sum = 0;
      for (int i = first; i < end; i++) {
        sum += cache.touch(wanted[i]);
      }
      touched = sum;
      for (int i = first; i < end; i++) {
        if (i == 0 || wanted[i] != wanted[i - 1]) {
          hold((int) wanted[i]);
        }
      }
    }
    wantedCount = 0;
  }

  private void hold(int page) {
    int slot = slots.add(page);
    if (slot == pages.length) {
      pages = Arrays.copyOf(pages, 2 * slot);
      values = Arrays.copyOf(values, 2 * slot);
      firstNodes = Arrays.copyOf(firstNodes, 2 * slot);
    }
    pages[slot] = null;
    firstNodes[slot] = nodes;
    try {
      CachedPage<NeuronPage> held = cache.pin(page);
      pages[slot] = held;
      values[slot] = held.value();
      nodes += held.value().lattice.nodeCount();
    } catch (DamagedPageException _) {
      // told by the propagation
      lost++;
    }
  }

  /// Number of a page that is held, or 0 if it is lost.
  int number(int page) {
    int slot = slots.find(page);
    return pages[slot] == null ? 0 : slot + 1;
  }

  /// How many numbers there are, the trunk included.
  int count() {
    return slots.size() + 1;
  }

  NeuronPage page(int number) {
    return values[number - 1];
  }

  /// Where the nodes of a page begin in a row of all nodes.
  int firstNode(int number) {
    return firstNodes[number - 1];
  }

  /// How many pages were needed and could not be read.
  int lost() {
    return lost;
  }

  /// Whether a page was needed and could not be read.
  boolean isLost(int page) {
    int slot = slots.find(page);
    return slot >= 0 && pages[slot] == null;
  }

  /// Whether one of some pages in a row was.
  boolean isLost(int first, int count) {
    for (int page = first; page < first + count; page++) {
      if (isLost(page)) {
        return true;
      }
    }
    return false;
  }

  /// Lets all pages go; which ones were lost is still known.
  void release() {
    for (int slot = 0; slot < slots.size(); slot++) {
      CachedPage<NeuronPage> held = pages[slot];
      if (held != null) {
        held.release();
      }
    }
    wantedCount = 0;
  }
}
