package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.fovea.MalformedDataException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Malformed text, each with the one message that it must get.
class BadTextTest {

  private static final String DIGITS = "9".repeat(2000);

  private static Arguments bad(String text, String message) {
    return arguments(text, message);
  }

  /// A file whose second line, after the header `1 10 5`, is bad.
  private static Arguments row(String row, String message) {
    return arguments("1 10 5\n" + row + "\n", "2:" + message);
  }

  private static List<Arguments> headers() {
    String header = "a header 'examples features labels' with the number of ";
    return List.of(
        bad("", "1:1: a header or an example was expected, the end of the file came"),
        bad(
            "\u00ef\u00bb\u00bf",
            "1:1: a header or an example was expected, the end of the file came"),
        bad("hello\n", "1:1: a label was expected, 'hello' came"),
        bad("10\n", "1:3: " + header + "features was expected, the end of the line came"),
        bad("10", "1:3: " + header + "features was expected, the end of the file came"),
        bad("10 5\n", "1:5: " + header + "labels was expected, the end of the line came"),
        bad("10 5 \r\n", "1:6: " + header + "labels was expected, the end of the line came"),
        bad("1 2 3 4\n", "1:7: the end of the line was expected after three counts, '4' came"),
        bad("1 2 3 x\n", "1:7: the end of the line was expected after three counts, 'x' came"),
        bad("1.0 2 3\n", "1:1: " + header + "examples was expected, '1.0' came"),
        bad("1 -2 3\n", "1:3: " + header + "features was expected, '-2' came"),
        bad("1 2 3x\n", "1:5: " + header + "labels was expected, '3x' came"),
        bad("1,2,3\n", "1:1: " + header + "examples was expected, '1,2,3' came"),
        bad(
            "1 2147483648 3\n",
            "1:3: at most 2147483647 features were expected, '2147483648' came"),
        bad("1 3 2147483648\n", "1:5: at most 2147483647 labels were expected, '2147483648' came"),
        bad(
            "99999999999999999999 3 3\n",
            "1:1: " + header + "examples was expected, '99999999999999999999' came"));
  }

  private static List<Arguments> counts() {
    return List.of(
        bad("2 10 5\n1 2:1\n", "3:1: 2 examples were expected, as the header says, 1 came"),
        bad("2 10 5\n1 2:1", "2:6: 2 examples were expected, as the header says, 1 came"),
        bad("1 10 5\n", "2:1: 1 examples were expected, as the header says, 0 came"),
        bad("1 10 5", "1:7: 1 examples were expected, as the header says, 0 came"),
        bad(
            "999999999999999999 2147483647 2147483647\n",
            "2:1: 999999999999999999 examples were expected, as the header says, 0 came"),
        bad(
            "1 10 5\n1 2:1\n3 4:1\n",
            "3:1: 1 examples were expected, as the header says, another line came"),
        bad(
            "1 10 5\n1 2:1\n\n  \n  4:1\n",
            "5:3: 1 examples were expected, as the header says, another line came"),
        bad(
            "0 10 5\n1 2:1\n",
            "2:1: 0 examples were expected, as the header says, another line came"));
  }

  private static List<Arguments> labels() {
    return List.of(
        row("x 1:1", "1: a label was expected, 'x' came"),
        row("-1 1:1", "1: a label of 0 or more was expected, '-1' came"),
        row("- 1:1", "1: a label was expected, '-' came"),
        row("+1 1:1", "1: a label was expected, '+1' came"),
        row("1.0 1:1", "1: a label was expected, '1.0' came"),
        row("1,-2 1:1", "3: a label of 0 or more was expected, '-2' came"),
        row("1,,2 1:1", "3: a label was expected, a comma came"),
        row(",1 1:1", "1: a label was expected, a comma came"),
        row("1, 2:1", "3: a label was expected, a space came"),
        row("1,\t2:1", "3: a label was expected, a tab came"),
        row("1,", "3: a label was expected, the end of the line came"),
        row("1;2 1:1", "1: a label was expected, '1;2' came"),
        row("5 1:1", "1: a label below 5 was expected, 5 came"),
        row("1,2147483648 1:1", "3: a label below 5 was expected, 2147483648 came"),
        row("1,99999999999999999999 1:1", "3: a label was expected, '99999999999999999999' came"),
        row(DIGITS + " 1:1", "1: a label was expected, '" + "9".repeat(24) + "...' came"),
        row("3,3 1:1", "3: each label once was expected, one came twice"),
        row("3,1,2,3,1 1:1", "7: each label once was expected, one came twice"),
        row(
            "1:1 2:1",
            "1: labels were expected (a line without any begins with a space), '1:1' came"),
        row("\u00001 1:1", "1: a label was expected, '\\u00001' came"));
  }

