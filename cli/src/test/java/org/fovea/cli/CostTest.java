package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.fovea.model.json.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// What `inspect` says that an example costs, against what training counted.
///
/// The first layer makes each product twice, forward and for the gradient of its weights, the
/// others a third time for the layer below.
class CostTest {

  private static final int ROWS = 240;
  private static final int FEATURES = 635;
  private static final int LABELS = 60;

  @TempDir private Path folder;

  private enum Data {
    SPARSE,
    TABLE,
    IMAGES
  }

  /// Rows of exactly so many features; one label each, the first ones more often.
  private Path libsvm(int perRow) throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder text = new StringBuilder("%d %d %d\n".formatted(ROWS, FEATURES, LABELS));
    for (int row = 0; row < ROWS; row++) {
      text.append((int) (LABELS * Math.pow(random.nextDouble(), 2)));
      TreeSet<Integer> features = new TreeSet<>();
      while (features.size() < perRow) {
        features.add(random.nextInt(FEATURES));
      }
      features.forEach(feature -> text.append(' ').append(feature).append(":0.5"));
      text.append('\n');
    }
    return Files.writeString(folder.resolve("rows.txt"), text);
  }

  private Path table() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    StringBuilder text = new StringBuilder("label");
    for (int column = 0; column < 30; column++) {
      text.append(",c").append(column);
    }
    for (int row = 0; row < ROWS; row++) {
      text.append(row % 3 == 0 ? "\nyes" : "\nno");
      for (int column = 0; column < 30; column++) {
        text.append(',').append((float) random.nextGaussian());
      }
    }
    return Files.writeString(folder.resolve("table.csv"), text.append('\n'));
  }

  /// Images of which about half the pixels are black.
  private Path images() throws IOException {
    SplittableRandom random = new SplittableRandom(7);
    byte[] pixels = new byte[16 + ROWS * 64];
    ByteBuffer.wrap(pixels).putInt(0x803).putInt(ROWS).putInt(8).putInt(8);
    for (int i = 16; i < pixels.length; i++) {
      pixels[i] = (byte) (random.nextBoolean() ? 0 : 1 + random.nextInt(255));
    }
    byte[] labels = new byte[8 + ROWS];
    ByteBuffer.wrap(labels).putInt(0x801).putInt(ROWS);
    for (int i = 8; i < labels.length; i++) {
      labels[i] = (byte) random.nextInt(4);
    }
    Files.write(folder.resolve("t-labels-idx1-ubyte"), labels);
    return Files.write(folder.resolve("t-images-idx3-ubyte"), pixels);
  }

  private Path data(Data data) throws IOException {
    return switch (data) {
      case SPARSE -> libsvm(20);
      case TABLE -> table();
      case IMAGES -> images();
    };
  }

  /// Trains for an epoch and inspects what came of it.
  private Told train(Path data, String network) throws IOException {
    String training =
        "\ntraining: {balancing: none, batch: 24, epochs: 1, schedule: {constant: {peak: 1.0e-4}}}";
    Path file =
        Files.writeString(folder.resolve("c.yaml"), "network: {" + network + "}" + training);
    Path model = folder.resolve("model");
    Ran ran = Ran.fovea("train", file, "--train", data, "--model", model, "--threads", 1);
    assertThat(ran.status()).as(ran.err()).isZero();
    ObjectNode counted = Json.object();
    for (String line : Files.readAllLines(model.resolve("log.jsonl"))) {
      if (line.contains("dense-multiply-adds")) {
        counted = Json.parseObject(line.getBytes(StandardCharsets.UTF_8), "log");
      }
    }
    return new Told(counted, Ran.fovea("inspect", model, "--json").json(), model);
  }

  private record Told(ObjectNode counted, ObjectNode inspected, Path model) {

    double counted(String name) {
      return counted.path(name).asDouble() / ROWS;
    }

    /// What training should have counted for an example.
    double expected(String name) {
      double sum = 0;
      boolean first = true;
      for (JsonNode layer : inspected.path("layers")) {
        sum += (first ? 2 : 3) * layer.path(name).asDouble();
        first = false;
      }
      return sum;
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "SPARSE | hidden: [dense: {neurons: 16, dropout: 0}], output: {selection: all}",
        "TABLE  | hidden: [dense: {neurons: 16}, dense: {neurons: 8}], output: {selection: all}",
        "IMAGES | input: {weighting: none}, hidden: [dense: {neurons: 16}]",
        "SPARSE | input: {dropout: 0.5}, hidden: [dense: {neurons: 16}], output: {selection: all}",
        "SPARSE | hidden: [dense: {neurons: 16}], output: {selection: {sampled: {count: 10}}}",
        "SPARSE | hidden: [dense: {neurons: 16}], output: {neighbours: 2, selection: {sampled:"
            + " {count: 10, sharing: example}}}",
        "SPARSE | hidden: [sparse: {neurons: 50, topology: {erdos-renyi: {epsilon: 5}}}]",
        "TABLE  | hidden: [sparse: {neurons: 50, topology: {erdos-renyi: {epsilon: 5}}}], output:"
            + " {selection: all, sparse: {topology: full, evolution: static}}",
        "IMAGES | hidden: [sparse: {neurons: 50, topology: {erdos-renyi: {epsilon: 5}}}]"
      })
  void saysWhatTrainingCounts(Data data, String network) throws IOException {
    String direct = network.contains("output: {") ? "output: {direct: none, " : "output: {";
    Told told =
        train(
            data(data),
            network.contains("output: {")
                ? network.replace("output: {", direct)
                : network + ", output: {direct: none, selection: all}");
    assertThat(told.expected("dense-multiply-adds"))
        .isEqualTo(told.counted("dense-multiply-adds"), within(1e-3));
    double used = told.counted("multiply-adds");
    assertThat(told.expected("used-multiply-adds")).isEqualTo(used, within(0.05 * used));
  }

  @Test
  void tellsTheShareOfRowsOfTwentyFeatures() throws IOException {
    Told told =
        train(
            libsvm(20),
            "input: {dropout: 0}, hidden: [dense: {neurons: 16}], output: {selection: all}");
    JsonNode input = told.inspected().path("layers").path(0);
    assertThat(told.inspected().path("features-per-example").asDouble()).isEqualTo(20);
    assertThat(input.path("used-multiply-adds").asDouble()).isEqualTo(20 * 16);
    assertThat(input.path("dense-multiply-adds").asDouble()).isEqualTo(635 * 16);
    assertThat(Ran.fovea("inspect", told.model()).out())
        .contains("multiply-adds of a training example of 20 of 635 features, forward:");
    Path page = folder.resolve("page.html");
    assertThat(Ran.fovea("inspect", told.model(), "--html", page).status()).isZero();
    assertThat(Files.readString(page)).contains("example of 20 of 635 features");
  }

  @Test
  void tellsWhatDropoutLeaves() throws IOException {
    Told told = train(libsvm(20), "input: {dropout: 0.5}, hidden: [dense: {neurons: 16}]");
    assertThat(Ran.fovea("inspect", told.model()).out())
        .contains("example of 20 of 635 features (10 after dropout), forward:");
  }

  @Test
  void doesNotGuessWhatAModelDoesNotTell() throws IOException {
    Path rows = libsvm(20);
    Told told = train(rows, "input: {dropout: 0}, hidden: [dense: {neurons: 16}]");
    DamagedModelTest.rewrite(
        told.model(), text -> text.replaceFirst("\"feature-entries\": \\d+,\\s*", ""));
    Ran ran = Ran.fovea("inspect", told.model());
    assertThat(ran.out())
        .contains("the model does not tell how many features an example has")
        .doesNotContain("NaN");
    JsonNode facts = Ran.fovea("inspect", told.model(), "--json").json();
    assertThat(facts.path("used-multiply-adds").isNull()).isTrue();
    assertThat(facts.path("features-per-example").isNull()).isTrue();
    assertThat(Ran.fovea("inspect", told.model(), "--data", rows).out())
        .contains("example of 20 of 635 features, forward:");
  }

  @Test
  void countsWhatTheBestNeuronsCost() throws IOException {
    Told told =
        train(
            libsvm(20),
            "input: {dropout: 0}, hidden: [dense: {neurons: 32, activation: tanh, selection: {top-k: {count: 8}}}],"
                + " output: {direct: none, selection: {sampled: {count: 10}}}");
    JsonNode layers = told.inspected().path("layers");
    double hidden = layers.path(0).path("used-multiply-adds").asDouble();
    double output = layers.path(1).path("used-multiply-adds").asDouble();
    assertThat(hidden).isEqualTo(20 * 32);
    double counted = told.counted("multiply-adds");
    // only the best get gradients
    assertThat(hidden * (1 + 8 / 32.0) + 3 * output).isEqualTo(counted, within(0.05 * counted));
  }

  @Test
  void saysTheMostThatTablesMayFind() throws IOException {
    Told told =
        train(
            libsvm(20),
            "hidden: [dense: {neurons: 16}], output: {direct: none, selection: {lsh: {family:"
                + " {sim-hash: {}}, tables: 4, hashes: 3, sharing: example, retrieval:"
                + " {most-frequent: {limit: 10}}}}}");
    double counted = told.counted("multiply-adds");
    assertThat(told.expected("used-multiply-adds")).isBetween(counted, 2 * counted);
  }
}
