package org.fovea.selection.lsh;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;
import org.fovea.network.Team;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

final class PredictionIndexTest {

  private static final int INPUTS = 70;

  @Test
  void estimatesWithoutBias() {
    Seeds.once(random -> {
      HashedRows rows = RandomRows.normal(40, INPUTS, false, random);
      Block query = RandomRows.queries(1, INPUTS, random);
      double[] mean = new double[40];
      double squaredError = 0;
      int repeats = 300;
      for (int repeat = 0; repeat < repeats; repeat++) {
        float[] estimates = estimate(rows, query, random.nextLong());
        for (int row = 0; row < 40; row++) {
          mean[row] += estimates[row] / repeats;
          double error = estimates[row] - dot(rows, row, query);
          squaredError += error * error / (40 * repeats);
        }
      }
      // The theory: |r| |x| 0.76 / sqrt(inputs).
      double squares = 0;
      for (int row = 0; row < 40; row++) {
        squares += squaredLength(rows, row) / 40;
      }
      double deviation = 0.76 * Math.sqrt(squares * squaredLength(query) / INPUTS);
      assertThat(Math.sqrt(squaredError)).isBetween(0.85 * deviation, 1.15 * deviation);
      for (int row = 0; row < 40; row++) {
        double exact = dot(rows, row, query);
        double tolerance = 5.5 * deviation / Math.sqrt(repeats) + 0.02 * Math.abs(exact);
        assertThat(mean[row]).isBetween(exact - tolerance, exact + tolerance);
      }
    });
  }

  private static double squaredLength(HashedRows rows, int row) {
    double squares = 0;
    for (int column = 0; column < INPUTS; column++) {
      squares += rows.weights().at(row, column) * rows.weights().at(row, column);
    }
    return squares;
  }

  private static double squaredLength(Block query) {
    double squares = 0;
    for (int column = 0; column < INPUTS; column++) {
      squares += query.at(0, column) * query.at(0, column);
    }
    return squares;
  }

  private static float[] estimate(HashedRows rows, Block query, long seed) {
    Block rotation = Rotation.random(INPUTS, seed);
    Block gathered = new Block(rows.count(), INPUTS);
    for (int row = 0; row < rows.count(); row++) {
      for (int column = 0; column < INPUTS; column++) {
        gathered.data()[gathered.offset(row) + column] = rows.weights().at(row, column);
      }
    }
    Block rotated = times(gathered, rotation);
    Block rotatedQuery = times(query, rotation);
    BinaryCodes codes = new BinaryCodes(rows.count(), INPUTS);
    float[] centre = new float[INPUTS];
    for (int row = 0; row < rows.count(); row++) {
      codes.encode(row, rotated.data(), rotated.offset(row), centre, 0);
    }
    BinaryCodes.Query ready = new BinaryCodes.Query();
    codes.prepare(rotatedQuery.data(), 0, ready);
    float[] estimates = new float[rows.count()];
    codes.estimate(ready, 0, rows.count(), estimates);
    return estimates;
  }

  private static Block times(Block a, Block b) {
    Block product = new Block(a.rows(), b.columns());
    for (int i = 0; i < a.rows(); i++) {
      for (int j = 0; j < b.columns(); j++) {
        float sum = 0;
        for (int l = 0; l < a.columns(); l++) {
          sum += a.at(i, l) * b.at(l, j);
        }
        product.data()[product.offset(i) + j] = sum;
      }
    }
    return product;
  }

  private static double dot(HashedRows rows, int row, Block query) {
    double sum = 0;
    for (int column = 0; column < INPUTS; column++) {
      sum += rows.weights().at(row, column) * query.at(0, column);
    }
    return sum;
  }

  @Test
  void findsAllWithTheWholeBudgetAndTheBestWithATunedOne() {
    Seeds.once(random -> {
      HashedRows rows = clustered(6_000, random);
      try (PredictionIndex index = index(rows, 1)) {
        Block sample = noisy(rows, 200, random);
        index.budget(new QueryBudget(index.clusters(), 6_000));
        ActiveSet set = new ActiveSet(6_000);
        index.select(sample, 0, 1, set, index.newScratch(), random, false);
        assertThat(RandomRows.sorted(set)).hasSize(6_000).doesNotHaveDuplicates();

        List<RecallPoint> curve = index.tune(Queries.of(rows, sample, 5), 0.9);
        for (int i = 1; i < curve.size(); i++) {
          assertThat(curve.get(i).recall()).isGreaterThan(curve.get(i - 1).recall());
          assertThat(curve.get(i).cost()).isGreaterThanOrEqualTo(curve.get(i - 1).cost());
        }
        Block fresh = noisy(rows, 200, random);
        assertThat(recall(index, rows, fresh)).isGreaterThan(0.8);
        assertThat(index.budget().limit()).isLessThan(3_000);
      }
    });
  }

