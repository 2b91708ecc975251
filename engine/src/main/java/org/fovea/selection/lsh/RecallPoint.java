package org.fovea.selection.lsh;

import java.util.List;

/// What a budget buys: one point of the curve of recall against cost.
///
/// @param recall share of the truly best neurons that are found
/// @param scanned mean number of rows whose net input is estimated
/// @param cost what a query costs, in multiply-adds; see [PredictionTuner]
/// @param microseconds measured time of a query on one thread, exact net inputs of what was found
///   included; depends on the machine and its load
public record RecallPoint(
    QueryBudget budget, double recall, double scanned, double cost, double microseconds) {

  /// The first point of an ascending curve that reaches a recall, or its last.
  static RecallPoint cheapest(List<RecallPoint> curve, double recall) {
    for (RecallPoint point : curve) {
      if (point.recall >= recall) {
        return point;
      }
    }
    return curve.getLast();
  }
}
