package org.fovea.data.make;

import java.nio.file.Path;
import java.util.Arrays;
import org.fovea.data.Batch;
import org.fovea.data.Names;

/// Learnable random data of any size, with labels and features as uneven as real ones.
///
/// Features have a Zipf popularity (exponent 0.9), labels a Zipf frequency (0.75). Each label has a
/// prototype: 30 features with log-normal weights, half of them drawn by popularity and half
/// uniformly, so that rare labels too have features of their own. An example has 1 to 5 labels: one
/// by frequency, the others half from the same block of eight and half by frequency. Six tenths of
/// its features come from the prototypes of its labels, the others by popularity; a feature drawn c
/// times weighs `(1 + ln c) idf`, and the weights are scaled to length 1 and rounded to four
/// decimals.
///
/// It is for speed and scale, never for a claim of quality: a label centroid already classifies it
/// well.
///
/// **Determinism** the same options give the same bytes. Every example and every prototype has its
/// own random numbers, so the first examples do not depend on how many follow.
///
/// **Cost** 12 bytes a label and 20 a feature, whatever the number of examples.
public final class SyntheticExtreme {

  /// What the names of the files begin with.
  public static final String NAME = "synthetic";

  private static final int PROTOTYPE = 30;
  private static final int BLOCK = 8;
  private static final double[] LABEL_COUNTS = {0.30, 0.55, 0.75, 0.90};
  private static final double LENGTH_DEVIATION = 0.45;
  private static final double WEIGHT_DEVIATION = 0.6;
  private static final double PROTOTYPE_SHARE = 0.6;
  private static final double DECIMALS = 1e4;
  private static final int PROGRESS_INTERVAL = 10_000;

  private final Options options;
  private final Zipf featurePopularity;
  private final int[] featureAtRank;
  private final double[] rarities;
  private final Zipf labelFrequency;
  private final int[] labelAtRank;

  private final int[] labels = new int[LABEL_COUNTS.length + 1];
  private final int[] prototype = new int[PROTOTYPE];
  private final double[] cumulated = new double[PROTOTYPE];
  private int[] drawn = new int[256];
  private double[] weights = new double[256];

  private SyntheticExtreme(Options options) {
    this.options = options;
    featurePopularity = new Zipf(options.features(), 20, 0.9);
    featureAtRank = new Draws(options.seed(), "feature order", 0).permutation(options.features());
    rarities = new double[options.features()];
    for (int rank = 0; rank < rarities.length; rank++) {
      rarities[featureAtRank[rank]] =
          Math.max(0.3, StrictMath.log1p(1 / (60 * featurePopularity.probability(rank))));
    }
    labelFrequency = new Zipf(options.labels(), 10, 0.75);
    labelAtRank = new Draws(options.seed(), "label order", 0).permutation(options.labels());
  }

  /// How much to make.
  ///
  /// @param train training examples
  /// @param test test examples
  /// @param features features that there are
  /// @param labels labels that there are
  /// @param nnz about how many features an example draws; it ends up with somewhat fewer or more,
  ///   since draws repeat and short examples are filled up
  /// @param seed decides everything else
  public record Options(long train, long test, int features, int labels, int nnz, long seed) {

    /// Checks the sizes.
    public Options {
      require(train >= 1 && test >= 1, "train and test must be positive, not", train, test);
      require(
          features >= 1 && labels >= 1,
          "features and labels must be positive, not",
          features,
          labels);
      require(nnz >= 1 && nnz <= 100_000, "nnz must be from 1 to 100000, not", nnz, nnz);
    }

    private static void require(boolean holds, String rule, long first, long second) {
      if (!holds) {
        throw new IllegalArgumentException(
            rule + " " + first + (first == second ? "" : " and " + second));
      }
    }

    /// The smaller of the two sizes in BENCHMARKS.md.
    public static Options small() {
      return new Options(20_000, 5_000, 30_000, 20_000, 62, 1);
    }

    /// The larger of the two sizes in BENCHMARKS.md.
    public static Options medium() {
      return new Options(60_000, 10_000, 135_909, 200_000, 75, 2);
    }
  }

  /// Makes `synthetic-train.txt.gz` and `synthetic-test.txt.gz`; nothing has a name.
  ///
  /// @param options how much to make
  /// @param folder where the files go; made if it is not there
  /// @param progress hears of it
  /// @throws java.io.UncheckedIOException if writing fails
  public static Made make(Options options, Path folder, Progress progress) {
    SyntheticExtreme maker = new SyntheticExtreme(options);
    try (DataSetWriter writer =
        new DataSetWriter(folder, NAME, Names.none(), options.features(), options.labels())) {
      maker.write(writer, progress);
      return writer.finish();
    }
  }

