package org.fovea.event;

import java.util.Arrays;
import org.fovea.network.page.PageBuffer;

/// Arrays of a page, one after the other, each with its length before it.
///
/// **Threads** confined.
final class PageArrays {

  private final PageBuffer page;
  private int at;

  /// Reads from the begin of a page.
  PageArrays(PageBuffer page) {
    this.page = page;
  }

  static void put(PageBuffer page, int[] values) {
    put(page, values, 0, values.length);
  }

  static void put(PageBuffer page, int[] values, int from, int count) {
    page.putInt(count).putInts(values, from, count);
  }

  static void put(PageBuffer page, float[] values) {
    page.putInt(values.length).putFloats(values, 0, values.length);
  }

  static void put(PageBuffer page, byte[] values) {
    page.putInt(values.length).putBytes(values, 0, values.length);
  }

  /// @throws IndexOutOfBoundsException if the page ends before
  int next() {
    int value = page.intAt(at);
    at += Integer.BYTES;
    return value;
  }

  private int length(int elementBytes) {
    int length = next();
    if (length < 0 || length > (page.length() - at) / elementBytes) {
      throw new IndexOutOfBoundsException("an array is longer than its page");
    }
    return length;
  }

  /// @throws IndexOutOfBoundsException if the page ends before
  int[] ints() {
    int[] values = new int[length(Integer.BYTES)];
    page.ints(at, values, 0, values.length);
    at += Integer.BYTES * values.length;
    return values;
  }

  /// @throws IndexOutOfBoundsException if the page ends before
  float[] floats() {
    float[] values = new float[length(Float.BYTES)];
    page.floats(at, values, 0, values.length);
    at += Float.BYTES * values.length;
    return values;
  }

  /// @throws IndexOutOfBoundsException if the page ends before
  byte[] bytes() {
    int length = length(1);
    byte[] values = Arrays.copyOfRange(page.bytes(), at, at + length);
    at += length;
    return values;
  }
}
