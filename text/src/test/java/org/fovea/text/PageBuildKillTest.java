package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.fovea.testkit.ChildJvm;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Ends processes while they build a network onto pages over another: the one that was finished
/// last, or the next, must be there as a whole.
///
/// `-Dfovea.test.kills=200` kills more often than the build does.
class PageBuildKillTest {

  private static final int KILLS = Integer.getInteger("fovea.test.kills", 3);
  private static final int LONGEST_MILLIS = 2_000;

  @TempDir private Path folder;
  private Path network;

  @BeforeEach
  void build() throws IOException {
    network = folder.resolve(PageBuildProcess.NETWORK);
    PageBuildProcess.build(folder, 0);
  }

  /// Whether the network that is there is that of a number, as a whole.
  private boolean isThere(int number) {
    try (PatternNetwork opened = PatternStore.openAsBuilt(network, 1 << 20).network()) {
      assertThat(opened.patternCount()).isEqualTo(PageBuildProcess.PATTERNS);
      Annotator annotator = new Annotator(opened);
      annotator.read(PageBuildProcess.text(number));
      assertThat(annotator.isIncomplete()).isFalse();
      assertThat(annotator.count()).isIn(0, 10);
      return annotator.count() == 10;
    }
  }

  private static Process start(Path output, List<String> command) throws IOException {
    return new ProcessBuilder(command)
        .redirectOutput(output.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private List<String> java(int number, boolean last) {
    return ChildJvm.command(ChildJvm.SMALL, PageBuildProcess.class, folder, last, number);
  }

  @Test
  void leavesAWholeNetworkWhenItsProcessIsKilled() throws Exception {
    Path output = folder.resolve("output.txt");
    SplittableRandom random = new SplittableRandom(37);
    int next = 1;
    int replaced = 0;
    for (int kill = 0; kill < KILLS; kill++) {
      int millis = random.nextInt(LONGEST_MILLIS);
      int finished =
          ChildJvm.killed(output, 1, millis, PageBuildProcess.class, folder, false, next);
      boolean exact = isThere(finished - 1);
      if (!exact) {
        assertThat(isThere(finished)).as("kill %d", kill).isTrue();
      }
      replaced += finished - next;
      next = exact ? finished : finished + 1;
    }
    PageBuildProcess.build(folder, next);
    assertThat(isThere(next)).isTrue();
    requireNothingElse();
    System.out.printf("%d kills, %d networks%n", KILLS, replaced);
  }

  /// The network has its model, its pages and a lock, and nothing is beside it.
  private void requireNothingElse() throws IOException {
    try (Stream<Path> files = Files.list(network)) {
      List<String> names = files.map(file -> file.getFileName().toString()).toList();
      assertThat(names).hasSize(4).contains("model.json", ".fovea-lock");
      assertThat(names).filteredOn(name -> name.endsWith(".pages")).hasSize(1);
      assertThat(names).filteredOn(name -> name.endsWith(".safetensors")).hasSize(1);
    }
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .isSubsetOf("network", "table.tsv", "output.txt");
    }
  }

  /// No file may be longer than the limit, which meets first the files for sorting, then the pages:
  /// as a disk that is full does.
  @Test
  void leavesTheNetworkThatWasThereWhenAFileCannotBeWritten() throws Exception {
    List<String> messages = new ArrayList<>();
    Path output = folder.resolve("output.txt");
    Files.delete(output.resolveSibling("table.tsv"));
    int number = 1;
    // The table has some 450 kB.
    for (int kilobytes : new int[] {500, 1_200, 8_000}) {
      List<String> command = new ArrayList<>(List.of("/bin/sh", "-c"));
      command.add("ulimit -f %d && exec \"$@\"".formatted(2 * kilobytes));
      command.add("sh");
      command.addAll(java(number, true));
      assertThat(start(output, command).waitFor()).isZero();
      List<String> lines = Files.readAllLines(output);
      assertThat(lines).hasSize(2);
      if (lines.getLast().equals(Integer.toString(number))) {
        number++;
      } else {
        assertThat(lines.getLast()).contains("too large");
        messages.add(lines.getLast());
      }
      assertThat(isThere(number - 1)).as("%d kB: %s", kilobytes, lines.getLast()).isTrue();
      requireNothingElse();
    }
    assertThat(messages)
        .anyMatch(message -> message.contains("a temporary file for the network"))
        .anyMatch(message -> message.contains("the page file cannot be written"));
    assertThat(number).isEqualTo(2);
  }
}
