package org.fovea.bench.peer;

import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import ai.djl.ndarray.types.Shape;
import ai.djl.pytorch.jni.JniUtils;
import org.fovea.bench.run.Work;
import org.fovea.bench.suite.LayerSuite;

/// The process that measures libtorch's dense products on the layers of the layer suite, one
/// thread.
public final class TorchLayer {

  private TorchLayer() {}

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
    work.row().put("libtorch", engine.getVersion());
    long width = work.cell().integer("width");
    long batch = work.cell().integer("batch");
    long places = width * width;
    try (NDManager manager = NDManager.newBaseManager()) {
      NDArray weights = manager.randomUniform(-1, 1, new Shape(width, width));
      NDArray inputs = manager.randomUniform(-1, 1, new Shape(width, batch));
      NDArray deltas = manager.randomUniform(-1, 1, new Shape(width, batch));
      LayerSuite.put(work, "forward", places, () -> weights.matMul(inputs).close());
      NDArray turned = weights.transpose();
      LayerSuite.put(work, "to inputs", places, () -> turned.matMul(deltas).close());
      NDArray turnedInputs = inputs.transpose();
      LayerSuite.put(work, "to weights", places, () -> deltas.matMul(turnedInputs).close());
    }
  }
}
