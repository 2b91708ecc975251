package org.fovea.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LockTest {

  @TempDir private Path temporary;

  @Test
  void refusesASecondProcessUntilTheFirstIsGone() throws Exception {
    Path directory = temporary.resolve("model");
    try (WriterProcess holder = WriterProcess.start("hold", directory, "")) {
      holder.awaitLines(1);
      for (int attempt = 0; attempt < 100; attempt++) {
        assertThatThrownBy(() -> ModelStore.open(directory))
            .isInstanceOf(ModelStoreException.class)
            .hasMessage(
                directory
                    + ": another process (pid "
                    + holder.pid()
                    + ") is writing to the model; wait until it ends, or choose another directory");
      }
      assertThatThrownBy(() -> ModelDirectory.open(directory))
          .hasMessageContaining("there is no finished model");
      holder.kill();
      ModelStore.open(directory).close();
    }
  }

  @Test
  void refusesASecondWriterInTheSameProcess() throws IOException {
    Path directory = Files.createDirectory(temporary.resolve("model"));
    Path link = Files.createSymbolicLink(temporary.resolve("link"), directory);
    try (ModelStore first = ModelStore.open(directory)) {
      for (Path path : new Path[] {directory, link, temporary.resolve("x/../model").normalize()}) {
        assertThatThrownBy(() -> ModelStore.open(path))
            .isInstanceOf(ModelStoreException.class)
            .hasMessage(
                path + ": this process is writing to the model already; close that writer first");
      }
      first.publish(SampleModel.contents(1));
    }
    try (ModelStore second = ModelStore.open(link)) {
      second.publish(SampleModel.contents(2));
    }
    assertThat(SampleDirectory.version(directory)).isEqualTo(2);
  }

  @Test
  void aLockFileThatIsLeftOverLocksNothing() throws IOException {
    Files.writeString(temporary.resolve(".fovea-lock"), "no number at all, and very very long");
    ModelStore.open(temporary).close();
    assertThat(temporary.resolve(".fovea-lock")).hasContent(ProcessHandle.current().pid() + "\n");
  }

  @Test
  void twoDirectoriesDoNotDisturbEachOther() {
    try (ModelStore one = ModelStore.open(temporary.resolve("one"));
        ModelStore two = ModelStore.open(temporary.resolve("two"))) {
      one.publish(SampleModel.contents(1));
      two.publish(SampleModel.contents(2));
    }
    assertThat(SampleDirectory.version(temporary.resolve("one"))).isEqualTo(1);
    assertThat(SampleDirectory.version(temporary.resolve("two"))).isEqualTo(2);
  }

  @Test
  void givesUpTheLockWhenOpeningFails() throws IOException {
    Files.writeString(temporary.resolve("model.json"), "not one");
    for (int attempt = 0; attempt < 3; attempt++) {
      assertThatThrownBy(() -> ModelStore.open(temporary)).hasMessageContaining("not a sound");
    }
    Files.delete(temporary.resolve("model.json"));
    ModelStore.open(temporary).close();
  }
}
