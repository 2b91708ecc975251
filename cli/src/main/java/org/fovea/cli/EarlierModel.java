package org.fovea.cli;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.fovea.data.DataSummary;
import org.fovea.model.ModelInfo;
import org.fovea.model.Predecessor;
import org.fovea.training.Plan;

/// The model that a run goes on with, if `--from` names one.
///
/// @param predecessor the model, open
record EarlierModel(Optional<Predecessor> predecessor) implements AutoCloseable {

  static EarlierModel of(TrainSettings settings) {
    return new EarlierModel(settings.earlierModel().map(Predecessor::open));
  }

  /// What the model tells.
  Optional<ModelInfo> info() {
    return predecessor.map(Predecessor::info);
  }

  /// The model's own network and training, for the features and labels of the data.
  ///
  /// @param data read with the model's features and labels and those that are new
  static Configuration.Specs specs(ModelInfo info, DataSummary data) {
    return new Configuration.Specs(
        info.network().withCounts(data.featureCount(), data.labelCount()), info.training());
  }

  /// What is going to be done, with what is kept.
  ///
  /// @param planned the model's own specs
  /// @param wanted those over which the user has laid his own
  static Plan plan(Predecessor model, Configuration.Specs planned, Configuration.Specs wanted) {
    ModelInfo info = model.info();
    List<String> reasons = new ArrayList<>();
    reasons.add(
        "everything as in %s, trained on %s examples of %s"
            .formatted(model.path(), Sizes.count(info.data().examples()), info.data().name()));
    int features = planned.network().input().features() - info.network().input().features();
    int labels = planned.network().output().labels() - info.network().output().labels();
    reasons.add(
        features == 0 && labels == 0
            ? "no features or labels are new: all parameters go on as they are"
            : "%s features and %s labels are new and start as in a new network; the parameters of the others go on as they are"
                .formatted(Sizes.count(features), Sizes.count(labels)));
    reasons.add(state(model, wanted));
    return new Plan(planned.network(), planned.training(), reasons);
  }

  private static String state(Predecessor model, Configuration.Specs wanted) {
    OptionalLong batch = model.stateOf(wanted.training().optimizer());
    if (batch.isPresent()) {
      return "the optimizer goes on from its state after batch %s, kept in the model's checkpoints"
          .formatted(Sizes.count(batch.getAsLong()));
    }
    return model.stateOf(model.info().training().optimizer()).isPresent()
        ? "the optimizer is another than the model's and starts anew"
        : "the optimizer starts anew: the model has no checkpoint with its state";
  }

  /// Says which labels of the model have no example in the data, as far as that can hurt.
  static Optional<String> unseen(ModelInfo info, DataSummary data) {
    long unseen = 0;
    long[] before = info.data().labelFrequencies();
    for (int label = 0; label < before.length; label++) {
      unseen += before[label] > 0 && data.labelFrequencies().of(label) == 0 ? 1 : 0;
    }
    return unseen == 0
        ? Optional.empty()
        : Optional.of(
            "%s: %s of %s labels that the model has learned have no example here; what it knows of them may fade"
                .formatted(data.name(), Sizes.count(unseen), Sizes.count(before.length)));
  }

  @Override
  public void close() {
    predecessor.ifPresent(Predecessor::close);
  }
}
