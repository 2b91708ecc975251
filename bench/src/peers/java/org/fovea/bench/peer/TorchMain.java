package org.fovea.bench.peer;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDManager;
import ai.djl.pytorch.jni.JniUtils;
import org.fovea.bench.run.Machine;
import org.fovea.bench.run.Work;
import org.fovea.bench.suite.DataSets;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.data.Examples;

/// The process that measures libtorch on the data of the speed suite: the same network, batches in
/// the same order, one thread.
public final class TorchMain {

  private static final int BATCH = 128;
  private static final int HIDDEN = 128;

  private TorchMain() {}

  /// Measures what the order in a file says.
  public static void main(String[] arguments) throws Exception {
    System.setProperty("ai.djl.offline", "true");
    System.setProperty("ai.djl.pytorch.num_threads", "1");
    System.setProperty("ai.djl.pytorch.num_interop_threads", "1");
    Work work = Work.of(arguments);
    work.run(() -> measure(work));
  }

  private static void measure(Work work) {
    Engine engine = Engine.getEngine("PyTorch");
    work.say("libtorch %s, %d thread", engine.getVersion(), JniUtils.getNumThreads());
    work.row().put("libtorch", engine.getVersion()).put("torch threads", JniUtils.getNumThreads());
    DataSets.Pair data = new DataSets(work).medium();
    boolean sampled = work.cell().text("system").equals("libtorch-sampled");
    int repeat = work.cell().integer("repeat");
    try (NDManager manager = NDManager.newBaseManager()) {
      TorchNetwork network =
          new TorchNetwork(manager, data.train().summary(), HIDDEN, sampled, repeat);
      float rate = (float) work.settings().number("rate", 0.05);
      if (sampled) {
        int negatives = work.settings().integer("negatives", work.settings().size(1_024, 256));
        work.row()
            .put(
                "done",
                "%d uniform negatives and the labels of the batch, shared by the batch; the rows of active labels and features are gathered, differentiated by autograd, stepped by row-wise Adagrad and written back: no pass over all rows"
                    .formatted(negatives));
        epochs(work, network, data, negatives, rate);
      } else {
        work.row()
            .put(
                "done",
                "softmax over all labels by autograd, row-wise Adagrad in place over the whole"
                    + " output matrix; features as in the sampled one");
        batches(work, network, data, rate);
      }
    }
    work.row().put("peak resident MB", Machine.peakResidentMegabytes());
  }

  private static void epochs(
      Work work, TorchNetwork network, DataSets.Pair data, int negatives, float rate) {
    int seed = work.cell().integer("repeat");
    int warmUp = work.settings().size(100, 8);
    int batches = 0;
    int counted = 0;
    double seconds = 0;
    double active = 0;
    for (int epoch = 1; epoch <= work.cell().integer("epochs"); epoch++) {
      Batch batch = new Batch();
      double start = Machine.cpuSeconds();
      try (ExampleReader reader = shuffled(data.train(), seed, epoch)) {
        while (reader.read(batch, BATCH) > 0) {
          active += network.train(batch, negatives, rate);
          batch.clear();
          if (++batches == warmUp) {
            start = Machine.cpuSeconds();
          } else if (batches > warmUp) {
            counted++;
          }
        }
      }
      seconds += batches > warmUp ? Machine.cpuSeconds() - start : 0;
      double precision = network.precision(data.test());
      work.row().put("ms CPU a batch", 1000 * seconds / counted);
      work.row().put("P@1 after " + epoch, precision).put("active labels", active / batches);
      work.say(
          "epoch %d: %.1f ms CPU a batch, P@1 %.4f", epoch, 1000 * seconds / counted, precision);
      work.keep();
    }
  }

  private static void batches(Work work, TorchNetwork network, DataSets.Pair data, float rate) {
    int seed = work.cell().integer("repeat");
    int wanted = work.cell().integer("batches");
    int warmUp = 2;
    Batch batch = new Batch();
    double start = Machine.cpuSeconds();
    try (ExampleReader reader = shuffled(data.train(), seed, 1)) {
      for (int done = 0; done < wanted && reader.read(batch, BATCH) > 0; done++) {
        if (done == Math.min(warmUp, wanted - 1)) {
          start = Machine.cpuSeconds();
        }
        network.trainFull(batch, rate);
        batch.clear();
        if (done % 10 == 9) {
          work.say("%d batches", done + 1);
        }
      }
    }
    double millis = 1000 * (Machine.cpuSeconds() - start) / Math.max(1, wanted - warmUp);
    double precision = network.precision(data.test());
    work.row().put("ms CPU a batch", millis).put("P@1", precision);
    work.row().put("active labels", data.train().summary().labelCount());
    work.say("%.0f ms CPU a batch, P@1 %.4f", millis, precision);
  }

  /// The order in which Fovea's trainer reads.
  private static ExampleReader shuffled(Examples data, int seed, int epoch) {
    return data.shuffled(seed + 0x9E3779B97F4A7C15L * epoch, 0);
  }
}
