package org.fovea.cli;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.fovea.data.UnpackedFile;
import org.fovea.spec.Residency;
import org.fovea.text.AnnotationRun;
import org.fovea.text.ByteRows;
import org.fovea.text.DocumentReader;
import org.fovea.text.Documents;
import org.fovea.text.PatternNetwork;
import org.fovea.text.PatternStore;
import org.fovea.text.RowFormat;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/// `fovea annotate`: where the patterns of a network are in a text.
@Command(
    name = "annotate",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    sortOptions = false,
    description = {
      "Finds the patterns of a network in a text, one document a line.",
      "Prints a line for each pattern and category: document, begin, end, pattern, category, value;"
          + " separated by tabs. Documents are counted from 0; begin and end are UTF-16 units of"
          + " the line, the end exclusive. Nested and overlapping patterns are all printed.",
      "A text that comes slowly, through standard input or a pipe, is answered line by line."
    },
    footerHeading = "%nExamples:%n",
    footer = {
      "  fovea annotate network --text articles.txt.gz --html marks.html",
      "  fovea annotate network --text articles.txt --resident suspended --memory 64m",
      "  cat articles.txt | fovea annotate network --text - --json"
    })
final class AnnotateCommand implements Callable<Integer> {

  private static final int MOST_INFLATION = 1000;

  private final Console console;
  private Path directory = Path.of("");

  @Option(
      names = "--text",
      required = true,
      paramLabel = "FILE|-",
      description = "the text, in UTF-8, packed by gzip or not; - is standard input")
  private String text = "";

  @Option(names = "--json", description = "print a JSON object a line")
  private boolean json;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "write a page that shows the first documents with their marks")
  private Optional<Path> html = Optional.empty();

  @Option(
      names = "--strict",
      description = "end with an error at bytes that are no UTF-8, which are replaced otherwise")
  private boolean strict;

  @Option(
      names = "--skip-bad",
      description =
          "leave out documents with too many matches and, with --strict, such with bytes that are no"
              + " UTF-8; each is named, with --json as an object with an error")
  private boolean skipBad;

  @Mixin private final NeuronResidencyOptions residency = new NeuronResidencyOptions();

  @Option(names = "--threads", paramLabel = "N", description = "threads (default: all processors)")
  private int threads = Runtime.getRuntime().availableProcessors();

  AnnotateCommand(Console console) {
    this.console = console;
  }

  @Parameters(paramLabel = "NETWORK", description = "a directory made by patterns build")
  void directory(Path path) {
    directory = path;
  }

  @Override
  public Integer call() {
    if (threads < 1 || threads > 1024) {
      throw new UsageException("--threads: 1 to 1024 was expected, " + threads + " came");
    }
    PatternStore.Opened opened = open();
    opened.notes().forEach(console::say);
    InputStream stream =
        text.equals(Inputs.STANDARD_INPUT)
            ? UnpackedFile.of(console.input(), text, MOST_INFLATION)
            : UnpackedFile.open(Path.of(text), MOST_INFLATION);
    long start = System.nanoTime();
    try (PatternNetwork network = opened.network();
        DocumentReader reader = new DocumentReader(stream, text, strict && !skipBad)) {
      annotate(network, reader, start);
    }
    return 0;
  }

  private PatternStore.Opened open() {
    Optional<Residency> asked = residency.residency();
    if (asked.isEmpty()) {
      long budget = NeuronResidencyOptions.usualBudget();
      PatternStore.Opened opened = PatternStore.openAsBuilt(directory, budget);
      if (opened.network().isSuspended()) {
        console.say(
            "%s: its neurons are on pages only; up to %s of them are kept in the heap (--resident suspended --memory)"
                .formatted(directory, Sizes.bytes(budget)));
      }
      return opened;
    }
    return switch (asked.get()) {
      case Residency.Heap() -> PatternStore.open(directory);
      case Residency.Mapped() -> PatternStore.openSuspended(directory, 0, 0);
      case Residency.Suspended(long budget, int retention) ->
          PatternStore.openSuspended(directory, budget, retention);
    };
  }

  private void annotate(PatternNetwork network, DocumentReader reader, long start) {
    MarkedDocuments marked = new MarkedDocuments(html.isPresent());
    RowFormat format = json ? RowFormat.objects() : RowFormat.columns();
    try (AnnotationRun run = new AnnotationRun(network, format, threads, bad())) {
      run.run(reader, listener(marked), this::print);
      console.flush();
      warn(reader, run);
      double seconds = (System.nanoTime() - start) / 1e9;
      console.say(summary(reader, run, seconds));
      html.ifPresent(file -> {
        AnnotatedPage page = new AnnotatedPage(network, reader.documentCount());
        page.write(file, directory.toString(), marked.texts());
        console.say(file + ": the marks in the text");
      });
    }
  }

  private AnnotationRun.BadDocuments bad() {
    if (!skipBad) {
      return AnnotationRun.BadDocuments.REPLACED;
    }
    return strict
        ? AnnotationRun.BadDocuments.LEFT_OUT_STRICTLY
        : AnnotationRun.BadDocuments.LEFT_OUT;
  }

  private AnnotationRun.Listener listener(MarkedDocuments marked) {
    return new AnnotationRun.Listener() {
      @Override
      public void read(Documents documents) {
        marked.read(documents);
      }

      @Override
      public void leftOut(AnnotationRun.LeftOut document) {
        if (!json) {
          console.flush();
          console.warn(
              "document %s was left out: %s".formatted(document.document(), document.error()));
        }
      }

      @Override
      public void waits() {
        console.flush();
      }
    };
  }

  private void print(ByteRows rows) {
    try {
      rows.writeTo(console.output());
    } catch (IOException e) {
      throw new OutputException(e);
    }
  }

  private void warn(DocumentReader reader, AnnotationRun run) {
    if (run.leftOutCount() > 0) {
      console.warn(
          "%s: %s documents were left out".formatted(text, Sizes.count(run.leftOutCount())));
    }
    reader
        .firstReplaced()
        .filter(_ -> bad() != AnnotationRun.BadDocuments.LEFT_OUT_STRICTLY)
        .ifPresent(place ->
            console.warn(
                "%s:%s:%s: bytes that are no UTF-8 were replaced, here and in all %s times"
                    .formatted(
                        place.file(),
                        place.line(),
                        place.column(),
                        Sizes.count(reader.replacedCount()))));
    if (run.incompleteCount() > 0) {
      console.warn(
          "in %s documents patterns may be missing: pages with their neurons are damaged"
              .formatted(Sizes.count(run.incompleteCount())));
    }
    if (run.dividedCount() > 0 && run.hasDocumentPatterns()) {
      console.warn(
          ("%s documents of more than a million letters were read in pieces: rules about whole"
                  + " documents saw one piece at a time")
              .formatted(Sizes.count(run.dividedCount())));
    }
  }

  static String summary(DocumentReader reader, AnnotationRun run, double seconds) {
    return String.format(
        Locale.ROOT,
        "%,d documents, %,d words: %,d matches in %.1f s; %.3f ms a document, %.1f MB/s",
        reader.documentCount(),
        run.wordCount(),
        run.matchCount(),
        seconds,
        1e3 * seconds / Math.max(1, reader.documentCount()),
        reader.byteCount() / seconds / 1e6);
  }
}
