package org.fovea.data;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.fovea.MalformedDataException;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;

/// Valid files, mutated: each is either read, and then obeys the laws of what is read, or refused
/// with a [MalformedDataException]. Nothing else may happen.
class FuzzTest {

  private static final List<String> SCRAPS =
      List.of(
          " ",
          ":",
          ",",
          "\n",
          "\r",
          "\r\n",
          "\t",
          "-",
          "+",
          ".",
          "e",
          "E9",
          "1e39",
          "nan",
          "0",
          "1",
          "00",
          "2147483647",
          "2147483648",
          "99999999999999999999",
          "\0",
          "\u00ff",
          "1 2 3\n",
          "1:1",
          " 3:1 3:1",
          "0.1",
          "L a\n",
          "F b\n",
          "\u001f\u008b\b\0",
          "9".repeat(1100),
          " ".repeat(5000));

  private static final List<byte[]> SEEDS =
      List.of(
          bytes("3 10 5\n1,4 2:0.5 9:-1e-3\n 3:1\n0 0:7 1:1 5:0.25\n"),
          bytes("2 4 4\r\n \r\n3 0:1\r\n"),
          bytes("0,2 1:1 3:1\n1 2:5\n 7:1.5\n"),
          bytes("L one\nL two\nF three\n"),
          TestContent.gzip(bytes("2 10 5\n1,4 2:0.5 9:-1e-3\n0 0:7\n")),
          new byte[] {0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 2, 9, 0, 0, 1},
          new byte[] {0, 0, 8, 1, 0, 0, 0, 2, 3, 1});

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.ISO_8859_1);
  }

  private static byte[] mutated(SplittableRandom random) {
    byte[] bytes = SEEDS.get(random.nextInt(SEEDS.size())).clone();
    for (int i = random.nextInt(4); i >= 0; i--) {
      int at = random.nextInt(bytes.length + 1);
      bytes =
          switch (random.nextInt(6)) {
            case 0 -> Arrays.copyOf(bytes, at);
            case 1 -> spliced(bytes, at, at + random.nextInt(bytes.length - at + 1), new byte[0]);
            case 2 -> spliced(bytes, at, at, new byte[] {(byte) random.nextInt(256)});
            case 3 -> spliced(bytes, at, Math.min(bytes.length, at + 1), scrap(random));
            case 4 -> {
              byte[] other = SEEDS.get(random.nextInt(SEEDS.size()));
              int from = random.nextInt(other.length);
              yield spliced(bytes, at, at, Arrays.copyOfRange(other, from, other.length));
            }
            default -> {
              if (at < bytes.length) {
                bytes[at] ^= (byte) (1 << random.nextInt(8));
              }
              yield bytes;
            }
          };
    }
    return random.nextInt(10) == 0 ? TestContent.gzip(bytes) : bytes;
  }

  private static byte[] scrap(SplittableRandom random) {
    return bytes(SCRAPS.get(random.nextInt(SCRAPS.size())));
  }

  private static byte[] spliced(byte[] bytes, int from, int to, byte[] between) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.write(bytes, 0, from);
    out.writeBytes(between);
    out.write(bytes, to, bytes.length - to);
    return out.toByteArray();
  }

  private static void checkLaws(ExampleSource source, Batch batch) {
    for (int i = 0; i < batch.exampleCount(); i++) {
      checkRow(batch.labels(), batch.labelOffsets(), i, source.labelCount());
      checkRow(batch.features(), batch.featureOffsets(), i, source.featureCount());
    }
    for (int i = 0; i < batch.featureCount(); i++) {
      assertThat(Float.isFinite(batch.values()[i])).isTrue();
    }
  }

  private static void checkRow(int[] ids, int[] offsets, int example, int bound) {
    int previous = -1;
    for (int at = offsets[example]; at < offsets[example + 1]; at++) {
      assertThat(ids[at]).isBetween(previous + 1, bound - 1);
      previous = ids[at];
    }
  }

  private interface Reading {
    void read();
  }

  /// Whether the reading succeeded; anything but success and refusal fails the test.
  private static boolean accepts(byte[] input, Reading reading) {
    try {
      reading.read();
      return true;
    } catch (MalformedDataException e) {
      assertThat(e).hasMessageMatching("(f|labels):(\\d+:\\d+|offset \\d+): .*, .* came.*");
      return false;
    } catch (RuntimeException | Error e) {
      throw new AssertionError(
          "input " + new String(input, StandardCharsets.ISO_8859_1) + " gave " + e, e);
    }
  }

  @Test
  void refusesOrReadsFiftyThousandMutants() {
    int[] accepted = new int[4];
    DataOptions strict = DataOptions.strict();
    DataOptions skipping = strict.withSkipBad(true).withMaximumInflation(2000);
    TestContent labels = new TestContent("labels", SEEDS.getLast());
    Seeds.repeat(
        12_500,
        random -> {
          byte[] input = mutated(random);
          TestContent content = new TestContent("f", input);
          for (DataOptions options : List.of(strict, skipping)) {
            boolean read =
                accepts(
                    input,
                    () -> {
                      XcSource source = XcSource.open(content, options);
                      checkLaws(source, TestContent.readAll(source));
                    });
            accepted[options.skipBad() ? 1 : 0] += read ? 1 : 0;
          }
          accepted[2] +=
              accepts(
                      input,
                      () -> {
                        IdxSource source = IdxSource.open(content, labels, strict);
                        checkLaws(source, TestContent.readAll(source));
                      })
                  ? 1
                  : 0;
          accepted[3] += accepts(input, () -> Names.read(content, strict)) ? 1 : 0;
        });
    assertThat(accepted[0]).as("some mutants are still good").isBetween(150, 8_000);
    assertThat(accepted[1]).isGreaterThan(accepted[0]);
    assertThat(accepted[2]).isPositive();
    assertThat(accepted[3]).isPositive();
  }
}
