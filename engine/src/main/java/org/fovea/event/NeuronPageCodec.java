package org.fovea.event;

import org.fovea.network.page.DamagedPageException;
import org.fovea.network.page.PageBuffer;
import org.fovea.residency.PageCodec;

/// Pages of neurons between a store and a cache.
///
/// @param store what messages call the store
/// @param relations those that neurons have, by number
/// @param levelCount number of levels of the network
/// @param checked pages that were found sound
///
///   **Threads** safe.
record NeuronPageCodec(String store, Relation[] relations, int levelCount, CheckedPages checked)
    implements PageCodec<NeuronPage> {

  @Override
  public NeuronPage decode(long page, PageBuffer bytes) {
    try {
      boolean known = checked.contains(page);
      NeuronPage read = NeuronPage.read(bytes, relations, levelCount, known);
      if (!known) {
        checked.add(page);
      }
      return read;
    } catch (IndexOutOfBoundsException e) {
      throw new DamagedPageException(store, page, String.valueOf(e.getMessage())).because(e);
    }
  }

  @Override
  public long bytes(NeuronPage page) {
    return page.bytes();
  }

  @Override
  public NeuronPage missing(long page) {
    throw new DamagedPageException(store, page, "it is missing");
  }
}
