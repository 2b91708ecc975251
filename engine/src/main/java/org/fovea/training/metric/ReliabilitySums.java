package org.fovea.training.metric;

import java.util.Arrays;
import java.util.Map;
import org.fovea.network.TopK;

/// Whether probabilities are kept: for the best label of each example, by bins of its probability,
/// how far the mean probability is from the share of examples whose best label is true.
///
/// The expected calibration error is the mean of that distance over the examples.
///
/// **Source** Guo and others, *On Calibration of Modern Neural Networks*, ICML 2017,
/// arXiv:1706.04599, section 2; 15 bins of equal width.
final class ReliabilitySums {

  private static final int BINS = 15;

  private final ExactSums probabilities = new ExactSums(BINS);
  private final long[] hits = new long[BINS];
  private final long[] counts = new long[BINS];

  /// Adds an example whose scores are probabilities.
  void add(TopK ranked, int[] labels, int from, int to) {
    if (ranked.size() == 0) {
      return;
    }
    double probability = ranked.score(0);
    int bin = (int) Math.clamp(probability * BINS, 0, BINS - 1);
    probabilities.add(bin, probability);
    counts[bin]++;
    hits[bin] += Arrays.binarySearch(labels, from, to, ranked.id(0)) >= 0 ? 1 : 0;
  }

  void addAll(ReliabilitySums other) {
    probabilities.addAll(other.probabilities);
    for (int bin = 0; bin < BINS; bin++) {
      hits[bin] += other.hits[bin];
      counts[bin] += other.counts[bin];
    }
  }

  void report(Map<String, Number> values) {
    double distance = 0;
    long examples = 0;
    for (int bin = 0; bin < BINS; bin++) {
      distance += Math.abs(probabilities.sum(bin) - hits[bin]);
      examples += counts[bin];
    }
    values.put("ECE", examples == 0 ? 0.0 : distance / examples);
  }
}
