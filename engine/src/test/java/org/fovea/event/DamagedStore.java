package org.fovea.event;

import java.util.function.LongConsumer;
import org.fovea.network.page.DamagedPageException;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageFormat;

/// A store of which one page is damaged.
record DamagedStore(NeuronStore pages, long damaged) implements NeuronStore {

  @Override
  public String name() {
    return pages.name();
  }

  @Override
  public PageFormat format() {
    return pages.format();
  }

  @Override
  public byte[] metadata() {
    return pages.metadata();
  }

  @Override
  public boolean read(long page, PageBuffer target) {
    if (page == damaged) {
      throw new DamagedPageException(name(), page, "its checksum does not fit");
    }
    return pages.read(page, target);
  }

  @Override
  public void forEachPage(LongConsumer action) {
    pages.forEachPage(action);
  }

  @Override
  public void close() {}
}
