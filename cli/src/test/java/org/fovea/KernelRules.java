package org.fovea;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.Set;
import java.util.function.Predicate;

/// What the fast code may use, and where.
final class KernelRules {

  private static final String VECTOR_API = "jdk.incubator.vector";

  private static final Set<String> SLOW_SOMEWHERE =
      Set.of("fma", "compress", "expand", "FMA", "COMPRESS_BITS", "EXPAND_BITS");

  /// Vector kernels, which `KernelChoice` takes only where `fma` is one instruction, call it
  /// themselves: C2 may leave a way through `Simd` as a call, and make every vector an object
  /// (`docs/kernels.md`).
  private static final String FUSES = ".kernel.Vector";

  private static final Set<String> BOXES =
      Set.of(
          "java.lang.Boolean",
          "java.lang.Byte",
          "java.lang.Character",
          "java.lang.Short",
          "java.lang.Integer",
          "java.lang.Long",
          "java.lang.Float",
          "java.lang.Double");

  private KernelRules() {}

  static ArchRule vectorApiOnlyInKernels(String root) {
    return noClasses()
        .that(
            new DescribedPredicate<JavaClass>("are no kernels") {
              @Override
              public boolean test(JavaClass type) {
                String name = outermost(type).getSimpleName();
                boolean inPlace = type.getPackageName().equals(root + ".kernel");
                return !(inPlace && (name.startsWith("Vector") || name.equals("Simd")));
              }
            })
        .should()
        .dependOnClassesThat()
        .resideInAPackage(VECTOR_API)
        .allowEmptyShould(true);
  }

  static ArchRule slowVectorCallsOnlyInSimd(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(
            access(
                "leave compress, expand, gathers and mask casts to Simd, and fma to vector kernels",
                access ->
                    isSlowSomewhere(access.getTarget())
                        && !mayBeSlow(
                            root, outermost(access.getOriginOwner()), access.getTarget())))
        .allowEmptyShould(true);
  }

  private static boolean mayBeSlow(String root, JavaClass kernel, AccessTarget target) {
    boolean fuses = kernel.getName().startsWith(root + FUSES);
    return kernel.getName().equals(root + ".kernel.Simd")
        || (fuses
            && target.getName().equals("fma")
            && target.getOwner().getPackageName().equals(VECTOR_API));
  }

  static ArchRule kernelsDoNothingCostly(String root) {
    return classes()
        .that()
        .resideInAPackage(root + ".kernel..")
        .and()
        // Runs once in the life of a process, and says in one line what it chose.
        .doNotHaveSimpleName("KernelChoice")
        .should(access("use no stream, Optional, box, ThreadLocal or log", KernelRules::isCostly))
        .allowEmptyShould(true);
  }

  /// Gathers and scatters are the loads and stores that take, after the array and the offset, a map
  /// of indices.
  private static boolean isSlowSomewhere(AccessTarget target) {
    String owner = target.getOwner().getName();
    String name = target.getName();
    if (owner.equals("java.lang.Math") || owner.equals("java.lang.StrictMath")) {
      return name.equals("fma");
    }
    if (!target.getOwner().getPackageName().equals(VECTOR_API)) {
      return false;
    }
    boolean takesMap =
        target instanceof AccessTarget.CodeUnitAccessTarget unit
            && unit.getRawParameterTypes().stream()
                .skip(2)
                .anyMatch(type -> type.getName().equals("[I"));
    return SLOW_SOMEWHERE.contains(name)
        || ((name.equals("fromArray") || name.equals("intoArray")) && takesMap)
        || (owner.endsWith(".VectorMask") && name.equals("cast"));
  }

  private static boolean isCostly(JavaAccess<?> access) {
    AccessTarget target = access.getTarget();
    String owner = target.getOwner().getName();
    boolean boxing = BOXES.contains(owner) && target.getName().equals("valueOf");
    return owner.startsWith("java.util.stream.")
        || owner.startsWith("java.util.Optional")
        || (target instanceof AccessTarget.MethodCallTarget call
            && call.getRawReturnType().getPackageName().equals("java.util.stream"))
        || owner.equals("java.lang.ThreadLocal")
        || owner.startsWith("java.lang.System$Logger")
        || owner.startsWith("java.util.logging.")
        || owner.startsWith("org.slf4j.")
        || (owner.equals("java.lang.System") && target.getName().equals("getLogger"))
        || (boxing && !wordsMessage(access.getOrigin()));
  }

  /// `"%d".formatted(row)` boxes, and is the way to word an error.
  private static boolean wordsMessage(JavaCodeUnit unit) {
    return unit.getMethodCallsFromSelf().stream()
        .anyMatch(call -> call.getTarget().getFullName().startsWith("java.lang.String.format"));
  }

  private static ArchCondition<JavaClass> access(
      String description, Predicate<JavaAccess<?>> forbidden) {
    return new ArchCondition<>(description) {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        for (JavaAccess<?> access : type.getAccessesFromSelf()) {
          if (forbidden.test(access)) {
            events.add(SimpleConditionEvent.violated(access, access.getDescription()));
          }
        }
      }
    };
  }

  private static JavaClass outermost(JavaClass type) {
    JavaClass outer = type;
    while (outer.getEnclosingClass().isPresent()) {
      outer = outer.getEnclosingClass().get();
    }
    return outer;
  }
}
