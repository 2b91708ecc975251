package org.fovea.training;

import java.util.Optional;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.network.Network;
import org.fovea.network.ProbabilityPredictor;
import org.fovea.spec.Calibration;
import org.fovea.spec.Calibration.Kind;
import org.fovea.spec.Loss;

/// Fits a [Calibration] to examples that training has not seen, such that their labels are most
/// likely. Examples count as their weights say.
///
/// **Threads** confined. **Cost** a prediction of at most some thousand examples over all labels.
public final class Calibrator {

  /// Fewer examples would tell chance.
  private static final int FEWEST = 20;

  private static final int MOST = 8_192;

  /// Scores of labels that are computed at most.
  private static final long SCORES = 1L << 27;

  /// Scores of a batch.
  private static final int BATCH_SCORES = 1 << 22;

  private Calibrator() {}

  /// What was found.
  ///
  /// @param before mean loss of a label decision with scores as training left them, in nats an
  ///   example
  /// @param after the same with the calibration
  public record Found(Calibration calibration, double before, double after) {}

  /// Fits what the loss and the examples ask for.
  ///
  /// @param unseen examples with labels
  /// @return nothing if there are too few of them, or the network has no labels
  public static Optional<Found> fit(Network network, Examples unseen, long seed) {
    Loss loss = network.spec().output().loss();
    if (loss instanceof Loss.Reconstruction) {
      return Optional.empty();
    }
    int labels = network.spec().output().labels();
    int limit = Math.clamp(SCORES / labels, FEWEST, MOST);
    ScoreHistograms scores = collect(network, unseen, seed, limit);
    if (scores.examples() < FEWEST) {
      return Optional.empty();
    }
    boolean softmax = Calibration.none(loss).kind() == Kind.SOFTMAX;
    if (softmax && scores.isSingle()) {
      return Optional.of(temperature(scores));
    }
    return Optional.of(platt(scores, softmax ? Kind.SHARE : Kind.SIGMOID));
  }

  private static ScoreHistograms collect(Network network, Examples unseen, long seed, int limit) {
    int labels = network.spec().output().labels();
    int size = Math.clamp(BATCH_SCORES / labels, 1, 64);
    ProbabilityPredictor predictor =
        new ProbabilityPredictor(network, Calibration.none(network.spec().output().loss()));
    ScoreHistograms all = new ScoreHistograms();
    float[][] scores = new float[size][labels];
    Batch batch = new Batch();
    try (ExampleReader reader = unseen.shuffled(seed, 0)) {
      while (all.examples() < limit && reader.read(batch, network.inputWeights().batch(size)) > 0) {
        unseen.summary().evenOut(batch);
        network.inputWeights().apply(batch);
        predictor.netInputs(batch, scores);
        for (int e = 0; e < batch.exampleCount(); e++) {
          boolean told = batch.labelOffsets()[e + 1] > batch.labelOffsets()[e];
          if (told && batch.featureOffsets()[e + 1] > batch.featureOffsets()[e]) {
            all.add(
                scores[e],
                batch.labels(),
                batch.labelOffsets()[e],
                batch.labelOffsets()[e + 1],
                batch.weights()[e]);
          }
        }
        batch.clear();
      }
    }
    return all;
  }

  /// The loss is convex in the scale: it is found by sections of its logarithm.
  private static Found temperature(ScoreHistograms scores) {
    double section = (Math.sqrt(5) - 1) / 2;
    double low = Math.log(1e-2);
    double high = Math.log(1e2);
    for (int round = 0; round < 40; round++) {
      double left = high - section * (high - low);
      double right = low + section * (high - low);
      if (scores.softmaxLoss(Math.exp(left)) < scores.softmaxLoss(Math.exp(right))) {
        high = right;
      } else {
        low = left;
      }
    }
    double scale = Math.exp((low + high) / 2);
    return new Found(
        new Calibration(Kind.SOFTMAX, scale, 0, scores.examples()),
        scores.softmaxLoss(1),
        scores.softmaxLoss(scale));
  }

  /// Newton's method on a convex loss of two numbers, drawn a little towards leaving scores alone,
  /// so that examples without a mistake do not ask for infinity.
  private static Found platt(ScoreHistograms scores, Kind kind) {
    boolean share = kind == Kind.SHARE;
    double scale = 1;
    double offset = 0;
    ScoreHistograms.Slope at = scores.sigmoidLoss(scale, offset, share);
    double before = at.loss();
    for (int round = 0; round < 50; round++) {
      double determinant =
          at.scaleScale() * at.offsetOffset() - at.scaleOffset() * at.scaleOffset();
      double stepScale =
          (at.offsetOffset() * at.scale() - at.scaleOffset() * at.offset()) / determinant;
      double stepOffset =
          (at.scaleScale() * at.offset() - at.scaleOffset() * at.scale()) / determinant;
      double length = 1;
      ScoreHistograms.Slope next = at;
      while (length > 1e-6) {
        double nextScale = scale - length * stepScale;
        next = scores.sigmoidLoss(nextScale, offset - length * stepOffset, share);
        if (nextScale > 1e-3 && next.loss() < at.loss()) {
          break;
        }
        length /= 2;
      }
      if (length <= 1e-6) {
        break;
      }
      scale -= length * stepScale;
      offset -= length * stepOffset;
      at = next;
    }
    return new Found(new Calibration(kind, scale, offset, scores.examples()), before, at.loss());
  }
}
