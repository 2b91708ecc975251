package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.MathContext;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FloatParserTest {

  private final FloatParser parser = new FloatParser();

  private void check(String text) {
    byte[] bytes = ("#" + text + " ").getBytes(StandardCharsets.ISO_8859_1);
    float value = parser.parse(bytes, 1);
    if (Float.floatToRawIntBits(value) != Float.floatToRawIntBits(Float.parseFloat(text))
        || parser.end() != bytes.length - 1) {
      throw new AssertionError(
          "%s: %s was expected, %s came, end %d of %d"
              .formatted(text, Float.parseFloat(text), value, parser.end(), bytes.length - 1));
    }
  }

  private static String digits(SplittableRandom random, int most) {
    StringBuilder text = new StringBuilder();
    int count = random.nextInt(most + 1);
    for (int i = 0; i < count; i++) {
      text.append((char) ('0' + random.nextInt(10)));
    }
    return text.toString();
  }

  private static String decimal(SplittableRandom random) {
    int most = random.nextInt(8) == 0 ? 30 : 9;
    String whole = digits(random, most);
    String fraction = digits(random, most);
    if (whole.isEmpty() && fraction.isEmpty()) {
      whole = "0";
    }
    String sign = random.nextInt(3) == 0 ? (random.nextBoolean() ? "-" : "+") : "";
    String point = !fraction.isEmpty() || random.nextBoolean() ? "." : "";
    String exponent =
        switch (random.nextInt(4)) {
          case 0 -> "e" + (random.nextInt(100) - 55);
          case 1 -> "E+" + random.nextInt(40);
          default -> "";
        };
    return sign + whole + point + fraction + exponent;
  }

  @Test
  void agreesWithTheJdkOnAMillionRandomDecimals() {
    Seeds.repeat(
        1000,
        random -> {
          for (int i = 0; i < 1000; i++) {
            check(decimal(random));
          }
        });
  }

  @Test
  void agreesWithTheJdkOnWhatFloatsAndDoublesPrint() {
    Seeds.repeat(
        30,
        random -> {
          for (int i = 0; i < 1000; i++) {
            float value = Float.intBitsToFloat(random.nextInt());
            if (Float.isFinite(value)) {
              check(Float.toString(value));
              check(Double.toString(value));
            }
            check(Double.toString(random.nextDouble()));
            check("%.6f".formatted(random.nextDouble()));
          }
        });
  }

  /// The numbers half way between two floats, and their nearest neighbours of 10 to 40 digits, are
  /// where rounding twice goes wrong.
  @Test
  void roundsOnceHalfWayBetweenFloats() {
    Seeds.repeat(
        20,
        random -> {
          for (int i = 0; i < 100; i++) {
            float below = Float.intBitsToFloat(random.nextInt() & 0x7fff_ffff);
            if (!Float.isFinite(below) || !Float.isFinite(Math.nextUp(below))) {
              continue;
            }
            BigDecimal half =
                new BigDecimal(below)
                    .add(new BigDecimal(Math.nextUp(below)))
                    .divide(BigDecimal.valueOf(2));
            check(half.toString());
            for (int precision : new int[] {10, 13, 15, 16, 17, 18, 19, 25, 40}) {
              BigDecimal near = half.round(new MathContext(precision));
              check(near.toString());
              check(near.add(near.ulp()).toString());
              check(near.subtract(near.ulp()).toString());
            }
          }
        });
  }

  /// Shows that the danger is real: a float's half way plus a tiny bit is rounded down by the
  /// double to the half way itself, and then to even by the cast.
  @Test
  void findsNumbersThatRoundingTwiceGetsWrong() {
    int wrong = 0;
    SplittableRandom random = Seeds.fixed(5);
    for (int i = 0; i < 20_000; i++) {
      float below = 1f + random.nextInt(1 << 23) * 0x1p-23f;
      BigDecimal half = new BigDecimal(below).add(new BigDecimal("5.9604644775390625E-8"));
      String text = half.add(new BigDecimal("1e-17")).toString();
      wrong += (float) Double.parseDouble(text) != Float.parseFloat(text) ? 1 : 0;
      check(text);
    }
    assertThat(wrong).isPositive();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0",
        "-0",
        "+0",
        "0.0",
        "-0.0e5",
        "0e999999999999",
        "1",
        "00001",
        "0.1",
        ".5",
        "5.",
        "-.5",
        "1e10",
        "1E10",
        "1e+10",
        "1e-10",
        "1e22",
        "1e23",
        "1e-22",
        "1e-23",
        "9007199254740992",
        "9007199254740993",
        "999999999999999999",
        "9999999999999999999",
        "16777217",
        "16777216.5",
        "3.4028235e38",
        "3.4028236e38",
        "3.40282356e38",
        "3.40282357e38",
        "1e38",
        "1e39",
        "-1e39",
        "1.4e-45",
        "0.7e-45",
        "0.71e-45",
        "1e-46",
        "1.17549435e-38",
        "1.1754942e-38",
        "1.17549429e-38",
        "1e999999999999999999999",
        "1e-999999999999999999999",
        "0.000000000000000000000000000000000000000000000000001",
        "340282346638528859811704183484516925440",
        "1.00000017881393432617187499",
        "1.00000017881393432617187500",
        "1.00000017881393432617187501",
        "1.000000059604644775390625",
        "1.00000005960464477539062499999",
        "1.00000005960464477539062500001"
      })
  void agreesWithTheJdkOn(String text) {
    check(text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "-",
        "+",
        ".",
        "-.",
        "e5",
        "1e",
        "1e+",
        "1e-",
        ".e5",
        "x",
        "nan",
        "NaN",
        "inf",
        "Infinity",
        "--1",
        "+-1",
        " 1"
      })
  void findsNoNumberIn(String text) {
    byte[] bytes = (text + " ").getBytes(StandardCharsets.ISO_8859_1);
    parser.parse(bytes, 0);
    assertThat(parser.end()).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"1f", "1d", "1x", "1.2.3", "0x10", "1_0", "1,5", "1e5e5", "1 "})
  void stopsWhereTheNumberEnds(String text) {
    byte[] bytes = (text + " ").getBytes(StandardCharsets.ISO_8859_1);
    parser.parse(bytes, 0);
    assertThat(parser.end()).isLessThan(text.length()).isPositive();
  }
}
