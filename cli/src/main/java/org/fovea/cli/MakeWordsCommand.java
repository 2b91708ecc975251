package org.fovea.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;
import org.fovea.data.make.WordsInContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fovea data make words-in-context`.
@Command(
    name = "words-in-context",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = "Which words stand around a word? Made from text in UTF-8, .gz too.")
final class MakeWordsCommand implements Callable<Integer> {

  private final Console console;
  private List<Path> files = List.of();

  @Option(names = "--window", paramLabel = "N", description = "how far away (default: 2)")
  private int window = 2;

  @Option(
      names = "--minimum-count",
      paramLabel = "N",
      description = "how often a word must occur (default: 2)")
  private long minimumCount = 2;

  @Option(
      names = "--vocabulary",
      paramLabel = "N",
      description = "words at most, the most frequent ones (default: 200000)")
  private int vocabulary = 200_000;

  @Option(
      names = "--examples",
      paramLabel = "N",
      description = "examples at most (default: 1000000)")
  private long examples = 1_000_000;

  @Option(
      names = "--test-share",
      paramLabel = "X",
      description = "share of the lines that is for testing (default: 0.1)")
  private double testShare = 0.1;

  @Mixin private final MakingOptions making = new MakingOptions();

  MakeWordsCommand(Console console) {
    this.console = console;
  }

  @Parameters(paramLabel = "FILE", arity = "1..*", description = "text")
  void files(List<Path> paths) {
    files = List.copyOf(paths);
  }

  @Override
  public Integer call() {
    WordsInContext.Options options =
        new WordsInContext.Options(
            files, window, minimumCount, vocabulary, examples, testShare, making.seed());
    making.make((folder, progress) -> WordsInContext.make(options, folder, progress), console);
    return 0;
  }
}
