package org.fovea.residency;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.Objects;
import java.util.Optional;
import org.fovea.kernel.Block;
import org.fovea.network.StoredRows;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.network.page.PageBuffer;
import org.jspecify.annotations.Nullable;

/// Rows of weights on the pages of a store: page `p` has the rows `[p * rowsPerPage, (p + 1) *
/// rowsPerPage)` as little-endian floats, the last page fewer.
///
/// **Threads** safe. **Cost** a row that is not in a cache is read with its page, verified and
/// copied.
public final class PagedRows implements StoredRows {

  /// A page has at least this many bytes, if the rows are as many: less would mean a checksum and
  /// an entry of the cache for every few floats.
  private static final int PAGE_BYTES = 1024;

  private final NeuronStore store;
  private final int rows;
  private final int columns;
  private final int rowsPerPage;
  private final Optional<PageCache<float[]>> cache;
  private final Deque<PageBuffer> buffers = new ArrayDeque<>();

  private PagedRows(NeuronStore store, int rows, int columns, Optional<PageCache<float[]>> cache) {
    this.store = store;
    this.rows = rows;
    this.columns = columns;
    this.rowsPerPage = rowsPerPage(columns);
    this.cache = cache;
  }

  /// Rows that lie on one page.
  public static int rowsPerPage(int columns) {
    int bytes = columns * Float.BYTES;
    return Math.max(1, (PAGE_BYTES + bytes - 1) / Math.max(1, bytes));
  }

  /// Rows that are read whenever they are needed, and never kept: for mapped stores.
  ///
  /// @param store closed with the rows
  public static PagedRows uncached(NeuronStore store, int rows, int columns) {
    return new PagedRows(store, rows, columns, Optional.empty());
  }

  /// Rows of which a part is kept in memory.
  ///
  /// @param store closed with the rows
  /// @param budget bytes of memory for them
  /// @param retention batches that a page stays without being needed; see [PageCache]
  public static PagedRows cached(
      NeuronStore store, int rows, int columns, long budget, int retention) {
    PageCache<float[]> cache = new PageCache<>(store, new FloatPages(), budget, retention);
    return new PagedRows(store, rows, columns, Optional.of(cache));
  }

  private static final class FloatPages implements PageCodec<float[]> {

    private static final int HEADER_BYTES = 16;

    @Override
    public float[] decode(long page, PageBuffer bytes) {
      float[] floats = new float[bytes.length() / Float.BYTES];
      bytes.floats(0, floats, 0, floats.length);
      return floats;
    }

    @Override
    public long bytes(float[] page) {
      return HEADER_BYTES + (long) Float.BYTES * page.length;
    }
  }

  @Override
  public int rows() {
    return rows;
  }

  @Override
  public int columns() {
    return columns;
  }

  @Override
  public void copy(int first, int count, Block block) {
    Objects.checkFromIndexSize(first, count, rows);
    PageBuffer buffer = takeBuffer();
    try {
      int row = first;
      while (row < first + count) {
        int page = row / rowsPerPage;
        int end = Math.min(first + count, (page + 1) * rowsPerPage);
        CachedPage<float[]> held = cache.isPresent() ? cache.get().pinUnlessFull(page) : null;
        if (held == null) {
          readPage(page, buffer);
        }
        for (; row < end; row++) {
          put(row - page * rowsPerPage, held, buffer, block, row - first);
        }
        if (held != null) {
          held.release();
        }
      }
    } finally {
      giveBack(buffer);
    }
  }

  @Override
  public void gather(int[] ids, int from, int to, Block block) {
    PageBuffer buffer = takeBuffer();
    try {
      for (int i = from; i < to; i++) {
        int page = Objects.checkIndex(ids[i], rows) / rowsPerPage;
        CachedPage<float[]> held = cache.isPresent() ? cache.get().pin(page) : null;
        if (held == null) {
          readPage(page, buffer);
        }
        put(ids[i] - page * rowsPerPage, held, buffer, block, i - from);
        if (held != null) {
          held.release();
        }
      }
    } finally {
      giveBack(buffer);
    }
  }

  /// Copies a row of a page, which is held or lies in a buffer.
  private void put(
      int place, @Nullable CachedPage<float[]> held, PageBuffer buffer, Block block, int blockRow) {
    int start = block.offset(blockRow);
    if (held == null) {
      buffer.floats(place * columns * Float.BYTES, block.data(), start, columns);
    } else {
      System.arraycopy(held.value(), place * columns, block.data(), start, columns);
    }
    Arrays.fill(block.data(), start + columns, start + block.stride(), 0f);
  }

  private void readPage(long page, PageBuffer buffer) {
    if (!store.read(page, buffer)) {
      throw new NeuronStoreException("%s: page %s is missing".formatted(store.name(), page));
    }
  }

  private PageBuffer takeBuffer() {
    synchronized (buffers) {
      return buffers.isEmpty() ? new PageBuffer() : buffers.pop();
    }
  }

  private void giveBack(PageBuffer buffer) {
    synchronized (buffers) {
      buffers.push(buffer);
    }
  }

  /// What the cache did, if there is one.
  public Optional<CacheStatistics> statistics() {
    return cache.map(PageCache::statistics);
  }

  @Override
  public void batchDone() {
    cache.ifPresent(PageCache::advance);
  }

  @Override
  public void close() {
    if (cache.isPresent()) {
      cache.get().close();
    } else {
      store.close();
    }
  }
}
