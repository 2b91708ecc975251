package org.fovea.residency;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.fovea.kernel.Block;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Parameters;
import org.fovea.network.SuspendedRows;
import org.fovea.network.Updater;
import org.fovea.network.page.DamagedPageException;
import org.fovea.network.page.NeuronStoreException;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Rows that come and go keep what they are.
class SlottedRowsTest {

  private static final int ROWS = 3_000;
  private static final int COLUMNS = 19;
  private static final float START = 0.25f;

  @TempDir private Path directory;

  private final AtomicReference<FileChannel> channel = new AtomicReference<>();
  private RowMatrix weights = new RowMatrix(0, COLUMNS);
  private RowMatrix state = new RowMatrix(0, 1);

  @AfterEach
  void closeFile() throws IOException {
    if (channel.get() != null) {
      channel.get().close();
    }
  }

  /// Rows with one float of state, in a file that the test can reach.
  private SuspendedRows open(int rows, int slots) {
    return SlottedRows.opener(slots, this::visibleFile).open(rows, parameters(slots));
  }

  private Parameters parameters(int slots) {
    weights = new RowMatrix(slots, COLUMNS);
    state = new RowMatrix(slots, 1);
    for (float[] chunk : state.chunks()) {
      Arrays.fill(chunk, START);
    }
    Updater updater =
        new Updater() {
          @Override
          public void update(int row, float[] gradient, int from, float rate) {}

          @Override
          public List<State> state() {
            return List.of(new State("counts", state));
          }
        };
    return new Parameters("rows", Parameters.Role.WEIGHT, weights, updater);
  }

