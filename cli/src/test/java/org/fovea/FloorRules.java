package org.fovea;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// Which part of the house may use which.
///
/// ```
/// floor 6    bench  cli  serve  spark
/// floor 5    training   text
/// floor 4    model      event      store
/// floor 3    selection  topology   growth   residency
/// floor 2    network
/// floor 1    spec       kernel     data
/// ```
///
/// A part uses the floors below it, and itself, and no neighbour. Beneath them all lies the root
/// package, which holds the exceptions and uses nothing.
final class FloorRules {

  private static final String ROOT_PACKAGE = "";

  private static final List<Set<String>> FLOORS =
      List.of(
          Set.of("spec", "kernel", "data"),
          Set.of("network"),
          Set.of("selection", "topology", "growth", "residency"),
          Set.of("model", "event", "store"),
          Set.of("training", "text"),
          Set.of("bench", "cli", "serve", "spark"));

  private static final Map<String, Set<String>> USABLE = usable();

  private FloorRules() {}

  private static Map<String, Set<String>> usable() {
    Map<String, Set<String>> usable = new HashMap<>();
    usable.put(ROOT_PACKAGE, Set.of(ROOT_PACKAGE));
    Set<String> below = new HashSet<>(Set.of(ROOT_PACKAGE));
    for (Set<String> floor : FLOORS) {
      for (String part : floor) {
        Set<String> own = new HashSet<>(below);
        own.add(part);
        usable.put(part, Set.copyOf(own));
      }
      below.addAll(floor);
    }
    return Map.copyOf(usable);
  }

  static ArchRule lowerFloorsOnly(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(useOnlyWhatLiesBelow(root))
        .allowEmptyShould(true);
  }

  static ArchRule jacksonOnlyInModel(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackages(root + ".model..", root + ".cli..", root + ".serve..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("tools.jackson..", "com.fasterxml.jackson..")
        .allowEmptyShould(true);
  }

  static ArchRule noPackageCycles(String root) {
    return slices().matching(root + ".(**)").should().beFreeOfCycles().allowEmptyShould(true);
  }

  private static ArchCondition<JavaClass> useOnlyWhatLiesBelow(String root) {
    return new ArchCondition<>("use only parts of lower floors") {
      @Override
      public void check(JavaClass user, ConditionEvents events) {
        Set<String> usable = USABLE.get(part(root, user));
        if (usable == null) {
          String stray = user.getName() + " lives in no part of the house";
          events.add(SimpleConditionEvent.violated(user, stray));
          return;
        }
        for (Dependency dependency : user.getDirectDependenciesFromSelf()) {
          JavaClass used = dependency.getTargetClass().getBaseComponentType();
          if (isIn(root, used) && !usable.contains(part(root, used))) {
            String upward = user.getName() + " uses " + used.getName();
            events.add(
                SimpleConditionEvent.violated(user, upward + ": " + dependency.getDescription()));
          }
        }
      }
    };
  }

  private static boolean isIn(String root, JavaClass type) {
    return (type.getPackageName() + ".").startsWith(root + ".");
  }

  /// The first name below the root: `org.fovea.selection.lsh` is in `selection`.
  private static String part(String root, JavaClass type) {
    String name = type.getPackageName();
    if (name.equals(root)) {
      return ROOT_PACKAGE;
    }
    String below = name.substring(root.length() + 1);
    int end = below.indexOf('.');
    return end < 0 ? below : below.substring(0, end);
  }
}
