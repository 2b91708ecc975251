package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.TreeSet;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// Holds moves in place against a map of places.
class ConnectionMoveTest {

  private record Numbers(float weight, float state) {}

  @Test
  void movesWhatItIsToldAndNothingElse() {
    Seeds.repeat(400, ConnectionMoveTest::check);
  }

  private static void check(SplittableRandom random) {
    int rows = 1 + random.nextInt(30);
    int columns = 1 + random.nextInt(60);
    SparseMatrix matrix = SparseCases.matrix(random, rows, columns);
    RowMatrix state = new RowMatrix(matrix.weights().rows(), SparseMatrix.PAGE);
    for (long p = 0; p < matrix.count(); p++) {
      SparseMatrix.setElement(state, p, random.nextFloat());
    }
    for (int round = 0; round < 3; round++) {
      Map<Long, Numbers> expected = numbers(matrix, state);
      long[] dropped = ConnectionMove.noneOf(matrix.count());
      int count = 0;
      for (long p = 0; p < matrix.count(); p++) {
        if (random.nextInt(3) == 0) {
          dropped[(int) (p >>> 6)] |= 1L << p;
          expected.remove(place(matrix.pattern(), p));
          count++;
        }
      }
      TreeSet<Long> grown = new TreeSet<>();
      while (grown.size() < count) {
        long place = random.nextLong((long) rows * columns);
        if (!expected.containsKey(place)) {
          grown.add(place);
        }
      }
      float[] weights = new float[count];
      int next = 0;
      for (long place : grown) {
        weights[next] = random.nextFloat();
        expected.put(place, new Numbers(weights[next++], 0f));
      }
      long[] places = grown.stream().mapToLong(Long::longValue).toArray();
      matrix.move(new ConnectionMove(dropped, places, weights), List.of(state));
      assertThat(numbers(matrix, state)).isEqualTo(expected);
      checkOutgoing(matrix);
    }
  }

  private static Map<Long, Numbers> numbers(SparseMatrix matrix, RowMatrix state) {
    Map<Long, Numbers> all = new TreeMap<>();
    for (long p = 0; p < matrix.count(); p++) {
      all.put(
          place(matrix.pattern(), p),
          new Numbers(matrix.weight(p), SparseMatrix.element(state, p)));
    }
    assertThat(all).as("no place twice").hasSize((int) matrix.count());
    return all;
  }

  private static long place(SparsePattern pattern, long position) {
    int row = pattern.rowOf(position);
    assertThat(position).isBetween(pattern.offset(row), pattern.offset(row + 1) - 1);
    assertThat(pattern.contains(row, pattern.column(position))).isTrue();
    return (long) row * pattern.columns() + pattern.column(position);
  }

  private static void checkOutgoing(SparseMatrix matrix) {
    int[] expected = new int[matrix.pattern().columns()];
    for (long p = 0; p < matrix.count(); p++) {
      expected[matrix.pattern().column(p)]++;
    }
    assertThat(matrix.outgoingCounts()).isEqualTo(expected);
  }

  @Test
  void refusesToChangeTheNumberOfConnections() {
    SparseMatrix matrix = new SparseMatrix(SparseCases.pattern(new SplittableRandom(1), 3, 4, 6));
    ConnectionMove move =
        new ConnectionMove(ConnectionMove.noneOf(6), new long[] {0}, new float[] {1});
    assertThatThrownBy(() -> matrix.move(move, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 connections go but 1 come");
  }

  @Test
  void refusesPatternsThatDoNotAscendOrFit() {
    assertThatThrownBy(() -> new SparsePattern.Builder(2, 3, 7))
        .hasMessageContaining("7 connections do not fit a layer of 2 x 3 places");
    SparsePattern.Builder builder = new SparsePattern.Builder(2, 3, 2);
    builder.add(0, 1);
    assertThatThrownBy(() -> builder.add(0, 1)).hasMessageContaining("must ascend");
    assertThatThrownBy(() -> builder.add(2, 1)).hasMessageContaining("cannot follow");
    assertThatThrownBy(builder::build).isInstanceOf(IllegalStateException.class);
  }
}
