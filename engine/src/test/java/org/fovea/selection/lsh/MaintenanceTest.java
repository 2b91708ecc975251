package org.fovea.selection.lsh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;
import org.fovea.network.Selector;
import org.fovea.network.Team;
import org.fovea.spec.BucketPolicy;
import org.fovea.spec.HashFamily;
import org.fovea.spec.Rehash;
import org.fovea.spec.Retrieval;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class MaintenanceTest {

  private static final int ROWS = 2_000;
  private static final int INPUTS = 16;
  private static final long PATIENCE = 20_000_000_000L;

  @Test
  void goesRoundAtTheBatchesThatAreAskedFor() {
    assertThat(rounds(new Rehash.Every(3), 12)).containsExactly(3L, 6L, 9L, 12L);
    assertThat(rounds(new Rehash.Incremental(5), 12)).containsExactly(5L, 10L);
    assertThat(rounds(new Rehash.Background(4), 12)).containsExactly(4L, 8L, 12L);
    assertThat(rounds(new Rehash.Growing(2, 2), 62)).containsExactly(2L, 6L, 14L, 30L, 62L);
    assertThat(rounds(new Rehash.Growing(3, 1.5), 25)).containsExactly(3L, 7L, 13L, 23L);
  }

  @Test
  void goesRoundTheSameAfterResuming() {
    for (Rehash rehash : List.of(new Rehash.Growing(3, 1.4), new Rehash.Incremental(7))) {
      RehashClock whole = new RehashClock(rehash);
      RehashClock resumed = new RehashClock(rehash);
      for (long batch = 1; batch < 200; batch++) {
        long round = whole.roundAt(batch);
        if (batch >= 50) {
          assertThat(resumed.roundAt(batch)).isEqualTo(round);
        }
      }
    }
  }

  private static List<Long> rounds(Rehash rehash, long batches) {
    RehashClock clock = new RehashClock(rehash);
    List<Long> rounds = new ArrayList<>();
    for (long batch = 1; batch <= batches; batch++) {
      if (clock.roundAt(batch) > 0) {
        rounds.add(batch);
      }
    }
    return rounds;
  }

  @Test
  void detectsStaleTablesEachTimeAndBuildsThemAgain() {
    Seeds.repeat(
        20,
        random -> {
          HashedRows rows = RandomRows.normal(ROWS, INPUTS, true, random);
          boolean deterministic = random.nextBoolean();
          try (LshSelector selector = selector(rows, new Rehash.Incremental(1), deterministic)) {
            selector.maintain(1);
            assertThat(selector.alarms()).isZero();
            for (int row = 0; row < ROWS; row++) {
              if (random.nextInt(4) == 0) {
                RandomRows.redraw(rows.weights(), row, random);
              }
            }
            Block queries = RandomRows.queries(4, INPUTS, random);
            SelectionHealth sick = selector.health(queries, 5);
            assertThat(sick.staleShare()).isGreaterThan(0.05);
            assertThat(sick.alarming(SelectionHealth.Thresholds.USUAL)).isTrue();
            selector.maintain(2);
            assertThat(selector.alarms()).isEqualTo(deterministic ? 1 : 0);
            selector.maintain(3);
            assertThat(selector.alarms()).isEqualTo(1);
            SelectionHealth healthy = selector.health(queries, 5);
            assertThat(healthy.staleShare()).isZero();
            assertThat(healthy.alarming(SelectionHealth.Thresholds.USUAL)).isFalse();
            selector.maintain(4);
            assertThat(selector.alarms()).isEqualTo(1);
          }
        });
  }

  @Test
  void reportsRecallAndLoads() {
    Seeds.once(random -> {
      HashedRows rows = RandomRows.normal(ROWS, INPUTS, true, random);
      try (LshSelector selector = selector(rows, new Rehash.Every(1), false)) {
        assertThat(selector.latestHealth()).isEmpty();
        Block queries = RandomRows.queries(64, INPUTS, random);
        Selector.Scratch scratch = selector.newScratch();
        ActiveSet set = new ActiveSet(ROWS);
        long found = 0;
        long hits = 0;
        ExactTop exact = new ExactTop(rows, queries, 3);
        for (int query = 0; query < 64; query++) {
          set.clear();
          selector.select(queries, query, query + 1, set, scratch, random, true);
          found += set.size();
          for (int row : exact.ids(query)) {
            hits += set.contains(row) ? 1 : 0;
          }
        }
        SelectionHealth health = selector.health(queries, 3);
        assertThat(health.recall()).isEqualTo(hits / 192.0);
        assertThat(health.meanRetrieved()).isEqualTo(found / 64.0);
        assertThat(health.meanLoad() * (1 - health.emptyShare()) * 64).isBetween(1999.99, 2000.01);
        assertThat(health.largestLoad()).isGreaterThan((int) health.meanLoad());
        selector.maintain(1);
        assertThat(selector.latestHealth().orElseThrow().recall()).isBetween(0.05, 1.0);
        selector.thresholds(new SelectionHealth.Thresholds(1, 0.1));
        selector.maintain(2);
        assertThat(selector.alarms()).isEqualTo(1);
      }
    });
  }

  @Test
  void convergesInTheBackgroundWhileRowsChange() {
    Seeds.repeat(
        3,
        random -> {
          HashedRows rows = RandomRows.normal(ROWS, INPUTS, true, random);
          try (LshSelector selector = selector(rows, new Rehash.Background(1), false)) {
            int[] changed = new int[50];
            for (int batch = 1; batch <= 50; batch++) {
              for (int i = 0; i < changed.length; i++) {
                changed[i] = random.nextInt(ROWS);
                RandomRows.redraw(rows.weights(), changed[i], random);
              }
              selector.rowsChanged(changed, 0, changed.length);
              selector.maintain(batch);
            }
            Block none = new Block(0, INPUTS);
            long start = System.nanoTime();
            while (selector.health(none, 5).staleShare() > 0) {
              assertThat(System.nanoTime() - start).isLessThan(PATIENCE);
              LockSupport.parkNanos(1_000_000);
            }
          }
        });
  }

  @Test
  void showsReadersNothingButRowsWhileTablesChange() throws Exception {
    SplittableRandom random = Seeds.fixed(5);
    HashedRows rows = RandomRows.normal(ROWS, INPUTS, true, random);
    try (LshSelector selector = selector(rows, new Rehash.Background(1), false)) {
      AtomicReference<Throwable> failure = new AtomicReference<>();
      AtomicReference<Boolean> stop = new AtomicReference<>(false);
      List<Thread> readers = new ArrayList<>();
      for (int reader = 0; reader < 2; reader++) {
        SplittableRandom own = random.split();
        readers.add(Thread.ofPlatform().start(() -> read(selector, own, stop, failure)));
      }
      long end = System.nanoTime() + 1_500_000_000L;
      for (int batch = 1; System.nanoTime() < end; batch++) {
        int[] changed = new int[1 + random.nextInt(batch % 7 == 0 ? 900 : 20)];
        for (int i = 0; i < changed.length; i++) {
          changed[i] = random.nextInt(ROWS);
          RandomRows.redraw(rows.weights(), changed[i], random);
        }
        selector.rowsChanged(changed, 0, changed.length);
        selector.maintain(batch);
        if (batch % 50 == 0) {
          selector.refresh();
        }
      }
      stop.set(true);
      for (Thread reader : readers) {
        reader.join();
      }
      assertThat(failure.get()).isNull();
    }
  }

  private static void read(
      LshSelector selector,
      SplittableRandom random,
      AtomicReference<Boolean> stop,
      AtomicReference<Throwable> failure) {
    try {
      ActiveSet set = new ActiveSet(ROWS);
      Selector.Scratch scratch = selector.newScratch();
      Block queries = RandomRows.queries(20, INPUTS, random);
      while (!stop.get()) {
        set.clear();
        int query = random.nextInt(20);
        selector.select(queries, query, query + 1, set, scratch, random, true);
        // A row outside [0, ROWS) would have thrown; a torn table would be nearly empty or huge.
        int[] members = RandomRows.members(set);
        assertThat(members).doesNotHaveDuplicates();
        assertThat(members.length).isBetween(20, 1_600);
      }
    } catch (Throwable broken) {
      failure.set(broken);
    }
  }

  private static LshSelector selector(HashedRows rows, Rehash rehash, boolean deterministic) {
    Selection.Lsh spec =
        new Selection.Lsh(
            new HashFamily.SimHash(false),
            8,
            6,
            new BucketPolicy.Unbounded(),
            new Retrieval.MostFrequent(ROWS),
            Optional.empty(),
            rehash,
            Sharing.EXAMPLE);
    return new LshSelector(
        spec, rows, Optional.empty(), new LshOptions(3, deterministic, Team.single()));
  }
}
