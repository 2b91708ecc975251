package org.fovea.training;

import java.util.Optional;
import java.util.function.Consumer;
import org.fovea.data.Examples;
import org.fovea.network.Network;
import org.fovea.training.metric.Measures;

/// Balances what a run keeps: in the model, direct connections and frequencies of labels count as
/// much as unseen examples say. Training goes on with the network as it was.
///
/// **Threads** confined to the thread that trains.
final class BalancedCheckpointer implements Checkpointer {

  private final Checkpointer next;
  private final Network network;
  private final Examples unseen;
  private final long[] occurrences;
  private final Optional<Evaluator> evaluator;
  private final Consumer<TrainEvent> listener;
  private Optional<RunState> kept = Optional.empty();
  private Balance balance = Balance.EVEN;

  /// @param next keeps the network
  /// @param unseen examples that training does not see
  /// @param occurrences training examples of each label
  /// @param evaluator measures what is kept, if somebody wants to know
  BalancedCheckpointer(
      Checkpointer next,
      Network network,
      Examples unseen,
      long[] occurrences,
      Optional<Evaluator> evaluator,
      Consumer<TrainEvent> listener) {
    this.next = next;
    this.network = network;
    this.unseen = unseen;
    this.occurrences = occurrences;
    this.evaluator = evaluator;
    this.listener = listener;
  }

  @Override
  public void checkpoint(RunState state) {
    next.checkpoint(state);
  }

  @Override
  public void keep(RunState state, Measures validation) {
    BalancedParameters parameters = new BalancedParameters(network, occurrences);
    try {
      Balancer.Found found = new Balancer(unseen, occurrences).find(network, parameters);
      balance = found.balance();
      listener.accept(
          new TrainEvent.Balanced(
              state.batch(),
              unseen.summary().exampleCount(),
              balance.direct(),
              balance.frequency(),
              found.before(),
              found.after()));
      next.keep(state, evaluator.map(measured -> measured.evaluate(network)).orElse(validation));
      kept = Optional.of(state);
    } finally {
      parameters.restore();
    }
  }

  /// Leaves the network as it was kept, if it was kept in the state in which the run ended.
  void end(RunState state) {
    if (kept.filter(last -> last.batch() == state.batch()).isPresent()) {
      new BalancedParameters(network, occurrences).apply(balance);
    }
  }
}
