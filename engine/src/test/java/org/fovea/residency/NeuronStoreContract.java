package org.fovea.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.PageBatch;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What every store keeps to, however it keeps its pages.
public abstract class NeuronStoreContract {

  /// What the pages of these tests hold.
  protected static final PageFormat FORMAT = new PageFormat("contract", 2);

  @TempDir private Path temporary;

  /// A store with the pages and metadata of a batch.
  ///
  /// @param directory empty, for the store alone
  protected abstract NeuronStore filled(Path directory, PageBatch batch);

  /// A place for a store.
  protected final Path place() {
    return temporary;
  }

  /// The bytes that these tests write to a page.
  protected static byte[] content(long page, int version, int length) {
    byte[] bytes = new byte[length];
    new SplittableRandom(page * 31 + version).nextBytes(bytes);
    return bytes;
  }

  /// Adds a page to a batch.
  protected static void put(PageBatch batch, long page, byte[] bytes) {
    batch.put(page, bytes, 0, bytes.length);
  }

  /// What a store has for a page; it is there.
  protected static byte[] read(NeuronStore store, long page) {
    PageBuffer buffer = new PageBuffer();
    assertThat(store.read(page, buffer)).as("page %d is there", page).isTrue();
    return Arrays.copyOf(buffer.bytes(), buffer.length());
  }

  @Test
  void givesBackPagesOfAnyNumberAndLength() {
    long[] pages = {0, 1, -1, 77, Long.MIN_VALUE, Long.MAX_VALUE, 1L << 33, 5, 4};
    int[] lengths = {0, 1, 7, 100, 4_096, 65_537, 3, NeuronStore.MAX_PAGE_BYTES, 31};
    PageBatch batch = new PageBatch();
    for (int i = 0; i < pages.length; i++) {
      put(batch, pages[i], content(pages[i], 1, lengths[i]));
    }
    try (NeuronStore store = filled(temporary, batch)) {
      PageBuffer buffer = new PageBuffer();
      for (int i = 0; i < pages.length; i++) {
        assertThat(store.read(pages[i], buffer)).isTrue();
        assertThat(Arrays.copyOf(buffer.bytes(), buffer.length()))
            .isEqualTo(content(pages[i], 1, lengths[i]));
      }
    }
  }

  @Test
  void knowsWhatItDoesNotHave() {
    PageBatch batch = new PageBatch();
    put(batch, 10, new byte[3]);
    put(batch, 30, new byte[3]);
    try (NeuronStore store = filled(temporary, batch)) {
      PageBuffer buffer = new PageBuffer();
      for (long page : new long[] {9, 11, 20, 29, 31, -10, Long.MIN_VALUE, Long.MAX_VALUE}) {
        buffer.resize(5);
        assertThat(store.read(page, buffer)).as("page %d", page).isFalse();
        assertThat(buffer.length()).isZero();
      }
    }
  }

  @Test
  void tellsItsPagesInAscendingOrder() {
    PageBatch batch = new PageBatch();
    for (long page : new long[] {300, -5, 2, Long.MAX_VALUE, Long.MIN_VALUE, 256, 1}) {
      put(batch, page, content(page, 1, 9));
    }
    try (NeuronStore store = filled(temporary, batch)) {
      List<Long> found = new ArrayList<>();
      store.forEachPage(found::add);
      assertThat(found).containsExactly(Long.MIN_VALUE, -5L, 1L, 2L, 256L, 300L, Long.MAX_VALUE);
    }
  }

  @Test
  void keepsMetadataAndFormat() {
    byte[] metadata = "which neuron is where".getBytes(StandardCharsets.UTF_8);
    PageBatch batch = new PageBatch().metadata(metadata);
    put(batch, 1, new byte[1]);
    try (NeuronStore store = filled(temporary, batch)) {
      byte[] copy = store.metadata();
      assertThat(copy).isEqualTo(metadata);
      copy[0]++;
      assertThat(store.metadata()).isEqualTo(metadata);
      assertThat(store.format()).isEqualTo(FORMAT);
    }
  }

  @Test
  void mayBeEmpty() {
    try (NeuronStore store = filled(temporary, new PageBatch())) {
      List<Long> found = new ArrayList<>();
      store.forEachPage(found::add);
      assertThat(found).isEmpty();
      assertThat(store.metadata()).isEmpty();
      assertThat(store.read(0, new PageBuffer())).isFalse();
    }
  }

  @Test
  void isReadByManyAtOnce() throws Exception {
    int count = 2_000;
    PageBatch batch = new PageBatch();
    for (long page = 0; page < count; page++) {
      put(batch, page * 3, content(page * 3, 1, (int) (page % 700)));
    }
    try (NeuronStore store = filled(temporary, batch);
        ExecutorService executor = Executors.newFixedThreadPool(4)) {
      List<Callable<Integer>> readers = new ArrayList<>();
      for (int reader = 0; reader < 4; reader++) {
        SplittableRandom random = new SplittableRandom(reader);
        readers.add(() -> {
          int right = 0;
          PageBuffer buffer = new PageBuffer();
          for (int i = 0; i < 3_000; i++) {
            long page = random.nextInt(count) * 3L;
            boolean there = store.read(page, buffer);
            byte[] expected = content(page, 1, (int) (page / 3 % 700));
            boolean same =
                Arrays.equals(buffer.bytes(), 0, buffer.length(), expected, 0, expected.length);
            right += there && same ? 1 : 0;
          }
          return right;
        });
      }
      for (Future<Integer> right : executor.invokeAll(readers)) {
        assertThat(right.get()).isEqualTo(3_000);
      }
    }
  }

  @Test
  void saysThatItIsClosed() {
    NeuronStore store = filled(temporary, new PageBatch().metadata(new byte[1]));
    store.close();
    store.close();
    assertThatThrownBy(() -> store.read(1, new PageBuffer()))
        .isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(store::metadata).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> store.forEachPage(_ -> {})).isInstanceOf(IllegalStateException.class);
  }
}