  private static List<Arguments> features() {
    return List.of(
        row("1 x:1", "3: a feature was expected, 'x:1' came"),
        row("1 :1", "3: a feature was expected, ':1' came"),
        row("1 -3:1", "3: a feature of 0 or more was expected, '-3:1' came"),
        row("1 +3:1", "3: a feature was expected, '+3:1' came"),
        row("1 3", "4: a ':' and a value after feature 3 were expected, the end of the line came"),
        row("1 3 4:1", "4: a ':' and a value after feature 3 were expected, a space came"),
        row("1 3\t4:1", "4: a ':' and a value after feature 3 were expected, a tab came"),
        row("1 3=4", "3: a feature was expected, '3=4' came"),
        row("1 3.0:4", "3: a feature was expected, '3.0:4' came"),
        row("1 2:1,3:1", "5: a finite number was expected, '1,3:1' came"),
        row("1 10:1", "3: a feature below 10 was expected, 10 came"),
        row("1 2:1 2147483648:1", "7: a feature below 10 was expected, 2147483648 came"),
        row("1 " + DIGITS + ":1", "3: a feature was expected, '" + "9".repeat(24) + "...' came"),
        row("1 3:1 3:2", "7: each feature once was expected, one came twice"),
        row("1 3:1 2:1 3:1 2:1", "11: each feature once was expected, one came twice"),
        row("1 9:1 8:1 7:1 8:2 9:1 1:1", "15: each feature once was expected, one came twice"),
        row("1  \t 3:1   3:2", "12: each feature once was expected, one came twice"),
        row("1 3:1 qip:4", "7: a feature was expected, 'qip:4' came"),
        row("1 3:1\r 4:1", "7: a line feed after a carriage return was expected, a space came"),
        row("1 3:\r", "5: a finite number was expected, the end of the line came"));
  }

  private static List<Arguments> values() {
    return List.of(
        row("1 3:", "5: a finite number was expected, the end of the line came"),
        row("1 3: 4:1", "5: a finite number was expected, a space came"),
        row("1 3:x", "5: a finite number was expected, 'x' came"),
        row("1 3:1x", "5: a finite number was expected, '1x' came"),
        row("1 3:1:2", "5: a finite number was expected, '1:2' came"),
        row("1 3::1", "5: a finite number was expected, ':1' came"),
        row("1 3:1,5", "5: a finite number was expected, '1,5' came"),
        row("1 3:nan", "5: a finite number was expected, 'nan' came"),
        row("1 3:NaN", "5: a finite number was expected, 'NaN' came"),
        row("1 3:-inf", "5: a finite number was expected, '-inf' came"),
        row("1 3:Infinity", "5: a finite number was expected, 'Infinity' came"),
        row("1 3:1e39", "5: a finite number was expected, '1e39' came"),
        row("1 3:-1e999999999999", "5: a finite number was expected, '-1e999999999999' came"),
        row("1 3:1e", "5: a finite number was expected, '1e' came"),
        row("1 3:1e+", "5: a finite number was expected, '1e+' came"),
        row("1 3:.", "5: a finite number was expected, '.' came"),
        row("1 3:-", "5: a finite number was expected, '-' came"),
        row("1 3:--1", "5: a finite number was expected, '--1' came"),
        row("1 3:0x10", "5: a finite number was expected, '0x10' came"),
        row("1 3:1f", "5: a finite number was expected, '1f' came"),
        row("1 3:1d", "5: a finite number was expected, '1d' came"),
        row("1 3:1_000", "5: a finite number was expected, '1_000' came"),
        row("1 3:\u0661", "5: a finite number was expected, '?' came"),
        row(
            "1 3:" + DIGITS,
            "5: a number of at most 1024 characters was expected, '"
                + "9".repeat(24)
                + "...' came"));
  }

