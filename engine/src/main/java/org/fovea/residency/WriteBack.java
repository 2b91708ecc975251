package org.fovea.residency;

import java.util.List;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.PageBatch;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.WritableNeuronStore;

/// Writes changed pages of a cache to its store.
///
/// Pages come back as they were after a crash of the process only if whoever owns them forces the
/// store: what is suspended in the middle of a run need not survive it.
///
/// **Threads** under the lock of the cache.
final class WriteBack<P> {

  /// Bytes after which a batch is written.
  private static final int FULL_BYTES = 1 << 22;

  private final NeuronStore store;
  private final PageCodec<P> codec;
  private final PageBatch batch = new PageBatch();
  private final PageBuffer buffer = new PageBuffer();
  private long count;

  WriteBack(NeuronStore store, PageCodec<P> codec) {
    this.store = store;
    this.codec = codec;
  }

  /// Writes those that were changed; they count as unchanged afterwards.
  void write(List<CachedPage<P>> pages) {
    batch.clear();
    int from = 0;
    for (int i = 0; i < pages.size(); i++) {
      CachedPage<P> page = pages.get(i);
      if (page.isDirty()) {
        codec.encode(page.value(), buffer.clear());
        batch.put(page.page(), buffer);
      }
      if (batch.byteCount() >= FULL_BYTES) {
        commit(pages, from, i + 1);
        from = i + 1;
      }
    }
    commit(pages, from, pages.size());
  }

  private void commit(List<CachedPage<P>> pages, int from, int to) {
    if (batch.isEmpty()) {
      return;
    }
    if (!(store instanceof WritableNeuronStore writable)) {
      throw new IllegalStateException(store.name() + ": pages were changed, but it is only read");
    }
    writable.write(batch, WritableNeuronStore.Durability.NONE);
    count += batch.size();
    batch.clear();
    for (CachedPage<P> page : pages.subList(from, to)) {
      page.clean();
    }
  }

  long count() {
    return count;
  }
}
