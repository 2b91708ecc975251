package org.fovea.residency;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.ServiceLoader;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.network.page.PageFormat;
import org.fovea.network.page.WritableNeuronStore;

/// Opens stores: a file is a mapped page file, a directory a writable store of a [StoreProvider].
public final class NeuronStores {

  private NeuronStores() {}

  /// Opens a store that exists, for reading.
  ///
  /// @throws NeuronStoreException if there is none, or it cannot be used
  public static NeuronStore open(Path path, PageFormat format) {
    if (Files.isDirectory(path)) {
      return writable(path, format, StoreOptions.defaults());
    }
    return MappedStore.open(path, format);
  }

  /// Opens the writable store in a directory, or makes an empty one.
  ///
  /// @throws NeuronStoreException if it cannot be used, or no provider is on the class path
  public static WritableNeuronStore writable(
      Path directory, PageFormat format, StoreOptions options) {
    Iterator<StoreProvider> providers = ServiceLoader.load(StoreProvider.class).iterator();
    if (!providers.hasNext()) {
      throw new NeuronStoreException(
          directory
              + ": a store that can be written needs Fovea's store module, which is not on the"
              + " class path");
    }
    return providers.next().open(directory, format, options);
  }
}
