package org.fovea.bench.suite;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.SkippedException;
import org.fovea.bench.run.Work;
import org.fovea.data.DataFiles;
import org.fovea.data.DataOptions;
import org.fovea.data.Examples;
import org.fovea.data.make.JdkCalls;
import org.fovea.data.make.Progress;
import org.fovea.data.make.SyntheticExtreme;
import org.fovea.data.make.WordsInContext;

/// Finds the data that suites work on, or makes it.
///
/// Data that is made is kept in the folder of results, and made only once.
///
/// **Threads** confined.
public final class DataSets {

  private static final long MEMORY_BUDGET = Runtime.getRuntime().maxMemory() / 2;

  private final Work work;
  private final Settings settings;
  private long lastPercent = -1;

  /// @param work told how far making has come
  public DataSets(Work work) {
    this.work = work;
    this.settings = work.settings();
  }

  /// Training and test examples.
  public record Pair(Examples train, Examples test) {}

  /// The synthetic data of the speed measurements, or what the user gave in its place.
  public Pair medium() {
    if (settings.base().isPresent()) {
      return pair(settings.base().get());
    }
    return synthetic(
        settings.quick()
            ? new SyntheticExtreme.Options(4_000, 500, 5_000, 8_000, 30, 2)
            : SyntheticExtreme.Options.medium());
  }

  /// Synthetic data.
  public Pair synthetic(SyntheticExtreme.Options options) {
    Path folder =
        settings
            .madeFolder()
            .resolve(
                "synthetic-%s-%s-%s-%s-%s-%s"
                    .formatted(
                        options.train(),
                        options.test(),
                        options.features(),
                        options.labels(),
                        options.nnz(),
                        options.seed()));
    Path base = folder.resolve(SyntheticExtreme.NAME);
    if (isMissing(base)) {
      work.say("making %s", folder);
      SyntheticExtreme.make(options, folder, progress());
    }
    return pair(base);
  }

  /// The calls of the JDK's methods: real data that is everywhere.
  public Pair jdkCalls() {
    if (settings.jdkBase().isPresent()) {
      return pair(settings.jdkBase().get());
    }
    Path folder = settings.madeFolder().resolve(JdkCalls.NAME);
    Path base = folder.resolve(JdkCalls.NAME);
    if (isMissing(base)) {
      work.say("making %s", folder);
      JdkCalls.make(JdkCalls.Options.usual(), folder, progress());
    }
    return pair(base);
  }

  /// A data set of the folder of data sets, by its name.
  public Pair ofFolder(String name) {
    return pair(settings.dataFile("xmc/" + name));
  }

  /// Words and the words around them: as many labels as words.
  ///
  /// @param labels words in the vocabulary at most
  /// @param examples at most
  public Pair wordsInContext(int labels, long examples) {
    Path text = settings.dataFile("text/enwiki-2018-fragment.tsv.gz");
    Path folder = settings.madeFolder().resolve("words-%s-%s".formatted(labels, examples));
    Path base = folder.resolve(WordsInContext.NAME);
    if (isMissing(base)) {
      if (!Files.exists(text)) {
        throw new SkippedException("there is no " + text);
      }
      work.say("making %s", folder);
      WordsInContext.make(
          WordsInContext.Options.usual(List.of(text))
              .withVocabulary(2, labels)
              .withExampleLimit(examples),
          folder,
          progress());
    }
    return pair(base);
  }

  /// Images in IDX files, as the folder of data sets has them.
  public Pair images(String name) {
    return new Pair(
        load(settings.dataFile(name + "/train-images-idx3-ubyte.gz"), DataOptions.strict()),
        load(settings.dataFile(name + "/t10k-images-idx3-ubyte.gz"), DataOptions.strict()));
  }

  /// The examples of `BASE-train.txt.gz` and `BASE-test.txt.gz`.
  public Pair pair(Path base) {
    Examples train =
        load(base.resolveSibling(base.getFileName() + "-train.txt.gz"), DataOptions.strict());
    Examples test =
        load(
            base.resolveSibling(base.getFileName() + "-test.txt.gz"),
            DataOptions.strict()
                .withCounts(train.summary().featureCount(), train.summary().labelCount()));
    work.say(
        "%s: %,d examples, %,d features, %,d labels",
        base,
        train.summary().exampleCount(),
        train.summary().featureCount(),
        train.summary().labelCount());
    return new Pair(train, test);
  }

  private Examples load(Path file, DataOptions options) {
    if (!Files.exists(file)) {
      throw new SkippedException("there is no " + file);
    }
    return Examples.load(
        DataFiles.open(file, options), MEMORY_BUDGET, settings.outFolder().resolve("work/spill"));
  }

  private static boolean isMissing(Path base) {
    return !Files.exists(base.resolveSibling(base.getFileName() + "-train.txt.gz"));
  }

  private Progress progress() {
    return (stage, done, total) -> {
      long percent = total == 0 ? 100 : 10 * (10 * done / total);
      if (percent != lastPercent) {
        lastPercent = percent;
        work.say("%s: %d %%", stage, percent);
      }
    };
  }

  /// About so many of the examples, chosen by a fixed seed; all if there are not more.
  public static Examples some(Examples examples, int count) {
    long all = examples.summary().exampleCount();
    return all <= count ? examples : examples.holdOut((double) count / all, 1).validation();
  }
}
