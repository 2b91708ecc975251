package org.fovea;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.core.domain.properties.HasParameterTypes.Predicates.rawParameterTypes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.time.Instant;
import java.util.Random;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullMarked;

/// Habits that hold in every package.
final class CodeRules {

  private static final String EMPTY_NAME =
      ".*(Util|Utils|Helper|Helpers|Manager|Impl|Base)|Abstract.*Base";

  private CodeRules() {}

  static ArchRule onlyCliPrintsAndExits(String root) {
    return noClasses()
        .that()
        .resideOutsideOfPackage(root + ".cli..")
        .should()
        .accessField(System.class, "out")
        .orShould()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .orShould()
        .callMethodWhere(calls(Runtime.class, "exit|halt"))
        .orShould()
        .callMethodWhere(
            target(name("printStackTrace")).and(target(rawParameterTypes(new Class<?>[0]))))
        .allowEmptyShould(true);
  }

  /// Clocks and random sources come in through constructors.
  static ArchRule noHiddenTimeOrChance(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .callMethodWhere(calls(Thread.class, "sleep"))
        .orShould()
        .callMethodWhere(calls(TimeUnit.class, "sleep"))
        .orShould()
        .callConstructor(Random.class)
        .orShould()
        .callMethod(Math.class, "random")
        .orShould()
        .callMethodWhere(calls(ThreadLocalRandom.class, "current"))
        .orShould()
        .callMethod(System.class, "currentTimeMillis")
        .orShould()
        .callMethod(Instant.class, "now")
        .allowEmptyShould(true);
  }

  static ArchRule noEmptyNames(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .haveNameMatching(".*[.$](" + EMPTY_NAME + ")")
        .allowEmptyShould(true);
  }

  static ArchRule publicTypesAreClosed(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .and()
        .arePublic()
        .and()
        .areNotInterfaces()
        .and()
        .areNotEnums()
        .and()
        // The one class that is made to be extended, from every package.
        .doNotHaveSimpleName("FoveaException")
        .should(beClosed())
        .allowEmptyShould(true);
  }

  static ArchRule packagesAreNullMarked(String root) {
    return classes()
        .that()
        .resideInAPackage(root + "..")
        .should(liveInNullMarkedPackage())
        .allowEmptyShould(true);
  }

  /// A model file must never be able to name code.
  static ArchRule noObjectStreams(String root) {
    return noClasses()
        .that()
        .resideInAPackage(root + "..")
        .should()
        .dependOnClassesThat()
        .haveNameMatching("java\\.io\\.Object(In|Out)put.*|java\\.beans\\.XML.*")
        .allowEmptyShould(true);
  }

  private static DescribedPredicate<JavaCall<?>> calls(Class<?> type, String names) {
    return target(owner(name(type.getName())))
        .and(target(nameMatching(names)))
        .as("target is %s.%s", type.getSimpleName(), names);
  }

  private static ArchCondition<JavaClass> beClosed() {
    return new ArchCondition<>("be final, sealed, a record, an enum or an interface") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        boolean closed = type.getModifiers().contains(JavaModifier.FINAL) || type.isSealed();
        if (!closed) {
          String open = type.getDescription() + " is open to extension";
          events.add(SimpleConditionEvent.violated(type, open));
        }
      }
    };
  }

  private static ArchCondition<JavaClass> liveInNullMarkedPackage() {
    return new ArchCondition<>("live in a package that is null-marked") {
      @Override
      public void check(JavaClass type, ConditionEvents events) {
        if (!type.getPackage().isAnnotatedWith(NullMarked.class)) {
          String unmarked = type.getName() + ": its package lacks a package-info with @NullMarked";
          events.add(SimpleConditionEvent.violated(type, unmarked));
        }
      }
    };
  }
}
