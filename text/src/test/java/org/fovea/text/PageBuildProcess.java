package org.fovea.text;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.fovea.FoveaException;
import org.fovea.data.make.Progress;
import org.fovea.testkit.ChildJvm;

/// A process that builds networks onto pages in the same place, one after the other, until it is
/// killed or its parent is gone, and says after each that it is there; or one network, and what
/// went wrong.
final class PageBuildProcess {

  static final int PATTERNS = 12_000;
  static final String NETWORK = "network";

  private PageBuildProcess() {}

  /// A text in which the network of a number finds ten patterns, and others find none.
  static String text(int number) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 10; i++) {
      text.append(name(number, i * 1_000)).append(". ");
    }
    return text.toString();
  }

  private static String name(int number, int pattern) {
    return "network %d name %d".formatted(number, pattern);
  }

  /// Builds the network of a number, in so little memory that it is sorted on disk.
  static void build(Path folder, int number) throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < PATTERNS; i++) {
      lines.add("%s\tkind %d\t%d".formatted(name(number, i), i % 20, 1 + i % 20));
    }
    Path table = Files.write(folder.resolve("table.tsv"), lines);
    try (SuspendedPatternBuilder builder =
        new SuspendedPatternBuilder(
            folder.resolve(NETWORK),
            Tokenization.defaults(),
            new PatternFiles(10, false),
            SuspendedPatternBuilder.LEAST_MEMORY)) {
      builder.read(table, _ -> {});
      builder.store(Progress.NONE);
    }
  }

  /// @param arguments the folder, whether it is the last, and the number of the first network
  public static void main(String[] arguments) throws IOException {
    ChildJvm.endWithParent();
    Path folder = Path.of(arguments[0]);
    System.out.println("begin");
    for (int number = Integer.parseInt(arguments[2]); ; number++) {
      try {
        build(folder, number);
        System.out.println(number);
      } catch (FoveaException | UncheckedIOException e) {
        System.out.println(e.getMessage());
      }
      if (Boolean.parseBoolean(arguments[1])) {
        return;
      }
    }
  }
}
