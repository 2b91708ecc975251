package org.fovea.text;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Some lines of a text, each a document; or a part of one very long line.
///
/// **Threads** confined to who holds it. Made once and filled again.
public final class Documents {

  char[] text = new char[1 << 16];
  int size;
  private int[] starts = new int[64];
  private int[] ends = new int[64];
  private int count;
  long first;
  boolean isPart;
  boolean isLastPart;
  long offset;

  /// Where bytes were replaced first that are no UTF-8, by the number of the document.
  private final Map<Long, Place> replaced = new HashMap<>();

  /// Nothing yet.
  public Documents() {}

  void clear(long firstDocument) {
    size = 0;
    count = 0;
    first = firstDocument;
    isPart = false;
    isLastPart = false;
    offset = 0;
    replaced.clear();
  }

  void replaced(Place first) {
    replaced.put(first.line() - 1, first);
  }

  /// Where a document has its first bytes that are no UTF-8, if it has any.
  Optional<Place> replaced(int index) {
    return replaced.isEmpty() ? Optional.empty() : Optional.ofNullable(replaced.get(number(index)));
  }

  void append(char[] more, int from, int length) {
    if (length > text.length - size) {
      text = Arrays.copyOf(text, Math.max(2 * text.length, size + length));
    }
    System.arraycopy(more, from, text, size, length);
    size += length;
  }

  /// Ends a document.
  void end(int begin, int end) {
    if (count == starts.length) {
      starts = Arrays.copyOf(starts, 2 * count);
      ends = Arrays.copyOf(ends, 2 * count);
    }
    starts[count] = begin;
    ends[count++] = end;
  }

  /// How many documents there are; 1 for a part of one.
  public int count() {
    return count;
  }

  /// Number of a document in its file, from 0.
  public long number(int index) {
    return first + index;
  }

  /// The letters of all documents; not to be changed.
  public char[] text() {
    return text;
  }

  /// Where a document begins in [#text].
  public int start(int index) {
    return starts[index];
  }

  /// Length of a document in UTF-16 units, without its line end.
  public int length(int index) {
    return ends[index] - starts[index];
  }

  /// Whether this is a part of one document.
  public boolean isPart() {
    return isPart;
  }

  /// Where the part begins in its document.
  public long offset() {
    return offset;
  }
}
