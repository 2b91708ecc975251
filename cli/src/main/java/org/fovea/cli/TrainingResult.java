package org.fovea.cli;

import java.nio.file.Path;
import java.util.Optional;
import org.fovea.data.Examples;
import org.fovea.model.Model;
import org.fovea.model.json.Json;
import org.fovea.training.TrainEvent;
import tools.jackson.databind.node.ObjectNode;

/// What came of a run that was finished.
///
/// @param model the model directory
/// @param ended how the run ended
/// @param lastEpoch its last epoch
/// @param test what the model is worth on the test data, if there is any
record TrainingResult(
    Path model,
    Optional<TrainEvent.RunEnded> ended,
    Optional<TrainEvent.EpochDone> lastEpoch,
    Optional<Evaluation> test) {

  /// Opens the model that was written, and measures it.
  static TrainingResult of(
      Path directory, TrainingSession.Ending ending, Optional<Examples> test, int threads) {
    Optional<Evaluation> evaluation = Optional.empty();
    if (test.isPresent()) {
      try (Model model = Model.open(directory);
          Examples examples = test.get()) {
        evaluation = Optional.of(Evaluation.of(model, examples, Evaluation.Options.usual(threads)));
      }
    }
    return new TrainingResult(directory, ending.ended(), ending.lastEpoch(), evaluation);
  }

  /// Shows it.
  void print(boolean json, Console console) {
    if (json) {
      console.result(tree().toString());
      return;
    }
    test.ifPresent(evaluation -> {
      console.result("on the test data:");
      evaluation.print(console);
    });
    console.result("model     " + model);
  }

  private ObjectNode tree() {
    ObjectNode tree = Json.object();
    tree.put("model", model.toString());
    ended.ifPresent(end -> {
      tree.put("batches", end.batch());
      tree.put("seconds", end.elapsed().toMillis() / 1e3);
      tree.put("CPU seconds", end.cpuSeconds());
    });
    lastEpoch.ifPresent(epoch -> {
      tree.put("epochs", epoch.epoch());
      tree.put("loss", epoch.loss());
      tree.put("multiply-adds", epoch.multiplyAdds() + epoch.selectionMultiplyAdds());
      tree.put("dense multiply-adds", epoch.denseMultiplyAdds());
      if (!epoch.validation().values().isEmpty()) {
        tree.set("validation", MeasureReport.tree(epoch.validation()));
      }
    });
    test.ifPresent(evaluation -> tree.set("test", evaluation.tree()));
    return tree;
  }
}
