package org.fovea.model.tensor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fovea.MalformedDataException;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/// Files that somebody made to break the reader.
class HostileSafetensorsTest {

  private static final byte[] NONE = new byte[0];
  private static final byte[] FOUR = {1, 2, 3, 4};

  @TempDir private Path directory;

  static Stream<Arguments> badFiles() {
    List<Arguments> files = new ArrayList<>();
    // The prefix.
    add(files, "offset 0: the file ends within the 8 bytes", NONE);
    add(files, "offset 7: the file ends within the 8 bytes", new byte[7]);
    add(files, "offset 8: the header does not begin with {", new byte[8]);
    add(files, "offset 0: the header has 16777217 bytes", claimed((16 << 20) + 1));
    add(files, "offset 0: the header has 9223372036854775807 bytes", claimed(Long.MAX_VALUE));
    add(files, "offset 0: the header has 18446744073709551615 bytes", claimed(-1));
    add(files, "offset 0: the header has 9223372036854775808 bytes", claimed(Long.MIN_VALUE));
    add(files, "offset 10: the header has 3 bytes, but the file ends after 2", claimed(3));
    add(files, "the header has 16777216 bytes, but the file ends after 2", claimed(16 << 20));
    // The text.
    header(files, "does not begin with {", " {}");
    header(files, "does not begin with {", "[]");
    header(files, "does not begin with {", "\ufeff{}");
    header(files, "not sound JSON", "{\0}\0");
    header(files, "not sound JSON", "{");
    header(files, "not sound JSON", "{]");
    header(files, "not sound JSON", "{\"a\"");
    header(files, "not sound JSON", "{\"a\":");
    header(files, "not sound JSON", "{'a':1}");
    header(files, "not sound JSON", "{\"a\tb\":1}");
    header(files, "not sound JSON", "{} x");
    header(files, "goes on behind its last brace", "{} {}");
    header(files, "not sound JSON", "{/**/}");
    header(files, "not sound JSON", "{\"a\":{\"shape\":[" + "9".repeat(40) + "]}}");
    header(files, "not sound JSON", "{\"a\":{\"shape\":[9223372036854775808]}}");
    header(files, "not sound JSON", "{\"" + "a".repeat(70_000) + "\":1}");
    add(files, "offset 10: the header is not UTF-8", latin1("{\"\u00ff\":1}"));
    add(files, "offset 11: the header is not UTF-8", latin1("{\"a\u00c0\u0080\":1}"));
    add(files, "offset 10: the header is not UTF-8", latin1("{\"\u00ed\u00a0\u0080\":1}"));
    add(files, "offset 13: the header is not UTF-8", latin1("{\"a\":\u00e2\u0082"));
    header(
        files,
        "offset 18: the header is not sound JSON",
        "{\"\u20ac\u00e4\":}".replace("}", " x}"));
    // Nesting.
    header(files, "tensor a: expected an object", "{\"a\":[[[[[[[[[[]]]]]]]]]]}");
    header(files, "not sound JSON", "{\"a\":{\"shape\":[{}]}}");
    header(files, "not sound JSON", "{\"a\":{\"shape\":[[[[[[[[1]]]]]]]]}}".replace("[[", "[[["));
    // Names.
    header(files, "a tensor has an empty name", "{\"\":{}}");
    header(files, "the character U+0000", "{\"a\\u0000b\":{}}");
    header(files, "the character U+000A", "{\"a\\nb\":{}}");
    header(files, "not sound JSON", "{\"\\ud800\":{}}");
    header(files, "not sound JSON", "{\"\\udc00\\ud800\":{}}");
    header(files, "longer than 1024 bytes", "{\"" + "a".repeat(1025) + "\":{}}");
    header(files, "longer than 1024 bytes", "{\"" + "\u20ac".repeat(342) + "\":{}}");
    data(files, "tensor a: it comes twice", twice(0, 2, 2, 4));
    header(files, "the key __metadata__ comes twice", "{\"__metadata__\":{},\"__metadata__\":{}}");
    header(files, "__metadata__: expected an object", "{\"__metadata__\":[]}");
    header(files, "__metadata__: expected a text", "{\"__metadata__\":{\"a\":1}}");
    header(files, "__metadata__: expected a text", "{\"__metadata__\":{\"a\":{\"b\":\"\"}}}");
    header(files, "__metadata__: a key comes twice", "{\"__metadata__\":{\"a\":\"\",\"a\":\"\"}}");
    // Entries.
    header(files, "tensor a: expected an object", "{\"a\":null}");
    header(files, "tensor a: it lacks dtype", "{\"a\":{}}");
    header(files, "tensor a: it lacks dtype", "{\"a\":{\"shape\":[0],\"data_offsets\":[0,0]}}");
    header(
        files,
        "tensor a: it lacks dtype, shape",
        "{\"a\":{\"dtype\":\"U8\",\"data_offsets\":[0,0]}}");
    header(
        files,
        "tensor a: it lacks dtype, shape or data_offsets",
        "{\"a\":{\"dtype\":\"U8\",\"shape\":[0]}}");
    header(files, "tensor a: it has an unknown key", "{\"a\":{\"class\":\"java.lang.Runtime\"}}");
    header(files, "tensor a: dtype comes twice", "{\"a\":{\"dtype\":\"U8\",\"dtype\":\"U8\"}}");
    header(files, "tensor a: shape comes twice", "{\"a\":{\"shape\":[],\"shape\":[]}}");
    header(
        files,
        "tensor a: data_offsets comes twice",
        "{\"a\":{\"data_offsets\":[0,0],\"data_offsets\":[0,0]}}");
    header(files, "tensor a: dtype is not a text", "{\"a\":{\"dtype\":7}}");
    header(files, "dtype is not one of", RawSafetensors.one("F64", "[0]", 0, 0));
    header(files, "dtype is not one of", RawSafetensors.one("u8", "[0]", 0, 0));
    header(files, "expected a list of numbers", RawSafetensors.one("U8", "4", 0, 4));
    data(files, "expected a list of whole numbers", RawSafetensors.one("U8", "[4.0]", 0, 4));
    data(files, "expected a list of whole numbers", RawSafetensors.one("U8", "[\"4\"]", 0, 4));
    data(files, "expected a list of whole numbers", RawSafetensors.one("U8", "[null]", 0, 4));
    data(files, "tensor a: a number is negative", RawSafetensors.one("U8", "[-4]", 0, 4));
    data(files, "tensor a: a number is negative", RawSafetensors.one("U8", "[-2,-2]", 0, 4));
    data(files, "tensor a: a number is negative", RawSafetensors.one("U8", "[4]", -4, 0));
    String ones = "[" + "1,".repeat(64) + "4]";
    data(files, "too many dimensions", RawSafetensors.one("U8", ones, 0, 4));
    data(files, "more than two numbers", offsets("[0,4,4]"));
    data(files, "less than two numbers", offsets("[4]"));
    data(files, "less than two numbers", offsets("[]"));
    // Sizes.
    data(files, "ends before it begins", RawSafetensors.one("U8", "[4]", 4, 0));
    data(files, "takes 3 bytes, but data_offsets span 4", RawSafetensors.one("U8", "[3]", 0, 4));
    data(files, "takes 16 bytes, but", RawSafetensors.one("F32", "[4]", 0, 4));
    data(files, "takes 1 bytes, but", RawSafetensors.one("U8", "[]", 0, 4));
    data(files, "takes 0 bytes, but", RawSafetensors.one("U8", "[4,0]", 0, 4));
    String big = "4611686018427387904";
    data(files, "is too large", RawSafetensors.one("U8", "[" + big + ",4]", 0, 4));
    data(files, "is too large", RawSafetensors.one("F32", "[" + big + "]", 0, 4));
    data(files, "is too large", RawSafetensors.one("U8", "[" + big + "," + big + ",0]", 0, 0));
    long huge = 1L << 50;
    data(
        files,
        "ends at byte 1125899906842624 of the data, but the file has only 4",
        RawSafetensors.one("U8", "[" + huge + "]", 0, huge));
    data(files, "but the file has only 4", RawSafetensors.one("U8", "[5]", 0, 5));
    long end = Long.MAX_VALUE;
    data(files, "but the file has only 4", RawSafetensors.one("U8", "[4]", end - 4, end));
    // Layout.
    data(files, "1 bytes behind the last tensor", RawSafetensors.one("U8", "[3]", 0, 3));
    data(files, "4 bytes behind the last tensor", "{}");
    data(files, "no tensor covers the bytes", RawSafetensors.one("U8", "[3]", 1, 4));
    data(files, "no tensor covers the bytes", two(0, 1, 2, 4));
    data(files, "tensor b overlaps the one before it", two(0, 3, 2, 4));
    data(files, "tensor b overlaps the one before it", two(0, 4, 0, 4));
    data(files, "tensor b overlaps the one before it", two(0, 4, 1, 2));
    data(files, "tensor b overlaps the one before it", two(0, 4, 2, 2));
    return files.stream();
  }

