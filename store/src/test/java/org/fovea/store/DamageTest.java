package org.fovea.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.fovea.network.page.DamagedPageException;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.network.page.PageBatch;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageFormat;
import org.fovea.network.page.WritableNeuronStore.Durability;
import org.fovea.residency.StoreLock;
import org.fovea.residency.StoreOptions;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Bits are flipped in the files of a closed store; whatever is read afterwards is right or
/// refused.
///
/// `-Dfovea.test.flips=N` flips N bits of pages instead of 300, and `N / 6` of anything.
class DamageTest {

  private static final int FLIPS = Integer.getInteger("fovea.test.flips", 300);
  private static final PageFormat FORMAT = new PageFormat("damage", 1);
  private static final int PAGES = 600;
  private static final int BYTES = 700;
  private static final int AT_ONCE = 50;

  @TempDir private Path directory;

  @BeforeEach
  void fill() {
    PageBatch batch = new PageBatch().metadata(new byte[] {1, 2, 3});
    for (long page = 0; page < PAGES; page++) {
      byte[] bytes = content(page);
      batch.put(page, bytes, 0, bytes.length);
    }
    try (RocksDbStore store = open()) {
      store.write(batch, Durability.SYNC);
    }
  }

  private RocksDbStore open() {
    return RocksDbStore.open(directory, FORMAT, new StoreOptions(0, 1 << 16));
  }

  private static byte[] content(long page) {
    byte[] bytes = new byte[BYTES];
    new SplittableRandom(page).nextBytes(bytes);
    return bytes;
  }

  /// Which pages are right; the others are reported as damaged.
  private boolean[] readable(Path damaged) {
    boolean[] right = new boolean[PAGES];
    try (RocksDbStore store = open()) {
      PageBuffer buffer = new PageBuffer();
      for (int page = 0; page < PAGES; page++) {
        try {
          assertThat(store.read(page, buffer))
              .as("page %d is there after damage of %s", page, damaged)
              .isTrue();
          assertThat(Arrays.copyOf(buffer.bytes(), buffer.length())).isEqualTo(content(page));
          right[page] = true;
        } catch (DamagedPageException e) {
          assertThat(e.page()).isEqualTo(page);
          assertThat(e).hasMessageContaining("page %d is damaged, what is on it is lost", page);
        }
      }
      assertThat(store.metadata()).containsExactly(1, 2, 3);
    }
    return right;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> found = Files.walk(directory)) {
      return found
          .filter(file -> Files.isRegularFile(file) && !file.endsWith(StoreLock.FILE))
          .toList();
    }
  }

  private Map<Path, byte[]> snapshot() throws IOException {
    Map<Path, byte[]> snapshot = new TreeMap<>();
    for (Path file : files()) {
      snapshot.put(file, Files.readAllBytes(file));
    }
    return snapshot;
  }

  private void restore(Map<Path, byte[]> snapshot) throws IOException {
    for (Path file : files()) {
      Files.delete(file);
    }
    for (Map.Entry<Path, byte[]> file : snapshot.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
  }

  private static byte[] bytes(Map<Path, byte[]> snapshot, Path file) {
    return Objects.requireNonNull(snapshot.get(file));
  }

  private static Path tableOfPages(Map<Path, byte[]> files) {
    return files.keySet().stream()
        .filter(file -> file.toString().endsWith(".sst") && places(bytes(files, file)).length > 0)
        .findFirst()
        .orElseThrow();
  }

  /// Where in a file the bytes of the pages are: they lie there as they were written.
  private static int[] places(byte[] file) {
    int[] places = new int[PAGES];
    for (int page = 0; page < PAGES; page++) {
      places[page] = indexOf(file, content(page));
      if (places[page] < 0) {
        return new int[0];
      }
    }
    return places;
  }

  private static int indexOf(byte[] whole, byte[] part) {
    for (int at = 0; at + part.length <= whole.length; at++) {
      if (Arrays.equals(whole, at, at + part.length, part, 0, part.length)) {
        return at;
      }
    }
    return -1;
  }

  @Test
  void findsEveryFlippedBitOfAPageAndKeepsWhatIsNotBesideIt() throws IOException {
    Map<Path, byte[]> files = snapshot();
    Path table = tableOfPages(files);
    int[] places = places(bytes(files, table));
    Seeds.repeat(
        (FLIPS + AT_ONCE - 1) / AT_ONCE,
        random -> {
          restore(files);
          byte[] flipped = bytes(files, table).clone();
          boolean[] hit = new boolean[PAGES];
          for (int flip = 0; flip < AT_ONCE; flip++) {
            // one each of twelve neighbours, so that most blocks stay whole
            int page = 12 * flip + random.nextInt(12);
            flipped[places[page] + random.nextInt(BYTES)] ^= (byte) (1 << random.nextInt(8));
            hit[page] = true;
          }
          Files.write(table, flipped);
          boolean[] readable = readable(table);
          int right = 0;
          for (int page = 0; page < PAGES; page++) {
            assertThat(readable[page] && hit[page])
                .as("the damage of page %d is found", page)
                .isFalse();
            right += readable[page] ? 1 : 0;
          }
          // a block has about 4 KiB, six or seven pages
          assertThat(right).isGreaterThan(PAGES / 4);
        });
  }

  @Test
  void neverGivesWrongBytesWhateverIsDamaged() throws IOException {
    Map<Path, byte[]> files = snapshot();
    List<Path> names = List.copyOf(files.keySet());
    Seeds.repeat(
        FLIPS / 6,
        random -> {
          restore(files);
          Path file = names.get(random.nextInt(names.size()));
          byte[] flipped = bytes(files, file).clone();
          if (flipped.length > 0) {
            flipped[random.nextInt(flipped.length)] ^= (byte) (1 << random.nextInt(8));
            Files.write(file, flipped);
          }
          try {
            readable(file);
          } catch (NeuronStoreException | UncheckedIOException e) {
            assertThat(e.getMessage()).startsWith(directory.toString()).doesNotContain("\n");
          }
        });
  }
}
