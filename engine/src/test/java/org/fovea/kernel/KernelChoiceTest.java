package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.fovea.testkit.ChildJvm;
import org.junit.jupiter.api.Test;

/// Starts JVMs of its own, because a process chooses its kernels once.
class KernelChoiceTest {

  private static final List<String> VECTOR_API = List.of("--add-modules", "jdk.incubator.vector");

  @Test
  void thisBuildHasTheVectorApi() {
    assertThat(ModuleLayer.boot().findModule("jdk.incubator.vector")).isPresent();
    if (System.getProperty("fovea.kernels", "vector").equals("vector")) {
      assertThat(Kernels.best()).isInstanceOf(VectorKernels.class);
    }
    assertThat(Kernels.best()).isSameAs(Kernels.best());
  }

  @Test
  void choosesVectorsWhereTheModuleIsPresent() {
    assertThat(chosen(VECTOR_API)).contains("VectorKernels 10.0");
  }

  @Test
  void choosesScalarAndSaysWhyWhereTheModuleIsMissing() {
    assertThat(chosen(List.of()))
        .contains("ScalarKernels 10.0")
        .contains("the module jdk.incubator.vector is missing")
        .doesNotContain("Exception", "NoClassDefFoundError");
  }

  @Test
  void choosesScalarWhenAskedOrWhenTheCompilerIsOff() {
    assertThat(chosen(with("-Dfovea.kernels=scalar"))).contains("ScalarKernels 10.0");
    assertThat(chosen(with("-XX:TieredStopAtLevel=1")))
        .contains("ScalarKernels 10.0")
        .contains("C2 is off");
  }

  @Test
  void warnsOfAnUnknownWishAndGoesOn() {
    assertThat(chosen(with("-Dfovea.kernels=gpu")))
        .contains("must be scalar or vector, not gpu")
        .contains("VectorKernels 10.0");
  }

  private static List<String> with(String option) {
    List<String> options = new ArrayList<>(VECTOR_API);
    options.add(option);
    return options;
  }

  private static String chosen(List<String> options) {
    return ChildJvm.output(options, Choice.class);
  }

  /// Prints which kernels the process chose, and a dot product.
  static final class Choice {

    private Choice() {}

    public static void main(String[] args) {
      Kernels best = Kernels.best();
      float dot = best.dot(new float[] {1f, 2f}, 0, new float[] {4f, 3f}, 0, 2);
      System.out.println(best.getClass().getSimpleName() + " " + dot);
    }
  }
}
