package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.MalformedDataException;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// What the columns of a table become.
class CsvColumnsTest {

  private static CsvSource open(String text, DataOptions options) {
    return CsvSource.open(new TestContent("t.csv", text.getBytes(StandardCharsets.UTF_8)), options);
  }

  private static CsvSource open(String text) {
    return open(text, DataOptions.strict());
  }

  private static CsvSource like(CsvSource training, String text) {
    return open(
        text, DataOptions.strict().withTable(TableOptions.detect().withSchema(training.schema())));
  }

  private static CsvSource categorical(String text, String... columns) {
    return open(
        text,
        DataOptions.strict().withTable(TableOptions.detect().withCategorical(List.of(columns))));
  }

  private static String rows(ExampleSource source) {
    return TestContent.show(TestContent.readAll(source));
  }

  @Test
  void centresWhatLiesFarFromZeroBeforeItIsRounded() {
    for (String[] pair :
        List.of(
            new String[] {"1700000001", "1700000002"},
            new String[] {"10000000", "10000001"},
            new String[] {"47.37688671", "47.37688672"},
            new String[] {"1e300", "1.1e300"},
            new String[] {"1e-200", "2e-200"},
            new String[] {"-9007199254740991", "-9007199254740990"})) {
      CsvSource source = open("d,label\n%s,a\n%s,b\n".formatted(pair[0], pair[1]));
      Batch batch = TestContent.readAll(source);
      // a value of 0 is not kept
      assertThat(batch.featureCount()).as(pair[0]).isPositive();
      boolean both = batch.featureCount() == 2;
      assertThat(both ? batch.values()[1] : 0).as(pair[0]).isFinite();
      assertThat(batch.values()[0]).as(pair[0]).isNotEqualTo(both ? batch.values()[1] : 0);
      assertThat(source.notices()).noneMatch(notice -> notice.contains("same value"));
      assertThat(source.notices()).anyMatch(notice -> notice.contains("are centred"));
      // another table is centred alike
      assertThat(rows(like(source, "label,d\na,%s\nb,%s\n".formatted(pair[0], pair[1]))))
          .isEqualTo(rows(source));
    }
  }

  @Test
  void leavesNumbersThatSinglePrecisionHoldsAsTheyAre() {
    CsvSource source = open("a,b,label\n207,0.1,x\n209,1e-9,y\n208,16777217,x\n");
    assertThat(rows(source))
        .isEqualTo("0|0|0:207.0 1:0.1\n1|1|0:209.0 1:1.0E-9\n2|0|0:208.0 1:1.6777216E7\n");
  }

  @Test
  void saysWhatNoPrecisionHolds() {
    CsvSource equal = open("id,x,label\n12345678901234567891,1,a\n12345678901234567892,2,b\n");
    assertThat(equal.notices())
        .anyMatch(notice -> notice.contains("read as equal ('id'); --categorical"))
        .noneMatch(notice -> notice.contains("same value"));
    CsvSource wide = open("id,label\n1,a\n123456789,b\n123456790,b\n");
    assertThat(wide.notices())
        .anyMatch(notice -> notice.contains("single precision makes neighbours equal ('id')"));
  }

  @Test
  void takesNoConstantForOneThatChanges() {
    CsvSource source = open("1700000001,2,a\n1700000002,1,b\n");
    assertThat(source.notices()).noneMatch(notice -> notice.contains("same value"));
    assertThat(open("7.0,2,a\n7,1,b\n").notices())
        .anyMatch(notice -> notice.contains("1 of 2 columns have the same value"));
  }

  @Test
  void makesAFeatureOfEachTextAndKeepsThem() {
    CsvSource source = open("colour,size,label\nred,1,a\n blue ,2,b\n\"red\",3,a\n\"a, b\",4,b\n");
    assertThat(source.names().features())
        .containsExactly("colour=a, b", "colour=blue", "colour=red", "size");
    assertThat(rows(source))
        .isEqualTo("0|0|2:1.0 3:1.0\n1|1|1:1.0 3:2.0\n2|0|2:1.0 3:3.0\n3|1|0:1.0 3:4.0\n");
    assertThat(source.notices()).anyMatch(notice -> notice.contains("texts, each text becomes"));
    CsvSource other = like(source, "size,colour\n5,blue\n6,green\n7,pink\n");
    try (ExampleReader reader = other.open()) {
      Batch batch = new Batch();
      reader.read(batch, 10);
      assertThat(TestContent.show(batch)).isEqualTo("0||1:1.0 3:5.0\n1||3:6.0\n2||3:7.0\n");
      assertThat(reader.notes())
          .containsExactly(
              "t.csv:3:3: 'green' in column 'colour' is not in the training data and is treated as"
                  + " absent, and so are 1 others");
    }
  }

