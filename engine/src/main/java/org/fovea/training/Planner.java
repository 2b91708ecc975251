package org.fovea.training;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.fovea.data.Batch;
import org.fovea.data.DataSummary;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;
import org.fovea.spec.Activation;
import org.fovea.spec.Averaging;
import org.fovea.spec.Balancing;
import org.fovea.spec.Clipping;
import org.fovea.spec.Direct;
import org.fovea.spec.InputSpec;
import org.fovea.spec.LayerSpec;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.OutputSpec;
import org.fovea.spec.Schedule;
import org.fovea.spec.Selection;
import org.fovea.spec.Sharing;
import org.fovea.spec.Stopping;
import org.fovea.spec.TrainSpec;

/// Chooses a network and a training run from what is known of the data, so that nothing has to be
/// said to get a good model.
///
/// Two kinds of data are told apart. With *few labels* all are computed for every example, and a
/// small regularised network learns what the features have in common. With *many labels*, most of
/// them rare, a batch shares a sample of them, and direct connections from features to labels carry
/// what a few examples can tell. The constants were found on the data sets of BENCHMARKS.md.
public final class Planner {

  /// From this many labels on they are sampled.
  static final int MANY_LABELS = 4_000;

  /// From this share of the features on that an example has, it is a table or an image, and not a
  /// text.
  private static final double DENSE = 0.1;

  /// From this many examples a label on, training learns which features matter to it.
  private static final double LEARNABLE = 3;

  /// How much faster the direct connections of rare features and labels learn.
  private static final double RARITY = 1;

  /// Share of the examples that balancing needs, and label scores that it may cost.
  private static final double HELD_BACK = 0.05;

  private static final long RANKED = 120_000_000;

  private static final int SAMPLE = 4_096;

  private final DataSummary data;
  private final Shape shape;
  private final List<String> reasons = new ArrayList<>();

  private Planner(DataSummary data, Shape shape) {
    this.data = data;
    this.shape = shape;
  }

  /// What a look at some examples tells of their values.
  ///
  /// @param unit whether nearly all examples have length 1
  /// @param bounded whether all values lie in `[0, 1]`, and some are between
  /// @param positive whether no value is negative
  /// @param dense share of the features that an example has
  private record Shape(boolean unit, boolean bounded, boolean positive, double dense) {}

  /// Chooses for a data set.
  ///
  /// @param seed of the run that is planned
  public static Plan plan(Examples training, long seed) {
    return new Planner(training.summary(), look(training)).plan(seed);
  }

  private static Shape look(Examples training) {
    Batch batch = new Batch();
    try (ExampleReader reader = training.inOrder()) {
      reader.read(batch, SAMPLE);
    }
    int unit = 0;
    boolean bounded = true;
    boolean between = false;
    boolean positive = true;
    for (int e = 0; e < batch.exampleCount(); e++) {
      double squares = 0;
      for (int i = batch.featureOffsets()[e]; i < batch.featureOffsets()[e + 1]; i++) {
        float value = batch.values()[i];
        squares += (double) value * value;
        bounded &= value >= 0 && value <= 1;
        between |= value > 0 && value < 1;
        positive &= value >= 0;
      }
      if (squares == 0 || Math.abs(squares - 1) < 0.01) {
        unit++;
      }
    }
    int seen = Math.max(1, batch.exampleCount());
    return new Shape(
        unit > 0.99 * seen,
        bounded && between,
        positive,
        (double) batch.featureCount() / seen / Math.max(1, training.summary().featureCount()));
  }

  private Plan plan(long seed) {
    boolean many = data.labelCount() >= MANY_LABELS;
    boolean single = data.labelEntryCount() == data.exampleCount() && data.unlabelledCount() == 0;
    InputSpec.Weighting weighting = weighting(many);
    NetworkSpec network = many ? sampled(weighting) : full(weighting, single);
    TrainSpec training = many ? sampledRun(seed) : fullRun(single, seed);
    return new Plan(network, training, reasons);
  }

  private InputSpec.Weighting weighting(boolean many) {
    if (shape.dense() > DENSE && shape.bounded()) {
      because("input values as they are: they look like intensities between 0 and 1");
      return InputSpec.Weighting.NONE;
    }
    if (shape.dense() > DENSE && !many) {
      because(
          "every feature standardized to mean 0 and deviation 1 over the training examples: with"
              + " %.0f %% of the features in an example this is a table, whose columns have units"
              + " of their own",
          100 * shape.dense());
      return InputSpec.Weighting.STANDARD;
    }
    if (shape.dense() > DENSE && !shape.unit()) {
      because(
          "input values scaled to length 1, example by example: with %.0f %% of the features in an"
              + " example none is rare",
          100 * shape.dense());
      return InputSpec.Weighting.UNIT;
    }
    double examplesPerLabel = (double) data.labelEntryCount() / data.labelCount();
    if (many && examplesPerLabel < LEARNABLE) {
      because(
          "labels have %.1f examples each, too few to learn which features matter: rarity must"
              + " tell",
          examplesPerLabel);
    } else if (many && shape.positive() && shape.dense() < 0.05) {
      because(
          "input as the set of its features, scaled to length 1: with rare labels, which features"
              + " are there says more than how much of them");
      return InputSpec.Weighting.BINARY;
    }
    if (shape.unit()) {
      because("input values as they are: the examples have length 1 already");
      return InputSpec.Weighting.NONE;
    }
    because("input values log-scaled, weighted by rarity (tf-idf) and scaled to length 1");
    return InputSpec.Weighting.LOG_TF_IDF;
  }

