package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.fovea.data.Names;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/// Damaged models of every kind, given to the commands that read models: exit status 1, one line
/// with the place, and the directory left as it was.
class DamagedModelTest {

  private static final String MANIFEST = "model.json";

  private static final List<String> FILES =
      List.of(MANIFEST, "weights.safetensors", "labels.safetensors", "names.txt");

  @TempDir private static Path shared;
  private static Path good = Path.of("");
  private static Path foreign = Path.of("");
  private static Path data = Path.of("");

  @TempDir private Path folder;

  private record Damage(String what, Deed deed) {}

  /// Damages a model.
  private interface Deed {
    void in(Path model) throws IOException;
  }

  @BeforeAll
  static void train() throws IOException {
    Ran.Files made = Ran.data(shared);
    data = made.test();
    good = train(made.train(), "good", 1);
    foreign = train(made.test(), "foreign", 2);
    assertThat(Ran.fovea("inspect", good).status()).isZero();
  }

  private static Path train(Path data, String name, int seed) throws IOException {
    Path names = shared.resolve(name + "-names.txt");
    new Names(List.of("first label of " + name, "second"), List.of()).write(names);
    Path model = shared.resolve(name);
    Ran ran =
        Ran.fovea(
            "train",
            "--train",
            data,
            "--model",
            model,
            "--names",
            names,
            "--hidden",
            8,
            "--epochs",
            1,
            "--threads",
            1,
            "--seed",
            seed);
    assertThat(ran.status()).as(ran.err()).isZero();
    return model;
  }

  private static Damage change(String file, String how, UnaryOperator<byte[]> change) {
    return new Damage(
        "%s %s".formatted(file, how),
        model -> {
          Path path = model.resolve(file);
          Files.write(path, change.apply(Files.readAllBytes(path)));
        });
  }

  private static List<Damage> ofFiles() {
    List<Damage> all = new ArrayList<>();
    for (String file : FILES) {
      all.add(change(file, "emptied", _ -> new byte[0]));
      all.add(change(file, "cut in the middle", b -> Arrays.copyOf(b, b.length / 2)));
      all.add(change(file, "cut by a byte", b -> Arrays.copyOf(b, b.length - 1)));
      all.add(change(file, "with a byte more", b -> Arrays.copyOf(b, b.length + 1)));
      all.add(change(file, "of zeros", b -> new byte[b.length]));
      for (int part = 0; part < 6; part++) {
        int sixth = part;
        all.add(
            change(
                file,
                "flipped in part " + part,
                b -> {
                  b[sixth * (b.length - 1) / 5] ^= 1;
                  return b;
                }));
      }
      all.add(new Damage(file + " missing", model -> Files.delete(model.resolve(file))));
      all.add(
          new Damage(
              file + " of another model",
              model ->
                  Files.copy(
                      foreign.resolve(file),
                      model.resolve(file),
                      StandardCopyOption.REPLACE_EXISTING)));
      all.add(
          new Damage(
              file + " is a directory",
              model -> {
                Files.delete(model.resolve(file));
                Files.createDirectory(model.resolve(file));
              }));
      all.add(
          new Damage(
              file + " is a link",
              model -> {
                Files.delete(model.resolve(file));
                Files.copy(good.resolve(file), model.resolve("aside"));
                Files.createSymbolicLink(model.resolve(file), Path.of("aside"));
              }));
    }
    for (int i = 0; i < FILES.size(); i++) {
      String one = FILES.get(i);
      String other = FILES.get((i + 1) % FILES.size());
      all.add(
          new Damage(
              one + " and " + other + " swapped",
              model -> {
                Path aside = model.resolve("aside");
                Files.move(model.resolve(one), aside);
                Files.move(model.resolve(other), model.resolve(one));
                Files.move(aside, model.resolve(other));
              }));
    }
    return all;
  }

  /// A change to the text of the manifest, whose digest is right again.
  private static Damage lie(String what, String from, String to) {
    return change(
        MANIFEST,
        "with " + what,
        bytes -> {
          String text = new String(bytes, StandardCharsets.UTF_8);
          String body = text.substring(0, text.lastIndexOf(",\n  \"sha256\""));
          String changed = body.replaceFirst(from, to);
          if (changed.equals(body)) {
            throw new AssertionError(from + " is not in " + body);
          }
          return sealed(changed);
        });
  }

  /// Changes the manifest of a model and seals it again.
  static void rewrite(Path model, UnaryOperator<String> change) throws IOException {
    Path manifest = model.resolve(MANIFEST);
    String text = Files.readString(manifest);
    Files.write(
        manifest, sealed(change.apply(text.substring(0, text.lastIndexOf(",\n  \"sha256\"")))));
  }

