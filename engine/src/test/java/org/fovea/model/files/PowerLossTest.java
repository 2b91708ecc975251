package org.fovea.model.files;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;
import org.fovea.testkit.Seeds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The power fails at a random operation, and the disk keeps any part of what was not forced.
///
/// `-Dfovea.test.images=N` makes N images of the disk instead of 200.
class PowerLossTest {

  private static final int IMAGES = Integer.getInteger("fovea.test.images", 200);
  private static final int ROUNDS = 3;

  @TempDir private Path temporary;
  private int images;

  @Test
  void theDiskAlwaysHoldsWhatWasAcknowledged() {
    Seeds.once(random -> {
      while (images < IMAGES) {
        run(Files.createTempDirectory(temporary, "run"), random);
      }
    });
  }

  /// One life of a directory, with an image of the disk before some of its operations.
  private void run(Path directory, SplittableRandom random) {
    int[] acknowledged = {0, 0};
    WriteLog log =
        new WriteLog(
            directory,
            disk -> {
              if (random.nextInt(3) == 0) {
                images++;
                check(disk, acknowledged, random);
              }
            });
    try (ModelStore store = ModelStore.open(directory, log)) {
      CheckpointStore checkpoints = store.checkpoints(2);
      for (int round = 1; round <= ROUNDS; round++) {
        checkpoints.write(round, SampleModel.contents(round));
        acknowledged[1] = round;
        store.publish(SampleModel.contents(round));
        acknowledged[0] = round;
      }
    }
  }

  private void check(WriteLog disk, int[] acknowledged, SplittableRandom random) {
    try {
      Path image = Files.createTempDirectory(temporary, "image");
      disk.writeImage(image, random);
      SampleDirectory found = SampleDirectory.recover(image);
      assertThat(found.version()).isBetween(acknowledged[0], acknowledged[0] + 1);
      assertThat(found.step()).isBetween(acknowledged[1], acknowledged[1] + 1);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