  private NetworkSpec sampled(InputSpec.Weighting weighting) {
    because(
        "%,d labels are too many to compute for every example: a batch shares its own labels, 1,024"
            + " drawn by frequency^0.5, and 8 neighbours of each example",
        data.labelCount());
    because(
        "decoupled softmax: the %.1f labels of an example do not compete with each other",
        data.labelsPerExample());
    because(
        "direct connections from features to labels carry what the few examples of rare labels"
            + " tell, faster for rare features and labels; a hidden layer of 128 carries what"
            + " labels share");
    return new NetworkSpec(
        new InputSpec(data.featureCount(), weighting, 0),
        List.of(new LayerSpec.Dense(128, new Activation.Relu(), 0.1, 0, new Selection.All())),
        new OutputSpec(
            data.labelCount(),
            new Loss.DecoupledSoftmax(),
            new Selection.Sampled(Math.min(1_024, data.labelCount()), 0.5, Sharing.BATCH, true),
            8,
            new Direct.CoOccurring(1, 100_000, RARITY),
            OutputSpec.Initialization.ZERO));
  }

  private TrainSpec sampledRun(long seed) {
    int epochs = epochs(3_500, 128, 2, 6);
    because("%d epochs of %,d examples in batches of 128", epochs, data.exampleCount());
    because("row-wise Adagrad: one number of state per label, and no sweep over all labels");
    return run(
        epochs,
        128,
        new Optimizer.RowAdagrad(1e-10),
        new Schedule.Linear(0.05, 0, 0),
        new Balancing.HeldBack(HELD_BACK, unseen()),
        seed);
  }

  /// Enough examples to balance with, fewer if ranking all labels for them takes long.
  private int unseen() {
    int most = Math.clamp(RANKED / data.labelCount(), 250, 2_000);
    because(
        "%,d examples are held back: what direct connections and frequent labels count for is set"
            + " on what training has not seen",
        Math.min(most, Math.round(HELD_BACK * data.exampleCount())));
    return most;
  }

  private NetworkSpec full(InputSpec.Weighting weighting, boolean single) {
    boolean dense = shape.dense() > DENSE;
    because(
        single
            ? "softmax: every example has exactly one of the %,d labels"
            : "independent logistic losses: examples have several of the %,d labels, or none",
        data.labelCount());
    int width = dense ? 512 : 256;
    because(
        "a hidden layer of %d with dropout: %,d examples with %.0f features each",
        width, data.exampleCount(), data.featuresPerExample());
    return new NetworkSpec(
        new InputSpec(data.featureCount(), weighting, dense ? 0.1 : 0.2),
        List.of(
            new LayerSpec.Dense(
                width,
                dense ? new Activation.Relu() : new Activation.Tanh(),
                dense ? 1 : 0.1,
                0.5,
                new Selection.All())),
        new OutputSpec(
            data.labelCount(),
            single ? new Loss.Softmax() : new Loss.Logistic(),
            new Selection.All(),
            0,
            new Direct.None(),
            OutputSpec.Initialization.ZERO));
  }

  private TrainSpec fullRun(boolean single, long seed) {
    // few examples in large batches would be too few steps
    int batch = Math.clamp(Long.highestOneBit(data.exampleCount() / 32), 8, 128);
    int epochs = epochs(2_500, batch, 8, 30);
    because("%d epochs of %,d examples in batches of %d, Adam", epochs, data.exampleCount(), batch);
    // independent losses overfit at the rate that does one softmax over rare features good
    double rate = single && shape.dense() <= DENSE ? 0.01 : 0.003;
    return run(
        epochs,
        batch,
        Optimizer.Adam.defaults(),
        new Schedule.Linear(rate, 0, 0),
        new Balancing.None(),
        seed);
  }

  /// As many epochs as it takes to see a number of batches, within bounds.
  private int epochs(int batches, int batch, int least, int most) {
    long perEpoch = Math.max(1, data.exampleCount() / batch);
    return Math.clamp(Math.round((double) batches / perEpoch), least, most);
  }

  private static TrainSpec run(
      int epochs,
      int batch,
      Optimizer optimizer,
      Schedule schedule,
      Balancing balancing,
      long seed) {
    return new TrainSpec(
        epochs,
        batch,
        optimizer,
        schedule,
        3,
        6e-7,
        0,
        new Clipping.None(),
        new Averaging.None(),
        balancing,
        new Stopping.Never(),
        false,
        seed);
  }

  private void because(String reason, Object... values) {
    reasons.add(String.format(Locale.ROOT, reason, values));
  }
}
