package org.fovea.selection.lsh;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.kernel.Block;
import org.fovea.network.ActiveSet;

/// Measures recall and cost of an index for budgets of growing size.
///
/// Probes and limits are tried in steps of a factor of two. The cost of a query is counted: a
/// multiply-add costs one, estimating a row [#ESTIMATE] of them, and computing a row exactly
/// [#FETCH] more than its multiply-adds, because it must be fetched from memory.
final class PredictionTuner {

  /// Ratios measured at 800,000 rows of 128 inputs.
  private static final int ESTIMATE = 200;

  private static final int FETCH = 4000;
  private static final int LEAST_LIMIT = 32;

  /// Limits are raised while that finds more than this share of the best rows.
  private static final double LEAST_GAIN = 0.002;

  /// Budgets are raised until this recall, at least.
  private static final double ENOUGH = 0.98;

  private final PredictionIndex index;
  private final Queries queries;
  private final ActiveSet set;
  private final PredictionIndex.Working scratch;
  private final SplittableRandom random = new SplittableRandom(0);
  private final float[] netInputs;
  private final Block fetched = new Block();

  PredictionTuner(PredictionIndex index, Queries queries) {
    if (queries.count() == 0) {
      throw new IllegalArgumentException("tuning needs queries");
    }
    this.index = index;
    this.queries = queries;
    this.set = new ActiveSet(index.rows().count());
    this.scratch = (PredictionIndex.Working) index.newScratch();
    this.netInputs = new float[index.rows().count()];
  }

  /// The budgets that no other beats in both recall and cost, ascending, up to well beyond a
  /// recall.
  List<RecallPoint> curve(double wanted) {
    QueryBudget before = index.budget();
    List<RecallPoint> points = new ArrayList<>();
    int rows = index.rows().count();
    double enough = Math.max(wanted, ENOUGH);
    double best = 0;
    for (int probes = 1; probes > 0 && best < enough; probes = twice(probes, index.clusters())) {
      double gain = 1;
      double recall = 0;
      int least = Math.min(rows, Math.max(LEAST_LIMIT, queries.depth()));
      for (int limit = least; limit > 0 && gain > LEAST_GAIN; limit = twice(limit, rows)) {
        RecallPoint point = measure(new QueryBudget(probes, limit));
        points.add(point);
        gain = point.recall() - recall;
        recall = point.recall();
      }
      best = Math.max(best, recall);
    }
    index.budget(before);
    return frontier(points);
  }

  /// Twice a number, at most `most`; 0 after that.
  private static int twice(int number, int most) {
    return number == most ? 0 : (int) Math.min(2L * number, most);
  }

  private static List<RecallPoint> frontier(List<RecallPoint> points) {
    points.sort((a, b) -> Double.compare(a.cost(), b.cost()));
    List<RecallPoint> frontier = new ArrayList<>();
    double best = -1;
    for (RecallPoint point : points) {
      if (point.recall() > best) {
        frontier.add(point);
        best = point.recall();
      }
    }
    return frontier;
  }

  private RecallPoint measure(QueryBudget budget) {
    index.budget(budget);
    HashedRows rows = index.rows();
    long hits = 0;
    long wanted = 0;
    long scanned = 0;
    long found = 0;
    long nanoseconds = 0;
    Block inputs = queries.inputs();
    for (int query = 0; query < queries.count(); query++) {
      long start = System.nanoTime();
      queries.begin(query, set);
      index.select(inputs, query, query + 1, set, scratch, random, false);
      rows.products(
          set.rows(), set.size(), inputs.data(), inputs.offset(query), fetched, netInputs);
      nanoseconds += System.nanoTime() - start;
      scanned += scratch.scanned();
      found += set.size();
      for (int row : queries.best(query)) {
        wanted++;
        hits += set.contains(row) ? 1 : 0;
      }
    }
    double count = queries.count();
    double cost =
        rows.inputs() * (double) (index.clusters() + rows.inputs())
            + ESTIMATE * scanned / count
            + (rows.inputs() + FETCH) * found / count;
    return new RecallPoint(
        budget,
        (double) hits / Math.max(1, wanted),
        scanned / count,
        cost,
        nanoseconds / count / 1e3);
  }
}
