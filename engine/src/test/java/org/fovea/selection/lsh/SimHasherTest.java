package org.fovea.selection.lsh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.fovea.kernel.Block;
import org.fovea.kernel.RowMatrix;
import org.fovea.network.Team;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class SimHasherTest {

  private static final int INPUTS = 24;

  @Test
  void collidesByTheAngle() {
    Seeds.once(random -> {
      HashedRows rows = RandomRows.normal(40, INPUTS, false, random);
      Block queries = RandomRows.queries(1, INPUTS, random);
      double[] shares = shares(rows, queries, false, random);
      for (int row = 0; row < rows.count(); row++) {
        double cosine = dot(rows, row, queries) / (length(rows, row) * Math.sqrt(squares(queries)));
        double expected = 1 - Math.acos(cosine) / Math.PI;
        assertThat(shares[row]).isBetween(expected - 0.012, expected + 0.012);
      }
    });
  }

  @Test
  void collidesByTheNetInputWhenAsymmetric() {
    Seeds.once(random -> {
      HashedRows rows = RandomRows.normal(40, INPUTS, true, random);
      double longest = 0;
      for (int row = 0; row < rows.count(); row++) {
        for (int column = 0; column < INPUTS; column++) {
          float scaled = rows.weights().at(row, column) * (40 + row) / 80f;
          rows.weights().set(row, column, scaled);
        }
        longest = Math.max(longest, length(rows, row));
      }
      Block queries = RandomRows.queries(1, INPUTS, random);
      double[] shares = shares(rows, queries, true, random);
      double scale = 1.05 * longest * Math.sqrt(squares(queries) + 1);
      for (int row = 0; row < rows.count(); row++) {
        double netInput = dot(rows, row, queries) + rows.biasOf(row);
        double expected = 1 - Math.acos(netInput / scale) / Math.PI;
        assertThat(shares[row]).isBetween(expected - 0.012, expected + 0.012);
      }
    });
  }

  @Test
  void hashesSparseInputsAsTheSameDenseOnes() {
    Seeds.repeat(
        20,
        random -> {
          HashedRows rows = RandomRows.normal(50, INPUTS, true, random);
          SimHasher hasher = new SimHasher(rows, 9, 7, random.nextBoolean(), random.nextLong());
          hasher.fitted(Team.single());
          Block query = new Block(1, INPUTS);
          int[] indices = {1, 4, 5, 20};
          float[] values = new float[4];
          for (int i = 0; i < 4; i++) {
            values[i] = (float) random.nextGaussian();
            query.data()[indices[i]] = values[i];
          }
          HashScratch scratch = new HashScratch();
          hasher.hashQueries(query, 0, 1, 3, scratch);
          int[] dense = scratch.addresses().clone();
          hasher.hashSparse(indices, values, 0, 4, 3, scratch);
          assertThat(scratch.addresses()).isEqualTo(dense);
        });
  }

  @Test
  void hashesEachQueryOfABatchAsAlone() {
    Seeds.repeat(
        10,
        random -> {
          HashedRows rows = RandomRows.normal(500, INPUTS, true, random);
          SimHasher hasher = new SimHasher(rows, 5, 9, true, random.nextLong());
          hasher.fitted(Team.single());
          Block queries = RandomRows.queries(13, INPUTS, random);
          HashScratch scratch = new HashScratch();
          hasher.hashQueries(queries, 0, 13, 4, scratch);
          int[] together = scratch.addresses().clone();
          for (int e = 0; e < 13; e++) {
            hasher.hashQueries(queries, e, e + 1, 4, scratch);
            for (int i = 0; i < 20; i++) {
              assertThat(scratch.addresses()[i]).isEqualTo(together[e * 20 + i]);
            }
          }
        });
  }

  @Test
  void probesDifferentBucketsWithTheLeastCertainBitFirst() {
    Seeds.once(random -> {
      HashedRows rows = RandomRows.normal(5_000, INPUTS, false, random);
      SimHasher hasher = new SimHasher(rows, 4, 8, false, random.nextLong());
      Block query = RandomRows.queries(1, INPUTS, random);
      HashScratch scratch = new HashScratch();
      int probes = hasher.probes(1_000);
      assertThat(probes).isEqualTo(256);
      hasher.hashQueries(query, 0, 1, probes, scratch);
      for (int table = 0; table < 4; table++) {
        boolean[] seen = new boolean[256];
        for (int probe = 0; probe < probes; probe++) {
          int address = scratch.addresses()[table * probes + probe];
          assertThat(seen[address]).isFalse();
          seen[address] = true;
        }
        int flipped = scratch.addresses()[table * probes] ^ scratch.addresses()[table * probes + 1];
        int least = 0;
        for (int hash = 0; hash < 8; hash++) {
          if (distance(scratch, table, hash) < distance(scratch, table, least)) {
            least = hash;
          }
        }
        assertThat(flipped).isEqualTo(1 << (7 - least));
      }
    });
  }

  @Test
  void noticesWhenRowsOutgrowTheBound() {
    HashedRows rows = RandomRows.normal(20, INPUTS, true, new SplittableRandom(5));
    SimHasher hasher = new SimHasher(rows, 2, 4, true, 3);
    hasher.fitted(Team.single());
    assertThat(hasher.outgrown()).isFalse();
    scale(rows, 2f);
    assertThat(hasher.outgrown()).isTrue();
    hasher.fitted(Team.single());
    assertThat(hasher.outgrown()).isFalse();
    scale(rows, 0.5f);
    assertThat(hasher.outgrown()).isTrue();
  }

  @Test
  void spreadsRowsOverBucketsThoughOneIsVeryLong() {
    HashedRows rows = RandomRows.normal(4_000, INPUTS, true, new SplittableRandom(5));
    rows.weights().set(7, 0, 1_000f);
    SimHasher hasher = new SimHasher(rows, 1, 6, true, 3);
    hasher.fitted(Team.single());
    int[] ids = new int[4_000];
    for (int row = 0; row < ids.length; row++) {
      ids[row] = row;
    }
    int[] out = new int[4_000];
    hasher.hashRows(ids, 0, ids.length, new HashScratch(), out);
    int[] loads = new int[64];
    for (int address : out) {
      loads[address]++;
    }
    assertThat(Arrays.stream(loads).max().orElseThrow()).isLessThan(1_500);
  }

  private static void scale(HashedRows rows, float factor) {
    for (int row = 0; row < rows.count(); row++) {
      for (int column = 0; column < INPUTS; column++) {
        rows.weights().set(row, column, factor * rows.weights().at(row, column));
      }
    }
  }

  private static float distance(HashScratch scratch, int table, int hash) {
    return Math.abs(scratch.product.at(0, table * 8 + hash));
  }

  /// By row the share of 60,000 one-bit codes that it has in common with the query.
  private static double[] shares(
      HashedRows rows, Block queries, boolean asymmetric, SplittableRandom random) {
    int tables = 1_000;
    int repeats = 60;
    int[] ids = new int[rows.count()];
    for (int row = 0; row < ids.length; row++) {
      ids[row] = row;
    }
    int[] out = new int[ids.length * tables];
    double[] shares = new double[ids.length];
    HashScratch scratch = new HashScratch();
    for (int repeat = 0; repeat < repeats; repeat++) {
      SimHasher hasher = new SimHasher(rows, tables, 1, asymmetric, random.nextLong());
      hasher.fitted(Team.single());
      hasher.hashRows(ids, 0, ids.length, scratch, out);
      hasher.hashQueries(queries, 0, 1, 1, scratch);
      for (int row = 0; row < ids.length; row++) {
        for (int table = 0; table < tables; table++) {
          if (out[row * tables + table] == scratch.addresses()[table]) {
            shares[row] += 1.0 / (tables * repeats);
          }
        }
      }
    }
    return shares;
  }

  private static double dot(HashedRows rows, int row, Block queries) {
    double sum = 0;
    for (int column = 0; column < INPUTS; column++) {
      sum += rows.weights().at(row, column) * queries.at(0, column);
    }
    return sum;
  }

  private static double squaredLength(HashedRows rows, int row) {
    double sum = rows.biasOf(row) * rows.biasOf(row);
    RowMatrix weights = rows.weights();
    for (int column = 0; column < INPUTS; column++) {
      sum += weights.at(row, column) * weights.at(row, column);
    }
    return sum;
  }

  private static double length(HashedRows rows, int row) {
    return Math.sqrt(squaredLength(rows, row));
  }

  private static double squares(Block queries) {
    double sum = 0;
    for (int column = 0; column < INPUTS; column++) {
      sum += queries.at(0, column) * queries.at(0, column);
    }
    return sum;
  }
}
