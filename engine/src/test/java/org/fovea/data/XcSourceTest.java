package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import org.fovea.MalformedDataException;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

class XcSourceTest {

  private static String read(String text) {
    return TestContent.show(TestContent.readAll(source(text)));
  }

  private static XcSource source(String text) {
    return XcSource.open(TestContent.text(text), DataOptions.strict());
  }

  @Test
  void readsHeaderLabelsAndFeatures() {
    XcSource source = source("2 10 5\n1,4 2:0.5 9:-1e-3\n0 0:7\n");
    assertThat(source.featureCount()).isEqualTo(10);
    assertThat(source.labelCount()).isEqualTo(5);
    assertThat(source.announcedCount()).hasValue(2);
    assertThat(source.name()).isEqualTo("bad.txt");
    assertThat(source.notices()).isEmpty();
    assertThat(TestContent.show(TestContent.readAll(source)))
        .isEqualTo("0|1,4|2:0.5 9:-0.001\n1|0|0:7.0\n");
  }

  @Test
  void readsLinesWithoutLabelsOrFeaturesOrBoth() {
    assertThat(read("5 10 5\n 2:1\n3\n3 \n \n\n")).isEqualTo("0||2:1.0\n1|3|\n2|3|\n3||\n4||\n");
  }

  @Test
  void acceptsCarriageReturnsTabsAndExtraSpaces() {
    assertThat(read("3 10 5\r\n1\t2:1\t\t3:2  \r\n\t4:1\r\n2   5:1 \t\r\n"))
        .isEqualTo("0|1|2:1.0 3:2.0\n1||4:1.0\n2|2|5:1.0\n");
  }

  @Test
  void acceptsAFileWithoutALastLineEnd() {
    assertThat(read("1 10 5\n1 2:1")).isEqualTo("0|1|2:1.0\n");
    assertThat(read("1 10 5\n1 2:1\r")).isEqualTo("0|1|2:1.0\n");
    assertThat(read("1 10 5\n1")).isEqualTo("0|1|\n");
    assertThat(read("1 10 5\n ")).isEqualTo("0||\n");
    assertThat(read("0 10 5")).isEmpty();
  }

  @Test
  void acceptsBlankLinesAfterTheLastExample() {
    assertThat(read("1 10 5\n1 2:1\n\n \t\r\n\n")).isEqualTo("0|1|2:1.0\n");
    assertThat(read("1 2:1\n\n \t\r\n\n")).isEqualTo("0|1|1:1.0\n");
  }

  @Test
  void acceptsAByteOrderMark() {
    assertThat(read("\u00ef\u00bb\u00bf1 10 5\n1 2:1\n")).isEqualTo("0|1|2:1.0\n");
    assertThat(read("\u00ef\u00bb\u00bf1 2:1\n")).isEqualTo("0|1|1:1.0\n");
  }

  @Test
  void sortsFeaturesAndLabels() {
    assertThat(read("1 10 9\n8,1,3 9:9 0:0 5:5 3:3 4:4\n"))
        .isEqualTo("0|1,3,8|0:0.0 3:3.0 4:4.0 5:5.0 9:9.0\n");
  }

  @Test
  void keepsZerosAndTheSignOfZero() {
    assertThat(read("1 10 5\n1 2:0 3:-0\n")).isEqualTo("0|1|2:0.0 3:-0.0\n");
  }

  @Test
  void readsTheLargestIds() {
    assertThat(read("1 2147483647 2147483647\n2147483646 0002147483646:1\n"))
        .isEqualTo("0|2147483646|2147483646:1.0\n");
  }

  @Test
  void findsCountsAndNumberingOfLibsvm() {
    XcSource fromOne = source("0,2 1:1 3:1\n1 2:5\n\n");
    assertThat(fromOne.featureCount()).isEqualTo(3);
    assertThat(fromOne.labelCount()).isEqualTo(3);
    assertThat(fromOne.numbering()).isEqualTo(Numbering.FROM_ONE);
    assertThat(fromOne.announcedCount()).isEmpty();
    assertThat(fromOne.notices())
        .containsExactly(
            "bad.txt: no header; in 2 examples found 3 features numbered from 1 because there is"
                + " no feature 0, and 3 labels");
    assertThat(TestContent.show(TestContent.readAll(fromOne)))
        .isEqualTo("0|0,2|0:1.0 2:1.0\n1|1|1:5.0\n");

    XcSource fromZero = source(" 1:1 3:1\n1 0:5\n");
    assertThat(fromZero.featureCount()).isEqualTo(4);
    assertThat(fromZero.numbering()).isEqualTo(Numbering.FROM_ZERO);
    assertThat(fromZero.notices().getFirst()).contains("from 0 because there is a feature 0");
    assertThat(TestContent.show(TestContent.readAll(fromZero)))
        .isEqualTo("0||1:1.0 3:1.0\n1|1|0:5.0\n");
  }

