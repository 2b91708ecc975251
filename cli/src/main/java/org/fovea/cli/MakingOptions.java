package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.fovea.data.make.Made;
import org.fovea.data.make.Progress;
import org.fovea.model.json.Json;
import picocli.CommandLine.Option;
import tools.jackson.databind.node.ObjectNode;

/// What the commands that make data have in common.
final class MakingOptions {

  @Option(names = "--out", required = true, paramLabel = "DIR", description = "where the files go")
  private Path folder = Path.of("");

  @Option(names = "--seed", paramLabel = "N", description = "seed of every random choice")
  private long seed = 1;

  @Option(names = "--json", description = "print what was made as JSON")
  private boolean json;

  /// Makes something.
  @FunctionalInterface
  interface Maker {
    Made make(Path folder, Progress progress);
  }

  long seed() {
    return seed;
  }

  /// Makes data into the folder and tells what was made.
  void make(Maker maker, Console console) {
    try {
      Files.createDirectories(folder);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": it cannot be made: " + e.getMessage(), e);
    }
    Made made;
    try (MakingProgress progress = new MakingProgress(console)) {
      made = maker.make(folder, progress);
    }
    if (json) {
      console.result(tree(made).toString());
    } else {
      console.result("%s: %s examples".formatted(made.train(), Sizes.count(made.trainCount())));
      console.result("%s: %s examples".formatted(made.test(), Sizes.count(made.testCount())));
      made.names().ifPresent(names -> console.result(names + ": names"));
      console.result(
          "%s features, %s labels"
              .formatted(Sizes.count(made.featureCount()), Sizes.count(made.labelCount())));
    }
  }

  private static ObjectNode tree(Made made) {
    ObjectNode tree = Json.object();
    tree.put("train", made.train().toString()).put("test", made.test().toString());
    made.names().ifPresent(names -> tree.put("names", names.toString()));
    tree.put("train-examples", made.trainCount()).put("test-examples", made.testCount());
    tree.put("features", made.featureCount()).put("labels", made.labelCount());
    return tree;
  }
}
