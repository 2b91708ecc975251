package org.fovea.event;

import java.util.Arrays;
import org.fovea.network.page.PageBuffer;

/// On which pages each neuron is, while they are written.
///
/// **Threads** confined. **Cost** 4 bytes a neuron, and 8 for each further page of one.
final class NeuronPlaces {

  private static final int NONE = -1;

  private final int[] first;
  private final IntTable lastMore = new IntTable(0);
  private final IntRows more = new IntRows();

  NeuronPlaces(int idBound) {
    first = new int[idBound];
    Arrays.fill(first, NONE);
  }

  void add(int id, int page) {
    if (first[id] == NONE) {
      first[id] = page;
      return;
    }
    int before = lastMore.get(id);
    lastMore.put(id, more.add(page));
    more.add(before);
  }

  /// Puts the pages of some neurons on a page: where those of each begin, then their numbers.
  void write(int from, int to, PageBuffer page) {
    IntRows starts = new IntRows();
    IntRows pages = new IntRows();
    for (int id = from; id < to; id++) {
      starts.add(pages.size);
      if (first[id] != NONE) {
        pages.add(first[id]);
        int begin = pages.size;
        for (int at = lastMore.get(id); at >= 0; at = more.get(at + 1)) {
          pages.add(more.get(at));
        }
        reverse(pages.values, begin, pages.size);
      }
    }
    starts.add(pages.size);
    PageArrays.put(page, starts.values, 0, starts.size);
    PageArrays.put(page, pages.values, 0, pages.size);
  }

  private static void reverse(int[] values, int from, int to) {
    for (int i = from, j = to - 1; i < j; i++, j--) {
      int kept = values[i];
      values[i] = values[j];
      values[j] = kept;
    }
  }

  /// Reads what [#write] put for one neuron.
  static int[] read(PageBuffer page, int index) {
    PageArrays arrays = new PageArrays(page);
    int[] starts = arrays.ints();
    int[] pages = arrays.ints();
    return Arrays.copyOfRange(pages, starts[index], starts[index + 1]);
  }
}
