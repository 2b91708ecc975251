package org.fovea.model.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.IntConsumer;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.ResourceLock;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Every single operation on files is made to fail.
@ResourceLock("logger org.fovea.model.files")
class FaultInjectionTest {

  private static final int MANY = 1_000;

  /// What is logged about the failures is not for the log of the tests.
  private static final Logger LOGGER = Logger.getLogger("org.fovea.model.files");

  @TempDir private Path temporary;

  @BeforeAll
  static void logNothing() {
    LOGGER.setLevel(Level.OFF);
  }

  @AfterAll
  static void logAgain() {
    LOGGER.setLevel(Level.INFO);
  }

  /// Fails one operation after the other, until there are no more.
  private static void forAllOperations(int stride, IntConsumer test) {
    int operation = 1;
    while (operation < MANY) {
      try {
        test.accept(operation);
      } catch (AssertionError failure) {
        throw new AssertionError("operation " + operation, failure);
      } catch (NoMoreOperations end) {
        assertThat(operation).isGreaterThan(10);
        return;
      }
      operation += stride;
    }
    throw new AssertionError("it never ends");
  }

  private static final class NoMoreOperations extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @CsvSource({"No space left on device, false", "Input/output error, true"})
  void aModelIsReplacedWhollyOrNotAtAll(String error, boolean forGood) {
    forAllOperations(
        1,
        operation -> {
          Path directory = fresh(operation);
          publish(directory, new UnforcedStorage(), 1);
          FaultyStorage faulty = new FaultyStorage(operation, error, forGood);
          String message = attempt(() -> publish(directory, faulty, 2));
          int version = SampleDirectory.version(directory);
          assertThat(message).isIn("", version == 1 ? "unchanged" : "did not confirm");
          assertThat(version).isEqualTo(message.isEmpty() ? 2 : version).isIn(1, 2);
          assertThat(recovered(directory).version()).isEqualTo(version);
          publish(directory, new UnforcedStorage(), 3);
          assertThat(recovered(directory).version()).isEqualTo(3);
          end(faulty);
        });
  }

  @ParameterizedTest
  @CsvSource({"No space left on device, false", "Input/output error, true"})
  void checkpointsAreWrittenWhollyOrNotAtAll(String error, boolean forGood) {
    forAllOperations(
        1,
        operation -> {
          Path directory = fresh(operation);
          for (int step = 1; step <= 2; step++) {
            checkpoint(directory, new UnforcedStorage(), step);
          }
          FaultyStorage faulty = new FaultyStorage(operation, error, forGood);
          String message = attempt(() -> checkpoint(directory, faulty, 3));
          int step = recovered(directory).step();
          assertThat(message).isIn("", step == 2 ? "unchanged" : "did not confirm");
          assertThat(step).isEqualTo(message.isEmpty() ? 3 : step).isIn(2, 3);
          checkpoint(directory, new UnforcedStorage(), 4);
          assertThat(recovered(directory).step()).isEqualTo(4);
          end(faulty);
        });
  }

  @Test
  void theSameStoreGoesOnAfterAFailure() {
    forAllOperations(
        3,
        operation -> {
          Path directory = fresh(operation);
          checkpoint(directory, new UnforcedStorage(), 1);
          FaultyStorage faulty = new FaultyStorage(operation, "Input/output error", false);
          String opening = attempt(() -> goOn(directory, faulty));
          assertThat(recovered(directory))
              .isEqualTo(new SampleDirectory(opening.isEmpty() ? 5 : 0, opening.isEmpty() ? 3 : 1));
          end(faulty);
        });
  }

  private static void goOn(Path directory, Storage storage) {
    try (ModelStore store = ModelStore.open(directory, storage)) {
      CheckpointStore checkpoints = store.checkpoints(2);
      for (int step = 2; step <= 3; step++) {
        int wanted = step;
        String failure = attempt(() -> checkpoints.write(wanted, SampleModel.contents(wanted)));
        if (failure.equals("unchanged")) {
          checkpoints.write(wanted, SampleModel.contents(wanted));
        }
      }
      if (attempt(() -> store.publish(SampleModel.contents(5))).equals("unchanged")) {
        store.publish(SampleModel.contents(5));
      }
    }
  }

  @Test
  void aFailureOfTheContentsLeavesNothingBehind() throws IOException {
    Path directory = fresh(0);
    publish(directory, new UnforcedStorage(), 1);
    ModelContents broken =
        SampleModel.contents(2)
            .file(
                "broken",
                out -> {
                  throw new IOException("cannot be read");
                });
    try (ModelStore store = ModelStore.open(directory)) {
      assertThatThrownBy(() -> store.publish(broken))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessage(
              directory
                  + ": the model was not saved, what was there is unchanged (cannot be read)");
      assertThatThrownBy(() -> store.checkpoints(2).write(7, broken))
          .isInstanceOf(UncheckedIOException.class)
          .hasMessageContaining("the checkpoint of step 7 was not saved")
          .hasMessageEndingWith("(cannot be read)");
    }
    assertThat(SampleDirectory.recover(directory)).isEqualTo(new SampleDirectory(1, 0));
  }

  private Path fresh(int number) {
    try {
      return Files.createTempDirectory(temporary, "n" + number + "-");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static SampleDirectory recovered(Path directory) {
    try {
      return SampleDirectory.recover(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /// What the failure says about the state of the directory; empty if there was no failure.
  private static String attempt(Runnable work) {
    try {
      work.run();
      return "";
    } catch (UncheckedIOException e) {
      String message = String.valueOf(e.getMessage());
      assertThat(message).containsAnyOf("No space left on device", "Input/output error");
      assertThat(message.lines()).hasSize(1);
      return message.contains("did not confirm") ? "did not confirm" : "unchanged";
    }
  }

  private static void publish(Path directory, Storage storage, int version) {
    try (ModelStore store = ModelStore.open(directory, storage)) {
      store.publish(SampleModel.contents(version));
    }
  }

  private static void checkpoint(Path directory, Storage storage, int step) {
    try (ModelStore store = ModelStore.open(directory, storage)) {
      store.checkpoints(2).write(step, SampleModel.contents(step));
    }
  }

  private static void end(FaultyStorage faulty) {
    if (faulty.isUntouched()) {
      throw new NoMoreOperations();
    }
  }
}
