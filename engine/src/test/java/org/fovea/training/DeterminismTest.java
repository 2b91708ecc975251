package org.fovea.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import org.fovea.data.Examples;
import org.fovea.spec.Loss;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.Selection;
import org.fovea.spec.TrainSpec;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The same bits for any number of threads, and after any interruption.
class DeterminismTest {

  private static final Examples DATA = Runs.examples(1_000, 5);

  @TempDir private Path folder;

  @Test
  void givesTheSameBitsForAnyNumberOfThreads() throws IOException {
    for (Selection selection : Runs.selections()) {
      NetworkSpec network = Runs.network(selection, new Loss.DecoupledSoftmax());
      TrainSpec training = Runs.training(2, new Optimizer.RowAdagrad(1e-8), true);
      String one = train(network, training, 1, "one");
      for (int threads : new int[] {2, 4}) {
        assertThat(train(network, training, threads, "more"))
            .as("%d threads, %s", threads, selection)
            .isEqualTo(one);
      }
    }
  }

  @Test
  void trainsHashedHiddenLayersToTheSameBits() throws IOException {
    NetworkSpec network = Runs.hashedHidden();
    TrainSpec training = Runs.training(3, Optimizer.Adam.defaults(), true);
    String one = train(network, training, 1, "one");
    assertThat(train(network, training, 3, "more")).isEqualTo(one);
    for (long stopAt : new long[] {10, 40, 60}) {
      assertThat(interrupted(network, training, stopAt)).as("stopped at %d", stopAt).isEqualTo(one);
    }
  }

  @Test
  void givesOtherBitsFromAnotherSeed() throws IOException {
    NetworkSpec network = Runs.network(new Selection.All(), new Loss.Softmax());
    TrainSpec training = Runs.training(1, new Optimizer.Sgd(), true);
    TrainSpec other =
        new TrainSpec(
            training.epochs(),
            training.batch(),
            training.optimizer(),
            training.schedule(),
            training.directRate(),
            training.directInitial(),
            training.weightDecay(),
            training.clipping(),
            training.averaging(),
            training.balancing(),
            training.stopping(),
            true,
            training.seed() + 1);
    assertThat(train(network, training, 1, "a")).isNotEqualTo(train(network, other, 1, "b"));
  }

  @Test
  void resumesToTheBitsOfAnUninterruptedRun() throws IOException {
    Optimizer[] optimizers = {
      new Optimizer.Sgd(),
      new Optimizer.Momentum(0.9, true),
      new Optimizer.Adagrad(1e-6),
      new Optimizer.RowAdagrad(1e-8),
      Optimizer.Adam.defaults()
    };
    int next = 0;
    for (Selection selection : Runs.selections()) {
      Optimizer optimizer = optimizers[next++ % optimizers.length];
      NetworkSpec network = Runs.network(selection, new Loss.Logistic());
      TrainSpec training = Runs.training(3, optimizer, true);
      String straight = train(network, training, 2, "straight");
      for (long stopAt : new long[] {10, 40, 60}) {
        assertThat(interrupted(network, training, stopAt))
            .as("stopped at checkpoint after batch %d, %s, %s", stopAt, optimizer, selection)
            .isEqualTo(straight);
      }
    }
  }

  private String train(NetworkSpec network, TrainSpec training, int threads, String name)
      throws IOException {
    Path directory = fresh(name);
    Runs.train(network, training, DATA, threads, directory);
    return digest(directory);
  }

  private String interrupted(NetworkSpec network, TrainSpec training, long stopAt)
      throws IOException {
    Path directory = fresh("interrupted");
    Runs.interrupt(network, training, DATA, stopAt, directory);
    return digest(directory);
  }

  private Path fresh(String name) throws IOException {
    return Files.createTempDirectory(folder, name);
  }

  /// A digest of the parameters of the model.
  private static String digest(Path directory) throws IOException {
    byte[] bytes = Runs.weights(directory);
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
