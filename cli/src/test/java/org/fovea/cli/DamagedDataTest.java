package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Damaged data of every kind, given to the command that trains and to those that read data with a
/// model: exit status 1, one line with the place, and nothing left behind.
class DamagedDataTest {

  private static final int EXAMPLES = 12;
  private static final int SIDE = 4;

  @TempDir private static Path shared;
  private static Path textModel = Path.of("");
  private static Path imageModel = Path.of("");

  @TempDir private Path folder;

  /// A damaged file.
  ///
  /// @param file its name
  /// @param labels of images; empty for text
  private record Damage(String what, String file, byte[] content, byte[] labels) {

    static Damage text(String what, String content) {
      return packed(what, "data.txt", content.getBytes(StandardCharsets.UTF_8));
    }

    static Damage packed(String what, String file, byte[] content) {
      return new Damage(what, file, content, new byte[0]);
    }

    boolean isImages() {
      return file.contains("images");
    }
  }

  @BeforeAll
  static void train() throws IOException {
    textModel = shared.resolve("text-model");
    imageModel = shared.resolve("image-model");
    Path text = Files.writeString(shared.resolve("text"), goodText());
    Path images = Files.write(shared.resolve("images"), images(EXAMPLES, SIDE, SIDE));
    Path labels = Files.write(shared.resolve("labels"), labels(EXAMPLES));
    train("--train", text, "--model", textModel);
    train("--train", images, "--labels", labels, "--model", imageModel);
  }

  private static void train(Object... arguments) {
    List<Object> all =
        new ArrayList<>(List.of("train", "--epochs", 1, "--threads", 1, "--hidden", 4));
    all.addAll(Arrays.asList(arguments));
    Ran ran = Ran.fovea(all.toArray());
    assertThat(ran.status()).as(ran.err()).isZero();
  }

  private static String goodText() {
    StringBuilder text = new StringBuilder(EXAMPLES + " 9 3\n");
    for (int e = 0; e < EXAMPLES; e++) {
      text.append("%d,2 %d:0.5 8:%d\n".formatted(e % 2, e % 8, e + 1));
    }
    return text.toString();
  }

