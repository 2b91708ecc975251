package org.fovea.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.CRC32C;
import org.fovea.network.page.DamagedPageException;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.network.page.PageBatch;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageFormat;
import org.fovea.network.page.WritableNeuronStore.Durability;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/// `-Dfovea.test.flips=N` flips N bits of live pages instead of 500.
class MappedStoreTest extends NeuronStoreContract {

  private static final int FLIPS = Integer.getInteger("fovea.test.flips", 500);

  @Override
  protected NeuronStore filled(Path directory, PageBatch batch) {
    return MappedStore.open(written(directory.resolve("pages"), batch), FORMAT);
  }

  private static Path written(Path file, PageBatch batch) {
    try (PageFileWriter writer = PageFileWriter.create(file, FORMAT)) {
      for (int i = 0; i < batch.size(); i++) {
        writer.append(batch.page(i), batch.bytes(), batch.offset(i), batch.length(i));
      }
      writer.publish(batch.metadata().orElse(new byte[0]));
    }
    return file;
  }

  private Path sample(int pages) {
    PageBatch batch = new PageBatch().metadata(new byte[] {1, 2, 3});
    for (long page = 0; page < pages; page++) {
      put(batch, page * 2, content(page * 2, 1, 200));
    }
    return written(place().resolve("sample"), batch);
  }

