package org.fovea.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.fovea.model.json.Json;
import org.fovea.text.DroppedSigns;
import org.fovea.text.PatternEdit;
import org.fovea.text.PatternFiles;
import org.fovea.text.PatternStore;
import org.fovea.text.Tokenization;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// Changes of a network on disk, all or none: what `patterns add` and `patterns remove` share.
final class PatternChanges {

  private static final int MOST_INFLATION = 1000;

  private final PatternFiles reader = new PatternFiles(MOST_INFLATION, false);
  private Path directory = Path.of("");
  private List<Path> files = List.of();

  @Option(names = "--json", description = "print one JSON object")
  private boolean json;

  @Parameters(
      index = "0",
      paramLabel = "NETWORK",
      description = "a directory made by patterns build")
  void directory(Path path) {
    directory = path;
  }

  @Parameters(
      index = "1..*",
      paramLabel = "FILE|-",
      arity = "0..*",
      description = "files of patterns, or of rules to add; - is standard input, with patterns")
  void files(List<Path> paths) {
    files = List.copyOf(paths);
  }

  /// Reads all files.
  ///
  /// @param rules takes a file of rules
  /// @param patterns takes the lines of the others
  void read(Consumer<Path> rules, PatternFiles.Sink patterns, Console console) {
    reader.standardInput(console.input());
    for (Path file : files) {
      if (PatternFiles.hasRules(file)) {
        rules.accept(file);
      } else {
        reader.table(file, patterns, _ -> {});
      }
    }
  }

  /// The text of a file of rules.
  String text(Path file) {
    return reader.text(file);
  }

  /// Makes changes; when this returns they are on disk.
  ///
  /// @param verb what messages call it
  /// @param edits in order
  void make(String verb, List<PatternEdit> edits, Console console) {
    if (edits.isEmpty()) {
      throw new UsageException("a pattern or a file was expected; see --help");
    }
    List<String> notes = new ArrayList<>();
    try (PatternStore store = PatternStore.edit(directory, notes)) {
      notes.forEach(console::warn);
      int changed = store.apply(edits);
      tellSigns(edits, store.network().tokenization(), console);
      int patterns = store.network().patternCount();
      if (json) {
        console.result(Json.object().put(verb, changed).put("patterns", patterns).toString());
      } else {
        console.result(
            "%s %s %s; %s has %s now"
                .formatted(
                    verb,
                    Sizes.count(changed),
                    changed == 1 ? "pattern" : "patterns",
                    directory,
                    Sizes.count(patterns)));
      }
    }
  }

  private static void tellSigns(
      List<PatternEdit> edits, Tokenization tokenization, Console console) {
    DroppedSigns signs = new DroppedSigns(tokenization);
    List<String> dropped = new ArrayList<>();
    for (PatternEdit edit : edits) {
      if (edit instanceof PatternEdit.Add add && !signs.of(add.pattern()).isEmpty()) {
        dropped.add(add.pattern());
      }
    }
    if (!dropped.isEmpty()) {
      console.say(signs(dropped.size(), dropped.getFirst()));
    }
  }

  /// What there is to say where signs of patterns do not count.
  ///
  /// @param first one of them
  static String signs(long count, String first) {
    return "%s %s signs that belong to no word and do not count; the first: '%s' is found wherever its words are"
        .formatted(Sizes.count(count), count == 1 ? "pattern has" : "patterns have", first);
  }
}