  private static byte[] gzip(byte[] content) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream packed = new GZIPOutputStream(bytes)) {
      packed.write(content);
    }
    return bytes.toByteArray();
  }

  private static byte[] header(int magic, int... dimensions) {
    ByteBuffer bytes = ByteBuffer.allocate(4 + 4 * dimensions.length).putInt(magic);
    for (int dimension : dimensions) {
      bytes.putInt(dimension);
    }
    return bytes.array();
  }

  private static byte[] joined(byte[] head, byte[] tail) {
    byte[] all = Arrays.copyOf(head, head.length + tail.length);
    System.arraycopy(tail, 0, all, head.length, tail.length);
    return all;
  }

  private static byte[] images(int count, int rows, int columns) {
    byte[] pixels = new byte[EXAMPLES * SIDE * SIDE];
    for (int i = 0; i < pixels.length; i++) {
      pixels[i] = (byte) (i * 31);
    }
    return joined(header(0x803, count, rows, columns), pixels);
  }

  private static byte[] labels(int count) {
    byte[] labels = new byte[EXAMPLES];
    for (int i = 0; i < EXAMPLES; i++) {
      labels[i] = (byte) (i % 3);
    }
    return joined(header(0x801, count), labels);
  }

  private static byte[] flipped(byte[] content, int at) {
    byte[] changed = content.clone();
    changed[at] ^= 0x10;
    return changed;
  }

  private static List<Damage> cutAndFlipped() throws IOException {
    List<Damage> all = new ArrayList<>();
    String text = goodText();
    int lastLine = text.lastIndexOf('\n', text.length() - 2);
    for (int i = 0; i < 10; i++) {
      int end = i * lastLine / 10;
      all.add(Damage.text("text cut to %d bytes".formatted(end), text.substring(0, end)));
    }
    byte[] packed = gzip(text.getBytes(StandardCharsets.UTF_8));
    for (int i = 1; i <= 10; i++) {
      int end = i == 10 ? packed.length - 1 : i * packed.length / 10;
      byte[] cut = Arrays.copyOf(packed, end);
      all.add(Damage.packed("gzip cut to %d bytes".formatted(end), "data.txt.gz", cut));
    }
    for (int i = 1; i <= 6; i++) {
      int at = 10 + i * (packed.length - 11) / 6;
      all.add(Damage.packed("gzip flipped at " + at, "data.txt.gz", flipped(packed, at)));
    }
    byte[] images = images(EXAMPLES, SIDE, SIDE);
    byte[] labels = labels(EXAMPLES);
    for (int end : new int[] {2, 4, 8, 12, 15, 16, 17, images.length / 2, images.length - 1}) {
      all.add(images("images cut to " + end, Arrays.copyOf(images, end), labels));
    }
    for (int end : new int[] {0, 3, 4, 7, 8, labels.length - 1}) {
      all.add(images("labels cut to " + end, images, Arrays.copyOf(labels, end)));
    }
    byte[] packedImages = gzip(images);
    for (int i = 1; i <= 4; i++) {
      byte[] cut = Arrays.copyOf(packedImages, i * packedImages.length / 5);
      all.add(new Damage("packed images cut to " + cut.length, "data-images.gz", cut, labels));
    }
    return all;
  }

  private static Damage images(String what, byte[] images, byte[] labels) {
    return new Damage(what, "data-images", images, labels);
  }

  private static List<Damage> lying() throws IOException {
    byte[] images = images(EXAMPLES, SIDE, SIDE);
    byte[] labels = labels(EXAMPLES);
    byte[] blanks = new byte[30 << 20];
    Arrays.fill(blanks, (byte) ' ');
    byte[] bomb = gzip(joined("1 9 3\n0 0:1".getBytes(StandardCharsets.UTF_8), blanks));
    return List.of(
        Damage.packed("a gzip bomb", "data.txt.gz", bomb),
        Damage.packed("no gzip", "data.txt.gz", new byte[] {0x1f, (byte) 0x8b, 1, 2, 3}),
        Damage.packed("gzip of nothing", "data.txt.gz", gzip(new byte[0])),
        Damage.packed(
            "rubbish behind gzip",
            "data.txt.gz",
            joined(gzip(goodText().getBytes(StandardCharsets.UTF_8)), new byte[] {1, 2, 3})),
        images("more images than there are", images(EXAMPLES + 1, SIDE, SIDE), labels),
        images("fewer images than there are", images(EXAMPLES - 1, SIDE, SIDE), labels),
        images("images that are larger", images(EXAMPLES, SIDE + 1, SIDE), labels),
        images("images that are enormous", images(EXAMPLES, 1 << 30, 1 << 30), labels),
        images("a negative number of images", images(-EXAMPLES, SIDE, SIDE), labels),
        images("images without pixels", images(EXAMPLES, 0, SIDE), labels),
        images("labels for images", labels, labels),
        images("images for labels", images, images),
        images("more labels than images", images, labels(EXAMPLES + 1)),
        images("bytes behind the images", joined(images, new byte[1]), labels),
        images("bytes behind the labels", images, joined(labels, new byte[1])),
        images("images of floats", flipped(images, 2), labels),
        images("images of two dimensions", flipped(images, 3), labels),
        images("labels of text", images, "zero\none\n".getBytes(StandardCharsets.UTF_8)));
  }

  private static List<Damage> wrongText() {
    String rest = "1 1:1\n";
    return List.of(
        Damage.text("nothing", ""),
        Damage.text("only a header", "12 9 3\n"),
        Damage.text("only a header of nothing", "0 0 0\n"),
        Damage.text("a header of two counts", "1 9\n" + rest),
        Damage.text("a header of four counts", "1 9 3 4\n" + rest),
        Damage.text("a negative count", "-1 9 3\n" + rest),
        Damage.text("a count beyond every number", "99999999999999999999 9 3\n" + rest),
        Damage.text("features beyond an int", "1 4294967296 3\n" + rest),
        Damage.text("fewer examples than announced", "2 9 3\n" + rest),
        Damage.text("more examples than announced", "1 9 3\n" + rest + rest),
        Damage.text("words", "the quick brown fox\njumps over the lazy dog\n"),
        Damage.text("a ragged table", "label,width,height\na,1.0,2.0\nb,1.0\n"),
        Damage.text("text in a table", "label,width,height\na,1.0,2.0\nb,1.0,wide\nb,2.0,3.0\n"),
        Damage.text("JSON", "{\"label\": 0, \"features\": [1, 2]}\n"),
        Damage.text("a negative feature", "1 9 3\n1 -1:1\n"),
        Damage.text("a negative label", "1 9 3\n-1 1:1\n"),
        Damage.text("a feature beyond the header", "1 9 3\n1 9:1\n"),
        Damage.text("a label beyond the header", "1 9 3\n3 1:1\n"),
        Damage.text("a feature beyond an int", "1 9 3\n1 2147483648:1\n"),
        Damage.text("a feature twice", "1 9 3\n1 1:1 1:1\n"),
        Damage.text("a label twice", "1 9 3\n1,1 1:1\n"),
        Damage.text("a value that is not a number", "1 9 3\n1 1:nan\n"),
        Damage.text("an infinite value", "1 9 3\n1 1:inf\n"),
        Damage.text("a value beyond a float", "1 9 3\n1 1:1e39\n"),
        Damage.text("a value that is a word", "1 9 3\n1 1:one\n"),
        Damage.text("a decimal comma", "1 9 3\n1 1:0,5\n"),
        Damage.text("a feature without a value", "1 9 3\n1 1:\n"),
        Damage.text("a feature without a colon", "1 9 3\n1 1 2:1\n"),
        Damage.text("a colon without a feature", "1 9 3\n1 :1\n"),
        Damage.text("labels with a hole", "1 9 3\n1,,2 1:1\n"),
        Damage.text("a label with a point", "1 9 3\n1.5 1:1\n"),
        Damage.text("bytes of zero", "1 9 3\n1 1:1\0\0\n"),
        Damage.text("a terminal's commands", "1 9 3\n1 1:\u001b[2J\n"),
        Damage.text("libsvm with a bad line", "0 1:1\n1 2:x\n"),
        Damage.text("libsvm with a negative feature", "0 1:1\n1 -2:1\n"),
        Damage.text("libsvm of labels alone", "0\n1\n"));
  }

  @TestFactory
  Stream<DynamicTest> endsWithOneLineThatNamesThePlace() throws IOException {
    List<Damage> all = new ArrayList<>(wrongText());
    all.addAll(lying());
    all.addAll(cutAndFlipped());
    assertThat(all).hasSizeGreaterThan(60);
    return all.stream().map(damage -> dynamicTest(damage.what(), () -> check(damage)));
  }

  private void check(Damage damage) throws IOException {
    Path place = Files.createTempDirectory(folder, "case");
    Path data = Files.write(place.resolve(damage.file()), damage.content());
    List<Object> labels = new ArrayList<>();
    if (damage.isImages()) {
      labels.add("--labels");
      labels.add(Files.write(place.resolve("labels"), damage.labels()));
    }
    List<String> before = names(place);
    List<List<Object>> commands = new ArrayList<>();
    commands.add(
        List.of("train", "--train", data, "--model", place.resolve("model"), "--threads", 1));
    Path model = damage.isImages() ? imageModel : textModel;
    String reader = damage.what().length() % 2 == 0 ? "evaluate" : "predict";
    commands.add(List.of(reader, model, "--data", data, "--threads", 1));
    for (List<Object> command : commands) {
      List<Object> arguments = new ArrayList<>(command);
      arguments.addAll(labels);
      Ran ran = Ran.fovea(arguments.toArray());
      assertThat(ran.status())
          .as("%s: %s%s", command.getFirst(), ran.err(), ran.out())
          .isEqualTo(1);
      assertThat(ran.err())
          .as("%s", command.getFirst())
          .hasLineCount(1)
          .startsWith("fovea: " + place)
          .matches("fovea: [^:]+(:[0-9]+:[0-9]+|:offset [0-9]+)?: .+\\n")
          .doesNotContain("internal error", "Exception", "\u001b");
      assertThat(names(place)).isEqualTo(before);
    }
  }

  private static List<String> names(Path place) throws IOException {
    try (Stream<Path> files = Files.list(place)) {
      return files.map(path -> path.getFileName().toString()).sorted().toList();
    }
  }
}
