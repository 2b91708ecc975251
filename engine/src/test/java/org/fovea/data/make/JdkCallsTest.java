package org.fovea.data.make;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdkCallsTest {

  private static final JdkCalls.Options SMALL =
      JdkCalls.Options.usual().withModules(Set.of("java.logging", "java.net.http", "java.rmi"));

  @TempDir private static Path shared;
  private static MadeData data;

  @TempDir private Path folder;

  @BeforeAll
  static void makeOnce() {
    data = MadeData.read(JdkCalls.make(SMALL, shared, Progress.NONE));
  }

  @Test
  void givesTheSameBytesWhateverTheNumberOfThreads() throws IOException {
    Made one = JdkCalls.make(SMALL.withThreads(1), folder.resolve("one"), Progress.NONE);
    Made three = JdkCalls.make(SMALL.withThreads(3), folder.resolve("three"), Progress.NONE);

    assertThat(MadeData.sameBytes(one, three)).isTrue();
    assertThat(MadeData.sameBytes(one, data.made())).isTrue();
  }

  @Test
  void keepsTheExamplesAndChangesTheirOrderWithTheSeed() throws IOException {
    Made one = data.made();
    Made other = JdkCalls.make(SMALL.withSeed(2), folder, Progress.NONE);

    assertThat(other.trainCount() + other.testCount())
        .isEqualTo(one.trainCount() + one.testCount());
    assertThat(other.labelCount()).isEqualTo(one.labelCount());
    assertThat(MadeData.sameBytes(one, other)).isFalse();
  }

  @Test
  void holdsItsLaws() {
    Made made = data.made();

    assertThat(data.train()).hasSize((int) made.trainCount());
    assertThat(data.test()).hasSize((int) made.testCount());
    assertThat((double) made.testCount() / (made.trainCount() + made.testCount()))
        .isBetween(0.07, 0.13);
    assertThat(data.names().labels()).hasSize(made.labelCount()).doesNotHaveDuplicates();
    assertThat(data.names().features()).hasSize(made.featureCount()).isSorted();
    assertThat(data.names().labels())
        .contains("java.util.List.add(Object)", "new java.util.ArrayList(int)");
    assertThat(Arrays.stream(count(data.rows(), made.labelCount())).min()).hasValue(2);
    assertThat(data.rows())
        .allSatisfy(row -> {
          assertThat(row.labels()).isNotEmpty();
          assertThat(row.features()).hasSizeGreaterThan(5);
          assertThat(row.features().values()).containsOnly(1f);
        });
  }

  @Test
  void neverTellsACalledMethodByItsOwnName() {
    assertThat(data.rows())
        .allSatisfy(row ->
            assertThat(data.featureNames(row)).doesNotContainAnyElementsOf(data.labelNames(row)));
  }

  @Test
  void keepsCopiesOnOneSideAndLargeFamiliesInTraining() {
    MethodExamples examples = new MethodExamples(SMALL);
    for (int kind = 0; kind < 400; kind++) {
      for (int copy = 0; copy < 3; copy++) {
        examples.add(facts("small" + kind + "." + copy, "small" + kind));
      }
    }
    for (int kind = 0; kind < 40; kind++) {
      for (int copy = 0; copy < 30; copy++) {
        examples.add(facts("large" + kind + "." + copy, "large" + kind));
      }
    }
    MadeData split = MadeData.read(examples.write(folder, Progress.NONE));

    assertThat(families(split, split.train()))
        .doesNotContainAnyElementsOf(families(split, split.test()));
    assertThat(families(split, split.test())).isNotEmpty().noneMatch(f -> f.contains("large"));
  }

  /// A method whose family shows in its label.
  private static MethodFacts facts(String name, String kind) {
    return new MethodFacts(name, kind, List.of("all:same"), List.of(kind + "()"));
  }

  private static Set<String> families(MadeData data, List<MadeData.Row> rows) {
    Set<String> families = new HashSet<>();
    rows.forEach(row -> families.addAll(data.labelNames(row)));
    return families;
  }

  @Test
  void tellsLabelsApartThatShareAShortName() {
    MethodExamples examples = new MethodExamples(SMALL);
    for (int copy = 0; copy < 2; copy++) {
      examples.add(
          new MethodFacts(
              "m" + copy,
              "k" + copy,
              List.of("a:b"),
              List.of("x.Y.log(one.Level) void", "x.Y.log(two.Level) void", "x.Y.sum(int) int")));
    }

    assertThat(MadeData.read(examples.write(folder, Progress.NONE)).names().labels())
        .containsExactly("x.Y.log(one.Level) void", "x.Y.log(two.Level) void", "x.Y.sum(int)");
  }

  @Test
  void leavesNothingBehindWhenItFails() throws IOException {
    assertThatThrownBy(() ->
            JdkCalls.make(
                SMALL,
                folder,
                (stage, done, total) -> {
                  if (stage.equals("examples written")) {
                    throw new UncheckedIOException(new IOException("disk full"));
                  }
                }))
        .isInstanceOf(UncheckedIOException.class);

    assertThat(MadeData.filesIn(folder)).isEmpty();
  }

  @Test
  void reportsProgressToTheEnd() {
    Map<String, Long> last = new HashMap<>();
    JdkCalls.make(
        SMALL,
        folder,
        (stage, done, total) -> {
          assertThat(done).isLessThanOrEqualTo(total).isGreaterThan(last.getOrDefault(stage, 0L));
          last.put(stage, done == total ? -1L : done);
        });

    assertThat(last).containsOnlyKeys("classes read", "examples written").containsValue(-1L);
  }

  @Test
  void refusesAModuleThatThisJdkLacks() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> JdkCalls.make(SMALL.withModules(Set.of("java.nowhere")), folder, Progress.NONE))
        .withMessage("this JDK has no module java.nowhere");
  }

  @Test
  void refusesImpossibleOptions() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SMALL.withThreads(0))
        .withMessage("threads must be from 1 to 1024, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JdkCalls.Options(Set.of(), 0, 0.1, 1, 1))
        .withMessage("minimumCount must be positive, not 0");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new JdkCalls.Options(Set.of(), 2, 0.6, 1, 1))
        .withMessage("testShare must be above 0 and at most 0.5, not 0.6");
  }

  @Test
  @Tag("slow")
  void isExtremeForTheWholeJdk() {
    Made made = JdkCalls.make(JdkCalls.Options.usual(), folder, Progress.NONE);

    assertThat(made.trainCount() + made.testCount()).isGreaterThanOrEqualTo(150_000);
    assertThat(made.labelCount()).isGreaterThanOrEqualTo(50_000);
  }

  private static int[] count(List<MadeData.Row> rows, int labelCount) {
    int[] counts = new int[labelCount];
    rows.forEach(row -> row.labels().forEach(label -> counts[label]++));
    return counts;
  }
}
