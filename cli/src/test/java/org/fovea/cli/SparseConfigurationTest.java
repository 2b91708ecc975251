package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;

/// Sparse networks from YAML to predictions.
class SparseConfigurationTest {

  private static final int COLUMNS = 60;
  private static final int SIDE = 8;

  @TempDir private Path folder;

  /// Rows of noise in which the first four columns together tell the class.
  private Path table(String name, int count, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    StringBuilder text = new StringBuilder("class");
    for (int c = 0; c < COLUMNS; c++) {
      text.append(",gene ").append(c);
    }
    for (int i = 0; i < count; i++) {
      int kind = random.nextInt(2);
      text.append(kind == 0 ? "\nsick" : "\nwell");
      for (int c = 0; c < COLUMNS; c++) {
        double shift = c < 4 ? 3.0 * kind : 0;
        text.append(',').append((float) (100 + 10 * (random.nextGaussian() + shift)));
      }
    }
    return Files.writeString(folder.resolve(name), text.append('\n'));
  }

  /// Images of noise with a bright half.
  private Path images(String name, int count, long seed) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    ByteBuffer pixels = ByteBuffer.allocate(16 + count * SIDE * SIDE);
    pixels.putInt(0x803).putInt(count).putInt(SIDE).putInt(SIDE);
    ByteBuffer labels = ByteBuffer.allocate(8 + count).putInt(0x801).putInt(count);
    for (int i = 0; i < count; i++) {
      int label = random.nextInt(2);
      labels.put((byte) label);
      for (int at = 0; at < SIDE * SIDE; at++) {
        boolean bright = (at < SIDE * SIDE / 2) == (label == 0);
        pixels.put((byte) (random.nextInt(128) + (bright ? 100 : 0)));
      }
    }
    Files.write(folder.resolve(name + "-labels-idx1-ubyte"), labels.array());
    return Files.write(folder.resolve(name + "-images-idx3-ubyte"), pixels.array());
  }

  private Path configuration(String weighting, String topology, String evolution)
      throws IOException {
    String layer =
        "    - sparse: {neurons: %d, activation: relu, spread: 1, dropout: 0, topology: %s,"
            + " evolution: %s}\n";
    return Files.writeString(
        folder.resolve("c.yaml"),
        "network:\n  input: {weighting: "
            + weighting
            + ", dropout: 0}\n  hidden:\n"
            + layer.formatted(50, topology, evolution)
            + layer.formatted(40, topology, evolution)
            + "  output: {loss: softmax, selection: all, sparse: {topology: full, evolution:"
            + " static}}\n"
            + "training:\n  epochs: 20\n  batch: 8\n  optimizer: adam\n"
            + "  schedule: {linear: {peak: 0.003, warmup: 0, floor: 0}}\nthreads: 1\n");
  }

  @ParameterizedTest
  @CsvSource({
    "{uniform: {density: 0.2}}, set, false, 600, 400",
    "{erdos-renyi: {epsilon: 5}}, continuous, false, 550, 450",
    "{overall: {density: 0.2}}, rigl, true, 0, 0",
    "{fan-in: {count: 12}}, set-itop, true, 600, 480",
    "{uniform: {density: 0.2}}, rigl-itop, false, 600, 400",
    "{uniform: {density: 0.2}}, static, true, 640, 400"
  })
  void trainsMeasuresAndPredictsWithTheConnectionsThatItWasTold(
      String topology, String evolution, boolean images, long first, long second)
      throws IOException {
    Path train = images ? images("train", 200, 1) : table("train.csv", 200, 1);
    Path test = images ? images("t10k", 100, 2) : table("test.csv", 100, 2);
    Path model = folder.resolve("model");
    Path configuration = configuration(images ? "none" : "standard", topology, evolution);
    Ran ran =
        Ran.fovea(
            "train", configuration, "--train", train, "--test", test, "--model", model, "--json");
    assertThat(ran.status()).as(ran.err()).isZero();
    double accuracy = ran.json().path("test").path("accuracy").asDouble();
    assertThat(accuracy).isGreaterThan(0.9);
    assertThat(
            Ran.fovea("evaluate", model, "--data", test, "--json")
                .json()
                .path("accuracy")
                .asDouble())
        .isEqualTo(accuracy);
    assertThat(Ran.fovea("predict", model, "--data", test, "--top", 1).lines()).hasSize(100);
    JsonNode layers = Ran.fovea("inspect", model, "--json").json().path("layers");
    int inputs = images ? SIDE * SIDE : COLUMNS;
    long one = layers.path(0).path("parameters").asLong() - 50;
    long two = layers.path(1).path("parameters").asLong() - 40;
    if (first > 0) {
      assertThat(one).isEqualTo(first);
      assertThat(two).isEqualTo(second);
    } else {
      long all = one + two + 80;
      assertThat((double) all / (inputs * 50 + 50 * 40 + 80)).isBetween(0.19, 0.21);
    }
  }

  @Test
  void leavesTheSameModelWhenItIsStoppedAndResumed() throws IOException {
    Path train = table("train.csv", 120, 3);
    Path configuration = configuration("standard", "{uniform: {density: 0.2}}", "set");
    Path whole = folder.resolve("whole");
    Path parts = folder.resolve("parts");
    Object[] common = {"--deterministic", "--checkpoint-every", 25, "--seed", 4, "--quiet"};
    assertThat(train(configuration, train, whole, common).status()).isZero();
    assertThat(train(configuration, train, parts, common).status()).isZero();
    // as if it had been killed before the model was written
    Files.delete(parts.resolve("model.json"));
    Ran resumed = train(configuration, train, parts, "--resume", "--threads", 2, "--quiet");
    assertThat(resumed.status()).as(resumed.err()).isZero();
    assertThat(weights(parts)).isEqualTo(weights(whole));
  }

  @Test
  void trainsByReplicasToTheSameModelForAnyNumberOfThreads() throws IOException {
    Path train = table("train.csv", 200, 1);
    Path test = table("test.csv", 100, 2);
    Path configuration = configuration("standard", "{uniform: {density: 0.2}}", "set");
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Ran ran =
        train(
            configuration,
            train,
            one,
            "--test",
            test,
            "--replicas",
            3,
            "--deterministic",
            "--threads",
            1);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains("training.replicas: {\"count\":3,\"shared\":0.7}", "epoch 20/20");
    double accuracy =
        Ran.fovea("evaluate", one, "--data", test, "--json").json().path("accuracy").asDouble();
    assertThat(accuracy).isGreaterThan(0.9);
    // the same from a file
    String text = Files.readString(configuration).replace("threads: 1", "threads: 3");
    Files.writeString(
        configuration,
        text.replace("  batch: 8", "  batch: 8\n  deterministic: true\n  replicas: {count: 3}"));
    assertThat(train(configuration, train, two, "--quiet").status()).isZero();
    assertThat(weights(two)).isEqualTo(weights(one));
  }

  @Test
  void tellsWhatReplicasCannotTrain() throws IOException {
    Path data = table("train.csv", 40, 6);
    Path configuration = configuration("standard", "{uniform: {density: 0.5}}", "set");
    for (String[] wrong :
        List.of(
            new String[] {"--replicas=41", "40 examples cannot be split among 41 replicas"},
            new String[] {"--replicas=0", "count must be 1 to 1024, not 0"})) {
      Ran ran = train(configuration, data, folder.resolve("model"), wrong[0], "--overwrite");
      assertThat(ran.status()).isNotZero();
      assertThat(ran.err().lines().toList().getLast()).contains(wrong[1]);
    }
    Ran dense =
        Ran.fovea("train", "--train", data, "--model", folder.resolve("model"), "--replicas", 2);
    assertThat(dense.status()).isEqualTo(1);
    assertThat(dense.err().lines().toList().getLast()).contains("no layer here is sparse");
  }

  private static byte[] weights(Path model) throws IOException {
    try (Stream<Path> files = Files.list(model)) {
      Path weights =
          files
              .filter(file -> file.getFileName().toString().startsWith("weights"))
              .max(Path::compareTo)
              .orElseThrow();
      return Files.readAllBytes(weights);
    }
  }

  private static Ran train(Path configuration, Path data, Path model, Object... more) {
    Object[] head = {"train", configuration, "--train", data, "--model", model};
    return Ran.fovea(Stream.concat(Stream.of(head), Stream.of(more)).toArray());
  }

  static List<Path> configurations() {
    try (Stream<Path> files = Files.list(Path.of("..", "configs"))) {
      return files.filter(file -> file.toString().endsWith(".yaml")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @ParameterizedTest
  @MethodSource("configurations")
  void understandsEveryConfigurationThatComesWithIt(Path configuration) throws IOException {
    Path data = table("train.csv", 40, 5);
    Ran ran = Ran.fovea("train", configuration, "--train", data, "--dry-run", "--json");
    assertThat(ran.status()).as(ran.err()).isZero();
  }

  @Test
  void takesWidthsForSparseLayersToo() throws IOException {
    Path data = table("train.csv", 40, 6);
    Path configuration = configuration("standard", "{uniform: {density: 0.5}}", "set");
    Ran ran =
        Ran.fovea(
            "train", configuration, "--train", data, "--hidden", "7,9", "--dry-run", "--quiet");
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("neurons: 7", "neurons: 9").doesNotContain("neurons: 50");
  }

  @Test
  void namesTheKeyOfASparseLayerThatIsWrong() throws IOException {
    Path data = table("train.csv", 40, 7);
    for (String[] wrong :
        List.of(
            new String[] {"{uniform: {density: 2}}", "set", "density"},
            new String[] {"{uniform: {density: 0.2}}", "sett", "evolution"},
            new String[] {"{erdos: {epsilon: 2}}", "set", "topology"})) {
      Path configuration = configuration("standard", wrong[0], wrong[1]);
      Ran ran = Ran.fovea("train", configuration, "--train", data, "--dry-run");
      assertThat(ran.status()).as(ran.err()).isEqualTo(1);
      String last = ran.err().lines().toList().getLast();
      assertThat(last).startsWith("fovea: " + configuration).contains(wrong[2]);
    }
  }

  @Test
  void warnsWhereThereAreFewerPlacesThanConnections() throws IOException {
    Path data = table("train.csv", 40, 7);
    for (String topology : List.of("{erdos-renyi: {epsilon: 90}}", "{fan-in: {count: 70}}")) {
      Path configuration = configuration("standard", topology, "set");
      Ran ran = Ran.fovea("train", configuration, "--train", data, "--dry-run");
      assertThat(ran.status()).as(ran.err()).isZero();
      assertThat(ran.err())
          .contains("has 60 inputs and 50 neurons: all 3,000 places are connected")
          .contains("hidden layer 2 was to have");
    }
  }

  @Test
  void tellsWhichColumnsMatter() throws IOException {
    Object[] size = {"--rows", 120, "--columns", 300, "--informative", 10, "--effect", 3};
    Ran made =
        Ran.fovea(
            Stream.concat(Stream.of("data", "make", "table", "--out", folder), Stream.of(size))
                .toArray());
    assertThat(made.status()).as(made.err()).isZero();
    Path configuration = configuration("standard", "{uniform: {density: 0.2}}", "set");
    Path model = folder.resolve("model");
    Ran ran = train(configuration, folder.resolve("table-train.csv"), model, "--quiet");
    assertThat(ran.status()).as(ran.err()).isZero();
    Ran json = Ran.fovea("inspect", model, "--json", "--top", 10);
    assertThat(json.status()).as(json.err()).isZero();
    long markers = 0;
    for (JsonNode input : json.json().path("inputs")) {
      markers += input.path("name").asString().startsWith("marker-") ? 1 : 0;
    }
    assertThat(markers).isGreaterThanOrEqualTo(8);
    for (JsonNode layer : json.json().path("sparse-layers")) {
      double connections = layer.path("connections").asDouble();
      double incoming = layer.path("connections-of-a-neuron").path("mean").asDouble();
      double outgoing = layer.path("connections-of-an-input").path("mean").asDouble();
      assertThat(incoming * layer.path("neurons").asInt()).isCloseTo(connections, within(1e-6));
      assertThat(outgoing * layer.path("inputs").asInt()).isCloseTo(connections, within(1e-6));
    }
    assertThat(json.json().path("sparse-layers")).hasSize(3);
    // the first layer moved connections, the output layer did not
    assertThat(json.json().at("/sparse-layers/0/ever-connected-share").asDouble())
        .isGreaterThan(json.json().at("/sparse-layers/0/density").asDouble());
    assertThat(json.json().at("/sparse-layers/2/ever-connected-share").asDouble()).isEqualTo(1);
    assertThat(json.json().path("input-history")).hasSize(5);
    assertThat(json.json().at("/inputs/0/connections")).hasSize(5);
    Path page = folder.resolve("report.html");
    Ran text = Ran.fovea("inspect", model, "--html", page);
    assertThat(text.out())
        .contains(
            "hidden 1: 3,000 connections, 20.0 % of 300 x 50 places", "connections of a neuron")
        .contains("marker-");
    assertThat(Files.readString(page))
        .contains("marker-", "connections of an input of hidden 1")
        .doesNotContain("strength of each pixel");
  }

  @Test
  void drawsWhichPixelsMatter() throws IOException {
    Path configuration = configuration("none", "{uniform: {density: 0.2}}", "set");
    Path model = folder.resolve("model");
    assertThat(train(configuration, images("train", 100, 1), model).status()).isZero();
    Path page = folder.resolve("report.html");
    assertThat(Ran.fovea("inspect", model, "--html", page).status()).isZero();
    assertThat(Files.readString(page))
        .contains("<img alt=\"strength of each pixel\" src=\"data:image/png;base64,")
        .contains("connections of each pixel at the start", "after 16 epochs", "pixel now");
  }
}
