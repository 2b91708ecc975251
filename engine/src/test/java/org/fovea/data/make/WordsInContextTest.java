package org.fovea.data.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.random.RandomGenerator;
import java.util.zip.GZIPOutputStream;
import org.fovea.MalformedDataException;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WordsInContextTest {

  @TempDir private Path folder;

  @Test
  void pairsEachWordWithItsNeighboursInLineAndField() {
    MadeData data = make(options(text("One two three\tfour FIVE\nsix\nthree, two.\n")));

    assertThat(examples(data))
        .containsExactlyInAnyOrder(
            "one -> [three, two]",
            "two -> [one, three]",
            "three -> [one, two]",
            "four -> [five]",
            "five -> [four]",
            "three -> [two]",
            "two -> [three]");
  }

  @Test
  void equalsTheDefinitionOnRandomTexts() {
    Seeds.repeat(
        20,
        random -> {
          List<List<String>> lines = randomLines(random);
          int window = 1 + random.nextInt(4);
          Path file =
              text(String.join("\n", lines.stream().map(line -> String.join(" ", line)).toList()));
          MadeData data = make(options(file).withWindow(window));

          assertThat(examples(data)).containsExactlyInAnyOrderElementsOf(definition(lines, window));
        });
  }

  @Test
  void wordsOutsideTheVocabularyKeepTheirPlace() {
    MadeData data = make(options(text("a rare b b\nb a\n")).withVocabulary(2, 10).withWindow(1));

    assertThat(examples(data))
        .containsExactlyInAnyOrder("b -> [b]", "b -> [b]", "b -> [a]", "a -> [b]");
  }

  @Test
  void numbersWordsByFrequencyAndKeepsTheMostFrequent() {
    MadeData data = make(options(text("c c c b b a a d\nc b a\n")).withVocabulary(1, 3));

    assertThat(data.names().labels()).containsExactly("c", "a", "b");
    assertThat(data.names().features()).containsExactly("c", "a", "b");
  }

  @Test
  void takesNoMoreExamplesThanAskedForFromTheWholeText() throws IOException {
    String lines = "early bird catches worm\n".repeat(500) + "late fox catches mouse\n".repeat(500);
    MadeData data = make(options(text(lines)).withExampleLimit(400));

    assertThat(data.rows()).hasSize(400);
    assertThat(examples(data).stream().filter(row -> row.matches("(late|fox|mouse) .*")).count())
        .isBetween(90L, 210L);
  }

  @Test
  void readsPackedTextAlike() throws IOException {
    String lines = "the cat sat on the mat\n".repeat(50);
    Path packed = folder.resolve("packed");
    try (OutputStream output = new GZIPOutputStream(Files.newOutputStream(packed))) {
      output.write(lines.getBytes(StandardCharsets.UTF_8));
    }
    Made plain = WordsInContext.make(options(text(lines)), folder.resolve("plain"), Progress.NONE);
    Made unpacked = WordsInContext.make(options(packed), folder.resolve("un"), Progress.NONE);

    assertThat(MadeData.sameBytes(plain, unpacked)).isTrue();
  }

  @Test
  void splitsWholeLines() {
    StringBuilder lines = new StringBuilder();
    for (int line = 0; line < 1_000; line++) {
      lines.append("begin line%d end%n".formatted(line));
    }
    MadeData data = make(options(text(lines.toString())));

    assertThat(data.test().size() % 3).isZero();
    assertThat(data.test().size() / 3).isBetween(60, 140);
  }

  @Test
  void readsWordsOfAnyScriptAndCutsEndlessOnes() {
    MadeData data = make(options(text("Ωμέγα हिन्दी naïve_x " + "z".repeat(200_000) + "\n")));

    assertThat(data.names().labels())
        .containsExactlyInAnyOrder("ωμέγα", "हिन्दी", "naïve_x", "z".repeat(64));
  }

  @Test
  void saysWhereBytesAreNotUtf8() throws IOException {
    Path file = folder.resolve("latin1.txt");
    Files.write(file, "fine\nna\u00efve\n".getBytes(StandardCharsets.ISO_8859_1));

    assertThatExceptionOfType(MalformedDataException.class)
        .isThrownBy(() -> make(options(file)))
        .withMessage(file + ":2:3: UTF-8 was expected, other bytes came");
    assertThat(MadeData.filesIn(folder)).containsExactly("latin1.txt");
  }

  @Test
  void saysThatGzipIsDamaged() throws IOException {
    Path file = folder.resolve("damaged.gz");
    Files.write(file, new byte[] {0x1f, (byte) 0x8b, 8, 0, 0, 0, 0, 0, 0, 0, 1, 2, 3});

    assertThatExceptionOfType(MalformedDataException.class)
        .isThrownBy(() -> make(options(file)))
        .withMessageContaining("whole gzip was expected, damaged bytes came");
  }

  @Test
  void saysThatAFileIsMissing() {
    assertThatExceptionOfType(UncheckedIOException.class)
        .isThrownBy(() -> make(options(folder.resolve("nowhere.txt"))))
        .withMessage("cannot read " + folder.resolve("nowhere.txt"));
  }

  @Test
  void forgetsTheRarestWordsWhenThereAreTooMany() {
    WordCounts counts = new WordCounts(100);
    for (int word = 0; word < 10_000; word++) {
      counts.add("often");
      counts.add("now and then " + word % 40);
      counts.add("once " + word);
    }

    assertThat(counts.count("often")).isEqualTo(10_000);
    assertThat(counts.mostFrequent(1, 1)).containsExactly("often");
    assertThat(counts.mostFrequent(1, 1_000)).hasSizeLessThanOrEqualTo(100);
  }

  @Test
  void refusesImpossibleOptions() {
    WordsInContext.Options options = options(text("a b\n"));

    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withWindow(0))
        .withMessage("window must be from 1 to 100, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> options.withExampleLimit(0))
        .withMessage("exampleLimit must be positive, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> WordsInContext.Options.usual(List.of()))
        .withMessage("files must not be empty");
  }

  private static List<List<String>> randomLines(RandomGenerator random) {
    List<List<String>> lines = new ArrayList<>();
    int lineCount = 1 + random.nextInt(6);
    for (int line = 0; line < lineCount; line++) {
      List<String> words = new ArrayList<>();
      int length = random.nextInt(12);
      for (int word = 0; word < length; word++) {
        words.add("w" + random.nextInt(5));
      }
      lines.add(words);
    }
    lines.add(List.of("w0", "w1"));
    return lines;
  }

  private static List<String> definition(List<List<String>> lines, int window) {
    List<String> examples = new ArrayList<>();
    for (List<String> line : lines) {
      for (int place = 0; place < line.size(); place++) {
        TreeSet<String> around = new TreeSet<>();
        for (int other = 0; other < line.size(); other++) {
          if (other != place && Math.abs(other - place) <= window) {
            around.add(line.get(other));
          }
        }
        if (!around.isEmpty()) {
          examples.add(line.get(place) + " -> " + around);
        }
      }
    }
    return examples;
  }

  private static List<String> examples(MadeData data) {
    return data.rows().stream()
        .map(row -> data.featureNames(row).get(0) + " -> " + new TreeSet<>(data.labelNames(row)))
        .toList();
  }

  private static WordsInContext.Options options(Path file) {
    return WordsInContext.Options.usual(List.of(file)).withVocabulary(1, 1_000);
  }

  private MadeData make(WordsInContext.Options options) {
    return MadeData.read(WordsInContext.make(options, folder.resolve("made"), Progress.NONE));
  }

  private Path text(String content) {
    try {
      return Files.writeString(folder.resolve("text.txt"), content);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