  private void write(DataSetWriter writer, Progress progress) {
    long total = options.train() + options.test();
    for (long number = 0; number < total; number++) {
      boolean forTest = number >= options.train();
      Draws draws =
          forTest
              ? new Draws(options.seed(), "test", number - options.train())
              : new Draws(options.seed(), "train", number);
      add(draws, writer.next(forTest));
      writer.endExample(forTest);
      if ((number + 1) % PROGRESS_INTERVAL == 0 || number + 1 == total) {
        progress.advanced("examples drawn", number + 1, total);
      }
    }
  }

  private void add(Draws draws, Batch example) {
    int labelCount = drawLabels(draws);
    int length =
        (int) Math.max(8, options.nnz() * StrictMath.exp(LENGTH_DEVIATION * draws.normal()));
    int fromPrototypes = (int) (length * PROTOTYPE_SHARE);
    int perLabel = Math.max(6, fromPrototypes / labelCount);
    int background = Math.max(2, length - fromPrototypes);
    reserve(background + perLabel * labelCount);
    int count = 0;
    while (count < background) {
      drawn[count++] = drawFeature(draws);
    }
    for (int index = 0; index < labelCount; index++) {
      readPrototype(labels[index]);
      for (int draw = 0; draw < perLabel; draw++) {
        drawn[count++] = prototype[drawPlace(draws)];
      }
    }
    for (int index = 0; index < labelCount; index++) {
      labels[index] = labelAtRank[labels[index]];
    }
    Arrays.sort(labels, 0, labelCount);
    example.appendLabels(labels, 0, labelCount);
    addFeatures(count, example);
  }

  /// Draws the ranks of labels, each once.
  private int drawLabels(Draws draws) {
    double target = draws.uniform();
    int wanted = 1;
    while (wanted <= LABEL_COUNTS.length && target >= LABEL_COUNTS[wanted - 1]) {
      wanted++;
    }
    int first = labelFrequency.draw(draws);
    labels[0] = first;
    int count = 1;
    for (int further = 1; further < wanted; further++) {
      int rank =
          draws.uniform() < 0.5
              ? first / BLOCK * BLOCK + draws.below(BLOCK)
              : labelFrequency.draw(draws);
      if (rank < options.labels() && !isDrawn(rank, count)) {
        labels[count++] = rank;
      }
    }
    return count;
  }

  private boolean isDrawn(int rank, int count) {
    for (int index = 0; index < count; index++) {
      if (labels[index] == rank) {
        return true;
      }
    }
    return false;
  }

  private int drawFeature(Draws draws) {
    return featureAtRank[featurePopularity.draw(draws)];
  }

  /// Draws the prototype of a label again; the same each time.
  private void readPrototype(int rank) {
    Draws draws = new Draws(options.seed(), "prototype", rank);
    double sum = 0;
    for (int place = 0; place < PROTOTYPE; place++) {
      prototype[place] =
          draws.uniform() < 0.5 ? drawFeature(draws) : draws.below(options.features());
      sum += StrictMath.exp(WEIGHT_DEVIATION * draws.normal());
      cumulated[place] = sum;
    }
  }

  private int drawPlace(Draws draws) {
    double target = draws.uniform() * cumulated[PROTOTYPE - 1];
    int place = 0;
    while (place < PROTOTYPE - 1 && cumulated[place] <= target) {
      place++;
    }
    return place;
  }

  private void addFeatures(int count, Batch example) {
    Arrays.sort(drawn, 0, count);
    double squares = 0;
    int distinct = 0;
    for (int begin = 0, end; begin < count; begin = end) {
      end = begin + 1;
      while (end < count && drawn[end] == drawn[begin]) {
        end++;
      }
      double weight = (1 + StrictMath.log(end - begin)) * rarities[drawn[begin]];
      squares += weight * weight;
      weights[distinct] = weight;
      drawn[distinct++] = drawn[begin];
    }
    double scale = DECIMALS / Math.sqrt(squares);
    for (int index = 0; index < distinct; index++) {
      double rounded = Math.max(1, Math.rint(weights[index] * scale));
      example.addFeature(drawn[index], (float) (rounded / DECIMALS));
    }
  }

  private void reserve(int count) {
    if (drawn.length < count) {
      drawn = new int[2 * count];
      weights = new double[2 * count];
    }
  }
}
