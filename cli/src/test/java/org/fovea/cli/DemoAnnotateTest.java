package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DemoAnnotateTest {

  @TempDir private Path folder;

  @Test
  void findsTheNamesOfTheJdkInWhatItSays() throws IOException {
    Ran ran =
        Ran.fovea(
            "demo",
            "annotate",
            "--modules",
            "java.logging,java.prefs",
            "--dir",
            folder,
            "--show",
            3);
    assertThat(ran.status()).as(ran.err()).isZero();
    assertThat(ran.err())
        .contains("1. Reading names", "names of class", "patterns", "matches in", "were active");
    assertThat(ran.out()).contains("What the JDK talks about", "  class ", "«", "fovea annotate");
    String name = "jdk-names-" + Runtime.version().feature() + "-java.logging-java.prefs";
    Path made = folder.resolve(name);
    assertThat(Files.readString(made.resolve("marks.html"))).contains("The JDK about itself");
    Ran again = Ran.fovea("annotate", made.resolve("network"), "--text", made.resolve("texts.txt"));
    assertThat(again.out()).contains("\tclass\t1");
  }
}