  @ParameterizedTest
  @MethodSource("badFiles")
  void refusesABadFile(String message, byte[] bytes) throws IOException {
    Path file = directory.resolve("bad.safetensors");
    Files.write(file, bytes);
    long begin = System.nanoTime();
    assertThatThrownBy(() -> SafetensorsFile.open(file))
        .isInstanceOf(MalformedDataException.class)
        .hasMessageStartingWith(file + ":offset ")
        .hasMessageContaining(message)
        .satisfies(failure -> assertThat(failure.toString().length()).isLessThan(70_000));
    assertThat(System.nanoTime() - begin).isLessThan(5_000_000_000L);
  }

  @Test
  void knowsAtLeastSixtyBadFiles() {
    assertThat(badFiles().count()).isGreaterThanOrEqualTo(60);
  }

  @Test
  void takesWhatIsUnusualButSound() throws IOException {
    List<byte[]> files =
        List.of(
            RawSafetensors.file("{}", NONE),
            RawSafetensors.file("{}   \n\t", NONE),
            RawSafetensors.file("{\"__metadata__\":{}}", NONE),
            RawSafetensors.file(RawSafetensors.one("F32", "[]", 0, 4), FOUR),
            RawSafetensors.file(RawSafetensors.one("U8", "[0,99]", 0, 0), NONE),
            RawSafetensors.file(two(2, 4, 0, 2), FOUR),
            RawSafetensors.file(two(0, 0, 0, 4), FOUR),
            RawSafetensors.file(two(4, 4, 0, 4), FOUR),
            RawSafetensors.file(
                "{\"\\ud83d\\ude00\":" + RawSafetensors.one("U8", "[4]", 0, 4).substring(5), FOUR));
    Path file = directory.resolve("sound");
    for (byte[] bytes : files) {
      Files.write(file, bytes);
      try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
        tensors.tensors().keySet().forEach(tensors::source);
      }
    }
  }

  @Test
  void countsTensors() throws IOException {
    Path file = directory.resolve("many");
    Files.write(file, RawSafetensors.file(two(0, 2, 2, 4), FOUR));
    HeaderLimits one = new HeaderLimits(1 << 20, 1, 10);
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
      assertThatThrownBy(() -> SafetensorsFile.open(channel, "many", one))
          .hasMessageContaining("there are too many tensors");
    }
  }

  @Test
  void readsALargestHeaderQuickly() throws IOException {
    StringBuilder header = new StringBuilder("{");
    int count = 0;
    while (header.length() < (16 << 20) - 120) {
      header.append(count == 0 ? "\"" : ",\"").append(Integer.toHexString(count));
      header.append("\":{\"dtype\":\"U8\",\"shape\":[0],\"data_offsets\":[0,0]}");
      count++;
    }
    Path file = directory.resolve("large");
    Files.write(file, RawSafetensors.file(header.append('}').toString(), NONE));
    try (SafetensorsFile tensors = SafetensorsFile.open(file)) {
      assertThat(tensors.tensors()).hasSize(count).hasSizeGreaterThan(250_000);
    }
  }

  @Test
  void survivesFiftyThousandMutations() throws IOException {
    Path file = directory.resolve("mutant");
    List<byte[]> seeds = new ArrayList<>();
    seeds.add(RawSafetensors.file(two(0, 2, 2, 4), FOUR));
    seeds.add(RawSafetensors.file(RawSafetensors.one("F32", "[1]", 0, 4), FOUR));
    ByteArrayOutputStream written = new ByteArrayOutputStream();
    Safetensors.write(
        List.of(
            Tensors.floats("w", new float[] {1, 2, 3, 4}, 2, 2), Tensors.bytes("b", new byte[5])),
        Map.of("k", "v"),
        written);
    seeds.add(written.toByteArray());
    Seeds.repeat(
        45_000,
        random -> {
          byte[] mutant = mutant(seeds.get(random.nextInt(seeds.size())), random);
          int end = Math.min(mutant.length, 8 + (mutant.length > 0 ? mutant[0] & 0xff : 0));
          byte[] header = Arrays.copyOfRange(mutant, Math.min(8, end), end);
          refuseOrTake(
              () -> HeaderParser.parse("mutant", HeaderLimits.STANDARD, header, mutant.length));
        });
    try (FileChannel channel =
        FileChannel.open(
            file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      Seeds.repeat(
          5_000,
          random -> {
            byte[] mutant = mutant(seeds.get(random.nextInt(seeds.size())), random);
            channel.truncate(0);
            channel.write(ByteBuffer.wrap(mutant), 0);
            refuseOrTake(() -> readEverything(SafetensorsFile.open(channel, "mutant")));
          });
    }
  }

  private static void refuseOrTake(Runnable reading) {
    try {
      reading.run();
    } catch (MalformedDataException e) {
      if (!String.valueOf(e.getMessage()).startsWith("mutant:offset ")) {
        throw new AssertionError("the message does not name the place", e);
      }
    }
  }

  private static void readEverything(SafetensorsFile tensors) {
    for (TensorInfo info : tensors.tensors().values()) {
      TensorSource source = tensors.source(info.name());
      switch (info.type()) {
        case FLOAT32, FLOAT16, BFLOAT16 -> source.allFloats();
        case INT64 -> source.allLongs();
        case INT32 -> source.allInts();
        case UINT8 -> source.allBytes();
      }
    }
  }

  private static final String[] WORDS = {
    "\"a\"",
    "\"b\"",
    "{",
    "}",
    "[",
    "]",
    ":",
    ",",
    "0",
    "1",
    "-1",
    "9223372036854775807",
    "4",
    "1e9",
    "\"U8\"",
    "\"I64\"",
    "\"F16\"",
    "\"dtype\"",
    "\"shape\"",
    "\"data_offsets\"",
    "\\u0000",
    "null"
  };

  private static byte[] mutant(byte[] seed, SplittableRandom random) {
    String text = new String(seed, StandardCharsets.ISO_8859_1);
    for (int change = random.nextInt(1, 4); change > 0; change--) {
      int begin = random.nextInt(text.length() + 1);
      int end = Math.min(text.length(), begin + random.nextInt(6));
      String middle =
          switch (random.nextInt(5)) {
            case 0 -> "";
            case 1 -> WORDS[random.nextInt(WORDS.length)];
            case 2 -> text.substring(begin, end) + text.substring(begin, end);
            case 3 -> String.valueOf((char) random.nextInt(256));
            default -> String.valueOf((char) (random.nextInt(10) + '0'));
          };
      text = text.substring(0, begin) + middle + text.substring(end);
    }
    byte[] bytes = text.getBytes(StandardCharsets.ISO_8859_1);
    boolean repairLength = bytes.length >= 8 && random.nextInt(4) > 0;
    if (repairLength) {
      int last = text.lastIndexOf('}');
      int length = Math.max(0, last - 7);
      for (int index = 0; index < 8; index++) {
        bytes[index] = index < 4 ? (byte) (length >>> (8 * index)) : 0;
      }
    }
    return bytes;
  }

  private static void add(List<Arguments> files, String message, byte[] bytes) {
    files.add(Arguments.of(message, bytes));
  }

  private static void header(List<Arguments> files, String message, String header) {
    add(files, message, RawSafetensors.file(header, NONE));
  }

  private static void data(List<Arguments> files, String message, String header) {
    add(files, message, RawSafetensors.file(header, FOUR));
  }

  private static byte[] claimed(long length) {
    return RawSafetensors.file(length, "{}", NONE);
  }

  private static byte[] latin1(String header) {
    byte[] text = header.getBytes(StandardCharsets.ISO_8859_1);
    byte[] file = RawSafetensors.file(text.length, "", text);
    return file;
  }

  private static String offsets(String list) {
    return "{\"a\":{\"dtype\":\"U8\",\"shape\":[4],\"data_offsets\":" + list + "}}";
  }

  private static String two(long begin, long end, long secondBegin, long secondEnd) {
    return twice(begin, end, secondBegin, secondEnd).replaceFirst(",\"a\"", ",\"b\"");
  }

  private static String twice(long begin, long end, long secondBegin, long secondEnd) {
    String first = RawSafetensors.one("U8", "[" + (end - begin) + "]", begin, end);
    String second =
        RawSafetensors.one("U8", "[" + (secondEnd - secondBegin) + "]", secondBegin, secondEnd);
    return first.substring(0, first.length() - 1) + "," + second.substring(1);
  }
}
