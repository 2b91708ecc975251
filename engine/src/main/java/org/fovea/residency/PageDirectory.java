package org.fovea.residency;

import java.util.Arrays;
import org.fovea.network.page.NeuronStoreException;

/// Where the pages of a file that is being written are.
///
/// **Cost** 24 bytes a page. **Threads** confined.
final class PageDirectory {

  private static final int MOST = 1 << 30;

  private long[] pages = new long[64];
  private long[] offsets = new long[64];
  private int[] lengths = new int[64];
  private int[] checksums = new int[64];
  private int size;
  private boolean ascending = true;

  void add(long page, long offset, int length, int checksum) {
    if (size == pages.length) {
      if (size == MOST) {
        throw new IllegalStateException("more than %s pages in one file".formatted(MOST));
      }
      grow();
    }
    ascending &= size == 0 || pages[size - 1] < page;
    pages[size] = page;
    offsets[size] = offset;
    lengths[size] = length;
    checksums[size] = checksum;
    size++;
  }

  private void grow() {
    pages = Arrays.copyOf(pages, 2 * size);
    offsets = Arrays.copyOf(offsets, 2 * size);
    lengths = Arrays.copyOf(lengths, 2 * size);
    checksums = Arrays.copyOf(checksums, 2 * size);
  }

  /// The same in order of the numbers.
  ///
  /// @throws NeuronStoreException if a number comes twice
  PageDirectory sorted(String file) {
    if (ascending) {
      return this;
    }
    long[] numbers = Arrays.copyOf(pages, size);
    Arrays.sort(numbers);
    int[] places = new int[size];
    for (int i = 0; i < size; i++) {
      if (i > 0 && numbers[i - 1] == numbers[i]) {
        throw new NeuronStoreException("%s: page %s came twice".formatted(file, numbers[i]));
      }
      places[Arrays.binarySearch(numbers, pages[i])] = i;
    }
    PageDirectory sorted = new PageDirectory();
    for (int place : places) {
      sorted.add(pages[place], offsets[place], lengths[place], checksums[place]);
    }
    return sorted;
  }

  int size() {
    return size;
  }

  long page(int place) {
    return pages[place];
  }

  long offset(int place) {
    return offsets[place];
  }

  int length(int place) {
    return lengths[place];
  }

  int checksum(int place) {
    return checksums[place];
  }
}
