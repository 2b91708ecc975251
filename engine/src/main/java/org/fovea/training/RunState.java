package org.fovea.training;

/// Where a run stands between two batches: everything that resuming needs besides parameters and
/// optimizer state.
///
/// @param epoch epochs completed
/// @param batchInEpoch batches of the current epoch done
/// @param batch batches of the run done
/// @param lossSum sum of the losses of the current epoch's examples
/// @param lossCount examples of the current epoch seen
/// @param best best validation measure so far; negative infinity as -1 when there is none
/// @param epochsSinceBest evaluations without improvement
/// @param skippedSteps batches left out
/// @param multiplyAdds of the layers so far
/// @param selectionMultiplyAdds of selection so far
/// @param denseMultiplyAdds of a dense network that skips no feature, so far
public record RunState(
    int epoch,
    long batchInEpoch,
    long batch,
    double lossSum,
    long lossCount,
    double best,
    int epochsSinceBest,
    long skippedSteps,
    long multiplyAdds,
    long selectionMultiplyAdds,
    long denseMultiplyAdds) {

  /// The start of a run.
  public static RunState start() {
    return new RunState(0, 0, 0, 0, 0, -1, 0, 0, 0, 0, 0);
  }
}
