package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// libsvm text as people have it.
class LibsvmTextTest {

  private static XcSource source(String text) {
    return XcSource.open(TestContent.text(text), DataOptions.strict());
  }

  private static String read(XcSource source) {
    return TestContent.show(TestContent.readAll(source));
  }

  private static List<String> notes(ExampleSource source) {
    Batch batch = new Batch();
    try (ExampleReader reader = source.open()) {
      while (reader.read(batch, 10) > 0) {
        batch.clear();
      }
      return reader.notes();
    }
  }

  @Test
  void readsTheWeightsOfExamples() {
    assertThat(read(source("1 weight:2.5 1:1\n0 2:1 weight:0\n0 3:1#no weight\n")))
        .isEqualTo("0|1|0:1.0|2.5\n1|0|1:1.0|0.0\n2|0|2:1.0\n");
    assertThatThrownBy(() -> source("1 1:1\n1 weight:-2 1:1\n"))
        .hasMessage("bad.txt:2:10: a weight of 0 or more was expected, '-2' came");
    assertThatThrownBy(() -> source("1 weight:nan 1:1\n"))
        .hasMessage("bad.txt:1:10: a weight of 0 or more was expected, 'nan' came");
    assertThatThrownBy(() -> source("1 weight:1 1:1 weight:2\n"))
        .hasMessage("bad.txt:1:16: one weight was expected, 'weight:2' came");
  }

  @Test
  void takesNumbersThatAreNoIdsForClasses() {
    XcSource source = source("+1 1:1\n-1 2:1\n+1 1:2\n");
    assertThat(source.classes()).contains(List.of("-1", "+1"));
    assertThat(source.labelCount()).isEqualTo(2);
    assertThat(source.notices().getFirst()).endsWith("and 2 classes (-1, +1)");
    assertThat(read(source)).isEqualTo("0|1|0:1.0\n1|0|1:1.0\n2|1|0:2.0\n");
  }

  @Test
  void keepsIdsWhereAllAreIds() {
    XcSource source = source("1 1:1\n0,2 2:1\n");
    assertThat(source.classes()).isEmpty();
    assertThat(source.labelCount()).isEqualTo(3);
  }

  @Test
  void findsClassesThatComeLate() {
    XcSource source = source("1 1:1\n".repeat(50_000) + "-1 2:1\n");
    assertThat(source.classes()).contains(List.of("-1", "1"));
  }

  @Test
  void takesEqualNumbersForOneClass() {
    XcSource source = source("1.0 1:1\n2.0 2:1\n1 1:1\n+2 1:1\n2e0 1:1\n");
    assertThat(source.classes()).contains(List.of("1.0", "2.0"));
    assertThat(
            read(source)
                .lines()
                .map(line -> line.substring(line.indexOf("|") + 1, line.lastIndexOf("|"))))
        .containsExactly("0", "1", "0", "1", "1");
  }

  @Test
  void readsOtherFilesByKnownClasses() {
    DataOptions known =
        DataOptions.strict()
            .withCounts(3, 2)
            .withNumbering(Numbering.FROM_ONE)
            .withClasses(List.of("-1", "+1"));
    XcSource source = XcSource.open(TestContent.text("1 1:1\n-1.0 2:1\n+1 3:1\n"), known);
    assertThat(read(source)).isEqualTo("0|1|0:1.0\n1|0|1:1.0\n2|1|2:1.0\n");
    XcSource other = XcSource.open(TestContent.text("1 1:1\n2 2:1\n"), known);
    assertThatThrownBy(() -> read(other))
        .hasMessage("bad.txt:2:1: one of the 2 classes of the training data was expected, 2 came");
    XcSource open =
        XcSource.open(
            TestContent.text("1 1:1\n2 2:1\n? 3:1\n 1:1\n"),
            known.withUnknown(UnknownEntries.refused().withLabels(true)));
    assertThat(read(open)).isEqualTo("0|1|0:1.0\n1||1:1.0\n2||2:1.0\n3||0:1.0\n");
    assertThat(notes(open))
        .containsExactly("bad.txt: 1 labels that the training data does not have are ignored");
  }

