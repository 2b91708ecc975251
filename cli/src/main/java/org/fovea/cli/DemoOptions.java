package org.fovea.cli;

import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Option;

/// What a demo is made of and where it goes.
final class DemoOptions {

  @Option(
      names = "--dir",
      paramLabel = "DIR",
      description = "where everything that is made goes (default: ~/.cache/fovea)")
  private Path directory = Path.of(System.getProperty("user.home"), ".cache", "fovea");

  @Option(
      names = "--modules",
      split = ",",
      paramLabel = "NAME[,NAME...]",
      description = "modules of the JDK to read, such as java.base (default: all)")
  private Set<String> modules = Set.of();

  @Option(names = "--seed", paramLabel = "N", description = "seed of every random choice")
  private long seed = 1;

  /// Modules of the JDK to read; all if empty.
  Set<String> modules() {
    return modules;
  }

  /// Seed of every random choice.
  long seed() {
    return seed;
  }

  /// Where a demo's files go: a folder for each release of the JDK and choice of modules.
  Path folder(String demo) {
    String name = demo + "-" + Runtime.version().feature();
    return directory.resolve(
        modules.isEmpty()
            ? name
            : name + "-" + String.join("-", modules.stream().sorted().toList()));
  }
}
