package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// Numbers read the same whatever the user's locale is, which is one for the whole process: nothing
/// else may run meanwhile.
@Isolated
class LocaleTest {

  /// A literal, or several in a row, with a number that follows the locale, given to `formatted`.
  private static final Pattern LOCALIZED =
      Pattern.compile(
          "\"(?:[^\"\\\\\\n]|\\\\.)*%[-#+ 0,(]*\\d*(?:\\.\\d+)?[dfegE](?:[^\"\\\\\\n]|\\\\.)*\""
              + "(?:\\s*\\+\\s*\"(?:[^\"\\\\\\n]|\\\\.)*\")*\\s*\\)?\\s*\\.formatted\\(");

  /// A digit that is not ASCII, or a comma before decimals.
  private static final Pattern FOREIGN = Pattern.compile("(?=\\p{Nd})[^0-9]|\\d,\\d{1,2}(?!\\d)");

  @TempDir private static Path folder;
  private final Locale before = Locale.getDefault();

  @AfterEach
  void restore() {
    Locale.setDefault(before);
  }

  @BeforeEach
  void remember() {
    Locale.setDefault(before);
  }

  @Test
  void sourcesWriteNumbersInNoLocale() throws IOException {
    List<String> found = new ArrayList<>();
    for (String module : List.of("engine", "text", "store", "cli")) {
      Path sources = Path.of("..", module, "src", "main", "java");
      try (Stream<Path> files = Files.walk(sources)) {
        for (Path file : files.filter(path -> path.toString().endsWith(".java")).toList()) {
          String source = Files.readString(file);
          LOCALIZED
              .matcher(source)
              .results()
              .forEach(match ->
                  found.add(file + ":" + source.substring(0, match.start()).lines().count()));
        }
      }
    }
    assertThat(found)
        .as("numbers that follow the user's locale: %%s, or String.format(Locale.ROOT, ...)")
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"hi-IN-u-nu-deva", "fa-IR", "de-DE"})
  void printsTheSameNumbersInEveryLocale(String tag) {
    Locale.setDefault(Locale.forLanguageTag(tag));
    Path place = folder.resolve(tag);
    Ran.Files data = Ran.data(place);
    Path model = place.resolve("model");
    List<Ran> all = new ArrayList<>();
    all.add(Ran.fovea("data", "info", data.train()));
    all.add(
        Ran.fovea(
            "train",
            "--train",
            data.train(),
            "--test",
            data.test(),
            "--model",
            model,
            "--epochs",
            1,
            "--threads",
            1));
    all.add(Ran.fovea("inspect", model, "--data", data.test()));
    all.add(Ran.fovea("inspect", model, "--json"));
    all.add(Ran.fovea("evaluate", model, "--data", data.test()));
    all.add(Ran.fovea("predict", model, "--data", data.test(), "--top", 3));
    assertThat(all).allSatisfy(ran -> assertThat(ran.status()).as(ran.err()).isZero());
    all.add(Ran.fovea("train", "--train", data.train(), "--threads", 5000, "--model", "x"));
    all.add(Ran.fovea("inspect", place));
    for (Ran ran : all) {
      String text = (ran.out() + ran.err()).replace(folder.toString(), "");
      assertThat(FOREIGN.matcher(text).results().map(match -> around(text, match.start())).toList())
          .isEmpty();
    }
  }

  private static String around(String text, int at) {
    return text.substring(Math.max(0, at - 40), Math.min(text.length(), at + 40));
  }
}
