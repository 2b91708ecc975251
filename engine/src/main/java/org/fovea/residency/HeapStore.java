package org.fovea.residency;

import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.function.LongConsumer;
import org.fovea.network.page.DamagedPageException;
import org.fovea.network.page.PageBatch;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageChecksum;
import org.fovea.network.page.PageFormat;
import org.fovea.network.page.WritableNeuronStore;

/// Pages in memory: for small networks, and where a store is wanted but no disk.
///
/// It survives nothing, whatever durability is asked for.
public final class HeapStore implements WritableNeuronStore {

  private final String name;
  private final PageFormat format;
  private final Map<Long, Page> pages = new ConcurrentSkipListMap<>();
  private volatile byte[] metadata = new byte[0];
  private volatile boolean closed;

  private record Page(byte[] bytes, int checksum) {}

  /// An empty store.
  ///
  /// @param name for messages
  public HeapStore(String name, PageFormat format) {
    this.name = name;
    this.format = format;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public PageFormat format() {
    return format;
  }

  @Override
  public byte[] metadata() {
    requireOpen();
    return metadata.clone();
  }

  @Override
  public boolean read(long page, PageBuffer target) {
    requireOpen();
    target.resize(0);
    Page found = pages.get(page);
    if (found == null) {
      return false;
    }
    target.putBytes(found.bytes, 0, found.bytes.length);
    if (PageChecksum.of(page, target.bytes(), 0, target.length()) != found.checksum) {
      throw new DamagedPageException(name, page, "its checksum does not fit");
    }
    return true;
  }

  @Override
  public void forEachPage(LongConsumer action) {
    requireOpen();
    pages.keySet().forEach(action::accept);
  }

  @Override
  public synchronized void write(PageBatch batch, Durability durability) {
    requireOpen();
    for (int place = 0; place < batch.size(); place++) {
      long page = batch.page(place);
      if (batch.isRemoval(place)) {
        pages.remove(page);
        continue;
      }
      int from = batch.offset(place);
      byte[] bytes = Arrays.copyOfRange(batch.bytes(), from, from + batch.length(place));
      pages.put(page, new Page(bytes, PageChecksum.of(page, bytes, 0, bytes.length)));
    }
    batch.metadata().ifPresent(bytes -> metadata = bytes);
  }

  @Override
  public void force() {
    requireOpen();
  }

  private void requireOpen() {
    if (closed) {
      throw new IllegalStateException(name + ": the store is closed");
    }
  }

  /// {@inheritDoc}
  ///
  /// Its pages are gone.
  @Override
  public void close() {
    closed = true;
    pages.clear();
  }
}