  @Test
  void makesTextsOfNumbersIfAskedTo() {
    CsvSource source = categorical("zip,x,label\n10,1,a\n9,2,b\n3A,1,b\n", "zip");
    assertThat(source.names().features()).containsExactly("zip=10", "zip=3A", "zip=9", "x");
    assertThat(categorical("zip,zip,label\n10,1,a\n9,2,b\n", "zip").featureCount()).isEqualTo(4);
    assertThat(categorical("10,1,a\n9,2,b\n", "-2").names().features())
        .containsExactly("column 1", "column 2=1", "column 2=2");
    assertThatThrownBy(() -> categorical("zip,x,label\n10,1,a\n", "zap"))
        .hasMessage("t.csv:1:1: a column called 'zap' was expected, none came");
  }

  private static CsvSource weighted(String text, String column) {
    return open(text, DataOptions.strict().withTable(TableOptions.detect().withWeight(column)));
  }

  @Test
  void takesWhatRowsCountForFromAColumn() {
    CsvSource source = weighted("x,times,label\n5,2.5,a\n6,0,b\n7,1,b\n", "times");
    assertThat(source.names().features()).containsExactly("x");
    Batch batch = TestContent.readAll(source);
    assertThat(TestContent.show(batch)).isEqualTo("0|0|0:5.0|2.5\n1|1|0:6.0|0.0\n2|1|0:7.0\n");
    // another table may have the column or not, anywhere
    Batch other = TestContent.readAll(like(source, "label,times,x\na,3,5\n"));
    assertThat(TestContent.show(other)).isEqualTo("0|0|0:5.0|3.0\n");
    Batch without = TestContent.readAll(like(source, "x\n5\n"));
    assertThat(without.weights()[0]).isEqualTo(1f);
    assertThat(TestContent.readAll(weighted("5,2,a\n6,3,b\n", "2")).weights()[1]).isEqualTo(3f);
  }

  @Test
  void refusesWhatIsNoWeight() {
    for (String wrong : List.of("-1", "NaN", "", "twice", "1e39")) {
      assertThatThrownBy(() ->
              TestContent.readAll(weighted("x,w,label\n1,1,a\n2," + wrong + ",b\n3,1,b\n", "w")))
          .as(wrong)
          .hasMessageStartingWith("t.csv:3:3: a weight of 0 or more in column 'w' was expected, ");
    }
    assertThatThrownBy(() -> weighted("x,w,label\n1,1,a\n2,1,b\n", "label"))
        .hasMessageContaining("a column of classes beside that of the weights was expected");
    assertThatThrownBy(() -> weighted("x,w,label\n1,1,a\n2,1,b\n", "v"))
        .hasMessage("t.csv:1:1: a column called 'v' was expected, none came");
  }

  @Test
  void leavesTextsOutThatHardlyComeAgain() {
    StringBuilder text = new StringBuilder("name,x,label\n");
    for (int i = 0; i < 50; i++) {
      text.append("n").append(i).append(',').append(i % 9).append(i % 2 == 0 ? ",a\n" : ",b\n");
    }
    CsvSource source = open(text.toString());
    assertThat(source.names().features()).containsExactly("x");
    assertThat(source.notices())
        .anyMatch(notice ->
            notice.contains(
                "1 columns are left out ('name': it has 50 different texts in 50 rows:"
                    + " --categorical makes features of them)"));
    assertThat(rows(like(source, "x,label\n4,b\n"))).isEqualTo("0|1|0:4.0\n");
    assertThat(categorical(text.toString(), "name").featureCount()).isEqualTo(51);
  }

