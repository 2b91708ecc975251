package org.fovea.cli;

import java.util.Optional;
import org.fovea.model.ModelInfo;
import org.fovea.spec.Calibration;
import org.fovea.spec.Loss;
import picocli.CommandLine.Option;

/// Options of the commands that make probabilities of scores.
final class ProbabilityOptions {

  @Option(
      names = "--probabilities",
      description =
          "probabilities instead of scores, over all labels; calibrated if the model holds what was"
              + " fitted to unseen examples")
  private boolean probabilities;

  @Option(
      names = "--threshold",
      paramLabel = "T",
      description = "all labels whose score, or probability, is at least T")
  private Optional<Double> threshold = Optional.empty();

  /// Whether probabilities were asked for.
  boolean wantsProbabilities() {
    return probabilities;
  }

  /// The least score of a label, if one was given.
  Optional<Double> threshold(ModelInfo model) {
    boolean share = calibration(model).isPresent();
    if (threshold.isPresent()) {
      double least = threshold.get();
      if (!Double.isFinite(least) || (share && (least < 0 || least > 1))) {
        throw new UsageException(
            share
                ? "--threshold: a probability from 0 to 1 was expected, %s came".formatted(least)
                : "--threshold: a number was expected, %s came".formatted(least));
      }
    }
    return threshold;
  }

  /// What makes probabilities of scores, if scores are to be probabilities: they were asked for, or
  /// the model was trained with the logistic loss.
  Optional<Calibration> calibration(ModelInfo model) {
    Loss loss = model.network().output().loss();
    if (probabilities) {
      if (loss instanceof Loss.Reconstruction) {
        throw new UsageException(
            "--probabilities: a model of labels was expected, one that reconstructs its input came");
      }
      return Optional.of(model.calibration().orElseGet(() -> Calibration.none(loss)));
    }
    return loss instanceof Loss.Logistic ? Optional.of(Calibration.none(loss)) : Optional.empty();
  }

  /// Says it where probabilities are what training left.
  void warn(ModelInfo model, Console console) {
    if (probabilities && model.calibration().isEmpty()) {
      console.warn(
          "the probabilities are not calibrated: no examples were held back from training; 'fovea"
              + " calibrate MODEL --data FILE' fits them to examples that training has not seen");
    }
  }

  /// Refuses tables where the scores of all labels are needed.
  void requireAllLabels(ModelInfo model, boolean throughTables) {
    if (throughTables && calibration(model).map(Calibration::needsAllLabels).orElse(false)) {
      throw new UsageException(
          "--probabilities of a softmax need the scores of all labels: leave out"
              + " --through-tables");
    }
  }
}
