package org.fovea.event;

import java.nio.file.Path;
import java.util.SplittableRandom;
import org.fovea.residency.PageFileWriter;
import org.fovea.residency.PageSink;
import org.fovea.testkit.ChildJvm;

/// A process that builds one suspended network after the other in the same place until it is
/// killed, and says after each that it is there.
final class BuildProcess {

  static final int WORDS = 400;
  static final String FILE = "network.pages";

  private static final int PHRASES = 40_000;
  private static final int CATEGORIES = 40;
  private static final long MEMORY = 1 << 20;

  private BuildProcess() {}

  /// Builds the network of a number.
  static void build(int number, Path folder, PageSink sink) {
    SplittableRandom random = new SplittableRandom(number);
    try (SuspendedNetworkBuilder builder =
        new SuspendedNetworkBuilder(folder, MEMORY, WORDS, Rectifier.RELU)) {
      // So many that they do not fit in memory.
      for (int p = 0; p < PHRASES; p++) {
        int phrase = builder.phrase(random.ints(random.nextInt(1, 6), 0, WORDS).toArray());
        builder.member(p % CATEGORIES, phrase, 1 + number % 7);
      }
      builder.write(sink, SuspendedNetwork.PAGE_BYTES);
    }
  }

  /// @param arguments the folder, the number of the first network
  public static void main(String[] arguments) {
    ChildJvm.endWithParent();
    Path folder = Path.of(arguments[0]);
    System.out.println("begin");
    for (int number = Integer.parseInt(arguments[1]); ; number++) {
      try (PageFileWriter writer =
          PageFileWriter.create(folder.resolve(FILE), SuspendedNetwork.FORMAT)) {
        build(number, folder, PageSink.of(writer));
      }
      System.out.println(number);
    }
  }
}