  private ScratchFile visibleFile(int records, int floats) {
    try {
      Path path = directory.resolve("rows");
      channel.set(
          FileChannel.open(
              path,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.READ,
              StandardOpenOption.WRITE));
      return new ScratchFile(path.toString(), channel.get(), records, floats);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static float first(int row) {
    return row * 8f;
  }

  private static void fill(SuspendedRows rows) {
    rows.fill((row, record) -> {
      for (int i = 0; i < COLUMNS; i++) {
        record[i] = first(row) + i / 64f;
      }
    });
  }

  private static int[] someRows(SplittableRandom random, int rows, int count) {
    return random.ints(0, rows).distinct().limit(count).toArray();
  }

  /// Adds 1 to every float of the rows, in memory.
  private void step(SuspendedRows rows, int[] ids, boolean changes) {
    int[] slots = new int[ids.length];
    rows.wake(ids, ids.length, slots);
    for (int i = 0; i < ids.length && changes; i++) {
      for (int column = 0; column < COLUMNS; column++) {
        weights.set(slots[i], column, weights.at(slots[i], column) + 1);
      }
      state.set(slots[i], 0, state.at(slots[i], 0) + 1);
    }
    rows.release(slots, ids.length, changes);
  }

  @Test
  void keepsEveryRowAndItsState() {
    Seeds.repeat(
        5,
        random -> {
          int slots = 40 + random.nextInt(400);
          try (SuspendedRows rows = open(ROWS, slots)) {
            fill(rows);
            int[] steps = new int[ROWS];
            for (int batch = 0; batch < 60; batch++) {
              int[] ids = someRows(random, batch % 2 == 0 ? ROWS : 200, 1 + random.nextInt(40));
              boolean changes = random.nextInt(5) > 0;
              step(rows, ids, changes);
              for (int id : ids) {
                steps[id] += changes ? 1 : 0;
              }
            }
            check(rows, steps);
          }
        });
  }

  private static void check(SuspendedRows rows, int[] steps) {
    List<float[]> all = new ArrayList<>();
    rows.forEach(
        0, (values, from, count) -> all.add(Arrays.copyOfRange(values, from, from + count)));
    List<Float> counts = new ArrayList<>();
    rows.forEach(1, (values, from, _) -> counts.add(values[from]));
    Block tile = new Block();
    tile.resize(700, COLUMNS);
    rows.copy(900, 700, tile);
    Block picked = new Block();
    picked.resize(3, COLUMNS);
    rows.gather(new int[] {2_999, 17, 4, 901}, 1, 4, picked);
    assertThat(all).hasSize(ROWS);
    for (int row = 0; row < ROWS; row++) {
      float[] expected = new float[COLUMNS];
      for (int i = 0; i < COLUMNS; i++) {
        expected[i] = first(row) + i / 64f + steps[row];
      }
      assertThat(all.get(row)).isEqualTo(expected);
      assertThat(counts.get(row)).isEqualTo(START + steps[row]);
      if (row >= 900 && row < 1_600) {
        assertThat(tile.at(row - 900, 7)).isEqualTo(expected[7]);
      }
    }
    assertThat(picked.at(0, 1)).isEqualTo(all.get(17)[1]);
    assertThat(picked.at(1, 1)).isEqualTo(all.get(4)[1]);
    assertThat(picked.at(2, 1)).isEqualTo(all.get(901)[1]);
  }

  @Test
  void writesOnlyWhatChanged() {
    try (SuspendedRows rows = open(ROWS, 10)) {
      fill(rows);
      int[] some = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10};
      int[] others = {21, 22, 23, 24, 25, 26, 27, 28, 29, 30};
      step(rows, some, false);
      step(rows, others, true);
      step(rows, some, true);
      SlotStatistics did = ((SlottedRows) rows).statistics();
      assertThat(did.written()).isEqualTo(10);
      assertThat(did.misses()).isEqualTo(30);
      // rows that follow one another are one call
      assertThat(did.writeCalls()).isEqualTo(1);
      assertThat(did.readCalls()).isEqualTo(3);
    }
  }

  @Test
  void keepsRowsThatAreUsedAgain() {
    try (SuspendedRows rows = open(ROWS, 20)) {
      fill(rows);
      int[] often = {1, 2, 3, 4, 5};
      for (int batch = 0; batch < 50; batch++) {
        step(rows, often, true);
        step(rows, new int[] {100 + 3 * batch, 101 + 3 * batch, 102 + 3 * batch}, true);
      }
      // CLOCK knows only whether a row was used, so a round may cost a few
      assertThat(((SlottedRows) rows).statistics().misses()).isBetween(155L, 160L);
    }
  }

  @Test
  void noticesEveryFlippedBit() throws IOException {
    try (SuspendedRows rows = open(100, 10)) {
      fill(rows);
      int length = (COLUMNS + 1) * Float.BYTES;
      SplittableRandom random = Seeds.fixed(3);
      for (int flip = 0; flip < 200; flip++) {
        int row = random.nextInt(100);
        long at = (long) row * length + random.nextInt(length);
        ByteBuffer one = ByteBuffer.allocate(1);
        channel.get().read(one, at);
        byte was = one.get(0);
        channel
            .get()
            .write(ByteBuffer.wrap(new byte[] {(byte) (was ^ 1 << random.nextInt(8))}), at);
        Block block = new Block();
        block.resize(100, COLUMNS);
        assertThatThrownBy(() -> rows.copy(0, 100, block))
            .isInstanceOf(DamagedPageException.class)
            .hasMessageContaining("page " + row + " is damaged");
        channel.get().write(ByteBuffer.wrap(new byte[] {was}), at);
        rows.copy(0, 100, block);
      }
    }
  }

  @Test
  void noticesARecordThatWasNotWrittenLast() throws IOException {
    try (SuspendedRows rows = open(100, 2)) {
      fill(rows);
      ByteBuffer old = ByteBuffer.allocate((COLUMNS + 1) * Float.BYTES);
      channel.get().read(old, 0);
      step(rows, new int[] {0, 1}, true);
      step(rows, new int[] {2, 3}, true);
      channel.get().write(old.flip(), 0);
      int[] slots = new int[2];
      assertThatThrownBy(() -> rows.wake(new int[] {0, 1}, 2, slots))
          .isInstanceOf(DamagedPageException.class)
          .hasMessageContaining("has other bytes than were written");
      assertThatThrownBy(() -> rows.wake(new int[] {5, 6}, 2, slots))
          .isInstanceOf(NeuronStoreException.class)
          .hasMessageContaining("waking some has failed before");
    }
  }

  @Test
  void saysWhenTheDiskFails() throws IOException {
    try (SuspendedRows rows = open(100, 2)) {
      channel.get().close();
      assertThatThrownBy(() -> fill(rows))
          .isInstanceOf(NeuronStoreException.class)
          .hasMessageContaining("rows of labels could not be written to the scratch file of 8,000");
    }
  }

  @Test
  void refusesABatchThatNeverFits() {
    try (SuspendedRows rows = open(100, 4)) {
      fill(rows);
      int[] slots = new int[5];
      assertThatThrownBy(() -> rows.wake(new int[] {1, 2, 3, 4, 5}, 5, slots))
          .isInstanceOf(NeuronStoreException.class)
          .hasMessage(
              "a batch needs 5 rows of labels in memory, where there is room for 4: give them more"
                  + " memory, or a batch fewer examples or negatives");
      rows.wake(new int[] {1, 2, 3, 4}, 4, slots);
      rows.release(slots, 4, false);
    }
  }

  @Test
  void refusesToReplaceRowsThatAreHeld() {
    try (SuspendedRows rows = open(100, 4)) {
      fill(rows);
      rows.wake(new int[] {1}, 1, new int[1]);
      assertThatThrownBy(() -> fill(rows)).isInstanceOf(IllegalStateException.class);
    }
  }

  @Test
  void batchesThatDoNotFitTogetherTakeTurns() throws InterruptedException, ExecutionException {
    int[] steps = new int[ROWS];
    try (SuspendedRows rows = open(ROWS, 50);
        ExecutorService workers = Executors.newFixedThreadPool(4)) {
      fill(rows);
      List<Future<int[]>> results = new ArrayList<>();
      for (int worker = 0; worker < 4; worker++) {
        // rows of its own, so that no update is lost
        int own = worker;
        results.add(
            workers.submit(() -> {
              int[] mine = new int[ROWS];
              SplittableRandom random = Seeds.fixed(own);
              for (int batch = 0; batch < 200; batch++) {
                int[] ids = someRows(random, ROWS / 4, 30);
                for (int i = 0; i < ids.length; i++) {
                  ids[i] = 4 * ids[i] + own;
                  mine[ids[i]]++;
                }
                step(rows, ids, true);
              }
              return mine;
            }));
      }
      for (Future<int[]> result : results) {
        int[] mine = result.get();
        Arrays.setAll(steps, row -> steps[row] + mine[row]);
      }
      check(rows, steps);
      assertThat(((SlottedRows) rows).statistics().batches()).isEqualTo(800);
    }
  }

  @Test
  void leavesNoFileBehind() throws IOException {
    try (SuspendedRows rows = SlottedRows.in(directory, 4).open(100, parameters(4));
        SuspendedRows more = SlottedRows.in(directory, 4).open(100, parameters(4))) {
      fill(rows);
      fill(more);
    }
    try (Stream<Path> files = Files.list(directory)) {
      assertThat(files).isEmpty();
    }
  }

  @Test
  void saysWhereNoFileCanBeMade() {
    Path nowhere = directory.resolve("missing");
    assertThatThrownBy(() -> SlottedRows.in(nowhere, 4).open(100, parameters(4)))
        .isInstanceOf(NeuronStoreException.class)
        .hasMessageContaining(nowhere + ": no scratch file for rows of labels could be made here");
  }
}
