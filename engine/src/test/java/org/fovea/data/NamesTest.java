package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.fovea.MalformedDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NamesTest {

  private static Names read(String text) {
    return Names.read(
        new TestContent("n.txt", text.getBytes(StandardCharsets.UTF_8)), DataOptions.strict());
  }

  @Test
  void readsLabelsThenFeatures() {
    Names names = read("L one\nL zwei und drei\r\nL \nF \u00e4\u00f6\ud83d\ude00\nF x");
    assertThat(names.labels()).containsExactly("one", "zwei und drei", "");
    assertThat(names.features()).containsExactly("\u00e4\u00f6\ud83d\ude00", "x");
    assertThat(names.label(1)).contains("zwei und drei");
    assertThat(names.label(3)).isEmpty();
    assertThat(names.feature(1)).contains("x");
    assertThat(names.feature(2)).isEmpty();
  }

  @Test
  void readsNamesOfOneKindOrNone() {
    assertThat(read("F a\nF b\n").features()).hasSize(2);
    assertThat(read("L a\n").features()).isEmpty();
    assertThat(read("")).isEqualTo(Names.none());
  }

  @Test
  void takesAMissingFileForNoNames(@TempDir Path directory) {
    assertThat(Names.read(directory.resolve("none"), DataOptions.strict())).isEqualTo(Names.none());
  }

  @Test
  void comesBackAsItWasWritten(@TempDir Path directory) {
    Names names = new Names(List.of("a", " b c ", "\u00e9\u2028"), List.of("", "\ud83d\ude00"));
    for (String name : new String[] {"n.txt", "n.txt.gz"}) {
      Path file = directory.resolve(name);
      names.write(file);
      assertThat(Names.read(file, DataOptions.strict())).isEqualTo(names);
    }
    assertThat(directory.resolve("n.txt"))
        .hasContent("L a\nL  b c \nL \u00e9\u2028\nF \nF \ud83d\ude00");
    assertThat(directory.toFile().list()).containsExactlyInAnyOrder("n.txt", "n.txt.gz");
  }

  @Test
  void saysWhatIsWrongAndWhere() {
    refuses("L a\nx\n", "2:1: 'L name' or 'F name' was expected, 'x' came");
    refuses("\n", "1:1: 'L name' or 'F name' was expected, '' came");
    refuses("F a\nL b\n", "2:1: 'F name' was expected, 'L b' came");
    refuses("Label\n", "1:1: 'L name' or 'F name' was expected, 'Label' came");
    refuses("L a\rb\n", "1:4: a name in one line was expected, a line end came");
    refuses(
        "L a\nL " + "x".repeat(70_000) + "\n",
        "2:65536: a line of at most 65536 bytes was expected, a longer one came");
    assertThatThrownBy(() ->
            Names.read(
                new TestContent("n.txt", new byte[] {'L', ' ', 'a', (byte) 0xff, '\n'}),
                DataOptions.strict()))
        .hasMessage("n.txt:1:4: UTF-8 was expected, other bytes came");
  }

  private static void refuses(String text, String message) {
    assertThatThrownBy(() -> read(text))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage("n.txt:" + message);
  }

  @Test
  void refusesToHoldNamesOfSeveralLines() {
    assertThatThrownBy(() -> new Names(List.of("a\nb"), List.of()))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Names(List.of(), List.of("\r")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void findsTheFileBesideTheData(@TempDir Path directory) throws IOException {
    assertThat(Names.fileBeside(directory.resolve("wiki-train.txt.gz"))).isEmpty();
    Path plain = Files.writeString(directory.resolve("wiki-names.txt"), "L a\n");
    assertThat(Names.fileBeside(directory.resolve("wiki-test.txt"))).contains(plain);
    Path packed = Files.writeString(directory.resolve("wiki-names.txt.gz"), "L a\n");
    for (String name : new String[] {"wiki-train.txt.gz", "wiki-test.txt", "wiki.txt"}) {
      assertThat(Names.fileBeside(directory.resolve(name))).contains(packed);
    }
    assertThat(Names.fileBeside(Path.of("/"))).isEmpty();
  }
}
