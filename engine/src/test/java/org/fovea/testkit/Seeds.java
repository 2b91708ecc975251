package org.fovea.testkit;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SplittableRandom;

/// Random input for tests: one seed for the whole run, different numbers for each test.
///
/// ```java
/// @Test
/// void keepsConnectionCountWhenEvolving() {
///   Seeds.repeat(1_000, random -> { ... random.nextInt(64) ... });
/// }
/// ```
///
/// A failure carries the seed and the command that repeats it, and is written to `target/failures`.
/// The seed is the same in each run, so that a build can be repeated; `-Dfovea.seed=N` gives
/// another, and `-Dfovea.seed=random` a new one each time, which is how to look for rare failures.
public final class Seeds {

  private static final String PROPERTY = "fovea.seed";
  private static final long RUN = seed(System.getProperty(PROPERTY, "20261121"));

  private Seeds() {}

  private static long seed(String property) {
    return property.equals("random") ? System.nanoTime() & 0x7fff_ffffL : Long.parseLong(property);
  }

  /// One case of a repeated test.
  @FunctionalInterface
  public interface Case {

    /// Checks one random case.
    ///
    /// @param random numbers that belong to this case alone
    /// @throws Exception if the case fails
    void check(SplittableRandom random) throws Exception;
  }

  /// The seed of this run.
  public static long run() {
    return RUN;
  }

  /// A generator from a fixed seed, whatever the run: for the rare test that needs the same numbers
  /// each time.
  public static SplittableRandom fixed(long seed) {
    return new SplittableRandom(seed);
  }

  /// Checks one random case; see [#repeat].
  public static void once(Case body) {
    check(1, body, caller());
  }

  /// Checks random cases, each with its own generator, which depends on the seed of the run, on the
  /// calling test and on the number of the case, and on nothing else.
  ///
  /// @throws AssertionError with the seed and the command that repeats the test, if a case fails
  public static void repeat(int cases, Case body) {
    check(cases, body, caller());
  }

  private static void check(int cases, Case body, StackWalker.StackFrame test) {
    String name = test.getClassName() + "." + test.getMethodName();
    long base = RUN * 0x9e3779b97f4a7c15L ^ name.hashCode();
    for (int number = 0; number < cases; number++) {
      try {
        body.check(new SplittableRandom(base + number * 0xbf58476d1ce4e5b9L));
      } catch (Exception | AssertionError failure) {
        throw explained(failure, number, test);
      }
    }
  }

  private static AssertionError explained(
      Throwable failure, int number, StackWalker.StackFrame test) {
    String type = test.getClassName();
    String simple = type.substring(type.lastIndexOf('.') + 1);
    String message =
        "%s%n  case %d of seed %d; repeat with: mvn test -Dtest='%s#%s' -D%s=%d"
            .formatted(failure, number, RUN, simple, test.getMethodName(), PROPERTY, RUN);
    AssertionError error = new AssertionError(message, failure);
    StringWriter text = new StringWriter();
    error.printStackTrace(new PrintWriter(text, true));
    Path file = Path.of("target", "failures", simple + "." + test.getMethodName() + ".txt");
    try {
      Files.createDirectories(file.getParent());
      Files.writeString(file, text.toString());
    } catch (IOException unwritable) {
      error.addSuppressed(unwritable);
    }
    return error;
  }

  /// The test method: the outermost frame of ours, however deep the helpers are that led here.
  private static StackWalker.StackFrame caller() {
    return StackWalker.getInstance()
        .walk(frames ->
            frames
                .filter(frame -> frame.getClassName().startsWith("org.fovea."))
                .reduce((inner, outer) -> outer)
                .orElseThrow());
  }
}
