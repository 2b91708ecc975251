package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// What is explained is what is annotated.
class ExplanationTest {

  @TempDir private Path folder;

  private static final String[] WORDS = {"a", "b", "c", "d e", "C++", ".net", "é", "x's", "서울"};

  private static String phrase(SplittableRandom random) {
    return "\"" + WORDS[random.nextInt(WORDS.length)] + "\"";
  }

  /// Something with a place.
  private static String located(SplittableRandom random, int depth) {
    return switch (random.nextInt(depth == 0 ? 2 : 5)) {
      case 0, 1 -> phrase(random);
      case 2 -> "cat";
      case 3 -> "(%s or %s)".formatted(located(random, depth - 1), located(random, depth - 1));
      default ->
          "%s(%d: %s, %s)"
              .formatted(
                  random.nextBoolean() ? "near" : "before",
                  random.nextInt(4),
                  located(random, depth - 1),
                  located(random, depth - 1));
    };
  }

  private static String any(SplittableRandom random, int depth, int earlier) {
    if (depth == 0) {
      return located(random, 0);
    }
    String one = any(random, depth - 1, earlier);
    String other = any(random, depth - 1, earlier);
    return switch (random.nextInt(9)) {
      case 0 -> located(random, depth);
      case 1 -> "not " + located(random, depth - 1);
      case 2 -> "(not (%s))".formatted(one);
      case 3 -> "(%s and %s)".formatted(one, other);
      case 4 -> "(%s or %s)".formatted(one, other);
      case 5 -> "(%d of (%s, 2 * %s, not %s))".formatted(1 + random.nextInt(3), one, other, "cat");
      case 6 -> "(sum(0.6 * %s, -0.5 * %s) > %s)".formatted(one, other, random.nextInt(2) * 0.3);
      case 7 -> "last(r%d)".formatted(random.nextInt(earlier + 1));
      default -> earlier == 0 ? one : "r" + random.nextInt(earlier);
    };
  }

  private static String rules(SplittableRandom random, int count) {
    StringBuilder rules = new StringBuilder();
    for (int r = 0; r < count; r++) {
      String category = random.nextInt(3) == 0 ? " : told" : "";
      rules.append("r%d%s = %s%n".formatted(r, category, any(random, random.nextInt(4), r)));
    }
    return rules.toString();
  }

  private static String text(SplittableRandom random) {
    String[] others = {"...", "C", "net", "z", "", "\u00ad", "e\u0301", "서울시", "Z!", "d", "😀"};
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(9); i > 0; i--) {
      boolean known = random.nextBoolean();
      String[] from = known ? WORDS : others;
      text.append(from[random.nextInt(from.length)]).append(random.nextInt(5) == 0 ? "," : " ");
    }
    return text.toString();
  }

  private static PatternNetwork network(SplittableRandom random, int ruleCount) {
    boolean within = random.nextBoolean();
    PatternNetworkBuilder builder =
        new PatternNetworkBuilder(new Tokenization(true, false, Stemming.NONE, true, within));
    builder.add("a", "cat", 1);
    builder.add("b c", "cat", 0.5f);
    builder.add("lone", "", 1);
    builder.addRules(rules(random, ruleCount), "rules");
    return builder.build();
  }

  @Test
  void saysOfRandomRulesAndTextsWhatAnnotatingFinds() {
    Seeds.repeat(
        400,
        random -> {
          int ruleCount = random.nextInt(1, 5);
          PatternNetwork network = network(random, ruleCount);
          Annotator annotator = new Annotator(network);
          for (int i = 0; i < 6; i++) {
            String text = i == 0 ? "" : text(random);
            check(network, annotator, text, ruleCount);
          }
        });
  }

  private static void check(
      PatternNetwork network, Annotator annotator, String text, int ruleCount) {
    annotator.read(text);
    Set<String> found = new TreeSet<>();
    List<String> places = new ArrayList<>();
    for (int match = 0; match < annotator.count(); match++) {
      int begin = (int) annotator.begin(match);
      int end = (int) annotator.end(match);
      found.add(annotator.pattern(match));
      found.add(annotator.category(match));
      String there = text.substring(begin, end);
      places.add(
          "%s fires at %d..%d \"%s\"".formatted(annotator.pattern(match), begin, end, there));
    }
    List<String> names = new ArrayList<>(List.of("a", "b c", "lone", "cat"));
    for (int r = 0; r < ruleCount; r++) {
      names.add("r" + r);
    }
    List<String> lines = new ArrayList<>();
    for (String name : names) {
      Explanation explanation = Explanation.of(network, name, text);
      assertThat(explanation.active())
          .as(name + " in '" + text + "'")
          .isEqualTo(found.contains(name));
      lines.add(explanation.lines().getFirst());
    }
    for (String line : lines) {
      if (line.contains(" fires at ") && !line.startsWith("category ")) {
        assertThat(places).anyMatch(line::startsWith);
      }
    }
  }

  @Test
  void saysWhereEachWordIs() {
    PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
    builder.add("New York", "city", 1);
    assertThat(Explanation.of(builder.build(), "New York", "in New York today").lines())
        .anyMatch(line -> line.contains("3..11 \"New York\""))
        .anyMatch(line -> line.contains("3..6 \"New\""))
        .anyMatch(line -> line.contains("7..11 \"York\""));
  }

  @Test
  void explainsInTextsWithoutWords() {
    PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
    builder.addRules("clean : fine = not \"spam\"\nalso = clean", "rules");
    PatternNetwork network = builder.build();
    for (String text : List.of("", " ...", "\u00ad")) {
      for (String name : List.of("clean", "also")) {
        Explanation explanation = Explanation.of(network, name, text);
        assertThat(explanation.active()).isTrue();
        assertThat(explanation.lines().getFirst())
            .isEqualTo("%s fires at 0..%d \"%s\"".formatted(name, text.length(), text));
      }
      assertThat(Explanation.of(network, "fine", text).active()).isTrue();
    }
    assertThat(Explanation.of(network, "clean", "").lines())
        .anyMatch(line -> line.contains("spam"));
  }

  @Test
  void explainsTheSameOnPages() {
    Seeds.repeat(
        6,
        random -> {
          PatternNetwork network = network(random, 3);
          Path directory = folder.resolve("n" + random.nextLong());
          PatternStore.create(directory, network);
          try (PatternStore store = PatternStore.edit(directory, new ArrayList<>())) {
            store.suspend();
          }
          try (PatternNetwork pages = PatternStore.openSuspended(directory, 0, 0).network()) {
            Annotator annotator = new Annotator(pages);
            for (int i = 0; i < 10; i++) {
              String text = text(random);
              check(pages, annotator, text, 3);
              for (String name : List.of("a", "cat", "r0", "r1", "r2")) {
                assertThat(Explanation.of(pages, name, text))
                    .isEqualTo(Explanation.of(network, name, text));
              }
            }
          }
        });
  }
}
