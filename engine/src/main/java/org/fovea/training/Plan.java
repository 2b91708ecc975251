package org.fovea.training;

import java.util.List;
import org.fovea.spec.NetworkSpec;
import org.fovea.spec.TrainSpec;

/// What was chosen for a data set, and why.
///
/// @param reasons one sentence for each choice
public record Plan(NetworkSpec network, TrainSpec training, List<String> reasons) {

  public Plan {
    reasons = List.copyOf(reasons);
  }
}
