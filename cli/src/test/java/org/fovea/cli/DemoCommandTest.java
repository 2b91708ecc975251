package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoCommandTest {

  @TempDir private Path folder;

  @Test
  void showsWhatItPredictsInWords() {
    Ran ran =
        Ran.fovea(
            "demo",
            "--modules",
            "java.logging",
            "--dir",
            folder,
            "--epochs",
            8,
            "--show",
            3,
            "--threads",
            1);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("P@1", "PSP@5", "✓", "fovea predict");
    assertThat(ran.out().lines().filter(line -> line.startsWith("    1. "))).hasSize(3);
    assertThat(ran.err()).contains("examples written", "1. Reading the classes", "2. Training");
    Ran again =
        Ran.fovea(
            "demo",
            "--modules",
            "java.logging",
            "--dir",
            folder,
            "--epochs",
            1,
            "--json",
            "--quiet");
    assertThat(again.lines()).as(again.err()).hasSize(1);
    assertThat(again.json().path("test").path("P@1").asDouble(-1)).isBetween(0.0, 1.0);
  }
}
