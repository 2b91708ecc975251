package org.fovea.residency;

import org.fovea.network.page.PageBatch;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.WritableNeuronStore;

/// Takes the pages of something that is written once: a page file, or a store that is empty.
///
/// **Threads** confined.
public interface PageSink {

  /// Takes a page; each number once, ascending.
  void put(long page, PageBuffer bytes);

  /// Takes the metadata, after all pages; what was taken is there for good when this returns.
  void end(byte[] metadata);

  /// Into a page file, which is published at the end.
  static PageSink of(PageFileWriter file) {
    return new PageSink() {
      @Override
      public void put(long page, PageBuffer bytes) {
        file.append(page, bytes.bytes(), 0, bytes.length());
      }

      @Override
      public void end(byte[] metadata) {
        file.publish(metadata);
      }
    };
  }

  /// Into a store, in batches of some megabytes; pages that are there already must be none.
  static PageSink of(WritableNeuronStore store) {
    store.forEachPage(page -> {
      throw new IllegalStateException("%s: it is not empty".formatted(store.name()));
    });
    return new PageSink() {
      private static final int FULL_BYTES = 1 << 22;
      private final PageBatch batch = new PageBatch();

      @Override
      public void put(long page, PageBuffer bytes) {
        batch.put(page, bytes);
        if (batch.byteCount() >= FULL_BYTES) {
          write();
        }
      }

      @Override
      public void end(byte[] metadata) {
        batch.metadata(metadata);
        write();
        store.force();
      }

      private void write() {
        store.write(batch, WritableNeuronStore.Durability.NONE);
        batch.clear();
      }
    };
  }
}
