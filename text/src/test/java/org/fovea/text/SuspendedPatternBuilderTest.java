package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.MalformedDataException;
import org.fovea.data.make.Progress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Holds networks that were built onto pages to those that were built in memory and suspended.
class SuspendedPatternBuilderTest {

  private static final long MEGABYTE = 1 << 20;
  private static final String[] WORDS = {
    "new", "New", "york", "York", "café", "CAFÉ", "cafe", "running", "runs", "run", "straße",
    "STRASSE", "3.5", "O'Neil", "北", "京", "😀", "don't", "a", "b"
  };

  @TempDir private Path folder;

  /// What reading left out, and what was the same.
  private record Counts(long skipped, String first, long duplicates, int patterns) {}

  private static String name(SplittableRandom random) {
    StringBuilder name = new StringBuilder(WORDS[random.nextInt(WORDS.length)]);
    for (int i = random.nextInt(4); i > 0; i--) {
      name.append(random.nextInt(5) == 0 ? "-" : " ").append(WORDS[random.nextInt(WORDS.length)]);
    }
    return name.toString();
  }

  /// A line of a table; now and then it is malformed, or has another weight than before.
  private static String line(SplittableRandom random, int categories) {
    int kind = random.nextInt(60);
    if (kind == 0) {
      return List.of("...\tc", "a\tc0\tNaN", "b\tc1\t1\tmore", "", "# c", "york\t\t2", "\tc")
          .get(random.nextInt(7));
    }
    if (kind < 6) {
      return name(random);
    }
    int category = random.nextInt(categories);
    boolean other = kind == 6;
    return "%s\tc%d\t%s".formatted(name(random), category, other ? "7" : 1 + category % 3);
  }

  private List<Path> tables(SplittableRandom random, int lines, int categories) throws IOException {
    List<Path> files = new ArrayList<>();
    for (int f = random.nextInt(1, 4); f > 0; f--) {
      List<String> table = new ArrayList<>();
      for (int i = random.nextInt(lines); i > 0; i--) {
        table.add(line(random, categories));
      }
      files.add(Files.write(folder.resolve("table%d.tsv".formatted(f)), table));
    }
    return files;
  }

  private static Counts inMemory(
      Path directory, List<Path> files, Tokenization tokenization, boolean skipBad) {
    PatternFiles reader = new PatternFiles(100, skipBad);
    PatternNetworkBuilder builder = new PatternNetworkBuilder(tokenization);
    files.forEach(file -> reader.read(file, builder, _ -> {}));
    PatternStore.create(directory, builder.build());
    try (PatternStore store = PatternStore.edit(directory, new ArrayList<>())) {
      store.suspend();
    }
    return new Counts(
        reader.skippedCount(),
        reader.firstSkipped(),
        builder.duplicateCount(),
        builder.patternCount());
  }

  private static Counts onPages(
      Path directory, List<Path> files, Tokenization tokenization, boolean skipBad) {
    PatternFiles reader = new PatternFiles(100, skipBad);
    try (SuspendedPatternBuilder builder =
        new SuspendedPatternBuilder(directory, tokenization, reader, MEGABYTE)) {
      files.forEach(file -> builder.read(file, _ -> {}));
      BuiltNetwork built = builder.store(Progress.NONE);
      assertThat(built.facts().patterns()).isEqualTo(builder.patternCount());
      return new Counts(
          reader.skippedCount(),
          reader.firstSkipped(),
          builder.duplicateCount(),
          builder.patternCount());
    }
  }

  private static Tokenization tokenization(SplittableRandom random) {
    return new Tokenization(
        random.nextInt(4) > 0,
        random.nextBoolean(),
        random.nextBoolean() ? Stemming.NONE : Stemming.ENGLISH);
  }