  @Test
  void isTheSameForAnyNumberOfThreadsAndAfterARefresh() {
    Seeds.once(random -> {
      HashedRows rows = clustered(3_000, random);
      Block queries = noisy(rows, 20, random);
      try (PredictionIndex one = index(rows, 1);
          PredictionIndex three = index(rows, 3)) {
        one.refresh();
        for (int query = 0; query < 20; query++) {
          ActiveSet first = new ActiveSet(3_000);
          one.select(queries, query, query + 1, first, one.newScratch(), random, false);
          ActiveSet second = new ActiveSet(3_000);
          three.select(queries, query, query + 1, second, three.newScratch(), random, false);
          assertThat(RandomRows.members(first)).isEqualTo(RandomRows.members(second));
          assertThat(first.size()).isLessThanOrEqualTo(one.limit());
        }
      }
    });
  }

  @Test
  void takesSparseInputs() {
    Seeds.once(random -> {
      HashedRows rows = clustered(500, random);
      try (PredictionIndex index = index(rows, 1)) {
        index.budget(new QueryBudget(5, 20));
        Block query = new Block(1, INPUTS);
        query.data()[4] = 2f;
        query.data()[66] = -1f;
        ActiveSet dense = new ActiveSet(500);
        index.select(query, 0, 1, dense, index.newScratch(), random, false);
        ActiveSet sparse = new ActiveSet(500);
        index.selectSparse(
            new int[] {4, 66},
            new float[] {2f, -1f},
            0,
            2,
            sparse,
            index.newScratch(),
            random,
            false);
        assertThat(RandomRows.members(sparse)).isEqualTo(RandomRows.members(dense));
      }
    });
  }

  @Test
  void keepsTheBestOnTheShortlist() {
    Seeds.repeat(
        300,
        random -> {
          Shortlist shortlist = new Shortlist();
          for (int round = 0; round < 3; round++) {
            int count = random.nextInt(400);
            int most = 1 + random.nextInt(60);
            int[] scores = new int[count];
            shortlist.begin(most);
            for (int i = 0; i < count; i++) {
              scores[i] = random.nextInt(1 + random.nextInt(500));
              shortlist.offer(scores[i], i);
            }
            shortlist.end();
            int[] kept = new int[shortlist.size()];
            boolean[] seen = new boolean[count];
            for (int i = 0; i < kept.length; i++) {
              assertThat(seen[shortlist.id(i)]).isFalse();
              seen[shortlist.id(i)] = true;
              kept[i] = -scores[shortlist.id(i)];
            }
            Arrays.sort(kept);
            int[] best = Arrays.stream(scores).map(score -> -score).sorted().limit(most).toArray();
            assertThat(kept).isEqualTo(best);
          }
        });
  }

  private static double recall(PredictionIndex index, HashedRows rows, Block queries) {
    ExactTop exact = new ExactTop(rows, queries, 5);
    int hits = 0;
    for (int query = 0; query < queries.rows(); query++) {
      ActiveSet set = new ActiveSet(rows.count());
      index.select(
          queries, query, query + 1, set, index.newScratch(), new SplittableRandom(1), false);
      for (int row : exact.ids(query)) {
        hits += set.contains(row) ? 1 : 0;
      }
    }
    return hits / (5.0 * queries.rows());
  }

  private static PredictionIndex index(HashedRows rows, int threads) {
    Team team = threads == 1 ? Team.single() : new Threads(threads);
    return new PredictionIndex(rows, new LshOptions(11, true, team));
  }

  /// Rows around a hundred directions, of different lengths, with biases.
  private static HashedRows clustered(int count, SplittableRandom random) {
    HashedRows rows = RandomRows.normal(count, INPUTS, true, random);
    HashedRows topics = RandomRows.normal(100, INPUTS, false, random);
    for (int row = 0; row < count; row++) {
      int topic = random.nextInt(100);
      double scale = Math.exp(0.3 * random.nextGaussian()) / 10;
      for (int column = 0; column < INPUTS; column++) {
        float mixed = rows.weights().at(row, column) + topics.weights().at(topic, column);
        rows.weights().set(row, column, (float) (scale * mixed));
      }
    }
    return rows;
  }

  private static Block noisy(HashedRows rows, int count, SplittableRandom random) {
    Block queries = RandomRows.queries(count, INPUTS, random);
    for (int query = 0; query < count; query++) {
      int row = random.nextInt(rows.count());
      for (int column = 0; column < INPUTS; column++) {
        queries.data()[queries.offset(query) + column] += 10 * rows.weights().at(row, column);
      }
    }
    return queries;
  }
}
