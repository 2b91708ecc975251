package org.fovea.spec;

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
/// @param deterministic the same bits for any number of threads, instead of lock-free workers
/// @param seed of every random choice
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
    long seed) {

  public TrainSpec {
    Require.positive("epochs", epochs);
    Require.that(batch >= 1 && batch <= 65_536, "batch must be between 1 and 65536, not %d", batch);
    Require.positive("directRate", directRate);
    Require.positive("directInitial", directInitial);
    Require.notNegative("weightDecay", weightDecay);
  }
}
