package org.fovea.bench.run;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;

class MarkdownTest {

  @Test
  void takesTheMiddleOfTwoMiddleValuesAndLeavesOutWhatIsNoNumber() {
    assertThat(Markdown.median(DoubleStream.of(9, Double.NaN, 1, 3, 5))).isEqualTo(4);
    assertThat(Markdown.median(DoubleStream.of(9, 1, 3))).isEqualTo(3);
    assertThat(Markdown.median(DoubleStream.empty())).isNaN();
  }

  @Test
  void writesTheSpreadOnlyWhereThereIsOne() {
    assertThat(Markdown.spread(new double[] {2}, 1)).isEqualTo("2.0");
    assertThat(Markdown.spread(new double[] {3, 1, 2}, 0)).isEqualTo("2 (1 to 3)");
    assertThat(Markdown.spread(new double[0], 0)).isEqualTo("–");
  }

  @Test
  void writesNumbersAsPeopleReadThem() {
    assertThat(Markdown.number(1234.567, 1)).isEqualTo("1,234.6");
    assertThat(Markdown.percent(0.2985, 2)).isEqualTo("29.85");
    assertThat(Markdown.percent(Double.NaN, 2)).isEqualTo("–");
    assertThat(new Markdown("a", "b").row(1, "x"))
        .hasToString("| a | b |\n| --- | --- |\n| 1 | x |\n");
  }
}
