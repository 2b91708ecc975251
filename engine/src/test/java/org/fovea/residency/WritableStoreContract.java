package org.fovea.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.PageBatch;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.WritableNeuronStore;
import org.fovea.network.page.WritableNeuronStore.Durability;
import org.junit.jupiter.api.Test;

/// What every store that takes pages keeps to.
public abstract class WritableStoreContract extends NeuronStoreContract {

  /// An empty store.
  protected abstract WritableNeuronStore empty(Path directory);

  @Override
  protected final NeuronStore filled(Path directory, PageBatch batch) {
    WritableNeuronStore store = empty(directory);
    store.write(batch, Durability.SYNC);
    return store;
  }

  @Test
  void replacesAndRemovesPages() {
    try (WritableNeuronStore store = empty(place())) {
      PageBatch batch = new PageBatch();
      put(batch, 1, content(1, 1, 10));
      put(batch, 2, content(2, 1, 10));
      store.write(batch, Durability.PROCESS);
      batch.clear().remove(1).remove(99);
      put(batch, 2, content(2, 2, 5_000));
      put(batch, 3, content(3, 2, 1));
      store.write(batch, Durability.SYNC);
      assertThat(store.read(1, new PageBuffer())).isFalse();
      assertThat(read(store, 2)).isEqualTo(content(2, 2, 5_000));
      assertThat(read(store, 3)).isEqualTo(content(3, 2, 1));
    }
  }

  @Test
  void takesTheLastOfAPageThatComesTwice() {
    try (WritableNeuronStore store = empty(place())) {
      PageBatch batch = new PageBatch();
      put(batch, 1, content(1, 1, 10));
      batch.remove(1);
      put(batch, 1, content(1, 2, 20));
      put(batch, 2, content(2, 1, 20));
      batch.remove(2);
      store.write(batch, Durability.NONE);
      assertThat(read(store, 1)).isEqualTo(content(1, 2, 20));
      assertThat(store.read(2, new PageBuffer())).isFalse();
    }
  }

  @Test
  void replacesMetadataTogetherWithPages() {
    try (WritableNeuronStore store = empty(place())) {
      assertThat(store.metadata()).isEmpty();
      store.write(new PageBatch().metadata(new byte[] {1}), Durability.SYNC);
      PageBatch batch = new PageBatch();
      put(batch, 4, new byte[2]);
      store.write(batch, Durability.SYNC);
      assertThat(store.metadata()).containsExactly(1);
      store.write(new PageBatch().metadata(new byte[] {2, 3}), Durability.NONE);
      assertThat(store.metadata()).containsExactly(2, 3);
    }
  }

  @Test
  void doesWhatAMapDoes() {
    SplittableRandom random = new SplittableRandom(7);
    Map<Long, byte[]> expected = new HashMap<>();
    try (WritableNeuronStore store = empty(place())) {
      PageBatch batch = new PageBatch();
      for (int step = 0; step < 300; step++) {
        batch.clear();
        for (int i = random.nextInt(20); i > 0; i--) {
          long page = random.nextInt(200) - 100L;
          if (random.nextInt(4) == 0) {
            batch.remove(page);
            expected.remove(page);
          } else {
            byte[] bytes = content(page, step, random.nextInt(600));
            put(batch, page, bytes);
            expected.put(page, bytes);
          }
        }
        store.write(batch, step % 3 == 0 ? Durability.SYNC : Durability.NONE);
        if (step % 50 == 0) {
          store.force();
        }
      }
      List<Long> found = new ArrayList<>();
      store.forEachPage(found::add);
      assertThat(found).containsExactlyInAnyOrderElementsOf(expected.keySet()).isSorted();
      expected.forEach((page, bytes) -> assertThat(read(store, page)).isEqualTo(bytes));
    }
  }

  @Test
  void neverShowsHalfAPageToThoseWhoReadMeanwhile() throws Exception {
    int length = 3_000;
    try (WritableNeuronStore store = empty(place());
        ExecutorService executor = Executors.newSingleThreadExecutor()) {
      PageBatch batch = new PageBatch();
      put(batch, 1, new byte[length]);
      store.write(batch, Durability.PROCESS);
      AtomicBoolean done = new AtomicBoolean();
      Future<Integer> torn =
          executor.submit(() -> {
            PageBuffer buffer = new PageBuffer();
            int count = 0;
            while (!done.get()) {
              store.read(1, buffer);
              for (int i = 0; i < length; i++) {
                count += buffer.bytes()[i] == buffer.bytes()[0] ? 0 : 1;
              }
            }
            return count;
          });
      byte[] bytes = new byte[length];
      for (int version = 1; version <= 400; version++) {
        Arrays.fill(bytes, (byte) version);
        batch.clear();
        put(batch, 1, bytes);
        store.write(batch, Durability.NONE);
      }
      done.set(true);
      assertThat(torn.get()).isZero();
    }
  }

  @Test
  void takesNothingWhenItIsClosed() {
    WritableNeuronStore store = empty(place());
    store.close();
    PageBatch batch = new PageBatch().remove(1);
    assertThatThrownBy(() -> store.write(batch, Durability.SYNC))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(store::force).isInstanceOf(IllegalStateException.class);
  }
}