  @Test
  void readsMissingValuesAsTheMeanAndFlagsThem() {
    CsvSource source = open("a,c,label\n1,red,x\nNA,blue,y\n3,,x\n5,red,y\n");
    assertThat(source.names().features())
        .containsExactly("a", "a missing", "c=blue", "c=red", "c missing");
    assertThat(rows(source))
        .isEqualTo("0|0|0:1.0 3:1.0\n1|1|0:3.0 1:1.0 2:1.0\n2|0|0:3.0 4:1.0\n3|1|0:5.0 3:1.0\n");
    assertThat(source.notices())
        .anyMatch(notice ->
            notice.contains(
                "2 columns have missing values ('a' in 1 of 4 rows: the mean (3), and a feature of"
                    + " its own, 'c' in 1 of 4 rows: a feature of its own)"));
    // where the training data has none, the mean alone, and it is said
    CsvSource whole = open("a,b,label\n1,2,x\n3,4,y\n");
    CsvSource holes = like(whole, "a,b,label\n,?,x\n");
    try (ExampleReader reader = holes.open()) {
      Batch batch = new Batch();
      reader.read(batch, 1);
      assertThat(TestContent.show(batch)).isEqualTo("0|0|0:2.0 1:3.0\n");
      assertThat(reader.notes())
          .containsExactly(
              "t.csv:2:1: nothing is in column 'a', which the training data always has; it is read"
                  + " as the mean, and so are 1 others");
    }
    TableSchema unknown =
        TableSchema.plain(1, java.util.Optional.of("label"), 1, List.of("a"), List.of("x", "y"));
    DataOptions first = DataOptions.strict().withTable(TableOptions.detect().withSchema(unknown));
    assertThatThrownBy(() -> rows(open("a,label\n,x\n", first)))
        .hasMessage(
            "t.csv:2:1: a number in column 'a' was expected, a missing value (nothing) came: fill"
                + " it in first");
  }

  @Test
  void makesNumbersOfDatesAndTimes() {
    CsvSource source =
        open("when,at,label\n2024-02-29,12:30,a\n2023-12-31,00:15:36,b\n1969-12-31,23:59,a\n");
    assertThat(source.names().features())
        .containsExactly("when", "when month", "when day", "when weekday", "at");
    Batch batch = TestContent.readAll(source);
    assertThat(batch.values()[0]).isEqualTo(19782);
    assertThat(List.of(batch.values()[1], batch.values()[2], batch.values()[3]))
        .containsExactly(2f, 29f, 4f);
    assertThat(batch.values()[4]).isEqualTo(12.5f);
    assertThat(batch.values()[9]).isCloseTo(0.26f, within(1e-6f));
    CsvSource zones =
        open(
            """
            when,label
            2024-01-01T00:30:00+01:00,a
            2023-12-31 23:30:00Z,b
            2023-12-31T23:30:00.250,b
            """);
    Batch moments = TestContent.readAll(zones);
    assertThat(zones.names().features()).hasSize(5).contains("when hour");
    NumberFit days = ((TableColumn.Moment) zones.schema().columns().getFirst()).parts().getFirst();
    // the same moment, and a quarter of a second later
    assertThat(moments.values()[0] - moments.values()[5]).isZero();
    assertThat((moments.values()[10] - moments.values()[0]) / days.scale())
        .isCloseTo(0.25 / 86_400, within(1e-9));
  }

  @Test
  void findsOutWhetherTheDayIsFirst() {
    assertThat(format("31/01/2024", "1/2/2024")).isEqualTo(TimeFormat.DAY_FIRST);
    assertThat(format("1/2/2024", "01/31/2024")).isEqualTo(TimeFormat.MONTH_FIRST);
    assertThat(format("31.1.24", "1.2.24")).isEqualTo(TimeFormat.DAY_FIRST);
    CsvSource either = open("d,label\n1/2/2024,a\n2/1/2024,b\n");
    assertThat(either.notices()).anyMatch(notice -> notice.contains("may as well be the month"));
  }

  private static TimeFormat format(String one, String two) {
    CsvSource source = open("d,label\n%s,a\n%s,b\n%s,b\n".formatted(one, two, two));
    return ((TableColumn.Moment) source.schema().columns().getFirst()).format();
  }

  @ParameterizedTest
  @ValueSource(chars = {',', ';', '|', '\t', ' '})
  void readsFieldsOfAnyLengthWithLineBreaksAndQuotes(char delimiter) {
    Seeds.repeat(
        20,
        random -> {
          String one = text(random, random.nextInt(300_000));
          String two = text(random, random.nextInt(9_000));
          String quoted = "\"%s\"".formatted(one.replace("\"", "\"\""));
          String other = "\"%s\"".formatted(two.replace("\"", "\"\""));
          String end = random.nextBoolean() ? "\r\n" : "\n";
          String plain = "1,%s,2%s3,%s,4%s".replace(',', delimiter);
          String header = "a,label,b%s".replace(',', delimiter);
          CsvSource source =
              open(header.formatted(end) + plain.formatted(quoted, end, other, end).repeat(3));
          assertThat(source.schema().classes()).containsExactlyInAnyOrder(one, two);
          assertThat(rows(source)).startsWith("0|").contains("0:1.0 1:2.0\n", "0:3.0 1:4.0\n");
        });
  }