  @Test
  void takesTheNumberingItIsGiven() {
    TestContent content = TestContent.text("1 1:1 3:1\n");
    XcSource zero = XcSource.open(content, DataOptions.strict().withNumbering(Numbering.FROM_ZERO));
    assertThat(zero.featureCount()).isEqualTo(4);
    assertThat(TestContent.show(TestContent.readAll(zero))).isEqualTo("0|1|1:1.0 3:1.0\n");
    XcSource one = XcSource.open(content, DataOptions.strict().withNumbering(Numbering.FROM_ONE));
    assertThat(one.featureCount()).isEqualTo(3);
    assertThat(TestContent.show(TestContent.readAll(one))).isEqualTo("0|1|0:1.0 2:1.0\n");
  }

  @Test
  void takesCountsAndNumberingOfTheTrainingFileWithoutReadingTwice() {
    int[] opened = {0};
    Content content =
        new Content() {
          @Override
          public String name() {
            return "test.txt";
          }

          @Override
          public java.io.InputStream open() {
            opened[0]++;
            return TestContent.text("1 2:1\n").open();
          }

          @Override
          public long length() {
            return 6;
          }
        };
    DataOptions options = DataOptions.strict().withNumbering(Numbering.FROM_ONE).withCounts(100, 7);
    XcSource source = XcSource.open(content, options);
    assertThat(opened[0]).isEqualTo(1);
    assertThat(source.featureCount()).isEqualTo(100);
    assertThat(source.labelCount()).isEqualTo(7);
    assertThat(TestContent.show(TestContent.readAll(source))).isEqualTo("0|1|1:1.0\n");
  }

  @Test
  void refusesAFileWhoseHeaderChanged() {
    byte[] bytes = "1 10 5\n1 2:1\n".getBytes(StandardCharsets.ISO_8859_1);
    XcSource source = XcSource.open(new TestContent("a", bytes), DataOptions.strict());
    bytes[2] = '2';
    assertThatThrownBy(source::open)
        .isInstanceOf(MalformedDataException.class)
        .hasMessage("a:1:1: the header as it was before was expected, another came");
  }

