package org.fovea.cli;

import java.util.Optional;
import java.util.stream.Collectors;
import org.fovea.data.DataSummary;
import org.fovea.model.json.Json;
import org.fovea.model.json.SpecJson;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.Optimizer;
import org.fovea.spec.TrainSpec;
import org.fovea.training.MemoryEstimate;
import org.fovea.training.RunOptions;
import org.fovea.training.SuspendedLabels;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// Refuses what cannot fit in memory before anything is allocated, and says what would.
///
/// @param data the training data
/// @param dataBudget bytes that the data may take
/// @param options threads, and where the rows of labels are
/// @param heap bytes that there are
record MemoryCheck(DataSummary data, long dataBudget, RunOptions options, long heap) {

  private static final int NARROWEST = 16;

  /// What a run takes.
  MemoryEstimate estimate(Configuration.Specs specs) {
    return MemoryEstimate.of(specs.network(), specs.training(), data, dataBudget, options);
  }

  /// Throws unless a run fits.
  ///
  /// @throws CommandException saying what would fit
  /// @throws org.fovea.training.TrainingException if the rows of labels cannot be where they are to
  ///   be
  void require(Configuration.Specs specs) {
    SuspendedLabels.require(specs.network(), specs.training(), data, options.labels());
    long needed = estimate(specs).bytes();
    if (needed <= heap) {
      return;
    }
    String smaller = fitting(specs).map(found -> "; or ask for less: " + found).orElse("");
    throw new CommandException(
        "this needs about %s, more than the Java heap of %s: give it more with FOVEA_JAVA_OPTS=-Xmx%sg if the machine has it%s"
            .formatted(
                Sizes.bytes(needed),
                Sizes.bytes(heap),
                Math.ceilDiv(needed + needed / 8, 1L << 30),
                smaller));
  }

  /// Options under which a run fits: a leaner optimizer first, then narrower layers.
  private Optional<String> fitting(Configuration.Specs specs) {
    TrainSpec training = specs.training();
    String options = "";
    if (!(training.optimizer() instanceof Optimizer.RowAdagrad)) {
      training = withRowAdagrad(training);
      options = "--optimizer row-adagrad";
    }
    NetworkSpec network = specs.network();
    while (true) {
      long bytes = estimate(new Configuration.Specs(network, training)).bytes();
      if (bytes <= heap) {
        return options.isEmpty()
            ? Optional.empty()
            : Optional.of("%s takes about %s".formatted(options.strip(), Sizes.bytes(bytes)));
      }
      // --hidden makes dense layers, whatever there was
      if (network.isSparse()
          || network.hidden().stream().allMatch(layer -> layer.neurons() <= NARROWEST)) {
        return Optional.empty();
      }
      network = halved(network);
      String widths =
          network.hidden().stream()
              .map(layer -> String.valueOf(layer.neurons()))
              .collect(Collectors.joining(","));
      options =
          (training.equals(specs.training()) ? "" : "--optimizer row-adagrad ")
              + "--hidden "
              + widths;
    }
  }

  private static NetworkSpec halved(NetworkSpec network) {
    JsonNode tree = SpecJson.write(network, NetworkSpec.class);
    for (JsonNode layer : tree.path("hidden")) {
      if (layer.path("dense") instanceof ObjectNode dense) {
        dense.put("neurons", Math.max(NARROWEST, dense.path("neurons").asInt() / 2));
        dense.put("selection", "all");
      }
    }
    return SpecJson.read(tree, NetworkSpec.class);
  }

  private static TrainSpec withRowAdagrad(TrainSpec training) {
    JsonNode tree = SpecJson.write(training, TrainSpec.class);
    ObjectNode wanted = Json.object().put("optimizer", "row-adagrad");
    return SpecJson.read(SpecMerge.over(tree, wanted, TrainSpec.class), TrainSpec.class);
  }
}
