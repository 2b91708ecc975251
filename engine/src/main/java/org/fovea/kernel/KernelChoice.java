package org.fovea.kernel;

/// Decides once which kernels this process uses, and says why in one line of the log.
///
/// `-Dfovea.kernels=scalar` or `vector` forces a choice. A choice that cannot be honoured is a
/// warning and never an error: the scalar kernels run everywhere.
final class KernelChoice {

  private static final String PROPERTY = "fovea.kernels";

  /// What [Kernels#best] returns.
  static final Kernels BEST = choose();

  private KernelChoice() {}

  private static Kernels choose() {
    System.Logger log = System.getLogger(KernelChoice.class.getName());
    String wish = System.getProperty(PROPERTY, "");
    String obstacle = obstacle();
    if (!wish.isEmpty() && !wish.equals("scalar") && !wish.equals("vector")) {
      log.log(
          System.Logger.Level.WARNING,
          "-D" + PROPERTY + " must be scalar or vector, not " + wish + "; it is ignored");
    }
    if (wish.equals("scalar")) {
      log.log(System.Logger.Level.DEBUG, "scalar kernels, because -D" + PROPERTY + "=scalar");
      return new ScalarKernels();
    }
    if (obstacle.isEmpty()) {
      log.log(System.Logger.Level.DEBUG, "vector kernels of " + Simd.bits() + " bits");
      return new VectorKernels();
    }
    log.log(System.Logger.Level.WARNING, "scalar kernels, because " + obstacle);
    return new ScalarKernels();
  }

  /// Why this JVM cannot run vector kernels well; empty if it can.
  private static String obstacle() {
    if (ModuleLayer.boot().findModule("jdk.incubator.vector").isEmpty()) {
      return "the module jdk.incubator.vector is missing: start java with"
          + " --add-modules jdk.incubator.vector";
    }
    String mode = System.getProperty("java.vm.info", "");
    if (mode.contains("interpreted") || mode.contains("emulated-client")) {
      return "the optimizing compiler C2 is off (" + mode + ")";
    }
    if (!Simd.fused()) {
      return "this processor has no fused multiply-add";
    }
    return "";
  }
}
