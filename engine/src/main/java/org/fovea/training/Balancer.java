package org.fovea.training;

import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.network.DirectScores;
import org.fovea.network.FeatureConnections;
import org.fovea.network.Network;
import org.fovea.network.Predictor;
import org.fovea.network.TopK;

/// Finds the [Balance] with which a network ranks examples best that training has not seen.
///
/// The best labels of each example are found exactly; with any other balance their scores follow
/// from two parts of each, so that a search over balances costs little. Where it ends the best
/// labels are looked for once more, until they are the same.
///
/// **Source** the weight of frequencies is the logit adjustment of Menon and others, *Long-tail
/// Learning via Logit Adjustment*, ICLR 2021, arXiv:2007.07314, set on data instead of by theory.
/// That of the direct connections is in the manner of stacking (Wolpert, *Stacked Generalization*,
/// Neural Networks 5, 1992). **Threads** confined. **Cost** a prediction of the examples over all
/// labels for each of at most four rounds.
final class Balancer {

  /// Best labels of an example that each round looks at.
  private static final int CANDIDATES = 256;

  private static final int ROUNDS = 4;

  /// By what share a balance must rank better: gains that are smaller on some thousand examples say
  /// little of others, least of all where those are less like the training examples.
  private static final double WORTH = 0.01;

  private static final int BATCH = 128;

  private final Examples unseen;
  private final long[] occurrences;

  /// @param unseen examples to rank
  /// @param occurrences training examples of each label
  Balancer(Examples unseen, long[] occurrences) {
    this.unseen = unseen;
    this.occurrences = occurrences;
  }

  /// What was found.
  ///
  /// @param before how well the examples are ranked by the network as it is
  /// @param after how well with the balance
  record Found(Balance balance, double before, double after) {}

  /// Looks for the best balance, which is [Balance#EVEN] unless another is clearly better.
  ///
  /// @param parameters those of the network, which has the balance afterwards
  Found find(Network network, BalancedParameters parameters) {
    FeatureConnections connections = FeatureConnections.of(network);
    CandidateScores candidates =
        new CandidateScores(Math.toIntExact(unseen.summary().exampleCount()), occurrences);
    Balance best = Balance.EVEN;
    for (int round = 0; round < ROUNDS; round++) {
      collect(network, best, connections, candidates);
      Balance better = search(candidates, best);
      if (better.equals(best)) {
        break;
      }
      parameters.apply(better);
      best = better;
    }
    double before = candidates.quality(Balance.EVEN);
    double after = candidates.quality(best);
    if (after < (1 + WORTH) * before) {
      parameters.restore();
      return new Found(Balance.EVEN, before, before);
    }
    return new Found(best, before, after);
  }

  /// Adds the examples' best labels, with the balance that the network has now.
  private void collect(
      Network network, Balance now, FeatureConnections connections, CandidateScores candidates) {
    Predictor predictor = new Predictor(network);
    DirectScores direct = new DirectScores(connections);
    int k = Math.min(CANDIDATES, occurrences.length);
    TopK[] best = new TopK[BATCH];
    for (int i = 0; i < BATCH; i++) {
      best[i] = new TopK(k);
    }
    Batch batch = new Batch();
    int example = 0;
    try (ExampleReader reader = unseen.inOrder()) {
      while (reader.read(batch, network.inputWeights().batch(BATCH)) > 0) {
        network.inputWeights().apply(batch);
        for (int e = 0; e < batch.exampleCount(); e++) {
          best[e].clear();
        }
        predictor.predict(batch, best);
        for (int e = 0; e < batch.exampleCount(); e++) {
          best[e].rank();
          direct.compute(batch, e);
          candidates.add(example++, batch, e, best[e], direct, now);
        }
        batch.clear();
      }
    }
  }

  /// Goes from a balance to better ones near it, in steps that become smaller.
  private static Balance search(CandidateScores candidates, Balance from) {
    Balance best = from;
    double quality = candidates.quality(from);
    for (double step = 0.4; step > 0.04; ) {
      Balance center = best;
      for (int i = 0; i < 9; i++) {
        Balance near =
            new Balance(
                center.direct() * Math.exp((i / 3 - 1) * step),
                center.frequency() + (i % 3 - 1) * step);
        double other = candidates.quality(near);
        if (other > quality) {
          quality = other;
          best = near;
        }
      }
      if (best.equals(center)) {
        step /= 2;
      }
    }
    return best;
  }
}
