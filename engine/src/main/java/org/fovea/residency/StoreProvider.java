package org.fovea.residency;

import java.nio.file.Path;
import org.fovea.network.page.PageFormat;
import org.fovea.network.page.WritableNeuronStore;

/// Makes writable stores on disk: what another jar brings, found through [java.util.ServiceLoader].
/// The engine has none of its own, because they need native code.
public interface StoreProvider {

  /// What a user calls it.
  String name();

  /// Opens the store in a directory, or makes an empty one.
  ///
  /// @param format what the caller reads and writes
  /// @throws org.fovea.network.page.NeuronStoreException if the store cannot be used
  WritableNeuronStore open(Path directory, PageFormat format, StoreOptions options);
}
