package org.fovea.training.metric;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.fovea.network.TopK;
import org.jspecify.annotations.Nullable;

/// Sums behind the ranking measures.
///
/// With y the true labels of an example, r_1, r_2, … its ranked predictions, w the inverse
/// propensities, and sums and means over the examples:
///
/// ```
/// h_i      = 1 if r_i is in y, else 0; a missing prediction is a miss
/// d_i      = 1 / log2(i + 1)
/// ideal    = d_1 + … + d_min(k, |y|)
/// P@k      = mean of (h_1 + … + h_k) / k
/// R@k      = mean of (h_1 + … + h_k) / |y|
/// nDCG@k   = mean of (h_1 d_1 + … + h_k d_k) / ideal
/// PSP@k    = sum of (h_1 w_r1 + … + h_k w_rk), divided by the same for the best ranking,
///            which has the true labels first and in order of their weights
/// PSnDCG@k = sum of (h_1 w_r1 d_1 + … + h_k w_rk d_k) / ideal, divided likewise
/// ```
final class RankingSums {

  private final int[] ks;
  private final int largestK;
  private final @Nullable Propensities propensities;

  /// `discounts[i] = 1 / log2(i + 2)`, `ideals[n] = sum of the first n discounts`.
  private final double[] discounts;

  private final double[] ideals;

  private final long[] hitsAtPlace;
  private final ExactSums recalls;
  private final ExactSums gains;
  private final ExactSums weightsAtPlace;
  private final ExactSums bestWeightsAtPlace;
  private final ExactSums weightedGains;
  private final ExactSums bestWeightedGains;
  private final double[] bestWeights;

  RankingSums(MeasureSpec spec) {
    List<Integer> places = spec.ks();
    ks = places.stream().mapToInt(Integer::intValue).toArray();
    largestK = ks.length == 0 ? 0 : ks[ks.length - 1];
    propensities = spec.propensities().orElse(null);
    discounts = new double[largestK];
    ideals = new double[largestK + 1];
    for (int place = 0; place < largestK; place++) {
      discounts[place] = Math.log(2) / Math.log(place + 2);
      ideals[place + 1] = ideals[place] + discounts[place];
    }
    hitsAtPlace = new long[largestK];
    recalls = new ExactSums(ks.length);
    gains = new ExactSums(ks.length);
    weightsAtPlace = new ExactSums(largestK);
    bestWeightsAtPlace = new ExactSums(largestK);
    weightedGains = new ExactSums(ks.length);
    bestWeightedGains = new ExactSums(ks.length);
    bestWeights = new double[largestK];
  }

  void add(TopK ranked, int[] labels, int from, int to) {
    int labelCount = to - from;
    if (labelCount == 0) {
      return;
    }
    int hitCount = 0;
    double gain = 0;
    double weightedGain = 0;
    int place = 0;
    for (int index = 0; index < ks.length; index++) {
      int bound = Math.min(ks[index], ranked.size());
      for (; place < bound; place++) {
        int id = ranked.id(place);
        if (Arrays.binarySearch(labels, from, to, id) >= 0) {
          hitCount++;
          hitsAtPlace[place]++;
          gain += discounts[place];
          if (propensities != null) {
            double weight = propensities.inverse(id);
            weightsAtPlace.add(place, weight);
            weightedGain += weight * discounts[place];
          }
        }
      }
      double ideal = ideals[Math.min(ks[index], labelCount)];
      recalls.add(index, (double) hitCount / labelCount);
      gains.add(index, gain / ideal);
      weightedGains.add(index, weightedGain / ideal);
    }
    if (propensities != null) {
      addBest(propensities, labels, from, to);
    }
  }

  private void addBest(Propensities weights, int[] labels, int from, int to) {
    int kept = 0;
    for (int index = from; index < to && largestK > 0; index++) {
      double weight = weights.inverse(labels[index]);
      if (kept == largestK && weight <= bestWeights[kept - 1]) {
        continue;
      }
      int place = kept < largestK ? kept++ : kept - 1;
      for (; place > 0 && bestWeights[place - 1] < weight; place--) {
        bestWeights[place] = bestWeights[place - 1];
      }
      bestWeights[place] = weight;
    }
    double gain = 0;
    int place = 0;
    for (int index = 0; index < ks.length; index++) {
      for (int bound = Math.min(ks[index], kept); place < bound; place++) {
        bestWeightsAtPlace.add(place, bestWeights[place]);
        gain += bestWeights[place] * discounts[place];
      }
      bestWeightedGains.add(index, gain / ideals[Math.min(ks[index], to - from)]);
    }
  }

  void addAll(RankingSums other) {
    for (int place = 0; place < largestK; place++) {
      hitsAtPlace[place] += other.hitsAtPlace[place];
    }
    recalls.addAll(other.recalls);
    gains.addAll(other.gains);
    weightsAtPlace.addAll(other.weightsAtPlace);
    bestWeightsAtPlace.addAll(other.bestWeightsAtPlace);
    weightedGains.addAll(other.weightedGains);
    bestWeightedGains.addAll(other.bestWeightedGains);
  }

  /// Adds the measures of `exampleCount` examples.
  void report(long exampleCount, Map<String, Number> values) {
    for (int k : ks) {
      long hits = 0;
      for (int place = 0; place < k; place++) {
        hits += hitsAtPlace[place];
      }
      values.put("P@" + k, (double) hits / k / exampleCount);
    }
    for (int index = 0; index < ks.length; index++) {
      values.put("nDCG@" + ks[index], gains.sum(index) / exampleCount);
    }
    if (propensities != null) {
      for (int k : ks) {
        values.put("PSP@" + k, ratio(sum(weightsAtPlace, k), sum(bestWeightsAtPlace, k)));
      }
      for (int index = 0; index < ks.length; index++) {
        values.put(
            "PSnDCG@" + ks[index], ratio(weightedGains.sum(index), bestWeightedGains.sum(index)));
      }
    }
    for (int index = 0; index < ks.length; index++) {
      values.put("R@" + ks[index], recalls.sum(index) / exampleCount);
    }
  }

  private static double sum(ExactSums sums, int k) {
    double sum = 0;
    for (int place = 0; place < k; place++) {
      sum += sums.sum(place);
    }
    return sum;
  }

  /// Zero over zero is zero: there was nothing to gain.
  private static double ratio(double gained, double best) {
    return best == 0 ? 0 : gained / best;
  }
}