  /// Opens both and holds them together: facts, neurons, names, and what is found in texts.
  private void requireSame(Path memory, Path pages, SplittableRandom random) {
    try (PatternNetwork expected = PatternStore.open(memory).network();
        PatternNetwork built = PatternStore.openAsBuilt(pages, 1 << 16).network()) {
      assertThat(built.isSuspended()).isTrue();
      assertThat(built.wordCount()).isEqualTo(expected.wordCount());
      assertThat(built.categories()).isEqualTo(expected.categories());
      assertThat(built.neurons().idBound()).isEqualTo(expected.neurons().idBound());
      assertThat(built.neurons().synapseCount()).isEqualTo(expected.neurons().synapseCount());
      for (int id = 0; id < expected.neurons().idBound(); id++) {
        assertThat(built.nameOf(id)).isEqualTo(expected.nameOf(id));
        assertThat(built.patterns().first(id)).isEqualTo(expected.patterns().first(id));
      }
      for (int entry = 0; entry < expected.patternCount(); entry++) {
        assertThat(built.patterns().name(entry)).isEqualTo(expected.patterns().name(entry));
        assertThat(built.patterns().category(entry)).isEqualTo(expected.patterns().category(entry));
      }
      Annotator one = new Annotator(expected);
      Annotator other = new Annotator(built);
      for (int document = 0; document < 5; document++) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < 20; i++) {
          text.append(name(random)).append(random.nextInt(3) == 0 ? ". " : " ");
        }
        assertThat(rows(other, text.toString())).isEqualTo(rows(one, text.toString()));
      }
    }
  }

  private static List<String> rows(Annotator annotator, String text) {
    annotator.read(text);
    ByteRows rows = new ByteRows();
    for (int match = 0; match < annotator.count(); match++) {
      RowFormat.columns().write(0, annotator, match, rows);
    }
    return rows.toString().lines().toList();
  }

  private static byte[] pages(Path directory, long generation) throws IOException {
    return Files.readAllBytes(new StoreFiles(directory).pages(generation));
  }

  @Test
  void buildsTheNetworkThatMemoryBuildsByteForByte() throws IOException {
    Path memory = folder.resolve("memory");
    Path pages = folder.resolve("pages");
    long skipped = 0;
    long duplicates = 0;
    for (int round = 0; round < 40; round++) {
      SplittableRandom random = new SplittableRandom(round);
      List<Path> files = tables(random, 400, random.nextInt(1, 12));
      Tokenization tokenization = tokenization(random);
      Counts expected = inMemory(memory, files, tokenization, true);
      Counts counts = onPages(pages, files, tokenization, true);
      assertThat(counts).as("round %d", round).isEqualTo(expected);
      assertThat(pages(pages, round)).as("round %d", round).isEqualTo(pages(memory, round));
      requireSame(memory, pages, random);
      skipped += counts.skipped();
      duplicates += counts.duplicates();
    }
    assertThat(skipped).isGreaterThan(60);
    assertThat(duplicates).isGreaterThan(1_000);
    assertThat(pages.toFile().list())
        .containsExactlyInAnyOrder(
            "model.json",
            "neurons-39.pages",
            ".fovea-lock",
            Files.exists(pages.resolve("patterns.safetensors"))
                ? "patterns.safetensors"
                : "patterns-2.safetensors");
  }

  @Test
  void findsTheSameWherePhrasesAreInVeryManyCategories() throws IOException {
    Path memory = folder.resolve("memory");
    Path pages = folder.resolve("pages");
    for (int round = 0; round < 5; round++) {
      SplittableRandom random = new SplittableRandom(round);
      List<String> lines = new ArrayList<>();
      for (int category = 0; category < 60; category++) {
        for (int i = 0; i < 40; i++) {
          lines.add("%s\tc%d".formatted(i < 2 ? WORDS[i] : name(random), category));
        }
      }
      List<Path> files = List.of(Files.write(folder.resolve("many.tsv"), lines));
      Tokenization tokenization = tokenization(random);
      assertThat(onPages(pages, files, tokenization, false))
          .isEqualTo(inMemory(memory, files, tokenization, false));
      requireSame(memory, pages, random);
    }
  }

  @Test
  void sortsManyRunsWhenMemoryIsSmall() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 60_000; i++) {
      int common = Math.min(random.nextInt(3_000), random.nextInt(3_000));
      lines.add("%s %d place\tkind %d".formatted(name(random), common, random.nextInt(30)));
    }
    lines.add("long " + "é".repeat(400_000));
    lines.add(("many words " + "of a name ".repeat(1_300)).strip() + "\tlong");
    Path file = Files.write(folder.resolve("names.tsv"), lines);
    Path memory = folder.resolve("memory");
    Path pages = folder.resolve("pages");
    Counts expected = inMemory(memory, List.of(file), Tokenization.defaults(), false);
    assertThat(onPages(pages, List.of(file), Tokenization.defaults(), false)).isEqualTo(expected);
    assertThat(expected.patterns()).isGreaterThan(50_000);
    assertThat(pages(pages, 0)).isEqualTo(pages(memory, 0));
    requireSame(memory, pages, random);
  }

  @Test
  void namesTheFirstMalformedLineAsMemoryDoes() throws IOException {
    int refused = 0;
    for (int round = 0; round < 40; round++) {
      SplittableRandom random = new SplittableRandom(1_000 + round);
      List<Path> files = tables(random, 120, 3);
      String expected = failure(() -> inMemory(folder.resolve("m"), files, plain(), false));
      String message = failure(() -> onPages(folder.resolve("p"), files, plain(), false));
      assertThat(message).as("round %d", round).isEqualTo(expected);
      refused += expected.isEmpty() ? 0 : 1;
    }
    assertThat(refused).isGreaterThan(20);
  }

  private static Tokenization plain() {
    return Tokenization.defaults();
  }

  private static String failure(Runnable build) {
    try {
      build.run();
      return "";
    } catch (MalformedDataException e) {
      return String.valueOf(e.getMessage());
    }
  }

  @Test
  void refusesRulesAndTooLittleMemory() throws IOException {
    Path rules = Files.writeString(folder.resolve("r.rules"), "a = \"b\"\n");
    Path directory = folder.resolve("network");
    PatternFiles files = new PatternFiles(100, false);
    try (SuspendedPatternBuilder builder =
        new SuspendedPatternBuilder(directory, plain(), files, MEGABYTE)) {
      assertThatThrownBy(() -> builder.read(rules, _ -> {}))
          .isInstanceOf(PatternStoreException.class)
          .hasMessage(
              rules + ": rules cannot be built onto pages; build without --on-pages, then suspend");
    }
    assertThat(directory).doesNotExist();
    assertThatThrownBy(() -> new SuspendedPatternBuilder(directory, plain(), files, 1_000))
        .hasMessageContaining("at least a megabyte");
  }

  @Test
  void tellsHowFarItHasCome() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 20_000; i++) {
      lines.add("name " + i);
    }
    Path file = Files.write(folder.resolve("names.tsv"), lines);
    List<String> told = new ArrayList<>();
    List<Long> bytes = new ArrayList<>();
    try (SuspendedPatternBuilder builder =
        new SuspendedPatternBuilder(
            folder.resolve("n"), plain(), new PatternFiles(100, false), MEGABYTE)) {
      builder.read(file, bytes::add);
      builder.store((stage, done, total) -> told.add("%s %d/%d".formatted(stage, done, total)));
    }
    assertThat(bytes).isSorted().last().isEqualTo(Files.size(file));
    assertThat(told)
        .containsSubsequence(
            "names sorted 16384/20000",
            "names sorted 20000/20000",
            "patterns numbered 20000/20000",
            "phrases laid out 5461/20000",
            "phrases laid out 20000/20000");
  }
}
