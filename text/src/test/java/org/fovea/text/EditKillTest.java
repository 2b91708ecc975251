package org.fovea.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import org.fovea.testkit.ChildJvm;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Kills a process while it edits, again and again: every acknowledged edit must be there, and each
/// edit wholly or not at all.
///
/// `-Dfovea.test.kills=200` kills more often than the build does.
class EditKillTest {

  private static final int KILLS = Integer.getInteger("fovea.test.kills", 3);
  private static final int LONGEST_MILLIS = 400;

  @TempDir private Path folder;

  @Test
  void keepsEveryAcknowledgedEditWhenItsProcessIsKilled() throws Exception {
    Path network = folder.resolve("network");
    PatternNetworkBuilder builder = new PatternNetworkBuilder(Tokenization.defaults());
    builder.add("base", "kept", 1);
    PatternStore.create(network, builder.build());
    Path output = folder.resolve("output.txt");
    SplittableRandom random = new SplittableRandom(29);
    int done = 0;
    Duration slowest = Duration.ZERO;
    for (int kill = 0; kill < KILLS; kill++) {
      int millis = random.nextInt(LONGEST_MILLIS);
      int acknowledged = ChildJvm.killed(output, 2, millis, EditProcess.class, network, done);
      long start = System.nanoTime();
      PatternNetwork opened = PatternStore.open(network).network();
      Duration took = Duration.ofNanos(System.nanoTime() - start);
      slowest = took.compareTo(slowest) > 0 ? took : slowest;
      Set<String> found = patterns(opened);
      boolean exact = found.equals(expected(acknowledged));
      if (!exact) {
        assertThat(found)
            .as("kill %d after edit %d", kill, acknowledged - 1)
            .isEqualTo(expected(acknowledged + 1));
      }
      done = exact ? acknowledged : acknowledged + 1;
      assertThat(matches(opened, done)).isEqualTo(3 * Math.min(done, EditProcess.KEPT));
    }
    // Under a second on a machine that has nothing else to do.
    assertThat(slowest).isLessThan(Duration.ofSeconds(5));
    System.out.printf("%d kills, %d edits, slowest to open %s%n", KILLS, done, slowest);
  }

  private static Set<String> expected(int edits) {
    TreeSet<String> patterns = new TreeSet<>(List.of("base"));
    for (int edit = Math.max(0, edits - EditProcess.KEPT); edit < edits; edit++) {
      patterns.addAll(EditProcess.patterns(edit));
    }
    return patterns;
  }

  private static Set<String> patterns(PatternNetwork network) {
    TreeSet<String> names = new TreeSet<>();
    for (int entry = 0; entry < network.patterns().entryCount(); entry++) {
      names.add(network.patterns().name(entry));
    }
    return names;
  }

  /// Neurons that really fire.
  private static int matches(PatternNetwork network, int edits) {
    List<String> text = new ArrayList<>();
    for (int edit = 0; edit < edits; edit++) {
      text.add("two e%d one.".formatted(edit));
    }
    Annotator annotator = new Annotator(network);
    annotator.read(String.join(" ", text.subList(Math.max(0, edits - 1_000), edits)));
    return annotator.count();
  }
}
