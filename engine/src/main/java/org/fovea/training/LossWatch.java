package org.fovea.training;

import java.util.Locale;
import org.fovea.data.DataSummary;
import org.fovea.spec.Loss;

/// Tells when a run is lost although all its numbers are finite: its loss stays far above that of
/// knowing nothing.
///
/// Whoever answers every example with the frequencies of the labels loses at most about `1 +
/// ln(labels)` for each label of an example. A run may lose more for a while, because of a bold
/// learning rate or a wild batch; so it is lost only when most batches have lost far more for a
/// while, and unless it is on its way down. The reference does not come from the run itself: a run
/// that starts from a good model may legitimately lose far more than at its start.
///
/// Decoupled softmax loses no more than [#MOST_DECOUPLED], because it takes no probability for less
/// than the least normal float. There half of that is far, and patience is longer: runs were seen
/// to come back from four fifths of it after 150 batches, but not after 300.
///
/// **Threads** called under the segment's lock, one thread at a time.
final class LossWatch {

  /// How many times the loss of knowing nothing is far.
  private static final double FACTOR = 1_000;

  private static final double MOST_DECOUPLED = -Math.log(Float.MIN_NORMAL);

  /// How much the past counts in the share of batches that are far: about ten batches of it.
  private static final double MEMORY = 0.9;

  private final double knowingNothing;
  private final double limit;
  private final int patience;
  private double farWeight;
  private double weight;
  private long high;
  private double earlier;
  private double later;
  private double latest;
  private boolean far;
  private boolean unsound;
  private boolean lost;
  private boolean learned;

  /// @param data the training data
  LossWatch(DataSummary data, Loss loss) {
    double label = 1 + Math.log(Math.max(1, data.labelCount()));
    switch (loss) {
      case Loss.Logistic _ -> {
        knowingNothing = Math.max(1, data.labelsPerExample()) * label;
        limit = FACTOR * knowingNothing;
        patience = 100;
      }
      case Loss.Softmax _ -> {
        knowingNothing = label;
        limit = FACTOR * knowingNothing;
        patience = 100;
      }
      case Loss.DecoupledSoftmax _ -> {
        knowingNothing = label;
        limit = MOST_DECOUPLED / 2;
        patience = 400;
      }
      case Loss.Squared _ -> {
        // at most half for each label of an example that is never predicted
        knowingNothing = Math.max(1, data.labelsPerExample()) / 2;
        limit = FACTOR * knowingNothing;
        patience = 100;
      }
      case Loss.Reconstruction _ -> {
        // features may have any scale: only numbers that are not finite tell
        knowingNothing = Double.POSITIVE_INFINITY;
        limit = Double.POSITIVE_INFINITY;
        patience = 100;
      }
    }
  }

  /// The loss above which a batch is far away.
  double limit() {
    return limit;
  }

  /// For how many batches most must have been far away before the run is lost.
  int patience() {
    return patience;
  }

  /// Takes the mean loss of the examples of a batch.
  void add(double loss) {
    unsound = false;
    far = loss > limit;
    farWeight = MEMORY * farWeight + (far ? 1 : 0);
    weight = MEMORY * weight + 1;
    if (!mostAreFar()) {
      high = 0;
      return;
    }
    latest = far ? loss : latest;
    int place = (int) (high++ % patience);
    if (place == 0) {
      earlier = 0;
      later = 0;
    }
    if (place < patience / 2) {
      earlier += loss;
    } else {
      later += loss;
    }
    if (place == patience - 1 && later > earlier / 2) {
      lost = true;
    }
  }

  /// Whether most of the latest batches were far away.
  private boolean mostAreFar() {
    return farWeight > weight / 2;
  }

  /// Takes notice of a batch with numbers that are not finite.
  void addUnsound() {
    unsound = true;
  }

  /// Whether the latest batch was far away or not finite: no time for a checkpoint.
  boolean suspects() {
    return far || mostAreFar() || unsound;
  }

  /// Whether nothing good is to be expected any more.
  boolean lost() {
    return lost;
  }

  /// Whether the run, which is over, ends in a state that is worth nothing.
  boolean endedLost() {
    return lost || mostAreFar();
  }

  /// What is wrong, if something is.
  String complaint() {
    return String.format(
        Locale.ROOT,
        lost
            ? "the loss of an example is %.3g and does not fall, where knowing nothing costs %.3g"
            : "most of the last batches had losses far too high, of %.3g for an example, where"
                + " knowing nothing costs %.3g",
        latest,
        knowingNothing);
  }

  /// Takes notice of a batch that changed the parameters as it should.
  void addStep() {
    learned = true;
  }

  /// Whether a batch changed the parameters as it should, before what is wrong came.
  boolean hasLearned() {
    return learned;
  }
}
