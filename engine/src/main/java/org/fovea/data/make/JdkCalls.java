package org.fovea.data.make;

import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;

/// Real extreme-classification data out of the JDK that runs this: which methods does a method
/// call?
///
/// An example is a method (or lambda) of the JDK's own classes that calls something. Its labels are
/// the methods it calls, `java.util.List.add(Object)`, as far as at least two examples call them; a
/// method reference counts as a call, and so does `+` of strings. Its features, all of value 1, are
/// what one sees when the calls are blotted out: the class, its superclass and interfaces, the
/// method's name, parameters, result, exceptions and annotations, the fields it uses, its
/// constants, the types it tests, casts to or catches, and what kinds of instructions it has. Names
/// and types are features as a whole and in words.
///
/// **Leakage** Neither names nor owners of called methods are features, nor types that are only
/// instantiated; casts to the owner of a called method are dropped, because compilers write them
/// just before the call. Bridges and other compiler-made methods are no examples. Copies (methods
/// of the same name, parameters and calls) are all on the same side of the split, and so is a
/// lambda with the method around it; copies in large families, such as constructors that only call
/// their superclass, all train. Overloads and methods of one class may be on different sides: to
/// know the neighbourhood is the point of the task.
///
/// **Determinism** the same JDK and options give the same bytes, whatever the number of threads.
///
/// **Cost** on JDK 25 a few seconds and less than a gigabyte, for 153 thousand examples with 34
/// features and 3.4 labels each, of 190 thousand features and 63 thousand labels.
public final class JdkCalls {

  /// What the names of the files begin with.
  public static final String NAME = "jdk-calls";

  private JdkCalls() {}

  /// How to make it.
  ///
  /// @param modules the modules to read, by name; all if empty
  /// @param minimumCount in how many examples a label, and in how many training examples a feature,
  ///   must occur; at least 1
  /// @param testShare the part of the examples that is for testing: above 0 and at most a half
  /// @param seed decides the split and the order of the examples
  /// @param threads how many threads read classes
  public record Options(
      Set<String> modules, int minimumCount, double testShare, long seed, int threads) {

    /// Checks the options.
    public Options {
      modules = Set.copyOf(modules);
      if (minimumCount < 1) {
        throw new IllegalArgumentException("minimumCount must be positive, not " + minimumCount);
      }
      if (!(testShare > 0 && testShare <= 0.5)) {
        throw new IllegalArgumentException(
            "testShare must be above 0 and at most 0.5, not " + testShare);
      }
      if (threads < 1 || threads > 1024) {
        throw new IllegalArgumentException("threads must be from 1 to 1024, not " + threads);
      }
    }

    /// All modules, names that occur twice, a tenth for testing, as many threads as processors.
    public static Options usual() {
      return new Options(Set.of(), 2, 0.1, 1, Runtime.getRuntime().availableProcessors());
    }

    /// The same for some modules only.
    public Options withModules(Set<String> newModules) {
      return new Options(newModules, minimumCount, testShare, seed, threads);
    }

    /// The same with another seed.
    public Options withSeed(long newSeed) {
      return new Options(modules, minimumCount, testShare, newSeed, threads);
    }

    /// The same with another number of threads.
    public Options withThreads(int newThreads) {
      return new Options(modules, minimumCount, testShare, seed, newThreads);
    }
  }

  /// Makes `jdk-calls-train.txt.gz`, `jdk-calls-test.txt.gz` and `jdk-calls-names.txt.gz`.
  ///
  /// @param options how to make it
  /// @param folder where the files go; made if it is not there
  /// @param progress hears of it
  /// @throws IllegalArgumentException if a module is not part of this JDK
  /// @throws java.io.UncheckedIOException if reading or writing fails
  public static Made make(Options options, Path folder, Progress progress) {
    JdkClasses classes = JdkClasses.of(new TreeSet<>(options.modules()));
    MethodExamples examples = new MethodExamples(options);
    classes.read(options.threads(), progress, examples::add);
    return examples.write(folder, progress);
  }
}
