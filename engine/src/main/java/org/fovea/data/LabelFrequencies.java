package org.fovea.data;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/// How many examples have each label.
///
/// Counts are kept in pages that exist only where labels occur, so that a file that merely claims
/// two billion labels costs nothing.
///
/// **Threads** Safe, since nothing changes after it is made.
public final class LabelFrequencies {

  private static final int PAGE_BITS = 10;
  private static final int PAGE_MASK = (1 << PAGE_BITS) - 1;
  private static final long[] NONE = {};

  private final int labelCount;
  private long[][] pages = {};

  /// Frequencies of zero.
  ///
  /// @param labelCount labels that there are
  LabelFrequencies(int labelCount) {
    this.labelCount = labelCount;
  }

  /// Frequencies that were counted elsewhere.
  public static LabelFrequencies fromArray(long... frequencies) {
    LabelFrequencies result = new LabelFrequencies(frequencies.length);
    for (int label = 0; label < frequencies.length; label++) {
      if (frequencies[label] != 0) {
        result.add(label, frequencies[label]);
      }
    }
    return result;
  }

  /// Labels that there are.
  public int labelCount() {
    return labelCount;
  }

  /// Examples that have a label.
  public long of(int label) {
    Objects.checkIndex(label, labelCount);
    int page = label >>> PAGE_BITS;
    return page < pages.length && pages[page].length > 0 ? pages[page][label & PAGE_MASK] : 0;
  }

  /// The frequencies that are not zero, in the order of the labels, in a new array.
  public long[] occurring() {
    return Arrays.stream(pages).flatMapToLong(Arrays::stream).filter(count -> count != 0).toArray();
  }

  /// All frequencies, in a new array as long as there are labels.
  public long[] toArray() {
    long[] all = new long[labelCount];
    for (int page = 0; page < pages.length; page++) {
      if (pages[page].length > 0) {
        int from = page << PAGE_BITS;
        System.arraycopy(pages[page], 0, all, from, Math.min(1 << PAGE_BITS, labelCount - from));
      }
    }
    return all;
  }

  @Override
  public boolean equals(@Nullable Object other) {
    if (!(other instanceof LabelFrequencies that) || labelCount != that.labelCount) {
      return false;
    }
    for (int i = 0; i < Math.max(pages.length, that.pages.length); i++) {
      if (!Arrays.equals(page(i), that.page(i))) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = labelCount;
    for (int i = 0; i < pages.length; i++) {
      hash += pages[i].length == 0 ? 0 : (i + 1) * Arrays.hashCode(pages[i]);
    }
    return hash;
  }

  private long[] page(int index) {
    return index < pages.length ? pages[index] : NONE;
  }

  @Override
  public String toString() {
    return "LabelFrequencies[labelCount=" + labelCount + "]";
  }

  /// Counts one more example; only while the data set is read.
  void add(int label) {
    add(label, 1);
  }

  private void add(int label, long examples) {
    Objects.checkIndex(label, labelCount);
    int page = label >>> PAGE_BITS;
    if (page >= pages.length) {
      int length = pages.length;
      pages = Arrays.copyOf(pages, Math.max(page + 1, length + length / 2));
      Arrays.fill(pages, length, pages.length, NONE);
    }
    if (pages[page].length == 0) {
      pages[page] = new long[1 << PAGE_BITS];
    }
    pages[page][label & PAGE_MASK] += examples;
  }
}
