package org.fovea.planted.kernel;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Does in a kernel what no kernel may do.
final class Costly {

  private static final ThreadLocal<float[]> SCRATCH = new ThreadLocal<>();

  int streams(int[] values) {
    return Arrays.stream(values).sum();
  }

  Optional<String> wraps(String value) {
    return Optional.of(value);
  }

  void boxes(List<Float> values, float value) {
    values.add(value);
  }

  void keepsPerThread() {
    SCRATCH.remove();
  }

  void logs() {
    System.getLogger("kernel").log(System.Logger.Level.INFO, "one more example");
  }
}