  private static List<Arguments> libsvm() {
    return List.of(
        bad("1 0:1\n2 x:1\n", "2:3: a feature was expected, 'x:1' came"),
        bad("1 1:1\n\n2 1:1\n", "2:1: an example was expected, an empty line came"),
        bad("1 1:1\n \t\n\n2 1:1\n", "2:1: an example was expected, an empty line came"),
        bad("x 1:1\n", "1:1: a label was expected, 'x' came"),
        bad(
            "1 1:1\n1:1 2:1\n",
            "2:1: labels were expected (a line without any begins with a space), '1:1' came"),
        bad("1 2147483648:1\n", "1:3: a feature below 2147483647 was expected, 2147483648 came"),
        bad(
            "1 2:3 4\n",
            "1:8: a ':' and a value after feature 4 were expected, the end of the line came"));
  }

  static Stream<Arguments> all() {
    return Stream.of(headers(), counts(), labels(), features(), values(), libsvm())
        .flatMap(List::stream);
  }

  @ParameterizedTest(name = "{1}")
  @MethodSource("all")
  void saysWhatIsWrongAndWhere(String text, String message) {
    assertThatThrownBy(
            () -> TestContent.readAll(XcSource.open(TestContent.text(text), DataOptions.strict())))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage("bad.txt:" + message);
  }

  @ParameterizedTest(name = "packed: {1}")
  @MethodSource("all")
  void saysTheSameWhenPacked(String text, String message) {
    assertThatThrownBy(() ->
            TestContent.readAll(
                XcSource.open(
                    TestContent.text(text).gzipped(),
                    DataOptions.strict().withMaximumInflation(1000))))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage("bad.txt:" + message);
  }

