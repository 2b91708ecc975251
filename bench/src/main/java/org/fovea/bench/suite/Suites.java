package org.fovea.bench.suite;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.fovea.bench.run.Suite;

/// All suites.
public final class Suites {

  private static final List<Suite> ALL =
      List.of(
          new SpeedSuite(),
          new ThreadsSuite(),
          new RacesSuite(),
          new LatencySuite(),
          new SelectionSuite(),
          new HiddenSuite(),
          new GrowthSuite(),
          new MemorySuite(),
          new AnnotateSuite(),
          new LargeSuite(),
          new EditsSuite(),
          new LayerSuite(),
          new ScaleSuite(),
          new TablesSuite(),
          new NamesSuite(),
          new QualitySuite(),
          new CrashSuite());

  private Suites() {}

  /// All suites, in the order in which they run.
  public static List<Suite> all() {
    return ALL;
  }

  /// The suite of a name.
  ///
  /// @throws IllegalArgumentException if there is none
  public static Suite of(String name) {
    return ALL.stream()
        .filter(suite -> suite.name().equals(name))
        .findFirst()
        .orElseThrow(() ->
            new IllegalArgumentException(
                "there is no suite "
                    + name
                    + ", only "
                    + ALL.stream().map(Suite::name).collect(Collectors.joining(", "))));
  }

  /// What can be asked for by name.
  public static final class Names implements Iterable<String> {

    /// Made by the command line.
    public Names() {}

    @Override
    public Iterator<String> iterator() {
      return Stream.concat(ALL.stream().map(Suite::name), Stream.of("kernels", "report"))
          .iterator();
    }
  }
}
