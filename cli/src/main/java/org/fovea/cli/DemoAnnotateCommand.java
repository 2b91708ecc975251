package org.fovea.cli;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import org.fovea.data.UnpackedFile;
import org.fovea.text.AnnotationRun;
import org.fovea.text.Annotator;
import org.fovea.text.DocumentReader;
import org.fovea.text.PatternFiles;
import org.fovea.text.PatternNetwork;
import org.fovea.text.PatternNetworkBuilder;
import org.fovea.text.PatternStore;
import org.fovea.text.RowFormat;
import org.fovea.text.Stemming;
import org.fovea.text.Tokenization;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/// `fovea demo annotate`: the names of the JDK in what it says.
@Command(
    name = "annotate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Shows patterns in text on real data, with no download.",
      "Makes a network of the names of all classes, methods, packages and modules of the running"
          + " JDK, and finds them in the JDK's own messages and notices."
    })
final class DemoAnnotateCommand implements Callable<Integer> {

  private static final int SHOWN_NAMES = 6;
  private static final int SHORTEST_SHOWN = 40;
  private static final int LONGEST_SHOWN = 200;
  private static final int NOT_PACKED = 1;
  private static final int REPORTED = 10_000;

  private final Console console;

  @Mixin private final DemoOptions options = new DemoOptions();

  @Option(names = "--show", paramLabel = "N", description = "how many texts to show (default: 8)")
  private int shown = 8;

  @Option(names = "--threads", paramLabel = "N", description = "threads (default: all processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  DemoAnnotateCommand(Console console) {
    this.console = console;
  }

  @Override
  public Integer call() {
    if (threads < 1 || threads > 1024) {
      throw new UsageException("--threads: 1 to 1024 was expected, " + threads + " came");
    }
    Path folder = options.folder("jdk-names");
    Path names = folder.resolve("names.tsv");
    Path texts = folder.resolve("texts.txt");
    Path network = folder.resolve("network");
    read(folder, names, texts);
    PatternNetwork built = build(names, network);
    DemoMatches matches = annotate(built, texts);
    console.result("");
    console.result("4. What the JDK talks about");
    matches.most(SHOWN_NAMES).forEach(console::result);
    show(built, texts, matches.telling(), folder.resolve("marks.html"));
    console.result("");
    console.result("Next:");
    console.result("  fovea annotate %s --text %s | head".formatted(network, texts));
    console.result(
        "  fovea patterns explain %s --pattern NullPointerException --sentence \"a NullPointerException\""
            .formatted(network));
    console.result(
        "  fovea patterns build YOUR-NAMES.tsv --out YOUR-NETWORK     (docs/patterns.md)");
    return 0;
  }

  private void say(String line) {
    console.say("");
    console.say(line);
  }

  private void read(Path folder, Path names, Path texts) {
    say("1. Reading names and texts of this JDK (%s)".formatted(Runtime.version()));
    JdkText jdk = new JdkText(options.modules());
    try {
      Files.createDirectories(folder);
      jdk.read(count -> {
        if (count % REPORTED == 0) {
          console.say(Sizes.count(count) + " classes");
        }
      });
      jdk.write(names, texts);
    } catch (IOException e) {
      throw new UncheckedIOException(folder + ": it cannot be made: " + e.getMessage(), e);
    }
    List<String> kinds = new ArrayList<>();
    jdk.names()
        .forEach(
            (kind, all) -> kinds.add("%s names of %s".formatted(Sizes.count(all.size()), kind)));
    console.say(String.join(", ", kinds) + "; " + Sizes.count(jdk.textCount()) + " texts");
  }

  private PatternNetwork build(Path names, Path network) {
    say("2. Building a network of them");
    long start = System.nanoTime();
    PatternNetworkBuilder builder =
        new PatternNetworkBuilder(new Tokenization(false, false, Stemming.NONE));
    new PatternFiles(NOT_PACKED, true).read(names, builder, _ -> {});
    PatternNetwork built = builder.build();
    PatternStore.create(network, built);
    console.say(
        String.format(
            Locale.ROOT,
            "%,d patterns, %,d neurons, %,d synapses in %.1f s; %s, %.0f bytes a pattern",
            built.patternCount(),
            built.network().neuronCount(),
            built.network().synapseCount(),
            (System.nanoTime() - start) / 1e9,
            Sizes.bytes(built.network().bytes()),
            (double) built.network().bytes() / built.patternCount()));
    return built;
  }

  private DemoMatches annotate(PatternNetwork network, Path texts) {
    say("3. Finding them in the JDK's own messages and notices");
    DemoMatches matches = new DemoMatches();
    long start = System.nanoTime();
    try (DocumentReader reader =
            new DocumentReader(UnpackedFile.open(texts, NOT_PACKED), texts.toString(), false);
        AnnotationRun run = new AnnotationRun(network, RowFormat.columns(), threads)) {
      run.run(reader, _ -> {}, matches::add);
      double seconds = (System.nanoTime() - start) / 1e9;
      console.say(AnnotateCommand.summary(reader, run, seconds));
      console.say(
          String.format(
              Locale.ROOT,
              "of %,d neurons, %.1f were active in a document",
              network.network().neuronCount(),
              (double) run.activationCount() / Math.max(1, reader.documentCount())));
    }
    return matches;
  }

  private void show(PatternNetwork network, Path texts, Set<Long> telling, Path page) {
    List<String> chosen = new ArrayList<>();
    try {
      List<String> lines = Files.readAllLines(texts);
      telling.forEach(document -> chosen.add(lines.get(Math.toIntExact(document))));
    } catch (IOException e) {
      throw new UncheckedIOException(texts + ": it cannot be read: " + e.getMessage(), e);
    }
    shuffle(chosen);
    console.result("");
    console.result("5. Some of what it says, with the «names» marked");
    Annotator annotator = new Annotator(network);
    chosen.stream()
        .filter(text -> text.length() >= SHORTEST_SHOWN && text.length() <= LONGEST_SHOWN)
        .limit(shown)
        .forEach(text -> console.result("  " + marked(annotator, text)));
    List<String> first = chosen.subList(0, Math.min(MarkedDocuments.MOST_DOCUMENTS, chosen.size()));
    new AnnotatedPage(network, chosen.size()).write(page, "The JDK about itself", first);
    console.result("  " + page + " shows more of them");
  }

  private void shuffle(List<String> texts) {
    SplittableRandom random = new SplittableRandom(options.seed());
    for (int at = texts.size() - 1; at > 0; at--) {
      int other = random.nextInt(at + 1);
      String swapped = texts.get(at);
      texts.set(at, texts.get(other));
      texts.set(other, swapped);
    }
  }

  /// The text with its outermost names in marks.
  private static String marked(Annotator annotator, String text) {
    annotator.read(text);
    StringBuilder line = new StringBuilder();
    int at = 0;
    for (int match = 0; match < annotator.count(); match++) {
      int begin = (int) annotator.begin(match);
      if (begin >= at) {
        int end = (int) annotator.end(match);
        line.append(text, at, begin).append('«').append(text, begin, end).append('»');
        at = end;
      }
    }
    return line.append(text, at, text.length()).toString();
  }
}