  private static List<Arguments> formats() {
    return List.of(
        arguments("\u0089PNG\r\n", "PNG"),
        arguments("\u00ff\u00fe1\0", "text in UTF-16"),
        arguments("(\u00b5/\u00fd", "Zstandard"),
        arguments("\u00fd7zXZ\0", "xz"),
        arguments("BZh91AY&SY", "bzip2"),
        arguments("PAR1\u0015", "Parquet"));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void namesFormatsThatNobodyReads(String beginning, String format) {
    assertThatThrownBy(
            () -> XcSource.open(TestContent.text(beginning + " 1:1\n"), DataOptions.strict()))
        .hasMessage(
            "bad.txt:offset 0: text, a table or images, plain or in gzip, bzip2, xz or zip, were"
                + " expected, "
                + format
                + " came");
  }

  @Test
  void coversSixtyCasesAndMore() {
    assertThat(all().map(arguments -> arguments.get()[0]).distinct().count()).isGreaterThan(90);
  }

  @Test
  void refusesToReadOnAfterAFailure() {
    XcSource source =
        XcSource.open(TestContent.text("2 9 9\n1 x:1\n1 1:1\n"), DataOptions.strict());
    Batch batch = new Batch();
    try (ExampleReader reader = source.open()) {
      assertThatThrownBy(() -> reader.read(batch, 1)).isInstanceOf(MalformedDataException.class);
      assertThatThrownBy(() -> reader.read(batch, 1))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("bad.txt cannot be read further after it failed");
    }
    assertThat(batch.exampleCount()).isZero();
    assertThat(batch.featureCount()).isZero();
  }

  @Test
  void keepsTheExamplesBeforeTheBadOne() {
    XcSource source =
        XcSource.open(TestContent.text("2 9 9\n1 1:1\n1 2:1 x:1\n"), DataOptions.strict());
    Batch batch = new Batch();
    try (ExampleReader reader = source.open()) {
      assertThatThrownBy(() -> reader.read(batch, 5)).isInstanceOf(MalformedDataException.class);
    }
    assertThat(TestContent.show(batch)).isEqualTo("0|1|1:1.0\n");
    assertThat(batch.openFeatureCount()).isZero();
    assertThat(batch.openLabelCount()).isZero();
  }

  @Test
  void leavesBadExamplesOutAndCountsThemWhenAskedTo() {
    String text =
        "9 9 9\n1 1:1\n1 x:1\n-1 2:1\n2 2:nan\n\n3 3:1 3:1\n9 1:1\n" + DIGITS + " 1:1\n4 4:4\n";
    XcSource source = XcSource.open(TestContent.text(text), DataOptions.strict().withSkipBad(true));
    Batch batch = new Batch();
    try (ExampleReader reader = source.open()) {
      List<SkippedExample> skipped = new ArrayList<>();
      reader.onSkipped(skipped::add);
      int count = reader.read(batch, 9);
      while (count > 0) {
        count = reader.read(batch, 9);
      }
      assertThat(reader.skippedCount()).isEqualTo(6);
      assertThat(skipped)
          .extracting(SkippedExample::example)
          .containsExactly(1L, 2L, 3L, 5L, 6L, 7L);
      assertThat(skipped.getFirst().error())
          .isEqualTo("bad.txt:3:3: a feature was expected, 'x:1' came");
    }
    assertThat(TestContent.show(batch)).isEqualTo("0|1|1:1.0\n4||\n8|4|4:4.0\n");
  }

  @Test
  void stillRefusesWrongCountsWhenBadExamplesAreLeftOut() {
    XcSource source =
        XcSource.open(
            TestContent.text("3 9 9\n1 1:1\n1 x:1\n"), DataOptions.strict().withSkipBad(true));
    assertThatThrownBy(() -> TestContent.readAll(source))
        .hasMessage("bad.txt:4:1: 3 examples were expected, as the header says, 2 came");
  }

  @Test
  void leavesOutEmptyLinesOfLibsvmWhenAskedTo() {
    XcSource source =
        XcSource.open(
            TestContent.text("1 1:1\n\n\n2 1:1\n"), DataOptions.strict().withSkipBad(true));
    assertThat(TestContent.show(TestContent.readAll(source))).isEqualTo("0|1|0:1.0\n3|2|0:1.0\n");
  }

  @Test
  void refusesMoreEntriesThanTheLimit() {
    DataOptions options = DataOptions.strict().withMaximumEntryCount(2);
    assertThatThrownBy(() ->
            TestContent.readAll(XcSource.open(TestContent.text("1 9 9\n1 1:1 2:1 3:1\n"), options)))
        .hasMessage("bad.txt:2:11: at most 2 features were expected, more came");
    assertThatThrownBy(() ->
            TestContent.readAll(XcSource.open(TestContent.text("1 9 9\n1,2,3 1:1\n"), options)))
        .hasMessage("bad.txt:2:5: at most 2 labels were expected, more came");
  }

  @Test
  void refusesAHeaderWithMoreThanTheOptionsSay() {
    DataOptions options = DataOptions.strict().withCounts(9, 5);
    assertThatThrownBy(() -> XcSource.open(TestContent.text("1 10 5\n1 1:1\n"), options))
        .hasMessage("bad.txt:1:3: at most 9 features were expected, '10' came");
    assertThatThrownBy(() -> XcSource.open(TestContent.text("1 9 6\n1 1:1\n"), options))
        .hasMessage("bad.txt:1:5: at most 5 labels were expected, '6' came");
    assertThat(XcSource.open(TestContent.text("1 9 5\n1 1:1\n"), options).notices()).isEmpty();
    XcSource fewer = XcSource.open(TestContent.text("1 8 4\n1 1:1\n"), options);
    assertThat(fewer.featureCount()).isEqualTo(9);
    assertThat(fewer.labelCount()).isEqualTo(5);
    assertThat(TestContent.show(TestContent.readAll(fewer))).isEqualTo("0|1|1:1.0\n");
    assertThat(fewer.notices())
        .containsExactly(
            "bad.txt: the header says fewer, but numbers are taken for those of 9 features and 5"
                + " labels");
  }

  @Test
  void refusesAFeatureZeroWhereNumbersBeginAtOne() {
    DataOptions options = DataOptions.strict().withNumbering(Numbering.FROM_ONE);
    assertThatThrownBy(() -> XcSource.open(TestContent.text("1 1:1\n1 0:1 2:1\n"), options))
        .hasMessage("bad.txt:2:3: a feature from 1 to 2147483647 was expected, 0 came");
    assertThatThrownBy(() ->
            TestContent.readAll(
                XcSource.open(TestContent.text("1 1:1\n1 0:1 2:1\n"), options.withCounts(5, 2))))
        .hasMessage("bad.txt:2:3: a feature from 1 to 5 was expected, 0 came");
  }
}
