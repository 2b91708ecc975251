package org.fovea.bench.suite;

import static org.fovea.bench.run.Markdown.number;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.fovea.bench.run.Cell;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Markdown;
import org.fovea.bench.run.Row;
import org.fovea.bench.run.Settings;
import org.fovea.bench.run.SkippedException;
import org.fovea.bench.run.Suite;
import org.fovea.bench.run.Work;
import org.fovea.data.UnpackedFile;
import org.fovea.text.AnnotationRun;
import org.fovea.text.Annotator;
import org.fovea.text.DocumentReader;
import org.fovea.text.PatternNetwork;
import org.fovea.text.PatternNetworkBuilder;
import org.fovea.text.RowFormat;
import org.fovea.text.Tokenization;

/// How fast real names are found in real text: words, titles, cities and lemmas in articles.
final class NamesSuite implements Suite {

  private static final String ARTICLES = "text/enwiki-2018-fragment.tsv.gz";
  private static final int MOST_INFLATION = 1000;

  /// A list of names: its file, the column of the names, what divides them, and their category.
  private record Names(String file, int column, String between, String category) {}

  private static final List<Names> NAMES =
      List.of(
          new Names("words/english-words-dwyl.txt.gz", 0, "\t", "word"),
          new Names("words/wiki-titles-2018.txt.gz", 0, "\t", "title"),
          new Names("words/cities-world-ex-large.txt.gz", 0, "\t", "city"),
          new Names("text/wordnet.tsv.gz", 2, ";", "lemma"));

  @Override
  public String name() {
    return "names";
  }

  @Override
  public String title() {
    return "Real names in real text";
  }

  @Override
  public List<Cell> cells(Settings settings) {
    List<Cell> cells = new ArrayList<>();
    for (int threads : settings.quick() ? new int[] {1} : new int[] {1, 2}) {
      cells.add(Cell.of("names-" + threads).with("threads", threads).jvm("-Xmx6g"));
    }
    return cells;
  }

  @Override
  public void measure(Work work) throws IOException {
    Path articles = file(work, ARTICLES);
    NameTrie trie = new NameTrie();
    PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
    boolean checks = work.cell().integer("threads") == 1;
    double start = Machine.cpuSeconds();
    long skipped = 0;
    for (Names names : NAMES) {
      for (String name : read(file(work, names.file()), names)) {
        try {
          builder.add(name, names.category(), 1);
          if (checks) {
            trie.add(name, names.category());
          }
        } catch (IllegalArgumentException _) {
          skipped++;
        }
      }
    }
    PatternNetwork network = builder.build();
    work.row()
        .put("patterns", network.patternCount())
        .put("names without a word", skipped)
        .put("words", network.wordCount())
        .put("build CPU s", Machine.cpuSeconds() - start)
        .put("bytes a pattern", (double) network.network().bytes() / network.patternCount());
    work.say("%,d patterns, %,d words", network.patternCount(), network.wordCount());
    for (int pass = 0; pass <= work.settings().repeats(); pass++) {
      pass(work, network, articles);
    }
    if (checks) {
      check(work, network, trie, articles);
    }
  }

  private static Path file(Work work, String name) {
    Path file = work.settings().dataFile(name);
    if (!Files.exists(file)) {
      throw new SkippedException("there is no " + file);
    }
    return file;
  }

  private static List<String> read(Path file, Names names) throws IOException {
    List<String> all = new ArrayList<>();
    try (BufferedReader lines = lines(file)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        all.addAll(List.of(line.split("\t", -1)[names.column()].split(names.between(), -1)));
      }
    }
    return all;
  }

  private static BufferedReader lines(Path file) {
    return new BufferedReader(
        new InputStreamReader(UnpackedFile.open(file, MOST_INFLATION), StandardCharsets.UTF_8));
  }

  private static void pass(Work work, PatternNetwork network, Path articles) {
    double cpu = Machine.cpuSeconds();
    long start = System.nanoTime();
    try (DocumentReader reader =
            new DocumentReader(
                UnpackedFile.open(articles, MOST_INFLATION), articles.toString(), false);
        AnnotationRun run =
            new AnnotationRun(network, RowFormat.columns(), work.cell().integer("threads"))) {
      run.run(reader, _ -> {}, _ -> {});
      double seconds = (System.nanoTime() - start) / 1e9;
      double used = Machine.cpuSeconds() - cpu;
      work.row()
          .put("documents", reader.documentCount())
          .put("megabytes", reader.byteCount() / 1e6)
          .put("matches a document", run.matchCount() / (double) reader.documentCount())
          .put("words a document", run.wordCount() / (double) reader.documentCount())
          .put("seconds", seconds)
          .put("CPU s", used);
      work.say("%.1f s, %.1f CPU s, %,d matches", seconds, used, run.matchCount());
    }
  }

  /// Holds every span to those of a plain trie.
  private static void check(Work work, PatternNetwork network, NameTrie trie, Path articles)
      throws IOException {
    Annotator annotator = new Annotator(network);
    long spans = 0;
    long document = 0;
    try (BufferedReader lines = lines(articles)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        annotator.read(line);
        Set<String> found = new TreeSet<>();
        for (int match = 0; match < annotator.count(); match++) {
          found.add(
              NameTrie.span(
                  annotator.begin(match), annotator.end(match), annotator.category(match)));
        }
        if (!found.equals(trie.matches(line)) || found.size() != annotator.count()) {
          throw new IllegalStateException("other spans than the trie's in document " + document);
        }
        spans += found.size();
        document++;
      }
    } catch (UncheckedIOException e) {
      throw new IOException(e);
    }
    work.row().put("spans checked", spans);
    work.say("%,d spans are those of the trie", spans);
  }

  @Override
  public String render(List<Row> rows) {
    Markdown table =
        new Markdown(
            "threads",
            "patterns",
            "documents",
            "matches a document",
            "documents a second",
            "MB a second",
            "CPU ms a document",
            "bytes a pattern",
            "build, CPU s");
    for (Row row : rows) {
      double documents = row.number("documents");
      table.row(
          row.text("threads"),
          number(row.number("patterns"), 0),
          number(documents, 0),
          number(row.number("matches a document"), 0),
          number(documents / row.number("seconds"), 0),
          number(row.number("megabytes") / row.number("seconds"), 1),
          number(1e3 * row.number("CPU s") / documents, 2),
          number(row.number("bytes a pattern"), 0),
          number(row.number("build CPU s"), 1));
    }
    return "English words, titles, cities and lemmas in articles of the Wikipedia: everything from"
        + " unpacking to the printed line. All spans were held to those of a plain trie of words in"
        + " hash maps.\n\n"
        + table;
  }
}
