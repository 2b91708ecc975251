package org.fovea.data.make;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import org.fovea.data.CsvWriter;

/// A table of few rows and many columns, as genomics has them: classes differ in some columns, the
/// markers, and in nothing else.
///
/// Each column is normal with a unit and a zero of its own. In a marker the means of neighbouring
/// classes are `effect` standard deviations apart, up or down. Columns are called `marker-N` and
/// `gene-N`, so that whoever ranks them sees how well; their order tells nothing.
///
/// **Threads** Confined.
public final class SyntheticTable {

  private static final int UNIT_DECADES = 5;

  private final Options options;
  private final SplittableRandom random;
  private final int[] directions;
  private final double[] units;
  private final double[] zeros;

  /// How large, and how hard.
  ///
  /// @param train rows to train with
  /// @param test rows to test with
  /// @param columns of numbers
  /// @param markers of them
  /// @param classes at least 2
  /// @param effect distance of the means of two classes in a marker, in standard deviations
  /// @param seed of every random choice
  public record Options(
      int train, int test, int columns, int markers, int classes, double effect, long seed) {

    /// Checks the sizes.
    public Options {
      if (train < 1 || test < 1 || columns < 1 || classes < 2) {
        throw new IllegalArgumentException(
            "1 or more rows and columns and 2 or more classes were expected, %s, %s, %s and %s came"
                .formatted(train, test, columns, classes));
      }
      if (markers < 0 || markers > columns) {
        throw new IllegalArgumentException(
            "0 to " + columns + " markers were expected, " + markers + " came");
      }
      if (!(effect >= 0 && effect < 1e6)) {
        throw new IllegalArgumentException(
            "an effect of 0 or more was expected, " + effect + " came");
      }
    }
  }

  private SyntheticTable(Options options) {
    this.options = options;
    this.random = new SplittableRandom(options.seed());
    this.directions = new int[options.columns()];
    this.units = new double[options.columns()];
    this.zeros = new double[options.columns()];
    int left = options.markers();
    for (int c = 0; c < options.columns(); c++) {
      boolean marker = random.nextInt(options.columns() - c) < left;
      left -= marker ? 1 : 0;
      directions[c] = !marker ? 0 : random.nextBoolean() ? 1 : -1;
      units[c] = Math.pow(10, UNIT_DECADES * random.nextDouble() - 2);
      zeros[c] = units[c] * 20 * random.nextDouble();
    }
  }

  /// Writes `table-train.csv` and `table-test.csv` into a folder.
  public static Made make(Options options, Path folder, Progress progress) {
    SyntheticTable table = new SyntheticTable(options);
    Path train = folder.resolve("table-train.csv");
    Path test = folder.resolve("table-test.csv");
    table.write(train, options.train(), "training rows written", progress);
    table.write(test, options.test(), "test rows written", progress);
    return new Made(
        train,
        test,
        Optional.empty(),
        options.train(),
        options.test(),
        options.columns(),
        options.classes());
  }

  private void write(Path file, int rows, String stage, Progress progress) {
    List<String> names = new ArrayList<>(options.columns());
    for (int c = 0; c < options.columns(); c++) {
      names.add((directions[c] == 0 ? "gene-" : "marker-") + (c + 1));
    }
    float[] values = new float[options.columns()];
    try (CsvWriter writer = new CsvWriter(file, names)) {
      for (int row = 0; row < rows; row++) {
        int kind = random.nextInt(options.classes());
        double shift = options.effect() * (kind - (options.classes() - 1) / 2.0);
        for (int c = 0; c < values.length; c++) {
          double standard = random.nextGaussian() + directions[c] * shift;
          values[c] = (float) (zeros[c] + units[c] * standard);
        }
        writer.write(name(kind), values);
        progress.advanced(stage, row + 1L, rows);
      }
      writer.commit();
    }
  }

  private String name(int kind) {
    return options.classes() == 2 ? kind == 0 ? "healthy" : "ill" : "kind-" + (kind + 1);
  }
}
