package org.fovea.bench.kernel;

import org.fovea.kernel.Kernels;
import org.fovea.kernel.ScalarKernels;
import org.fovea.kernel.VectorKernels;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/// Which of the two kinds of kernels a benchmark runs.
@State(Scope.Benchmark)
public class KernelPair {

  /// `scalar` or `vector`.
  @Param({"vector", "scalar"})
  public String kernels = "";

  /// The kernels of that name.
  Kernels chosen() {
    return switch (kernels) {
      case "scalar" -> new ScalarKernels();
      case "vector" -> new VectorKernels();
      default -> throw new IllegalArgumentException("no kernels are called " + kernels);
    };
  }
}
