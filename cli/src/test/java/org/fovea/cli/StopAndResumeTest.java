package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A run in a process of its own that is asked to end, and goes on in this one.
class StopAndResumeTest {

  @TempDir private Path folder;

  @Test
  void writesACheckpointWhenAskedToEndAndGoesOnFromIt() throws Exception {
    Ran.Files data = Ran.data(folder);
    Path model = folder.resolve("model");
    List<String> arguments =
        List.of(
            "train",
            "--train",
            data.train().toString(),
            "--model",
            model.toString(),
            "--batch",
            "4",
            "--threads",
            "1",
            "--seed",
            "3",
            "--deterministic",
            "--checkpoint-every",
            "50",
            "--epochs",
            "40");
    Process process = start(arguments);
    StringBuilder said = new StringBuilder();
    try (BufferedReader lines = process.errorReader()) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        said.append(line).append('\n');
        if (line.startsWith("epoch 2/")) {
          process.toHandle().destroy();
        }
      }
      assertThat(process.waitFor(2, TimeUnit.MINUTES)).as(said.toString()).isTrue();
    }
    assertThat(said).contains("stopping: a checkpoint is written first").contains("--resume");
    assertThat(said).doesNotContain("curves", "Shutdown");
    assertThat(process.exitValue()).isEqualTo(143);
    assertThat(model.resolve("model.json")).doesNotExist();

    Ran refused = Ran.fovea(arguments.toArray());
    assertThat(refused.status()).isEqualTo(1);
    assertThat(refused.err()).contains("a run that was not finished").contains("--resume");

    List<String> resuming = new ArrayList<>(arguments);
    resuming.add("--resume");
    Ran resumed = Ran.fovea(resuming.toArray());
    assertThat(resumed.status()).as(resumed.err()).isZero();
    assertThat(resumed.err()).contains("resuming from", "going on after");

    Path whole = folder.resolve("whole");
    List<String> uninterrupted = new ArrayList<>(arguments);
    uninterrupted.set(uninterrupted.indexOf(model.toString()), whole.toString());
    assertThat(Ran.fovea(uninterrupted.toArray()).status()).isZero();
    assertThat(weights(model)).isEqualTo(weights(whole));
  }

  @Test
  void fallsBackAloudToAnOlderCheckpointWhenTheNewestIsDamaged() throws Exception {
    Ran.Files data = Ran.data(folder);
    Path model = folder.resolve("model");
    Object[] arguments = {
      "train", "--train", data.train(), "--model", model, "--epochs", 4, "--threads", 1
    };
    assertThat(Ran.fovea(arguments).status()).isZero();
    Path newest;
    try (Stream<Path> checkpoints = Files.list(model.resolve("checkpoints"))) {
      newest = checkpoints.max(Comparator.naturalOrder()).orElseThrow();
    }
    Path weights = newest.resolve("weights.safetensors");
    byte[] bytes = Files.readAllBytes(weights);
    bytes[bytes.length - 1] ^= 1;
    Files.write(weights, bytes);
    List<String> resuming =
        Stream.concat(Arrays.stream(arguments).map(Object::toString), Stream.of("--resume"))
            .toList();
    Process process = start(resuming);
    List<String> said;
    try (BufferedReader lines = process.errorReader()) {
      said = lines.lines().toList();
    }
    assertThat(process.waitFor(2, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).as(said.toString()).isZero();
    assertThat(said.stream().filter(line -> line.contains("is damaged")))
        .singleElement()
        .asString()
        .startsWith("fovea: the checkpoint " + newest + " is damaged");
  }

  @Test
  void replacesNoModelWhoseCheckpointsAreGone() throws Exception {
    Ran.Files data = Ran.data(folder);
    Path model = folder.resolve("model");
    Object[] arguments = {
      "train", "--train", data.train(), "--model", model, "--epochs", 2, "--threads", 1, "--resume"
    };
    assertThat(Ran.fovea(arguments).status()).isZero();
    try (Stream<Path> files = Files.walk(model.resolve("checkpoints"))) {
      for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
    byte[] before = Files.readAllBytes(model.resolve("model.json"));
    Ran again = Ran.fovea(arguments);
    assertThat(again.status()).isEqualTo(1);
    assertThat(again.err())
        .startsWith("fovea: " + model + ": there is a model, but no checkpoint to go on from")
        .hasLineCount(1);
    assertThat(Files.readAllBytes(model.resolve("model.json"))).isEqualTo(before);
    assertThat(Ran.fovea("evaluate", model, "--data", data.test()).status()).isZero();
  }

  private static byte[] weights(Path model) throws IOException {
    return Files.readAllBytes(model.resolve("weights.safetensors"));
  }

  private static Process start(List<String> arguments) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "--add-modules",
                "jdk.incubator.vector",
                "-Xmx512m",
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(arguments);
    return new ProcessBuilder(command).start();
  }
}
