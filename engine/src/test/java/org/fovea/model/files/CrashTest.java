package org.fovea.model.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Serial;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A writer is stopped at every operation and at random moments; what it leaves is always whole.
///
/// `-Dfovea.test.kills=N` kills N processes instead of 20.
class CrashTest {

  private static final int KILLS = Integer.getInteger("fovea.test.kills", 20);

  @TempDir private Path temporary;

  /// Ends the work as abruptly as the end of the process would: nothing catches it.
  private static final class Killed extends Error {
    @Serial private static final long serialVersionUID = 1L;
  }

  @Test
  void everyOperationMayBeTheLast() throws IOException {
    int operation = 1;
    while (isStoppedAndRecovers(HaltingStorage.Kind.ANY, operation)) {
      operation++;
    }
    assertThat(operation).isGreaterThan(40);
  }

  @Test
  void everyKindOfOperationCanBeChosen() throws IOException {
    for (HaltingStorage.Kind kind : HaltingStorage.Kind.values()) {
      assertThat(isStoppedAndRecovers(kind, 1)).as(kind.name()).isTrue();
      assertThat(isStoppedAndRecovers(kind, 999)).as(kind.name()).isFalse();
    }
  }

  private boolean isStoppedAndRecovers(HaltingStorage.Kind kind, int operation) throws IOException {
    Path directory = Files.createTempDirectory(temporary, "c");
    work(directory, new UnforcedStorage(), 1);
    Storage halting =
        HaltingStorage.at(
            kind.name().toLowerCase(Locale.ROOT) + ":" + operation,
            new UnforcedStorage(),
            _ -> {
              throw new Killed();
            });
    boolean stopped = false;
    try {
      work(directory, halting, 2);
    } catch (Killed killed) {
      stopped = true;
    }
    SampleDirectory found = SampleDirectory.recover(directory);
    assertThat(found.step()).isIn(stopped ? 1 : 2, 2);
    assertThat(found.version()).isIn(stopped ? 1 : 2, found.step());
    work(directory, new UnforcedStorage(), 3);
    assertThat(SampleDirectory.recover(directory)).isEqualTo(new SampleDirectory(3, 3));
    return stopped;
  }

  private static void work(Path directory, Storage storage, int version) {
    try (ModelStore store = ModelStore.open(directory, storage)) {
      CheckpointStore checkpoints = store.checkpoints(2);
      checkpoints.write(version, SampleModel.contents(version));
      store.publish(SampleModel.contents(version));
    }
  }

  @Test
  void aKilledProcessLosesNothingThatItAcknowledged() {
    int[] acknowledged = {0, 0};
    Seeds.repeat(
        KILLS,
        random -> {
          Path directory = temporary.resolve("killed");
          boolean inside = random.nextBoolean();
          String point = inside ? "any:" + random.nextInt(1, 150) : "";
          try (WriterProcess writer = WriterProcess.start("write", directory, point)) {
            if (inside) {
              writer.awaitEnd();
            } else {
              writer.awaitLines(random.nextInt(1, 6));
              writer.kill();
            }
            acknowledged[0] = Math.max(acknowledged[0], writer.lastVersion());
            acknowledged[1] = Math.max(acknowledged[1], writer.lastStep());
          }
          SampleDirectory found = SampleDirectory.recover(directory);
          assertThat(found.step()).isBetween(acknowledged[1], acknowledged[1] + 1);
          assertThat(found.version()).isBetween(acknowledged[0], found.step());
          acknowledged[0] = found.version();
          acknowledged[1] = found.step();
        });
  }
}
