package org.fovea.store;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.fovea.residency.StoreOptions;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A writer is killed at random moments, again and again on the same store; what it leaves is what
/// it acknowledged, or one batch more.
///
/// `-Dfovea.test.kills=N` kills N processes instead of 8.
class CrashTest {

  private static final int KILLS = Integer.getInteger("fovea.test.kills", 8);

  /// Half of the openings must be faster; single ones wait for whatever else the machine does.
  private static final long OPENING_MILLISECONDS = 1_000;

  @TempDir private Path temporary;

  @Test
  void aKilledWriterLosesNothingThatItAcknowledgedAndTearsNothing() {
    Path directory = temporary.resolve("store");
    Workload expected = new Workload();
    List<Long> openings = new ArrayList<>();
    long[] batches = {0};
    Seeds.repeat(
        KILLS,
        random -> {
          long acknowledged = batches[0];
          try (WriterProcess writer = WriterProcess.start(List.of(), directory)) {
            for (int lines = random.nextInt(60); lines > 0; lines--) {
              acknowledged = Long.parseLong(line(writer));
            }
            spin(random.nextInt(3_000_000));
            acknowledged = writer.kill(acknowledged);
          }
          long start = System.nanoTime();
          try (RocksDbStore store =
              RocksDbStore.open(directory, Workload.FORMAT, StoreOptions.defaults())) {
            openings.add((System.nanoTime() - start) / 1_000_000);
            batches[0] = Workload.last(store);
            assertThat(batches[0]).isBetween(acknowledged, acknowledged + 1);
            expected.check(store);
          }
        });
    Collections.sort(openings);
    long median = openings.get(openings.size() / 2);
    assertThat(median).isLessThan(OPENING_MILLISECONDS);
    assertThat(batches[0]).isGreaterThan(KILLS);
    System.getLogger(CrashTest.class.getName())
        .log(
            System.Logger.Level.INFO,
            "{0} kills, {1} batches, opened in {2} ms, at most {3} ms",
            KILLS,
            batches[0],
            median,
            openings.getLast());
  }

  private static String line(WriterProcess writer) throws IOException {
    Optional<String> line = writer.nextLine();
    return line.orElseThrow(() -> new AssertionError("the writer ended by itself"));
  }

  /// Lets some time pass, so that the end comes at any moment between two lines.
  private static void spin(int nanoseconds) {
    long end = System.nanoTime() + nanoseconds;
    while (System.nanoTime() < end) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aSecondProcessIsRefusedAndADeadOneLocksNothing() throws Exception {
    Path directory = temporary.resolve("store");
    try (WriterProcess first = WriterProcess.start(List.of(), directory)) {
      line(first);
      try (WriterProcess second = WriterProcess.start(List.of(), directory)) {
        assertThat(line(second))
            .isEqualTo(
                ("%s: another process (pid %d) has the store open; wait until it ends, or choose"
                        + " another")
                    .formatted(directory, first.pid()));
        assertThat(second.awaitEnd()).isEqualTo(1);
      }
      first.kill(0);
    }
    try (RocksDbStore store =
        RocksDbStore.open(directory, Workload.FORMAT, StoreOptions.defaults())) {
      new Workload().check(store);
    }
  }

  @Test
  void aFullDiskStopsTheWriterWithOneLineAndHalfABatchIsNeverThere() throws Exception {
    Path directory = temporary.resolve("store");
    // no file may grow beyond a megabyte: the log is the first that wants to
    List<String> limited = List.of("/bin/sh", "-c", "ulimit -f 200; exec \"$0\" \"$@\"");
    long acknowledged = 0;
    String last = "";
    try (WriterProcess writer = WriterProcess.start(limited, directory)) {
      for (Optional<String> line = writer.nextLine(); line.isPresent(); line = writer.nextLine()) {
        last = line.get();
        if (last.matches("[0-9]+")) {
          acknowledged = Long.parseLong(last);
        }
      }
      assertThat(writer.awaitEnd()).isEqualTo(1);
    }
    assertThat(last)
        .startsWith(directory + ": pages cannot be written, nothing of the batch is kept: ");
    try (RocksDbStore store =
        RocksDbStore.open(directory, Workload.FORMAT, StoreOptions.defaults())) {
      assertThat(Workload.last(store)).isEqualTo(acknowledged);
      new Workload().check(store);
    }
  }
}
