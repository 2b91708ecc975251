package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.fovea.data.MadeExamples.batch;
import static org.fovea.data.MadeExamples.byId;
import static org.fovea.data.MadeExamples.ids;
import static org.fovea.data.MadeExamples.readAll;
import static org.fovea.data.MadeExamples.source;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.MalformedDataException;
import org.fovea.testkit.ChildJvm;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SpilledExamplesTest extends ExamplesContract {

  @TempDir Path directory;

  @Override
  Examples load(ExampleSource source) {
    return load(source, 1_000);
  }

  private Examples load(ExampleSource source, long budget) {
    Examples examples = Examples.load(source, budget, directory.resolve("spill"));
    assertThat(examples).isInstanceOf(SpilledExamples.class);
    return examples;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.walk(directory.resolve("spill"))) {
      return files.filter(Files::isRegularFile).sorted().toList();
    }
  }

  @Test
  void laysDownTheSameLawsForEveryBudget() {
    Batch batch = batch(30, 20_000);
    for (long budget : new long[] {0, 500_000, 1_500_000, 3_000_000}) {
      try (Examples examples = load(new MadeExamples.ListSource(batch), budget)) {
        Batch shuffled = readAll(examples.shuffled(5, 0));
        assertThat(byId(shuffled)).isEqualTo(byId(batch));
        List<Long> ids = ids(shuffled);
        for (int skip : new int[] {1, 2_999, 10_000, 19_999}) {
          assertThat(ids(readAll(examples.shuffled(5, skip)))).isEqualTo(ids.subList(skip, 20_000));
        }
      }
    }
  }

  @Test
  void shufflesSeveralBlocksTogether() {
    Batch batch = batch(31, 20_000);
    try (Examples examples = load(new MadeExamples.ListSource(batch), 3_000_000)) {
      List<Long> ids = ids(readAll(examples.shuffled(5, 0)));
      // A block holds some 2,700 examples; a window of 1.5 MB holds two or three blocks.
      long farApart = 0;
      for (int i = 1; i < 1_000; i++) {
        farApart += Math.abs(ids.get(i) - ids.get(i - 1)) > 3_000 ? 1 : 0;
      }
      assertThat(farApart).isGreaterThan(200);
      assertThat(examples.orderName()).isEqualTo("windows of 1500000 bytes");
    }
  }

  @Test
  void keepsMemoryWithinTheBudget() {
    Batch batch = batch(32, 40_000);
    try (Examples examples = load(new MadeExamples.ListSource(batch), 1_000_000)) {
      var threads =
          (com.sun.management.ThreadMXBean)
              java.lang.management.ManagementFactory.getThreadMXBean();
      long before = threads.getCurrentThreadAllocatedBytes();
      Batch read = new Batch(64, 4_096);
      try (ExampleReader reader = examples.shuffled(1, 0)) {
        while (reader.read(read, 64) > 0) {
          read.clear();
        }
      }
      long allocated = threads.getCurrentThreadAllocatedBytes() - before;
      assertThat(allocated).isLessThan(6_000_000);
      assertThat(8L * batch.featureCount()).isGreaterThan(7_000_000);
    }
  }

  @Test
  void deletesItsFilesWhenClosed() throws IOException {
    Examples examples = load(source(33, 5_000));
    assertThat(files()).hasSize(2);
    Examples part = examples.holdOut(0.5, 1).training();
    part.close();
    assertThat(files()).hasSize(2);
    examples.close();
    examples.close();
    assertThat(directory.resolve("spill")).isEmptyDirectory();
    assertThatThrownBy(examples::inOrder)
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("examples that are open were expected, closed ones came");
    assertThatThrownBy(part::inOrder).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void deletesItsFilesWhenTheSourceFails() {
    StringBuilder text = new StringBuilder("100000 9 9\n");
    text.append("1 2:1\n".repeat(50_000)).append("1 x\n");
    XcSource source = XcSource.open(TestContent.text(text.toString()), DataOptions.strict());
    assertThatThrownBy(() -> load(source)).hasMessageContaining("bad.txt:50002:3");
    assertThat(directory.resolve("spill")).isEmptyDirectory();
  }

  @Test
  void noticesEveryChangeOfItsFile() throws IOException {
    try (Examples examples = load(source(34, 3_000))) {
      Path blocks = files().getFirst();
      assertThat(blocks).hasFileName("blocks");
      byte[] written = Files.readAllBytes(blocks);
      Seeds.repeat(
          200,
          random -> {
            int at = random.nextInt(written.length);
            try (RandomAccessFile file = new RandomAccessFile(blocks.toFile(), "rw")) {
              file.seek(at);
              file.write(written[at] ^ (1 << random.nextInt(8)));
            }
            assertThatThrownBy(() -> readAll(examples.inOrder()))
                .isInstanceOf(MalformedDataException.class)
                .hasMessageStartingWith(blocks + ":offset ")
                .hasMessageEndingWith("a block with its checksum was expected, other bytes came");
            Files.write(blocks, written);
          });
      try (RandomAccessFile file = new RandomAccessFile(blocks.toFile(), "rw")) {
        file.setLength(written.length - 1);
      }
      assertThatThrownBy(() -> readAll(examples.inOrder()))
          .isInstanceOf(MalformedDataException.class)
          .hasMessageContaining("offset " + (written.length - 1))
          .hasMessageContaining("bytes was expected, the end of the file came");
    }
  }

  private Process java(Class<?> main) throws IOException {
    return ChildJvm.start(List.of("-Xshare:auto"), main, directory.resolve("spill"));
  }

  @Test
  void sweepsWhatAKilledProcessLeft() throws Exception {
    Process process = java(Spiller.class);
    try {
      assertThat(process.getInputStream().read()).isEqualTo('+');
      List<Path> left = files();
      assertThat(left).hasSize(2);
      try (Examples examples = load(source(35, 100))) {
        assertThat(files()).as("a living process keeps its files").hasSize(4).containsAll(left);
        process.destroyForcibly().waitFor();
        assertThat(files()).containsAll(left);
        Path unrelated = Files.writeString(directory.resolve("spill/fovea-spill-notes"), "mine");
        sweepHere();
        assertThat(files()).hasSize(3).doesNotContainAnyElementsOf(left).contains(unrelated);
        assertThat(readAll(examples.inOrder()).exampleCount()).isEqualTo(100);
      }
    } finally {
      process.destroyForcibly();
    }
  }

  private void sweepHere() {
    Examples.load(source(36, 1), Long.MAX_VALUE, directory.resolve("spill")).close();
  }

  /// A process that sweeps opens, and closes, no file that it holds itself: that would release its
  /// locks.
  @Test
  void keepsItsFilesWhenItAndOthersSweep() throws Exception {
    try (Examples examples = load(source(37, 100))) {
      sweepHere();
      Process process = java(Sweeper.class);
      assertThat(process.getInputStream().readAllBytes()).isEqualTo(new byte[] {'+'});
      assertThat(process.waitFor()).isZero();
      assertThat(files()).hasSize(2);
      assertThat(readAll(examples.inOrder()).exampleCount()).isEqualTo(100);
    }
  }

  /// Sweeps, says so, and ends.
  static final class Sweeper {

    private Sweeper() {}

    public static void main(String[] arguments) {
      Examples.load(source(1, 1), Long.MAX_VALUE, Path.of(arguments[0])).close();
      System.out.print('+');
      System.out.flush();
    }
  }

  /// Spills, says so, and waits to be killed.
  static final class Spiller {

    private Spiller() {}

    public static void main(String[] arguments) throws IOException {
      try (Examples examples = Examples.load(source(1, 1_000), 0, Path.of(arguments[0]))) {
        System.out.print('+');
        System.out.flush();
        while (System.in.read() >= 0) {
          examples.summary();
        }
      }
    }
  }
}