  @Test
  void refusesATargetOfRegression() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 60; i++) {
      text.append(i * 0.37).append(" 1:1\n");
    }
    assertThatThrownBy(() -> source(text.toString()))
        .hasMessageStartingWith("bad.txt:1:1: labels that are ids or classes were expected, 60")
        .hasMessageContaining("a target of regression");
  }

  @Test
  void stepsOverComments() {
    String text =
        "# made by hand: 1 2 3\n# twice\n1 1:1 # the first\n  # between\n0 2:1#here\n#end\n? 1:1\n#";
    XcSource source = source(text);
    assertThat(read(source)).isEqualTo("0|1|0:1.0\n1|0|1:1.0\n2||0:1.0\n");
    XcSource headed = source("# about\n2 5 5 # counts\n1 1:1\n# one more\n2 2:1 # x:y\n");
    assertThat(headed.announcedCount()).hasValue(2);
    assertThat(read(headed)).isEqualTo("0|1|1:1.0\n1|2|2:1.0\n");
    assertThat(read(source("#" + "x".repeat(300_000) + "\n1 1:1\n"))).isEqualTo("0|1|0:1.0\n");
    assertThat(read(source("# nothing else\n"))).isEmpty();
  }

  @Test
  void namesTheLinesOfErrorsBehindComments() {
    assertThatThrownBy(() -> read(source("# one\n1 1:1\n# three\n1 x:1\n")))
        .hasMessage("bad.txt:4:3: a feature was expected, 'x:1' came");
  }

  @Test
  void ignoresQueries() {
    XcSource source = source("2 qid:1 1:1\n1 qid:1 2:1\n0 qid:23 1:1\n");
    assertThat(read(source)).isEqualTo("0|2|0:1.0\n1|1|1:1.0\n2|0|0:1.0\n");
    assertThat(notes(source))
        .containsExactly("bad.txt: 3 queries (qid) are ignored: every example is ranked by itself");
  }

  @Test
  void sumsFeaturesThatComeMoreThanOnce() {
    XcSource source = source("1 1:1 2:0.5 1:2\n0 3:1 3:1 3:-2\n0 2:1\n");
    assertThat(read(source)).isEqualTo("0|1|0:3.0 1:0.5\n1|0|2:0.0\n2|0|1:1.0\n");
    assertThat(notes(source))
        .containsExactly(
            "bad.txt: 3 features that came more than once in an example were summed, first in line"
                + " 1");
    assertThatThrownBy(() -> read(source("1 1:3e38 1:3e38\n")))
        .hasMessageStartingWith("bad.txt:1:1: finite sums");
  }

  @Test
  void sumsWhateverTheOrder() {
    Seeds.repeat(
        200,
        random -> {
          int[] expected = new int[8];
          StringBuilder row = new StringBuilder("1 7:1");
          expected[6] = 1;
          for (int i = 0; i < 30; i++) {
            int feature = random.nextInt(7);
            expected[feature] += i;
            row.append(' ').append(feature + 1).append(':').append(i);
          }
          Batch batch = TestContent.readAll(source(row.append("\n").toString()));
          for (int at = 0; at < batch.featureCount(); at++) {
            assertThat(batch.values()[at]).isEqualTo(expected[batch.features()[at]]);
            assertThat(at == 0 || batch.features()[at] > batch.features()[at - 1]).isTrue();
          }
        });
  }

  @Test
  void ignoresFeaturesAboveThoseThatThereAreOnRequest() {
    DataOptions known = DataOptions.strict().withCounts(2, 2).withNumbering(Numbering.FROM_ONE);
    TestContent text = TestContent.text("1 1:1 3:1 99999:2\n0 3:1\n1 2:1\n");
    assertThatThrownBy(() -> read(XcSource.open(text, known)))
        .hasMessage("bad.txt:1:7: a feature from 1 to 2 was expected, 3 came");
    XcSource open =
        XcSource.open(text, known.withUnknown(UnknownEntries.refused().withFeatures(true)));
    assertThat(read(open)).isEqualTo("0|1|0:1.0\n1|0|\n2|1|1:1.0\n");
    assertThat(notes(open))
        .containsExactly("bad.txt: 3 features that the training data does not have are ignored");
  }

  @Test
  void readsHeadersThatCountMoreFeaturesOnRequest() {
    DataOptions known =
        DataOptions.strict()
            .withCounts(3, 2)
            .withUnknown(UnknownEntries.refused().withFeatures(true));
    XcSource source = XcSource.open(TestContent.text("2 9 2\n1 1:1 8:1\n0 2:1\n"), known);
    assertThat(source.featureCount()).isEqualTo(3);
    assertThat(read(source)).isEqualTo("0|1|1:1.0\n1|0|2:1.0\n");
  }

  @Test
  void countsNothingOfRowsThatAreLeftOut() {
    DataOptions known =
        DataOptions.strict()
            .withCounts(2, 2)
            .withNumbering(Numbering.FROM_ONE)
            .withSkipBad(true)
            .withUnknown(new UnknownEntries(true, true));
    XcSource source =
        XcSource.open(TestContent.text("7 qid:1 9:1 x:1\n1 1:1\n5 qid:2 9:1\n"), known);
    assertThat(notes(source))
        .containsExactly(
            "bad.txt: 1 queries (qid) are ignored: every example is ranked by itself",
            "bad.txt: 1 features that the training data does not have are ignored",
            "bad.txt: 1 labels that the training data does not have are ignored");
  }
}
