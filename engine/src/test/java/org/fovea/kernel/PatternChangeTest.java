package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// Holds changes of patterns against a map of places.
class PatternChangeTest {

  private record Numbers(float weight, float state) {}

  /// A matrix, and a state that belongs to its connections.
  private record Layer(SparseMatrix matrix, RowMatrix state) {

    static Layer random(SplittableRandom random) {
      SparseMatrix matrix =
          SparseCases.matrix(random, 1 + random.nextInt(30), 1 + random.nextInt(60));
      RowMatrix state = new RowMatrix(matrix.weights().rows(), SparseMatrix.PAGE);
      for (long p = 0; p < matrix.count(); p++) {
        SparseMatrix.setElement(matrix.weights(), p, random.nextFloat());
        SparseMatrix.setElement(state, p, random.nextFloat());
      }
      return new Layer(matrix, state);
    }

    Layer changed(PatternChange change, float[] fresh) {
      SparseMatrix next = new SparseMatrix(change.pattern());
      RowMatrix nextState = new RowMatrix(next.weights().rows(), SparseMatrix.PAGE);
      change.carryWeights(matrix.weights(), next.weights(), fresh);
      change.carry(state, nextState);
      return new Layer(next, nextState);
    }

    Map<Long, Numbers> numbers() {
      Map<Long, Numbers> all = new TreeMap<>();
      for (long p = 0; p < matrix.count(); p++) {
        long place =
            (long) matrix.pattern().rowOf(p) * matrix.pattern().columns()
                + matrix.pattern().column(p);
        all.put(place, new Numbers(matrix.weight(p), SparseMatrix.element(state, p)));
      }
      assertThat(all).as("no place twice").hasSize((int) matrix.count());
      return all;
    }
  }

  @Test
  void moreOrFewerConnectionsComeThanGo() {
    Seeds.repeat(400, PatternChangeTest::checkMove);
  }

  private static void checkMove(SplittableRandom random) {
    Layer layer = Layer.random(random);
    SparsePattern pattern = layer.matrix().pattern();
    Map<Long, Numbers> expected = layer.numbers();
    long[] dropped = ConnectionMove.noneOf(pattern.count());
    for (long p = 0; p < pattern.count(); p++) {
      if (random.nextInt(3) == 0) {
        dropped[(int) (p >>> 6)] |= 1L << p;
        expected.remove((long) pattern.rowOf(p) * pattern.columns() + pattern.column(p));
      }
    }
    TreeSet<Long> grown = new TreeSet<>();
    int wanted = random.nextInt(30);
    for (int i = 0; i < wanted; i++) {
      long place = random.nextLong(pattern.places());
      if (!expected.containsKey(place)) {
        grown.add(place);
      }
    }
    float[] weights = new float[grown.size()];
    int next = 0;
    for (long place : grown) {
      weights[next] = 1 + random.nextFloat();
      expected.put(place, new Numbers(weights[next++], 0f));
    }
    long[] places = grown.stream().mapToLong(Long::longValue).toArray();
    ConnectionMove move = new ConnectionMove(dropped, places, weights);
    assertThat(layer.changed(PatternChange.of(pattern, move), weights).numbers())
        .isEqualTo(expected);
  }

  @Test
  void rowsAndColumnsGetOtherNumbers() {
    Seeds.repeat(400, PatternChangeTest::checkNumbers);
  }

  private static void checkNumbers(SplittableRandom random) {
    Layer layer = Layer.random(random);
    SparsePattern pattern = layer.matrix().pattern();
    int[] rows = origins(pattern.rows(), random);
    int[] columns = origins(pattern.columns(), random);
    Map<Long, Numbers> before = layer.numbers();
    Map<Long, Numbers> expected = new TreeMap<>();
    for (int row = 0; row < rows.length; row++) {
      for (int column = 0; column < columns.length; column++) {
        Numbers old = before.get((long) rows[row] * pattern.columns() + columns[column]);
        if (rows[row] >= 0 && columns[column] >= 0 && old != null) {
          expected.put((long) row * columns.length + column, old);
        }
      }
    }
    PatternChange change = PatternChange.renumbered(pattern, rows, columns);
    assertThat(change.pattern().rows()).isEqualTo(rows.length);
    assertThat(change.pattern().columns()).isEqualTo(columns.length);
    assertThat(layer.changed(change, new float[0]).numbers()).isEqualTo(expected);
  }

  /// Some of the numbers below a count in any order, each at most once, and some that are new.
  private static int[] origins(int count, SplittableRandom random) {
    int[] origins = new int[1 + random.nextInt(count + 5)];
    TreeSet<Integer> left = new TreeSet<>();
    for (int i = 0; i < count; i++) {
      left.add(i);
    }
    boolean shuffled = random.nextBoolean();
    for (int i = 0; i < origins.length; i++) {
      Integer next = shuffled ? left.ceiling(random.nextInt(count)) : left.ceiling(0);
      boolean fresh = next == null || random.nextInt(8) == 0;
      origins[i] = fresh ? -1 : next;
      if (!fresh) {
        left.remove(next);
      }
    }
    return origins;
  }

  @Test
  void numbersOfPagesComeFromWhereTheirFirstConnectionWas() {
    SparsePattern.Builder builder = new SparsePattern.Builder(1, 2000, 600);
    for (int column = 0; column < 600; column++) {
      builder.add(0, column);
    }
    SparsePattern pattern = builder.build();
    long[] dropped = ConnectionMove.noneOf(600);
    for (int p = 0; p < 300; p++) {
      dropped[p >>> 6] |= 1L << p;
    }
    long[] grown = new long[300];
    for (int i = 0; i < grown.length; i++) {
      grown[i] = 1000L + i;
    }
    PatternChange change =
        PatternChange.of(pattern, new ConnectionMove(dropped, grown, new float[300]));
    RowMatrix counts = new RowMatrix(3, 1);
    for (int page = 0; page < 3; page++) {
      counts.set(page, 0, 10 + page);
    }
    RowMatrix carried = new RowMatrix(3, 1);
    change.carryPages(counts, carried);
    // the first page begins with connection 300, the second with 556, the third is new
    assertThat(carried.at(0, 0)).isEqualTo(11);
    assertThat(carried.at(1, 0)).isEqualTo(12);
    assertThat(carried.at(2, 0)).isZero();
  }
}
