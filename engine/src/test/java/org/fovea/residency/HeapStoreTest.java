package org.fovea.residency;

import java.nio.file.Path;
import org.fovea.network.page.WritableNeuronStore;

class HeapStoreTest extends WritableStoreContract {

  @Override
  protected WritableNeuronStore empty(Path directory) {
    return new HeapStore("heap", FORMAT);
  }
}