  /// Text with everything that quotes are for.
  private static String text(SplittableRandom random, int length) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < length; i++) {
      text.append("ab\"\n,; |\t\u00e9\r".charAt(random.nextInt(11)));
    }
    return text.append('x').append(length).toString();
  }

  @Test
  void tellsThePlaceBehindFieldsOfSeveralLines() {
    assertThatThrownBy(() -> rows(open("a,b,label\n1,\"x\n\ny\",l\nt,x,l\n2,x,m\n3,x,m\n")))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageStartingWith("t.csv:5:1: a finite number in column 'a' was expected, 't' came");
    assertThatThrownBy(() -> rows(open("a,b,label\n1,\"x\ny\",l,z\n")))
        .hasMessage("t.csv:3:6: 3 fields were expected, as in the first line, more came");
  }

  @Test
  void leavesARowOfSeveralLinesOutAsAWhole() {
    CsvSource source =
        open(
            "a,b,label\n1,x,k\ntwo,\"x\n3,y,l\",k\n5,y,l\n",
            DataOptions.strict().withSkipBad(true));
    assertThat(source.schema().classes()).containsExactly("k", "l");
    try (ExampleReader reader = source.open()) {
      assertThat(reader.read(new Batch(), 9)).isEqualTo(2);
      assertThat(reader.skippedCount()).isEqualTo(1);
    }
    // nobody knows where rows begin behind a quote that does not close
    assertThatThrownBy(() ->
            rows(
                open("a,b,label\n1,x,k\n2,\"y,l\n3,y,l\n", DataOptions.strict().withSkipBad(true))))
        .hasMessage("t.csv:3:3: a closing quote was expected, the end of the file came");
  }

  @Test
  void readsDecimalCommasWhereTheDelimiterAllowsThem() {
    CsvSource source = open("a;b;label\n1,5;2;x\n-0,25;3e1;y\n");
    assertThat(rows(source)).isEqualTo("0|0|0:1.5 1:2.0\n1|1|0:-0.25 1:30.0\n");
    assertThat(source.notices().getFirst())
        .contains("separated by semicolons, with decimal commas");
    // another table may be written otherwise
    assertThat(rows(like(source, "a,b,label\n1.5,2,x\n"))).isEqualTo("0|0|0:1.5 1:2.0\n");
    assertThat(rows(like(source, "a;b;label\n1;2;x\n2,5;1;x\n")))
        .isEqualTo("0|0|0:1.0 1:2.0\n1|0|0:2.5 1:1.0\n");
    assertThatThrownBy(() -> open("a;b;label\n1.5;2;x\n1,5;3;y\n"))
        .hasMessageStartingWith(
            "t.csv:3:1: a finite number in column 'a' was expected, '1,5' came");
  }

  @Test
  void treatsSeveralSpacesAsOneDelimiter() {
    assertThat(rows(open("a  b   label\n 1 2  x\n3  4 y  \n")))
        .isEqualTo("0|0|0:1.0 1:2.0\n1|1|0:3.0 1:4.0\n");
  }

  @Test
  void findsTheDelimiterThatRowsAgreeOn() {
    assertThat(open("a b,c;d,label\n1,2,x\n3,4,y\n").featureCount()).isEqualTo(2);
    assertThat(open("a|b|label\n1,5|2|x\n2,5|4|y\n").featureCount()).isEqualTo(2);
    assertThat(open("when,x,label\n2024-01-31 10:00,2,x\n2024-01-31 11:00,4,y\n").featureCount())
        .isEqualTo(6);
    DataOptions bar = DataOptions.strict().withTable(TableOptions.detect().withDelimiter('|'));
    assertThat(open("1,2|3,4|x\n", bar).featureCount()).isEqualTo(2);
  }

  @Test
  void keepsClassesWithLineBreaksApart() {
    CsvSource source = open("x,label\n1,\"a\nb\"\n2,a b\n3,\"a\nb\"\n");
    assertThat(source.schema().classes()).containsExactly("a\nb", "a b");
    assertThat(source.names().labels()).containsExactly("a\\nb", "a b");
  }
}
