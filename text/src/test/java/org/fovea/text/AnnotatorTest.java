package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class AnnotatorTest {

  private static List<String> matches(Annotator annotator) {
    List<String> found = new ArrayList<>();
    for (int match = 0; match < annotator.count(); match++) {
      found.add(
          "%d-%d %s %s %s"
              .formatted(
                  annotator.begin(match),
                  annotator.end(match),
                  annotator.pattern(match),
                  annotator.category(match),
                  annotator.value(match)));
    }
    return found;
  }

  private static PatternNetworkBuilder builder() {
    return new PatternNetworkBuilder(Tokenization.defaults());
  }

  @Test
  void findsNestedAndOverlappingNamesOfSeveralCategories() {
    PatternNetworkBuilder builder = builder();
    builder.add("New York", "city", 1);
    builder.add("New York", "state", 1);
    builder.add("York", "city", 0.5f);
    builder.add("York City", "team", 2);
    builder.add("plain", "", 1);
    Annotator annotator = new Annotator(builder.build());
    annotator.read("Plain new YORK, city");
    assertThat(matches(annotator))
        .containsExactly(
            "0-5 plain  1.0",
            "6-14 New York city 1.0",
            "6-14 New York state 1.0",
            "10-20 York City team 2.0",
            "10-14 York city 0.5");
    annotator.read("");
    assertThat(annotator.count()).isZero();
  }

  @Test
  void takesTheFirstSpellingAndCountsTheOthers() {
    PatternNetworkBuilder builder = builder();
    assertThat(builder.add("Polish", "word", 1)).isTrue();
    assertThat(builder.add("polish", "word", 1)).isFalse();
    assertThat(builder.duplicateCount()).isEqualTo(1);
    assertThatThrownBy(() -> builder.add("POLISH", "word", 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'POLISH' has the weight 1.0 in the category 'word' already");
  }

  @Test
  void refusesWhatIsNoPattern() {
    PatternNetworkBuilder builder = builder();
    assertThatThrownBy(() -> builder.add(" ", "c", 1)).hasMessageContaining("nothing came");
    assertThatThrownBy(() -> builder.add("--", "c", 1)).hasMessageContaining("'--' came");
    assertThatThrownBy(() -> builder.add("a", "c", Float.NaN)).hasMessageContaining("NaN came");
    assertThatThrownBy(() -> builder.add("a", "c", -1)).hasMessageContaining("-1.0 came");
    assertThatThrownBy(() -> builder.add("a", "", 2)).hasMessageContaining("no category");
    assertThatThrownBy(() -> builder.add("a\tb", "c", 1)).hasMessageContaining("without tabs");
    assertThatThrownBy(() -> builder.add("a ".repeat(5_000), "c", 1))
        .hasMessageContaining("at most 4096 words");
  }

  @Test
  void findsAPatternOfAThousandWords() {
    StringBuilder words = new StringBuilder();
    for (int i = 0; i < 1_000; i++) {
      words.append("w").append(i % 30).append(' ');
    }
    PatternNetworkBuilder builder = builder();
    builder.add(words.toString().strip(), "long", 1);
    Annotator annotator = new Annotator(builder.build());
    annotator.read("x " + words + "x " + words);
    assertThat(annotator.count()).isEqualTo(2);
  }

  /// Names and texts of few words, so that all overlap.
  private static String some(SplittableRandom random, int words) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append((char) ('a' + random.nextInt(6))).append(random.nextInt(9) == 0 ? ", " : " ");
    }
    return text.toString();
  }

  @Test
  void findsWhatAPlainTrieFinds() throws IOException {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 40; round++) {
      PatternNetworkBuilder builder = builder();
      WordTrie trie = new WordTrie();
      for (int p = 0; p < 150; p++) {
        String name = some(random, random.nextInt(1, 6)).strip();
        String category = "c" + random.nextInt(4);
        builder.add(name, category, 1);
        trie.add(name, category);
      }
      Annotator annotator = new Annotator(builder.build());
      for (int d = 0; d < 20; d++) {
        String text = some(random, random.nextInt(60));
        annotator.read(text);
        TreeSet<String> found = new TreeSet<>();
        for (int match = 0; match < annotator.count(); match++) {
          found.add(
              annotator.begin(match)
                  + "-"
                  + annotator.end(match)
                  + " "
                  + annotator.category(match));
        }
        assertThat(found).hasSize(annotator.count()).isEqualTo(trie.matches(text));
      }
    }
  }

  private static String run(PatternNetwork network, String text, int threads) {
    ByteRows all = new ByteRows();
    try (DocumentReader reader =
            new DocumentReader(
                new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)), "text", true);
        AnnotationRun run = new AnnotationRun(network, RowFormat.columns(), threads)) {
      run.run(
          reader,
          _ -> {},
          rows -> {
            byte[] bytes = rows.toBytes();
            all.append(bytes, 0, bytes.length);
          });
    }
    return all.toString();
  }

  @Test
  void printsDocumentsInTheirOrderWhateverTheThreads() {
    SplittableRandom random = new SplittableRandom(5);
    PatternNetworkBuilder builder = builder();
    for (int p = 0; p < 100; p++) {
      builder.add(some(random, random.nextInt(1, 5)).strip(), "c" + p % 3, 1);
    }
    PatternNetwork network = builder.build();
    StringBuilder text = new StringBuilder();
    for (int d = 0; d < 3_000; d++) {
      text.append(some(random, random.nextInt(60))).append('\n');
    }
    String one = run(network, text.toString(), 1);
    assertThat(run(network, text.toString(), 4)).isEqualTo(one);
    assertThat(one.lines().map(line -> Integer.parseInt(line.substring(0, line.indexOf('\t')))))
        .isSorted();
  }

  @Test
  void findsInAVeryLongLineWhatItFindsInAShortOne() {
    PatternNetworkBuilder builder = builder();
    builder.add("needle", "c", 1);
    builder.add("a long needle of seven words here", "c", 1);
    builder.addRules("pair : p = near(40: \"needle\", \"thread\")", "rules");
    PatternNetwork network = builder.build();
    String piece =
        "hay ".repeat(997) + "a long needle of seven words here " + "hay ".repeat(20) + "thread ";
    int pieces = 800;
    String found = run(network, piece.repeat(pieces), 2);
    Annotator annotator = new Annotator(network);
    annotator.read(piece);
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < pieces; i++) {
      for (int match = 0; match < annotator.count(); match++) {
        expected.add(
            "0\t%d\t%d\t%s\t%s\t1"
                .formatted(
                    annotator.begin(match) + (long) i * piece.length(),
                    annotator.end(match) + (long) i * piece.length(),
                    annotator.pattern(match),
                    annotator.category(match)));
      }
    }
    assertThat(piece.length() * pieces).isGreaterThan(3 << 20);
    assertThat(found.lines()).containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void writesObjectsThatAreJson() {
    PatternNetworkBuilder builder = builder();
    builder.add("say \"hi\" \\", "c\u0007", 1);
    PatternNetwork network = builder.build();
    ByteRows rows = new ByteRows();
    Annotator annotator = new Annotator(network);
    annotator.read("Say hi");
    RowFormat.objects().write(3, annotator, 0, rows);
    assertThat(rows.toString())
        .isEqualTo(
            "{\"document\":3,\"begin\":0,\"end\":6,\"pattern\":\"say \\\"hi\\\" \\\\\","
                + "\"category\":\"c\\u0007\",\"value\":1}\n");
  }

  @Test
  void writesNoControlCharactersInColumns() {
    PatternNetworkBuilder builder = builder();
    builder.add("red\u001b[31m alert\u0085\u2028x é€", "c\u007f", 1);
    Annotator annotator = new Annotator(builder.build());
    annotator.read("red 31m alert x é€");
    ByteRows rows = new ByteRows();
    RowFormat.columns().write(0, annotator, 0, rows);
    assertThat(rows.toString()).isEqualTo("0\t0\t18\tred [31m alert     x é€\tc \t1\n");
  }
}
