package org.fovea.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.PageBatch;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageFormat;

/// Batches that follow from their numbers, so that two processes agree on what a store must hold
/// after any of them. The metadata are the number of the last batch.
final class Workload {

  static final PageFormat FORMAT = new PageFormat("workload", 1);

  private static final int PAGES = 400;
  private static final int REMOVED = -1;

  private final Map<Long, Long> versions = new TreeMap<>();
  private long batches;

  /// Fills a batch with the changes of a number.
  static PageBatch batch(long number) {
    PageBatch batch = new PageBatch();
    SplittableRandom random = new SplittableRandom(number);
    for (int i = random.nextInt(1, 40); i > 0; i--) {
      long page = random.nextInt(PAGES) - 50L;
      if (random.nextInt(6) == 0) {
        batch.remove(page);
      } else {
        byte[] bytes = content(page, number);
        batch.put(page, bytes, 0, bytes.length);
      }
    }
    return batch.metadata(ByteBuffer.allocate(Long.BYTES).putLong(number).array());
  }

  private static byte[] content(long page, long number) {
    SplittableRandom random = new SplittableRandom(page * 1_000_003 + number);
    byte[] bytes = new byte[random.nextInt(random.nextInt(20) == 0 ? 60_000 : 3_000)];
    random.nextBytes(bytes);
    return bytes;
  }

  /// Number of the last batch that a store holds; 0 for none.
  static long last(NeuronStore store) {
    byte[] metadata = store.metadata();
    return metadata.length == 0 ? 0 : ByteBuffer.wrap(metadata).getLong();
  }

  private void advanceTo(long number) {
    while (batches < number) {
      PageBatch batch = batch(++batches);
      for (int i = 0; i < batch.size(); i++) {
        versions.put(batch.page(i), batch.isRemoval(i) ? REMOVED : batches);
      }
    }
    versions.values().removeIf(version -> version == REMOVED);
  }

  /// Holds a store to what it must hold after the last batch that it says.
  void check(NeuronStore store) {
    advanceTo(last(store));
    List<Long> found = new ArrayList<>();
    store.forEachPage(found::add);
    assertThat(found).containsExactlyElementsOf(versions.keySet());
    PageBuffer buffer = new PageBuffer();
    versions.forEach((page, version) -> {
      assertThat(store.read(page, buffer)).isTrue();
      assertThat(Arrays.copyOf(buffer.bytes(), buffer.length()))
          .as("page %d of batch %d", page, version)
          .isEqualTo(content(page, version));
    });
  }
}
