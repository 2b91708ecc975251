package org.fovea;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/// Holds the code to the shape that ARCHITECTURE.md and CONVENTIONS.md describe.
///
/// It stands in `cli` because the command line sees every part that ships. The benchmarks are not
/// scanned: their POM does not know `cli`, and JMH wants classes that are not final.
///
/// Each rule runs twice: over Fovea, where it must hold, and over the small house of
/// `org.fovea.planted`, where it must find what was planted.
class ArchitectureTest {

  private static final JavaClasses FOVEA =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.fovea");

  private static final JavaClasses PLANTED =
      new ClassFileImporter().importPackages("org.fovea.planted");

  /// A rule, and what its report must contain when it meets the planted classes.
  private record Check(String name, Rule rule, List<String> reports) {

    @Override
    public String toString() {
      return name;
    }
  }

  private static Check planted(String name, Rule rule, String... reports) {
    return new Check(name, rule, List.of(reports));
  }

  private static List<Check> checks() {
    return List.of(
        planted(
            "parts use lower floors only",
            FloorRules::lowerFloorsOnly,
            "planted.spec.UpwardSpec uses org.fovea.planted.network.Talker",
            "planted.attic.Stray lives in no part of the house"),
        planted(
            "in the engine only model uses Jackson",
            FloorRules::jacksonOnlyInModel,
            "planted.network.Talker.parsesJson"),
        planted(
            "packages have no cycles",
            FloorRules::noPackageCycles,
            "planted.network",
            "planted.spec"),
        planted(
            "only Vector* and Simd use the Vector API",
            KernelRules::vectorApiOnlyInKernels,
            "planted.kernel.Gathering",
            "planted.network.VectorThing"),
        planted(
            "only Simd uses what is slow somewhere, and vector kernels fma",
            KernelRules::slowVectorCallsOnlyInSimd,
            "Gathering.multiplyAdds(",
            "Gathering.multipliesAndAddsScalars(",
            "Gathering.multiplyAddsByOperator(",
            "Gathering.compresses(",
            "Gathering.expands(",
            "Gathering.gathers(",
            "VectorGathering.gathersIntoVectors(",
            "Gathering.scatters(",
            "Gathering.castsMask("),
        planted(
            "kernels do nothing costly",
            KernelRules::kernelsDoNothingCostly,
            "Costly.streams(",
            "Costly.wraps(",
            "Costly.boxes(",
            "Costly.keepsPerThread(",
            "Costly.logs("),
        planted(
            "only cli prints and exits",
            CodeRules::onlyCliPrintsAndExits,
            "Talker.prints(",
            "Talker.complains(",
            "Talker.printsStack(",
            "Talker.exits(",
            "Talker.halts("),
        planted(
            "no sleeping, chance or wall clock",
            CodeRules::noHiddenTimeOrChance,
            "Talker.sleeps(",
            "Talker.drawsUnseeded(",
            "Talker.drawsFromMath(",
            "Talker.drawsFromThread(",
            "Talker.readsClock(",
            "Talker.readsInstant("),
        planted(
            "names say what a class is",
            CodeRules::noEmptyNames,
            "planted.network.ThingUtil>",
            "planted.network.ThingUtils>",
            "planted.network.ThingHelper>",
            "planted.network.ThingManager>",
            "planted.network.ThingImpl>",
            "planted.network.AbstractThingBase>"),
        planted(
            "public types are closed", CodeRules::publicTypesAreClosed, "planted.network.Open>"),
        planted(
            "packages are null-marked", CodeRules::packagesAreNullMarked, "planted.attic.Stray"),
        planted(
            "nothing is serialized as objects",
            CodeRules::noObjectStreams,
            "Talker.readsObject(",
            "Talker.writesObject("));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void holdsForFovea(Check check) {
    check.rule().in("org.fovea").check(FOVEA);
  }

  @ParameterizedTest
  @MethodSource("checks")
  void findsWhatWasPlanted(Check check) {
    assertThatThrownBy(() -> check.rule().in("org.fovea.planted").check(PLANTED))
        .isInstanceOf(AssertionError.class)
        .message()
        .contains(check.reports());
  }

  @ParameterizedTest
  @MethodSource("checks")
  void leavesTheInnocentAlone(Check check) {
    assertThat(
            check.rule().in("org.fovea.planted").evaluate(PLANTED).getFailureReport().getDetails())
        .noneMatch(detail -> detail.contains("Innocent"));
  }

  @Test
  void seesTheEngineAndNotThePlantedHouse() {
    assertThat(FOVEA.containPackage("org.fovea.kernel")).isTrue();
    assertThat(FOVEA.containPackage("org.fovea.planted")).isFalse();
  }
}
