package org.fovea.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageChecksum;
import org.fovea.residency.HeapStore;
import org.fovea.residency.PageFileWriter;
import org.fovea.residency.PageSink;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuspendedNetworkBuilderTest {

  private static final long MEGABYTE = 1 << 20;

  @TempDir Path folder;

  /// Phrases, and in which order they come into categories.
  private record Content(int words, List<int[]> phrases, List<int[]> members, int categories) {

    static Content of(SplittableRandom random, int phraseCount, int categoryCount) {
      int words = random.nextInt(1, 200);
      List<int[]> phrases = new ArrayList<>();
      for (int p = 0; p < phraseCount; p++) {
        boolean known = p > 0 && random.nextInt(10) == 0;
        int[] phrase = known ? phrases.get(random.nextInt(p)).clone() : new int[length(random)];
        for (int i = 0; !known && i < phrase.length; i++) {
          phrase[i] = Math.min(random.nextInt(words), random.nextInt(words));
        }
        phrases.add(phrase);
      }
      List<int[]> members = new ArrayList<>();
      for (int category = 0; phraseCount > 0 && category < categoryCount; category++) {
        int size = random.nextInt(4) == 0 ? random.nextInt(1, 300) : random.nextInt(1, 20);
        int first = random.nextInt(phraseCount);
        for (int i = 0; i < Math.min(size, phraseCount); i++) {
          int phrase = (first + 7 * i) % phraseCount;
          members.add(new int[] {category, phrase, random.nextInt(1, 5)});
          if (random.nextInt(50) == 0) {
            members.add(members.getLast());
          }
        }
      }
      for (int i = members.size(); i > 1; i--) {
        members.add(members.remove(random.nextInt(i)));
      }
      return new Content(words, phrases, members, phraseCount > 0 ? categoryCount : 0);
    }

    private static int length(SplittableRandom random) {
      return random.nextInt(50) == 0 ? random.nextInt(1, 200) : random.nextInt(1, 6);
    }

    EventNetwork inMemory() {
      EventNetworkBuilder builder = new EventNetworkBuilder();
      for (int word = 0; word < words; word++) {
        builder.input();
      }
      phrases.forEach(phrase -> builder.add(Neuron.phrase(phrase)));
      List<List<Synapse>> synapses = new ArrayList<>();
      for (int category = 0; category < categories; category++) {
        synapses.add(new ArrayList<>());
      }
      for (int[] member : members) {
        synapses.get(member[0]).add(Synapse.of(words + member[1], member[2], Relation.EQUAL));
      }
      for (List<Synapse> all : synapses) {
        builder.add(new Neuron(0, Rectifier.RELU, new Occurrence.Each(), all));
      }
      return builder.build();
    }

    void onPages(Path folder, long memory, PageSink sink, int pageBytes) {
      try (SuspendedNetworkBuilder builder =
          new SuspendedNetworkBuilder(folder, memory, words, Rectifier.RELU)) {
        phrases.forEach(builder::phrase);
        for (int[] member : members) {
          builder.member(member[0], words + member[1], member[2]);
        }
        builder.write(sink, pageBytes);
      }
    }
  }

  /// Checksums of all pages, and of the metadata.
  private static List<Integer> pages(HeapStore store) {
    List<Integer> pages = new ArrayList<>();
    PageBuffer buffer = new PageBuffer();
    store.forEachPage(page -> {
      store.read(page, buffer);
      pages.add(PageChecksum.of(page, buffer.bytes(), 0, buffer.length()));
    });
    pages.add(PageChecksum.of(0, store.metadata(), 0, store.metadata().length));
    return pages;
  }

  private static HeapStore store() {
    return new HeapStore("pages", SuspendedNetwork.FORMAT);
  }

  private void equalPages(Content content, int pageBytes) {
    HeapStore expected = store();
    SuspendedNetwork.write(content.inMemory(), PageSink.of(expected), pageBytes);
    HeapStore built = store();
    content.onPages(folder, MEGABYTE, PageSink.of(built), pageBytes);
    assertThat(pages(built)).isEqualTo(pages(expected));
  }

  @Test
  void writesThePagesOfTheSameNetworkInMemoryByteForByte() {
    Seeds.repeat(
        400,
        random ->
            equalPages(
                Content.of(random, random.nextInt(300), random.nextInt(12)),
                random.nextBoolean() ? random.nextInt(1, 500) : 4_096));
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void writesTheSamePagesWhenRecordsDoNotFitInMemory() {
    Seeds.repeat(2, random -> equalPages(Content.of(random, 60_000, 700), 4_096));
  }

  @Test
  void feedsCategoriesThatAPhraseDoesNotTakeAlong() {
    SplittableRandom random = new SplittableRandom(5);
    List<int[]> phrases = new ArrayList<>();
    List<int[]> members = new ArrayList<>();
    for (int p = 0; p < 40; p++) {
      phrases.add(random.ints(random.nextInt(1, 4), 0, 9).toArray());
      for (int category = 0; category < 50; category++) {
        if (p == 0 || random.nextInt(2) == 0) {
          members.add(new int[] {category, p, 1});
        }
      }
    }
    Content content = new Content(9, phrases, members, 50);
    HeapStore store = store();
    content.onPages(folder, MEGABYTE, PageSink.of(store), 300);
    EventNetwork network = content.inMemory();
    EventPropagation memory = new EventPropagation(network);
    try (SuspendedNetwork suspended = SuspendedNetwork.open(store, 10_000, 0)) {
      SuspendedPropagation paged = new SuspendedPropagation(suspended);
      int active = 0;
      for (int d = 0; d < 50; d++) {
        int[] document = random.ints(20, 0, 9).toArray();
        assertThat(Places.ofWords(paged, document)).isEqualTo(Places.ofWords(memory, document));
        active += paged.count();
      }
      assertThat(active).isGreaterThan(50 * 100);
      for (int id = 0; id < network.idBound(); id++) {
        assertThat(suspended.neuron(id)).isEqualTo(network.neuron(id));
      }
    }
  }

  @Test
  void leavesTheNetworkThatWasThereWhenTheDiskIsFull() throws IOException {
    Path file = folder.resolve("network.pages");
    Content before = Content.of(new SplittableRandom(1), 50, 3);
    try (PageFileWriter writer = PageFileWriter.create(file, SuspendedNetwork.FORMAT)) {
      before.onPages(folder, MEGABYTE, PageSink.of(writer), 500);
    }
    byte[] bytes = Files.readAllBytes(file);
    Content after = Content.of(new SplittableRandom(2), 3_000, 40);
    assertThatThrownBy(
            () -> {
              try (PageFileWriter writer = PageFileWriter.create(file, SuspendedNetwork.FORMAT)) {
                PageSink whole = PageSink.of(writer);
                PageSink full =
                    new PageSink() {
                      @Override
                      public void put(long page, PageBuffer buffer) {
                        if (page == 20) {
                          throw new UncheckedIOException(
                              new IOException("No space left on device"));
                        }
                        whole.put(page, buffer);
                      }

                      @Override
                      public void end(byte[] metadata) {
                        whole.end(metadata);
                      }
                    };
                after.onPages(folder, MEGABYTE, full, 500);
              }
            })
        .hasMessageContaining("No space left");
    assertThat(Files.readAllBytes(file)).isEqualTo(bytes);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).containsExactly(file);
    }
  }

  @Test
  void saysWhereNoTemporaryFileCanBeMade() {
    Path missing = folder.resolve("missing");
    assertThatThrownBy(() -> new SuspendedNetworkBuilder(missing, MEGABYTE, 5, Rectifier.RELU))
        .isInstanceOf(UncheckedIOException.class)
        .hasMessageContaining("missing: a temporary file for the network that is built");
  }

  @Test
  void refusesWhatIsNoPhraseAndNoCategory() {
    try (SuspendedNetworkBuilder builder =
        new SuspendedNetworkBuilder(folder, MEGABYTE, 5, Rectifier.RELU)) {
      assertThatThrownBy(builder::phrase).hasMessageContaining("1 to 32,767 words");
      assertThatThrownBy(() -> builder.phrase(1, 5)).hasMessage("there is no word 5");
      assertThatThrownBy(() -> builder.phrase(-1)).hasMessage("there is no word -1");
      int phrase = builder.phrase(0, 1, 2);
      assertThat(phrase).isEqualTo(5);
      assertThatThrownBy(() -> builder.member(0, 4, 1)).hasMessage("there is no phrase 4");
      assertThatThrownBy(() -> builder.member(0, 6, 1)).hasMessage("there is no phrase 6");
      assertThatThrownBy(() -> builder.member(-1, 5, 1)).hasMessage("there is no category -1");
      assertThatThrownBy(() -> builder.member(0, 5, Float.NaN)).hasMessageContaining("NaN");
      assertThatThrownBy(() -> builder.member(0, 5, 0)).hasMessageContaining("0.0");
      builder.member(1, phrase, 1);
      assertThatThrownBy(() -> builder.write(PageSink.of(store()), 4_096))
          .hasMessage("category 0 has no phrase");
    }
    assertThatThrownBy(() -> new SuspendedNetworkBuilder(folder, 1_000, 5, Rectifier.RELU))
        .hasMessageContaining("megabyte");
  }
}
