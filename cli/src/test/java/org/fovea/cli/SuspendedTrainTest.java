package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// `train --resident suspended`: the same model from fewer rows in memory.
class SuspendedTrainTest {

  private static final String SAMPLED =
      "{sampled: {count: 8, power: 0.5, sharing: batch, correction: true}}";

  @TempDir private Path folder;

  private Ran train(String model, String selection, String... more) throws IOException {
    Path config =
        Files.writeString(
            folder.resolve("config.yaml"),
            """
            train: %s
            epochs: 2
            hidden: 24
            deterministic: true
            threads: 1
            network: {output: {selection: %s, direct: none, neighbours: 0}}
            training: {batch: 4, optimizer: adagrad, balancing: none}
            """
                .formatted(Ran.data(folder).train(), selection));
    List<Object> arguments =
        new ArrayList<>(List.of("train", config, "--model", folder.resolve(model)));
    arguments.addAll(List.of(more));
    return Ran.fovea(arguments.toArray());
  }

  private byte[] weights(String model) throws IOException {
    return Files.readAllBytes(folder.resolve(model).resolve("weights.safetensors"));
  }

  @Test
  void trainsTheSameModelAndTellsWhatItRead() throws IOException {
    Ran heap = train("heap", SAMPLED);
    assertThat(heap.status()).as(heap.err()).isZero();
    Ran few = train("few", SAMPLED, "--resident", "suspended", "--memory", "8k");
    assertThat(few.status()).as(few.err()).isZero();
    assertThat(few.err())
        .contains("rows of labels")
        .containsPattern("[0-9.]+ % of the rows of labels that batches needed were in memory");
    assertThat(weights("few")).isEqualTo(weights("heap"));
  }

  @Test
  void saysWhatCannotBe() throws IOException {
    Ran all = train("all", "all", "--resident", "suspended");
    assertThat(all.status()).isEqualTo(1);
    assertThat(all.err())
        .contains(
            "every batch needs the rows of all labels, so that all would have to be in memory");
    Ran tiny = train("tiny", SAMPLED, "--resident", "suspended", "--memory", "1k");
    assertThat(tiny.status()).isEqualTo(1);
    assertThat(tiny.err()).contains("rows of labels in memory, and 1,024 bytes hold");
    Ran mapped = train("mapped", SAMPLED, "--resident", "mapped");
    assertThat(mapped.status()).isEqualTo(2);
    assertThat(mapped.err()).contains("--resident: heap or suspended was expected, 'mapped' came");
    Ran heap = train("none", SAMPLED, "--memory", "1m");
    assertThat(heap.status()).isEqualTo(2);
    assertThat(heap.err()).contains("--memory needs --resident suspended");
  }
}
