package org.fovea.model;

import java.nio.file.Path;
import org.fovea.model.files.ModelDirectory;
import org.fovea.network.Network;
import org.fovea.selection.Selectors;
import org.fovea.spec.Residency;

/// A trained network as opened from its directory, ready to predict.
///
/// ```java
/// try (Model model = Model.open(Path.of("model"))) {
///   Predictor predictor = new Predictor(model.network());
///   ...
/// }
/// ```
///
/// @param info what the directory tells besides the parameters
/// @param network for prediction only
public record Model(ModelInfo info, Network network) implements AutoCloseable {

  /// Opens and verifies a model directory.
  ///
  /// @throws org.fovea.FoveaException if it is not a sound model of a version that is known
  public static Model open(Path path) {
    return open(path, new Residency.Heap());
  }

  /// Opens and verifies a model directory whose output layer may be larger than memory.
  ///
  /// @param residency where the rows of the output layer are
  /// @throws org.fovea.FoveaException if it is not a sound model of a version that is known, or its
  ///   output layer has no rows of weights
  public static Model open(Path path, Residency residency) {
    try (ModelDirectory directory = ModelDirectory.open(path)) {
      ModelInfo info = ModelInfo.read(directory);
      Network network = NetworkFiles.read(directory, info.network(), residency);
      // without their tables hashed hidden layers would have no neurons
      Selectors.selectHidden(
          network, info.training().seed(), info.training().deterministic(), (_, _, _) -> {});
      return new Model(info, network);
    }
  }

  @Override
  public void close() {
    network.close();
  }
}
