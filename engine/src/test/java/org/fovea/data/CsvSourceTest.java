package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fovea.MalformedDataException;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class CsvSourceTest {

  private static final String IRIS =
      "length,width,kind\n5.1,3.5,setosa\n0,3.2,versicolor\n4.7,0,\"setosa\"\n";

  private static CsvSource open(String text, DataOptions options) {
    return CsvSource.open(new TestContent("t.csv", text.getBytes(StandardCharsets.UTF_8)), options);
  }

  private static DataOptions options(String label, String header) {
    return DataOptions.strict()
        .withTable(
            new TableOptions(
                header.isEmpty() ? Optional.empty() : Optional.of(header.equals("yes")),
                label.isEmpty() ? Optional.empty() : Optional.of(label),
                Optional.empty()));
  }

  private static DataOptions like(CsvSource training) {
    return DataOptions.strict().withTable(TableOptions.detect().withSchema(training.schema()));
  }

  private static String rows(ExampleSource source) {
    return TestContent.show(TestContent.readAll(source));
  }

  @Test
  void readsNumbersAndClasses() {
    CsvSource source = open(IRIS, DataOptions.strict());
    assertThat(source.featureCount()).isEqualTo(2);
    assertThat(source.names().labels()).containsExactly("setosa", "versicolor");
    assertThat(source.names().features()).containsExactly("length", "width");
    assertThat(rows(source)).isEqualTo("0|0|0:5.1 1:3.5\n1|1|1:3.2\n2|0|0:4.7\n");
    assertThat(source.notices().getFirst())
        .isEqualTo(
            "t.csv: a table separated by commas; the first line names the columns (it has text in 3"
                + " columns); classes are in column 'kind' of 3 (the last one)");
  }

  /// A table of numbers with text for classes that is made at random.
  private record Made(List<String> header, List<List<String>> rows, int label) {

    static Made random(SplittableRandom random) {
      int columns = 2 + random.nextInt(6);
      int label = random.nextInt(columns);
      List<String> header = new ArrayList<>();
      for (int c = 0; c < columns; c++) {
        header.add(c == label ? "class" : "x " + c + (random.nextInt(4) == 0 ? "\"," : ""));
      }
      List<List<String>> rows = new ArrayList<>();
      for (int r = 1 + random.nextInt(8); r > 0; r--) {
        List<String> row = new ArrayList<>();
        for (int c = 0; c < columns; c++) {
          boolean zero = random.nextInt(3) == 0;
          float value = zero ? 0 : (random.nextInt(2001) - 1000) / 8f;
          row.add(c == label ? "k" + random.nextInt(3) + "\u00e9;" : Float.toString(value));
        }
        rows.add(row);
      }
      return new Made(header, rows, label);
    }

    /// The table as text, with quotes where they are needed and here and there besides.
    String text(char delimiter, String end, boolean named, SplittableRandom random) {
      StringBuilder text = new StringBuilder();
      List<List<String>> all = new ArrayList<>(rows);
      if (named) {
        all.addFirst(header);
      }
      for (List<String> row : all) {
        for (int c = 0; c < row.size(); c++) {
          String field = row.get(c);
          boolean quote =
              field.contains("\"") || field.matches(".*[,;\t].*") || random.nextInt(5) == 0;
          text.append(c == 0 ? "" : delimiter).append(random.nextInt(5) == 0 ? "  " : "");
          text.append(quote ? '"' + field.replace("\"", "\"\"") + '"' : field);
          text.append(random.nextInt(5) == 0 ? " " : "");
        }
        text.append(end);
      }
      return text.toString();
    }

    /// What must be read.
    String expected(List<String> classes) {
      StringBuilder text = new StringBuilder();
      for (int r = 0; r < rows.size(); r++) {
        text.append(r).append('|').append(classes.indexOf(rows.get(r).get(label))).append('|');
        String separator = "";
        for (int c = 0; c < header.size(); c++) {
          float value = c == label ? 0 : Float.parseFloat(rows.get(r).get(c));
          if (value != 0) {
            text.append(separator).append(c < label ? c : c - 1).append(':').append(value);
            separator = " ";
          }
        }
        text.append('\n');
      }
      return text.toString();
    }
  }

  @Test
  void readsWhatIsInATableHoweverItIsWritten() {
    Seeds.repeat(
        2_000,
        random -> {
          Made made = Made.random(random);
          char delimiter = ",;\t".charAt(random.nextInt(3));
          String end = random.nextBoolean() ? "\n" : "\r\n";
          String text = made.text(delimiter, end, true, random);
          byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
          TestContent content = new TestContent("t", bytes);
          CsvSource source =
              CsvSource.open(
                  random.nextBoolean() ? content : content.gzipped(), options("class", ""));
          List<String> classes =
              made.rows().stream().map(row -> row.get(made.label())).distinct().sorted().toList();
          assertThat(source.names().labels()).isEqualTo(classes);
          assertThat(source.schema().labelColumn()).isEqualTo(made.label());
          assertThat(rows(source)).isEqualTo(made.expected(classes));
          // without a header nothing changes but the names
          String bare = made.text(delimiter, end, false, random);
          String number = Integer.toString(made.label() + 1);
          CsvSource plain = open(bare, options(number, "no"));
          assertThat(rows(plain)).isEqualTo(rows(source));
          assertThat(plain.names().features()).isEmpty();
        });
  }

  @Test
  void readsOtherTablesLikeTheTrainingDataWhateverTheOrderOfTheirColumns() {
    Seeds.repeat(
        500,
        random -> {
          Made made = Made.random(random);
          CsvSource training = open(made.text(',', "\n", true, random), options("class", "yes"));
          List<Integer> order = new ArrayList<>();
          for (int c = 0; c < made.header().size(); c++) {
            order.add(c);
          }
          Collections.shuffle(order, new Random(random.nextLong()));
          Made moved =
              new Made(
                  order.stream().map(c -> made.header().get(c)).toList(),
                  made.rows().stream().map(row -> order.stream().map(row::get).toList()).toList(),
                  order.indexOf(made.label()));
          CsvSource other = open(moved.text('\t', "\n", true, random), like(training));
          assertThat(rows(other)).isEqualTo(rows(training));
          // a column more does no harm, the classes may be missing
          List<String> more = new ArrayList<>(moved.header());
          more.set(moved.label(), "another");
          Made blind = new Made(more, moved.rows(), moved.label());
          CsvSource unlabelled = open(blind.text(';', "\n", true, random), like(training));
          assertThat(rows(unlabelled))
              .isEqualTo(rows(training).replaceAll("(?m)^(\\d+)\\|\\d*\\|", "$1||"));
          assertThat(unlabelled.notices().getFirst()).contains("left out ('another')");
        });
  }

  static List<Arguments> malformed() {
    return Stream.of(
            arguments(
                "1,2,x\n1,two,y\n",
                "2:3",
                "a finite number in column 2 was expected, 'two' came (--categorical reads texts)"),
            arguments(
                "1,2,x\n1,1e999,y\n",
                "2:3",
                "a finite number in column 2 was expected, '1e999' came (--categorical reads"
                    + " texts)"),
            arguments(
                "a,when,c\n1,2024-01-31,x\n1,2024-02-30,y\n1,2024-02-29,y\n",
                "3:3",
                "a date with the year first in column 'when' was expected, '2024-02-30' came"),
            arguments(
                "a,b,c\n1,2,\"x\ny\"z\n1,2,x\n",
                "3:3",
                "a delimiter after the closing quote was expected, something else came (the quote"
                    + " opened in line 2, column 5)"),
            arguments(
                "a,b,c\n1,2,x\n3,4\n",
                "3:4",
                "3 fields were expected, as in the first line, 2 came"),
            arguments(
                "a,b,c\n1,2,x\n3,4,y,5\n",
                "3:7",
                "3 fields were expected, as in the first line, more came"),
            arguments("a,b,c\n1,2,\n", "2:5", "a class in column 'c' was expected, nothing came"),
            arguments("a,b,c\n1,2,x\n\n1,2,x\n", "3:1", "a row was expected, an empty line came"),
            arguments(
                "a,b,c\n1,2,\"x\n1,2,x\n",
                "2:5",
                "a closing quote was expected, the end of the file came"),
            arguments(
                "a,b,c\n1,\"2\"3,x\n",
                "2:6",
                "a delimiter after the closing quote was expected, something else came"),
            arguments(
                "alone\n1\n",
                "1:1",
                "a table of two or more columns was expected, one of one column came"),
            arguments("", "1:1", "a table was expected, the end of the file came"))
        .toList();
  }

  @ParameterizedTest(name = "{2}")
  @MethodSource("malformed")
  void saysWhatIsWrongAndWhere(String text, String place, String reason) {
    assertThatThrownBy(() -> rows(open(text, DataOptions.strict())))
        .isInstanceOf(MalformedDataException.class)
        .hasMessage("t.csv:" + place + ": " + reason);
  }

  @Test
  void leavesMalformedRowsOutAndCountsThem() {
    CsvSource source =
        open("a,b,c\n1,2,x\n1,two,x\n3,4\n5,6,y\n\n\n", DataOptions.strict().withSkipBad(true));
    try (ExampleReader reader = source.open()) {
      Batch batch = new Batch();
      assertThat(reader.read(batch, 10)).isEqualTo(2);
      assertThat(reader.skippedCount()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource(
      delimiter = '|',
      value = {
        "5.1,3.5,Iris\\n4,2,Rose | false | 2",
        "0,1,2,label\\n1,2,3,4 | true | 3",
        "0,1,weight\\n1,2,3 | true | 2",
        "0,1,weight\\n1,2,heavy | false | 2",
        "Target,b,c\\n1,2,3 | true | 0",
        "y,class,c\\n1,2,3 | true | 1",
        "-1,2,3\\n1,2,3 | false | 2",
        "a;b,5;c\\n1;2;3 | true | 2",
        "NA,2,1\\n1,2,1 | false | 2",
        "Iris,5.1,3.5\\nRose,4,2 | false | 0",
        "kind,a,b\\nIris,5.1,3.5\\nRose,4,2 | true | 0",
        "a,kind,b\\n5,Iris,3\\n4,2,2 | true | 2",
        "1,0.5,0.25\\n2,0.5,3 | false | 0",
        "a,b,c\\n1,2,0.25\\n2,0.5,3 | true | 0",
        "0.5,2,0.25\\n1,2,3 | false | 2",
        "1,2.5,3\\n2,0.5,4 | false | 2",
        "a,b\\n | true | 1",
        "label,x,y,z\\n0,1,5,7\\n1,2,1,8\\n0,3,3,9 | true | 0",
        "Y,TARGET,z\\n1,2,3\\n2,1,3 | true | 1",
        "n,b,c\\nAnn,1,0\\nBea,2,1\\nCid,3,0\\nDan,4,1 | true | 2",
        "n,b,sex,f\\nAn,1,f,0.5\\nBo,2,m,1.5\\nCy,3,f,2\\nDi,1,m,3 | true | 2",
        "39,gov,1.5\\n40,self,2.5\\n39,gov,5 | false | 1",
        "e,x,s\\ne,x,y\\np,y,s | false | 2",
        "age,sex,kind\\n1,m,a\\n2,f,b | true | 2"
      })
  void findsOutWhatTheColumnsAre(String text, boolean header, int label) {
    String lines = text.replace("\\n", "\n");
    DataOptions skip = DataOptions.strict().withSkipBad(true);
    TableSchema schema = open(lines, skip).schema();
    assertThat(schema.hasHeader()).isEqualTo(header);
    assertThat(schema.labelColumn()).isEqualTo(label);
  }

  @Test
  void numbersClassesLikeNumbersWhateverTheOrderOfRows() {
    assertThat(open("1,10\n1,9\n1,-1\n", DataOptions.strict()).schema().classes())
        .containsExactly("-1", "9", "10");
    assertThat(open("1,10\n1,9\n1,b\n", options("-1", "no")).schema().classes())
        .containsExactly("10", "9", "b");
  }

  @Test
  void namesAClassThatTheTrainingDataDoesNotHave() {
    CsvSource training = open(IRIS, DataOptions.strict());
    assertThatThrownBy(
            () -> rows(open("length,width,kind\n1,2,setosa\n1,2,rose\n", like(training))))
        .hasMessage(
            "t.csv:3:5: one of the 2 classes of the training data was expected, 'rose' came");
    assertThatThrownBy(() -> open("length,kind\n1,setosa\n", like(training)))
        .hasMessage("t.csv:1:1: a column 'width' was expected, none came");
  }

  @Test
  void findsTheClassesWhereItIsTold() {
    assertThat(open("7,1,2\n", options("1", "")).schema().classes()).containsExactly("7");
    assertThat(open("7,1,2\n", options("-2", "")).schema().classes()).containsExactly("1");
    assertThat(open("a,1,b\n7,8,9\n", options("1", "yes")).schema().classes())
        .as("a name goes before a number")
        .containsExactly("8");
    assertThatThrownBy(() -> open("7,1,2\n", options("4", "")))
        .hasMessage("t.csv:1:1: a column of classes from 1 to 3 was expected, 4 came");
    assertThatThrownBy(() -> open("a,b,c\n1,2,3\n", options("d", "")))
        .hasMessage("t.csv:1:1: a column called 'd' was expected, none came");
  }

  @Test
  void tellsOfColumnsThatNeverChange() {
    CsvSource source = open("a,b,c,d\n1,2,3,x\n1,3,3,y\n", DataOptions.strict());
    assertThat(source.notices())
        .anyMatch(notice ->
            notice.startsWith(
                "t.csv: 2 of 3 columns have the same value in all rows and tell nothing ('a',"
                    + " 'c')"));
  }

  @ParameterizedTest
  @org.junit.jupiter.params.provider.CsvSource(
      delimiter = '!',
      quoteCharacter = '~',
      value = {
        "label,x,y\\na,1,2\\nb,2,3 ! by its name; 'y' competed, but 'label' is more specific",
        "y,Y,x\\na,1,2\\nb,2,3 ! by its name; 'Y' competed, but it comes first",
        "a,b,c\\nx,1,z\\nx,2,y\\n ! the last one; 'a' competed: --label NAME decides"
      })
  void saysWhichColumnsCompetedForTheClasses(String text, String reason) {
    CsvSource source = open(text.replace("\\n", "\n"), DataOptions.strict());
    assertThat(source.notices().getFirst()).endsWith("(" + reason + ")");
    assertThat(source.facts().orElseThrow().classes()).endsWith("(" + reason + ")");
  }

  @Test
  void takesMeasurementsForClassesOnlyIfToldTo() {
    StringBuilder text = new StringBuilder("x,y\n");
    for (int i = 0; i < 60; i++) {
      text.append(i % 7).append(',').append(i / 8.0).append('\n');
    }
    assertThatThrownBy(() -> open(text.toString(), DataOptions.strict()))
        .hasMessageStartingWith(
            "t.csv:1:3: a column of classes was expected, column 'y' (by its name) with 60"
                + " different numbers in 60 rows came: it looks like a target of regression;"
                + " --label");
    assertThat(open(text.toString(), options("y", "")).labelCount()).isEqualTo(60);
    // whole numbers that never come again, chosen because they are last
    StringBuilder whole = new StringBuilder("x,price\n");
    for (int i = 0; i < 200; i++) {
      whole.append(i % 7).append(',').append(100 + 3 * i).append('\n');
    }
    assertThatThrownBy(() -> open(whole.toString(), DataOptions.strict()))
        .hasMessageContaining("'price' (the last one) with 200 different numbers in 200 rows came");
  }

  @Test
  void readsLinesFarLongerThanItsWindow() {
    int columns = 60_000;
    StringBuilder text = new StringBuilder("label");
    for (int c = 0; c < columns; c++) {
      text.append(",column").append(c);
    }
    for (int r = 0; r < 3; r++) {
      text.append("\nk").append(r);
      for (int c = 0; c < columns; c++) {
        text.append(',').append((c + r) % 1000);
      }
    }
    CsvSource source = open(text.toString(), DataOptions.strict());
    assertThat(source.featureCount()).isEqualTo(columns);
    Batch batch = TestContent.readAll(source);
    assertThat(batch.exampleCount()).isEqualTo(3);
    for (int e = 0; e < 3; e++) {
      for (int at = batch.featureOffsets()[e]; at < batch.featureOffsets()[e + 1]; at++) {
        assertThat(batch.values()[at]).isEqualTo((batch.features()[at] + e) % 1000);
      }
    }
  }

  @Test
  void refusesOrReadsMutants() {
    List<byte[]> seeds =
        Stream.of(IRIS, "1;2;x\r\n3;4;y\r\n", "a\tb\n1\t2\n\n", "\"a \"\"b\",c\n1,\"2\"\n")
            .map(text -> text.getBytes(StandardCharsets.UTF_8))
            .toList();
    int[] accepted = new int[2];
    Seeds.repeat(
        20_000,
        random -> {
          byte[] bytes = seeds.get(random.nextInt(seeds.size())).clone();
          for (int i = random.nextInt(3); i >= 0; i--) {
            int at = random.nextInt(bytes.length);
            switch (random.nextInt(3)) {
              case 0 -> bytes[at] = (byte) ",;\t\"\n\r x0.-\u00e9".charAt(random.nextInt(12));
              case 1 -> bytes = Arrays.copyOf(bytes, Math.max(1, at));
              default -> bytes[at] ^= (byte) (1 << random.nextInt(8));
            }
          }
          TestContent content = new TestContent("f", bytes);
          boolean skip = random.nextBoolean();
          try {
            CsvSource source = CsvSource.open(content, DataOptions.strict().withSkipBad(skip));
            Batch batch = TestContent.readAll(source);
            assertThat(batch.labelCount()).isEqualTo(batch.exampleCount());
            for (int i = 0; i < batch.labelCount(); i++) {
              assertThat(batch.labels()[i]).isBetween(0, source.labelCount() - 1);
            }
            accepted[skip ? 1 : 0]++;
          } catch (MalformedDataException e) {
            assertThat(e).hasMessageMatching("f:(\\d+:\\d+|offset \\d+): .*, .* came.*");
          }
        });
    assertThat(accepted[0]).isPositive();
    assertThat(accepted[1]).isGreaterThan(accepted[0]);
  }

  @Test
  void isToldFromOtherText(@TempDir Path folder) throws Exception {
    for (String text :
        List.of("3 10 5\n1,4 2:0.5\n", "1,2 3:4\n", " 3:1\n", "1\t3:4\n", "1 2:3\n", "2\t4\t4\n")) {
      Path file = Files.writeString(folder.resolve("a.csv"), text);
      try {
        assertThat(DataFiles.open(file, DataOptions.strict())).isInstanceOf(XcSource.class);
      } catch (MalformedDataException e) {
        assertThat(e).hasMessageContaining("header");
      }
    }
    for (String text : List.of(IRIS, "1,2,3\n", "1\t2\t3\t4\n", "1;2\n", "a:b,c\n1,2\n")) {
      Path file = Files.writeString(folder.resolve("a.txt"), text);
      assertThat(DataFiles.open(file, DataOptions.strict())).isInstanceOf(CsvSource.class);
    }
  }
}
