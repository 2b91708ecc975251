package org.fovea.spec;

import java.util.Optional;

/// A training run.
///
/// @param epochs passes over the training data
/// @param batch examples between two updates of a row
/// @param optimizer how a gradient becomes a step
/// @param schedule learning rate of the hidden layers and of the output layer
/// @param directRate learning rate of the direct connections where the schedule is at its peak;
///   they are stepped by Adagrad, each with an accumulator of its own
/// @param directInitial where the accumulators of the direct connections start
/// @param weightDecay share of a row's weights that is subtracted each time it is updated, times
///   the learning rate (decoupled: Loshchilov and Hutter, ICLR 2019, arXiv:1711.05101)
/// @param clipping limit on gradients
/// @param averaging last weights or their mean
/// @param balancing what direct connections and frequencies of labels count for in the end
/// @param stopping when to end early
/// @param deterministic the same bits for any number of threads, instead of asynchronous workers
/// @param seed of every random choice
/// @param replicas copies of the network that train together, if it is not one network that does
public record TrainSpec(
    int epochs,
    int batch,
    Optimizer optimizer,
    Schedule schedule,
    double directRate,
    double directInitial,
    double weightDecay,
    Clipping clipping,
    Averaging averaging,
    Balancing balancing,
    Stopping stopping,
    boolean deterministic,
    long seed,
    Optional<Replicas> replicas) {

  public TrainSpec {
    Require.positive("epochs", epochs);
    Require.that(batch >= 1 && batch <= 65_536, "batch must be between 1 and 65536, not %d", batch);
    Require.positive("directRate", directRate);
    Require.positive("directInitial", directInitial);
    Require.notNegative("weightDecay", weightDecay);
    Require.that(
        replicas.isEmpty()
            || (averaging instanceof Averaging.None
                && balancing instanceof Balancing.None
                && stopping instanceof Stopping.Never),
        "replicas train to the end and are averaged there: averaging and balancing must be none,"
            + " stopping never");
  }

  /// A run of one network.
  public TrainSpec(
      int epochs,
      int batch,
      Optimizer optimizer,
      Schedule schedule,
      double directRate,
      double directInitial,
      double weightDecay,
      Clipping clipping,
      Averaging averaging,
      Balancing balancing,
      Stopping stopping,
      boolean deterministic,
      long seed) {
    this(
        epochs,
        batch,
        optimizer,
        schedule,
        directRate,
        directInitial,
        weightDecay,
        clipping,
        averaging,
        balancing,
        stopping,
        deterministic,
        seed,
        Optional.empty());
  }

  /// The same run by replicas.
  public TrainSpec withReplicas(Replicas some) {
    return new TrainSpec(
        epochs,
        batch,
        optimizer,
        schedule,
        directRate,
        directInitial,
        weightDecay,
        clipping,
        averaging,
        balancing,
        stopping,
        deterministic,
        seed,
        Optional.of(some));
  }
}
