package org.fovea.network.page;

import java.util.Arrays;
import java.util.Objects;
import java.util.Optional;

/// Pages to be written together. Of a page that comes twice the last counts.
///
/// **Threads** confined. **Cost** one copy of each page; memory is reused after [#clear].
public final class PageBatch {

  /// Longest metadata.
  public static final int MAX_METADATA_BYTES = 1 << 26;

  private static final int REMOVED = -1;

  private long[] pages = new long[16];
  private int[] offsets = new int[16];
  private int[] lengths = new int[16];
  private byte[] bytes = new byte[4096];
  private int size;
  private int end;
  private Optional<byte[]> metadata = Optional.empty();

  /// Replaces a page, or adds it.
  ///
  /// @throws IllegalArgumentException if it is longer than a page may be
  public PageBatch put(long page, byte[] source, int from, int length) {
    Objects.checkFromIndexSize(from, length, source.length);
    if (length > NeuronStore.MAX_PAGE_BYTES) {
      throw new IllegalArgumentException(
          "page %s has %s bytes, more than %s".formatted(page, length, NeuronStore.MAX_PAGE_BYTES));
    }
    int needed = Math.addExact(end, length);
    if (needed > bytes.length) {
      bytes = Arrays.copyOf(bytes, (int) Math.max(needed, Math.min(2L * bytes.length, 1L << 30)));
    }
    System.arraycopy(source, from, bytes, end, length);
    append(page, length);
    end = needed;
    return this;
  }

  /// Replaces a page, or adds it.
  public PageBatch put(long page, PageBuffer source) {
    return put(page, source.bytes(), 0, source.length());
  }

  /// Removes a page, if it is there.
  public PageBatch remove(long page) {
    append(page, REMOVED);
    return this;
  }

  /// Replaces the metadata.
  ///
  /// @param newMetadata copied
  public PageBatch metadata(byte[] newMetadata) {
    if (newMetadata.length > MAX_METADATA_BYTES) {
      throw new IllegalArgumentException(
          "metadata of %s bytes are more than %s"
              .formatted(newMetadata.length, MAX_METADATA_BYTES));
    }
    metadata = Optional.of(newMetadata.clone());
    return this;
  }

  private void append(long page, int length) {
    if (size == pages.length) {
      pages = Arrays.copyOf(pages, 2 * size);
      offsets = Arrays.copyOf(offsets, 2 * size);
      lengths = Arrays.copyOf(lengths, 2 * size);
    }
    pages[size] = page;
    offsets[size] = end;
    lengths[size] = length;
    size++;
  }

  /// Forgets everything.
  public PageBatch clear() {
    size = 0;
    end = 0;
    metadata = Optional.empty();
    return this;
  }

  /// Number of pages put or removed.
  public int size() {
    return size;
  }

  /// Bytes of all pages.
  public int byteCount() {
    return end;
  }

  /// Whether nothing is to be written.
  public boolean isEmpty() {
    return size == 0 && metadata.isEmpty();
  }

  /// Number of the page at a place of the batch.
  public long page(int place) {
    return pages[Objects.checkIndex(place, size)];
  }

  /// Whether the page at a place is removed.
  public boolean isRemoval(int place) {
    return lengths[Objects.checkIndex(place, size)] == REMOVED;
  }

  /// The bytes of all pages. Owned by the batch.
  public byte[] bytes() {
    return bytes;
  }

  /// Where in [#bytes] the page at a place begins.
  public int offset(int place) {
    return offsets[Objects.checkIndex(place, size)];
  }

  /// Length of the page at a place.
  public int length(int place) {
    return Math.max(0, lengths[Objects.checkIndex(place, size)]);
  }

  /// The new metadata, if they are replaced.
  public Optional<byte[]> metadata() {
    return metadata;
  }
}
