package org.fovea.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.fovea.testkit.ChildJvm;
import org.junit.jupiter.api.Test;

class KernelBitsTest {

  /// Changes only when a definition does.
  @Test
  void scalarKernelsGiveTheSameBitsOnEveryMachine() {
    assertThat(KernelBits.checksum(new ScalarKernels())).isEqualTo(873_057_802L);
  }

  /// The Vector API's own sum over lanes has one order when interpreted and another when compiled.
  @Test
  void vectorKernelsGiveTheSameBitsInterpretedAndCompiled() {
    String interpreted = output("-Xint", "1");
    assertThat(interpreted).startsWith("always ");
    assertThat(output("-Xmixed", "5000")).isEqualTo(interpreted);
  }

  private static String output(String mode, String calls) {
    List<String> options =
        List.of(mode, "-Dfovea.vectorBits=" + Simd.bits(), "--add-modules", "jdk.incubator.vector");
    return ChildJvm.output(options, KernelBits.class, calls);
  }
}
