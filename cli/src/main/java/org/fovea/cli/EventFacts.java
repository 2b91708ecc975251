package org.fovea.cli;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.fovea.data.Batch;
import org.fovea.data.ExampleReader;
import org.fovea.event.trained.EventPredictor;
import org.fovea.event.trained.TrainedEvents;
import org.fovea.model.json.Json;
import org.fovea.network.Network;
import org.fovea.network.Predictor;
import org.fovea.network.TopK;
import tools.jackson.databind.node.ObjectNode;

/// What rows of data touch of a network whose hidden neurons are driven by events.
///
/// @param reason why it cannot be driven by events; empty if it can
/// @param rows rows that were predicted
/// @param agreed rows whose best label is that of the usual prediction
/// @param updated share of the hidden neurons whose net input was computed
/// @param active share of the hidden neurons that became active
/// @param multiplyAdds share of the multiply-adds, direct connections left out
record EventFacts(
    Optional<String> reason,
    long rows,
    long agreed,
    double updated,
    double active,
    double multiplyAdds) {

  /// Label scores that may be computed for this.
  private static final long MOST_SCORES = 20_000_000;

  private static final int MOST_ROWS = 1_000;

  /// Predicts some rows both ways.
  ///
  /// @param reader read from
  static EventFacts of(Network network, ExampleReader reader) {
    TrainedEvents compiled;
    try {
      compiled = TrainedEvents.of(network);
    } catch (IllegalArgumentException e) {
      return new EventFacts(Optional.of(String.valueOf(e.getMessage())), 0, 0, 0, 0, 0);
    }
    int labels = network.spec().output().labels();
    int most = Math.clamp(MOST_SCORES / labels, 1, MOST_ROWS);
    EventPredictor events = new EventPredictor(compiled);
    Predictor usual = new Predictor(network, compiled.direct());
    TopK[] expected = {new TopK(1)};
    TopK best = new TopK(1);
    Batch row = new Batch();
    long agreed = 0;
    for (int i = 0; i < most && reader.read(row, 1) > 0; i++) {
      network.inputWeights().apply(row);
      expected[0].clear();
      usual.predict(row, expected);
      best.clear();
      events.predict(row, 0, best);
      expected[0].rank();
      best.rank();
      agreed += best.id(0) == expected[0].id(0) ? 1 : 0;
      row.clear();
    }
    EventPredictor.Touched touched = events.touched();
    double all = Math.max(1, touched.rows());
    return new EventFacts(
        Optional.empty(),
        touched.rows(),
        agreed,
        touched.neurons() / all / compiled.hiddenNeurons(),
        touched.active() / all / compiled.hiddenNeurons(),
        touched.multiplyAdds() / all / Math.max(1, compiled.multiplyAdds()));
  }

  /// For people.
  InspectReport.Section section() {
    return new InspectReport.Section(
        "Driven by events",
        List.of(
            reason.orElseGet(() ->
                String.format(
                    Locale.ROOT,
                    "%s rows touch %.1f %% of the hidden neurons, %.1f %% of all become"
                        + " active, and %.2f %% of the multiply-adds; the best label is the same in"
                        + " %s",
                    Sizes.count(rows),
                    100 * updated,
                    100 * active,
                    100 * multiplyAdds,
                    Sizes.count(agreed)))));
  }

  /// For programs.
  ObjectNode tree() {
    ObjectNode tree = Json.object();
    if (reason.isPresent()) {
      return tree.put("reason", reason.get());
    }
    return tree.put("rows", rows)
        .put("same-best-label", agreed)
        .put("updated-share", updated)
        .put("active-share", active)
        .put("multiply-adds-share", multiplyAdds);
  }
}