  private static void flip(Path file, long byteAt, int bit) throws IOException {
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      ByteBuffer one = ByteBuffer.allocate(1);
      channel.read(one, byteAt);
      one.put(0, (byte) (one.get(0) ^ 1 << bit)).flip();
      channel.write(one, byteAt);
    }
  }

  @Test
  void findsEveryFlippedBitAndLosesThatPageAlone() throws IOException {
    int pages = 50;
    Path file = sample(pages);
    try (NeuronStore store = MappedStore.open(file, FORMAT)) {
      Seeds.repeat(
          FLIPS,
          random -> {
            int at = random.nextInt(pages * 200);
            int bit = random.nextInt(8);
            long hit = at / 200 * 2L;
            flip(file, PageFileHeader.BYTES + at, bit);
            assertThatThrownBy(() -> store.read(hit, new PageBuffer()))
                .isInstanceOfSatisfying(
                    DamagedPageException.class, e -> assertThat(e.page()).isEqualTo(hit))
                .hasMessageContaining("page %d is damaged, what is on it is lost", hit);
            long other = (hit + 2L * random.nextInt(1, pages)) % (2L * pages);
            assertThat(read(store, other)).isEqualTo(content(other, 1, 200));
            flip(file, PageFileHeader.BYTES + at, bit);
            assertThat(read(store, hit)).isEqualTo(content(hit, 1, 200));
          });
    }
  }

  @Test
  void refusesEveryFlippedBitOfHeaderAndDirectory() throws IOException {
    int pages = 10;
    Path file = sample(pages);
    long length = Files.size(file);
    long directory = PageFileHeader.BYTES + pages * 200L;
    for (long at = 0; at < length; at++) {
      if (at >= PageFileHeader.BYTES && at < directory) {
        continue;
      }
      for (int bit = 0; bit < 8; bit++) {
        flip(file, at, bit);
        assertThatThrownBy(() -> MappedStore.open(file, FORMAT))
            .as("byte %d bit %d", at, bit)
            .isInstanceOf(NeuronStoreException.class);
        flip(file, at, bit);
      }
    }
    MappedStore.open(file, FORMAT).close();
  }

  @Test
  void refusesAFileOfAnyOtherLength() throws IOException {
    Path file = sample(5);
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, Arrays.copyOf(whole, length));
      assertThatThrownBy(() -> MappedStore.open(file, FORMAT))
          .isInstanceOf(NeuronStoreException.class);
    }
    Files.write(file, Arrays.copyOf(whole, whole.length + 1));
    assertThatThrownBy(() -> MappedStore.open(file, FORMAT)).hasMessageContaining("must have");
  }

  @Test
  void survivesAFileThatBecomesShorterWhileItIsOpen() throws IOException {
    Path file = sample(5_000);
    try (NeuronStore store = MappedStore.open(file, FORMAT);
        RandomAccessFile shorter = new RandomAccessFile(file.toFile(), "rw")) {
      shorter.setLength(64 + 200 * 1_000);
      assertThatThrownBy(() -> store.read(9_000, new PageBuffer()))
          .isInstanceOf(DamagedPageException.class);
    }
  }

  @Test
  void refusesNewerAndOtherPages() {
    Path file = sample(1);
    assertThatThrownBy(() -> MappedStore.open(file, new PageFormat("contract", 1)))
        .isInstanceOf(NeuronStoreException.class)
        .hasMessage(
            file
                + ": it holds contract of version 2, written by a newer Fovea; this one reads up to"
                + " version 1");
    assertThatThrownBy(() -> MappedStore.open(file, new PageFormat("rows", 9)))
        .hasMessage(file + ": a store of rows was expected, one of contract came");
    MappedStore.open(file, new PageFormat("contract", 3)).close();
    assertThatThrownBy(() -> MappedStore.open(place().resolve("none"), FORMAT))
        .hasMessageContaining("there is no such page file");
  }

  @Test
  void refusesAFileOfANewerLayout() throws IOException {
    Path file = sample(1);
    byte[] bytes = Files.readAllBytes(file);
    bytes[8] = 2;
    CRC32C checksum = new CRC32C();
    checksum.update(bytes, 0, 60);
    ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(60, (int) checksum.getValue());
    Files.write(file, bytes);
    assertThatThrownBy(() -> MappedStore.open(file, FORMAT))
        .hasMessageContaining("the page file has version 2, written by a newer Fovea");
  }

  @Test
  void appearsAsAWholeOrNotAtAll() throws IOException {
    Path file = place().resolve("whole");
    try (PageFileWriter writer = PageFileWriter.create(file, FORMAT)) {
      writer.append(1, new byte[9], 0, 9);
      assertThatThrownBy(() -> PageFileWriter.create(file, FORMAT))
          .hasMessage(file + ": somebody else is writing this page file");
    }
    assertThat(names()).isEmpty();
    try (PageFileWriter writer = PageFileWriter.create(file, FORMAT)) {
      writer.append(1, new byte[9], 0, 9);
      writer.append(1, new byte[9], 0, 9);
      assertThatThrownBy(() -> writer.publish(new byte[0]))
          .hasMessage(file + ": page 1 came twice");
    }
    assertThat(names()).isEmpty();
    Files.writeString(place().resolve(".whole.part"), "left over from one who was killed");
    written(file, new PageBatch().put(7, new byte[3], 0, 3));
    assertThat(names()).containsExactly("whole");
  }

  @Test
  void keepsTheOldFileUntilTheNewOneIsThere() {
    Path file = place().resolve("pages");
    written(file, new PageBatch().put(1, new byte[] {1}, 0, 1));
    try (NeuronStore old = MappedStore.open(file, FORMAT)) {
      written(file, new PageBatch().put(1, new byte[] {2}, 0, 1));
      assertThat(read(old, 1)).containsExactly(1);
    }
    try (NeuronStore changed = MappedStore.open(file, FORMAT)) {
      assertThat(read(changed, 1)).containsExactly(2);
    }
  }

  @Test
  void copiesAnyStore() {
    HeapStore heap = new HeapStore("heap", FORMAT);
    PageBatch batch = new PageBatch().metadata(new byte[] {5});
    for (long page = -20; page < 20; page++) {
      put(batch, page * page * page, content(page, 1, 50));
    }
    heap.write(batch, Durability.NONE);
    Path file = place().resolve("copy");
    PageFileWriter.copy(heap, file);
    try (MappedStore copy = MappedStore.open(file, FORMAT)) {
      assertThat(copy.pageCount()).isEqualTo(40);
      assertThat(copy.metadata()).containsExactly(5);
      heap.forEachPage(page -> assertThat(read(copy, page)).isEqualTo(read(heap, page)));
    }
  }

  @Test
  void saysThatItCannotWrite() {
    Path file = place().resolve("no-such-directory/pages");
    assertThatThrownBy(() -> PageFileWriter.create(file, FORMAT))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("the page file cannot be written");
  }

  @Test
  @Tag("slow")
  void holdsMoreThanTwoGigabytes() {
    Path file = place().resolve("large");
    int length = NeuronStore.MAX_PAGE_BYTES;
    byte[] bytes = new byte[length];
    try (PageFileWriter writer = PageFileWriter.create(file, FORMAT)) {
      for (int page = 0; page < 300; page++) {
        bytes[page] = 1;
        writer.append(page, bytes, 0, length);
        bytes[page] = 0;
      }
      writer.publish(new byte[0]);
    }
    try (NeuronStore store = MappedStore.open(file, FORMAT)) {
      PageBuffer buffer = new PageBuffer();
      for (int page : new int[] {0, 127, 128, 255, 256, 299}) {
        assertThat(store.read(page, buffer)).isTrue();
        assertThat(buffer.bytes()[page]).isEqualTo((byte) 1);
      }
    }
  }

  private List<String> names() throws IOException {
    try (Stream<Path> files = Files.list(place())) {
      return files.map(path -> path.getFileName().toString()).toList();
    }
  }
}
