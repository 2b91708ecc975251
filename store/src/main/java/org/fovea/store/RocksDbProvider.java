package org.fovea.store;

import java.nio.file.Path;
import org.fovea.network.page.PageFormat;
import org.fovea.network.page.WritableNeuronStore;
import org.fovea.residency.StoreOptions;
import org.fovea.residency.StoreProvider;

/// Brings [RocksDbStore] to whoever asks for a writable store.
public final class RocksDbProvider implements StoreProvider {

  /// For the service loader.
  public RocksDbProvider() {}

  @Override
  public String name() {
    return "rocksdb";
  }

  @Override
  public WritableNeuronStore open(Path directory, PageFormat format, StoreOptions options) {
    return RocksDbStore.open(directory, format, options);
  }
}
