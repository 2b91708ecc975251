package org.fovea.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/// Advice is given where it helps only.
class FailuresTest {

  @Command(name = "made")
  private static final class Made implements Callable<Integer> {

    @Option(names = "--resident")
    private String resident = "heap";

    @Override
    public Integer call() {
      return resident.length();
    }
  }

  private static String told(String message) {
    ByteArrayOutputStream errors = new ByteArrayOutputStream();
    Console console =
        new Console(
            new ByteArrayInputStream(new byte[0]), new ByteArrayOutputStream(), errors, false);
    CommandLine command = new CommandLine(new Made());
    assertThat(Failures.report(new OutOfMemoryError(message), command.getCommandSpec(), console))
        .isEqualTo(1);
    return errors.toString(StandardCharsets.UTF_8);
  }

  @Test
  void namesOnlyOptionsThatTheCommandHas() {
    assertThat(told("Java heap space"))
        .contains("a Java heap of", "FOVEA_JAVA_OPTS=-Xmx", "--resident suspended")
        .doesNotContain("--optimizer", "--hidden", "--memory-budget");
  }

  @Test
  void blamesTheHeapOnlyIfItIsTheHeap() {
    assertThat(told("unable to create native thread"))
        .contains("out of memory: unable to create native thread")
        .doesNotContain("heap", "Xmx");
  }
}