  @Test
  void appendsUpToTheLimitAndClearsNothing() {
    Batch batch = new Batch();
    try (ExampleReader reader = source("3 9 9\n1 1:1\n2 2:1\n3 3:1\n").open()) {
      assertThat(reader.read(batch, 2)).isEqualTo(2);
      assertThat(reader.read(batch, 2)).isEqualTo(1);
      assertThat(reader.read(batch, 2)).isZero();
      assertThat(reader.read(batch, 2)).isZero();
      assertThatThrownBy(() -> reader.read(batch, 0)).isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(TestContent.show(batch)).isEqualTo("0|1|1:1.0\n1|2|2:1.0\n2|3|3:1.0\n");
  }

  /// Rows of random lengths, separators and number forms, with what they must be read as.
  private static String[] randomFile(SplittableRandom random, int rows) {
    StringBuilder text = new StringBuilder(rows + " 50000 1000\n");
    StringBuilder expected = new StringBuilder();
    for (int row = 0; row < rows; row++) {
      expected.append(row).append('|');
      int label = random.nextInt(3);
      for (int i = 0; label < 1000 && i < 5; i++, label += 1 + random.nextInt(300)) {
        text.append(i > 0 ? "," : "").append(label);
        expected.append(i > 0 ? "," : "").append(label);
      }
      expected.append('|');
      int features = random.nextInt(40);
      int feature = random.nextInt(3);
      for (int i = 0; i < features; i++, feature += 1 + random.nextInt(1000)) {
        text.append(" ".repeat(random.nextInt(50) == 0 ? 5000 : 1 + random.nextInt(2)));
        float value = Float.intBitsToFloat(random.nextInt());
        value = Float.isFinite(value) ? value : i;
        String zeros = random.nextInt(20) == 0 ? "0".repeat(900) : "";
        text.append(feature).append(':').append(value < 0 ? "-" : "+").append(zeros);
        text.append(Float.toString(Math.abs(value)));
        expected.append(i > 0 ? " " : "").append(feature).append(':').append(value);
      }
      text.append(random.nextBoolean() ? "\n" : " \r\n");
      expected.append('\n');
    }
    return new String[] {text.toString(), expected.toString()};
  }

  @Test
  void readsTheSameThroughAnyWindow() {
    Seeds.repeat(
        40,
        random -> {
          String[] file = randomFile(random, 60);
          TestContent content = TestContent.text(file[0]);
          int window = 4100 + random.nextInt(5000);
          ByteInput input =
              ByteInput.open(
                  random.nextBoolean() ? content : content.gzipped(),
                  DataOptions.strict().withMaximumInflation(1000),
                  window);
          TextLines lines = new TextLines(input);
          XcLayout layout = new XcHeader(lines).read(DataOptions.strict());
          assertThat(layout).isEqualTo(new XcLayout(0, 50000, 1000, OptionalLong.of(60)));
          Batch batch = new Batch(0, 0);
          try (ExampleReader reader = new XcReader(lines, layout, DataOptions.strict())) {
            while (reader.read(batch, 7) > 0) {
              assertThat(batch.openFeatureCount()).isZero();
            }
          }
          assertThat(TestContent.show(batch)).isEqualTo(file[1]);
        });
  }

  @Test
  void placesErrorsTheSameThroughAnyWindow() {
    Seeds.repeat(
        40,
        random -> {
          String text = randomFile(random, 40)[0];
          int from = text.lastIndexOf('\n', text.length() / 2) + 1;
          int line = text.substring(0, from).split("\n", -1).length;
          int to = text.indexOf('\n', from);
          String row = text.substring(from, to).replace("\r", "");
          String bad = text.substring(0, from) + row + " 49999:1 oops" + text.substring(to);
          TestContent content = TestContent.text(bad);
          ByteInput input = ByteInput.open(content, DataOptions.strict(), 4100);
          TextLines lines = new TextLines(input);
          XcLayout layout = new XcHeader(lines).read(DataOptions.strict());
          try (ExampleReader reader = new XcReader(lines, layout, DataOptions.strict())) {
            Batch batch = new Batch();
            assertThatThrownBy(() -> reader.read(batch, 1000))
                .hasMessage(
                    "bad.txt:%d:%d: a feature was expected, 'oops' came",
                    line, row.length() + " 49999:1 ".length() + 1);
          }
        });
  }

  @Test
  void sortsLikeTheObviousSort() {
    Seeds.repeat(
        200,
        random -> {
          int count = 1 + random.nextInt(300);
          int[] ids = random.ints(0, 100_000).distinct().limit(count).toArray();
          StringBuilder text = new StringBuilder("1 100000 100000\n");
          for (int i = 0; i < count; i++) {
            text.append(i > 0 ? "," : "").append(ids[i]);
          }
          for (int id : ids) {
            text.append(' ').append(id).append(':').append(id * 0.5f);
          }
          Batch batch = TestContent.readAll(source(text.append('\n').toString()));
          java.util.Arrays.sort(ids);
          for (int i = 0; i < count; i++) {
            assertThat(batch.features()[i]).isEqualTo(ids[i]);
            assertThat(batch.labels()[i]).isEqualTo(ids[i]);
            assertThat(batch.values()[i]).isEqualTo(ids[i] * 0.5f);
          }
        });
  }

  @Test
  void findsTheFirstSecondOccurrence() {
    Seeds.repeat(
        300,
        random -> {
          int count = 2 + random.nextInt(20);
          StringBuilder row = new StringBuilder("1");
          java.util.Set<Integer> seen = new java.util.HashSet<>();
          int twice = 0;
          for (int i = 0; i < count; i++) {
            int id = random.nextInt(40);
            row.append(' ');
            if (!seen.add(id) && twice == 0) {
              twice = row.length() + 1;
            }
            row.append(id).append(":1");
          }
          XcSource source = source("1 40 5\n" + row + "\n");
          if (twice == 0) {
            assertThat(TestContent.readAll(source).featureCount()).isEqualTo(count);
          } else {
            assertThatThrownBy(() -> TestContent.readAll(source))
                .hasMessage("bad.txt:2:%d: each feature once was expected, one came twice", twice);
          }
        });
  }
}