  private static byte[] sealed(String body) {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    return (body + ",\n  \"sha256\": \"" + digest(bytes) + "\"\n}\n")
        .getBytes(StandardCharsets.UTF_8);
  }

  private static String digest(byte[] bytes) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Damage> ofTheManifest() {
    return List.of(
        lie("another format", "fovea-model", "onnx"),
        lie("a newer version", "\"formatVersion\": 1", "\"formatVersion\": 2"),
        lie("a version that is a text", "\"formatVersion\": 1", "\"formatVersion\": \"1\""),
        lie("a file that leads elsewhere", "\"file\": \"weights", "\"file\": \"../weights"),
        lie("an absolute file", "\"file\": \"weights", "\"file\": \"/etc/weights"),
        lie("a file that is not there", "\"file\": \"weights", "\"file\": \"other"),
        lie("a negative length", "\"length\": ", "\"length\": -"),
        lie("a greater length", "\"length\": ", "\"length\": 9"),
        lie("a digest that is none", "\"sha256\": \"..", "\"sha256\": \"zz"),
        lie("other checksums", "\"crc32c\": \\[ \"", "\"crc32c\": [ \"0"),
        lie("more labels", "\"labels\": 4", "\"labels\": 5"),
        lie("more features", "\"features\": 3", "\"features\": 4"),
        lie("no labels", "\"labels\": 40", "\"labels\": 0"),
        lie("labels that are a word", "\"labels\": 40", "\"labels\": \"many\""),
        lie("wider layers", "\"neurons\": 8", "\"neurons\": 9"),
        lie("layers beyond memory", "\"neurons\": 8", "\"neurons\": 2147483647"),
        lie("features beyond memory", "\"features\": 300", "\"features\": 2147483647"),
        lie("an unknown activation", "\"tanh\"|\"relu\"", "\"sine\""),
        lie("an unknown key", "\"neurons\"", "\"neuron\""),
        lie("an unknown loss", "\"loss\"", "\"lost\""),
        lie("no network", "\"network\"", "\"netwerk\""),
        lie("no training", "\"training\"", "\"traning\""),
        lie("no data", "\"data\"", "\"date\""),
        lie("no measures", "\"measures\"", "\"measured\""),
        lie("data of an unknown format", "\"format\": \"xc\"", "\"format\": \"png\""),
        lie("features that are numbered from 7", "\"digest\"", "\"index-base\": 7, \"digest\""),
        lie("a key twice", "\"blockBytes\"", "\"format\": \"fovea-model\", \"blockBytes\""),
        lie("deep nesting", "\"epochs\": 1", "\"epochs\": " + "[".repeat(99) + "]".repeat(99)),
        change(MANIFEST, "that is a list", _ -> sealed("[ 1")),
        change(MANIFEST, "that is text", _ -> "a model".getBytes(StandardCharsets.UTF_8)),
        new Damage(
            "a file with a second name",
            model -> Files.createLink(model.resolve("second"), model.resolve(FILES.get(1)))));
  }

  @TestFactory
  Stream<DynamicTest> endsWithOneLineThatNamesThePlace() {
    List<Damage> all = new ArrayList<>(ofFiles());
    all.addAll(ofTheManifest());
    assertThat(all).hasSizeGreaterThan(60);
    return all.stream()
        .map(damage -> dynamicTest(damage.what(), () -> check(damage, all.indexOf(damage))));
  }

  private void check(Damage damage, int number) throws IOException {
    Path model = Files.createDirectory(folder.resolve("model" + number));
    for (String file : FILES) {
      Files.copy(good.resolve(file), model.resolve(file));
    }
    damage.deed().in(model);
    List<String> before = state(model);
    Ran ran =
        switch (number % 3) {
          case 0 -> Ran.fovea("evaluate", model, "--data", data, "--threads", 1);
          case 1 -> Ran.fovea("predict", model, "--data", data, "--threads", 1);
          default -> Ran.fovea("inspect", model);
        };
    assertThat(ran.status()).as("%s%s", ran.err(), ran.out()).isEqualTo(1);
    assertThat(ran.err())
        .hasLineCount(1)
        .startsWith("fovea: " + model)
        .matches("fovea: [^:]+(:[0-9]+:[0-9]+|:offset [0-9]+)?: .+\\n")
        .doesNotContain("internal error", "Exception");
    assertThat(ran.out()).isEmpty();
    assertThat(state(model)).isEqualTo(before);
  }

  /// Names and contents of what is in a directory.
  private static List<String> state(Path model) throws IOException {
    List<String> state = new ArrayList<>();
    try (Stream<Path> files = Files.list(model)) {
      for (Path file : files.sorted().toList()) {
        String content = Files.isRegularFile(file) ? digest(Files.readAllBytes(file)) : "";
        state.add(file.getFileName() + " " + content);
      }
    }
    return state;
  }
}
