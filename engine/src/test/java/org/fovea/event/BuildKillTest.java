package org.fovea.event;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fovea.network.page.NeuronStore;
import org.fovea.network.page.PageBuffer;
import org.fovea.network.page.PageChecksum;
import org.fovea.residency.HeapStore;
import org.fovea.residency.MappedStore;
import org.fovea.residency.PageFileWriter;
import org.fovea.residency.PageSink;
import org.fovea.testkit.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process while it builds a suspended network over another, again and again: the one that
/// was finished last, or the next, must be there as a whole.
///
/// `-Dfovea.test.kills=200` kills more often than the build does.
class BuildKillTest {

  private static final int KILLS = Integer.getInteger("fovea.test.kills", 3);
  private static final int LONGEST_MILLIS = 1_200;

  @TempDir private Path folder;

  @Test
  void leavesAWholeNetworkWhenItsProcessIsKilled() throws Exception {
    Path file = folder.resolve(BuildProcess.FILE);
    Path output = folder.resolve("output.txt");
    SplittableRandom random = new SplittableRandom(31);
    build(0);
    int next = 1;
    int replaced = 0;
    Duration slowest = Duration.ZERO;
    for (int kill = 0; kill < KILLS; kill++) {
      int millis = random.nextInt(LONGEST_MILLIS);
      int finished = ChildJvm.killed(output, 1, millis, BuildProcess.class, folder, next);
      long start = System.nanoTime();
      try (MappedStore store = MappedStore.open(file, SuspendedNetwork.FORMAT)) {
        SuspendedNetwork.open(store, 1 << 20, 0);
        Duration took = Duration.ofNanos(System.nanoTime() - start);
        slowest = took.compareTo(slowest) > 0 ? took : slowest;
        boolean exact = checksum(store) == expected(finished - 1);
        if (!exact) {
          assertThat(checksum(store)).as("kill %d", kill).isEqualTo(expected(finished));
        }
        replaced += finished - next;
        next = exact ? finished : finished + 1;
      }
    }
    build(next);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("network.pages", "output.txt");
    }
    assertThat(slowest).isLessThan(Duration.ofSeconds(5));
    System.out.printf("%d kills, %d networks, slowest to open %s%n", KILLS, replaced, slowest);
  }

  private void build(int number) {
    Path file = folder.resolve(BuildProcess.FILE);
    try (PageFileWriter writer = PageFileWriter.create(file, SuspendedNetwork.FORMAT)) {
      BuildProcess.build(number, folder, PageSink.of(writer));
    }
  }

  private int expected(int number) {
    try (HeapStore store = new HeapStore("pages", SuspendedNetwork.FORMAT)) {
      BuildProcess.build(number, folder, PageSink.of(store));
      return checksum(store);
    }
  }

  /// Of all pages, which also finds damage in any.
  private static int checksum(NeuronStore store) {
    PageBuffer buffer = new PageBuffer();
    int[] sum = {PageChecksum.of(0, store.metadata(), 0, store.metadata().length)};
    store.forEachPage(page -> {
      store.read(page, buffer);
      sum[0] = 31 * sum[0] + PageChecksum.of(page, buffer.bytes(), 0, buffer.length());
    });
    return sum[0];
  }
}
