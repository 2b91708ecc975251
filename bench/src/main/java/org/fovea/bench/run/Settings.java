package org.fovea.bench.run;

import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// What the user asked for.
///
/// @param out folder of results
/// @param folder folder of data sets, with `xmc/`, `mnist/`, `fashion-mnist/` and `text/`
/// @param data base name of files to use in place of the synthetic ones, or empty
/// @param jdk base name of the jdk-calls files, or empty to make them
/// @param home folder of Fovea's source tree
/// @param quick whether to look only at whether everything runs
/// @param peers whether to run peers too
/// @param repeats how often what is compared is measured
/// @param seeds how many seeds are averaged over
/// @param threads largest number of threads
/// @param seconds CPU seconds that a cell with a budget trains for
/// @param extra what single suites understand, by name
public record Settings(
    String out,
    String folder,
    String data,
    String jdk,
    String home,
    boolean quick,
    boolean peers,
    int repeats,
    int seeds,
    int threads,
    int seconds,
    Map<String, String> extra) {

  public Settings {
    extra = Map.copyOf(extra);
  }

  /// Folder of results.
  public Path outFolder() {
    return Path.of(out);
  }

  /// Where data that is made is kept.
  public Path madeFolder() {
    return outFolder().resolve("data");
  }

  /// A file of the folder of data sets.
  public Path dataFile(String name) {
    return Path.of(folder).resolve(name);
  }

  /// Base name of the files to use in place of the synthetic ones.
  public Optional<Path> base() {
    return data.isEmpty() ? Optional.empty() : Optional.of(Path.of(data));
  }

  /// Base name of the jdk-calls files.
  public Optional<Path> jdkBase() {
    return jdk.isEmpty() ? Optional.empty() : Optional.of(Path.of(jdk));
  }

  /// One of the settings of single suites, or what is usual.
  public double number(String name, double usual) {
    String value = extra.get(name);
    return value == null ? usual : Double.parseDouble(value);
  }

  /// One of the settings of single suites, or what is usual.
  public int integer(String name, int usual) {
    return (int) number(name, usual);
  }

  /// One of the settings of single suites, or what is usual.
  public String text(String name, String usual) {
    return extra.getOrDefault(name, usual);
  }

  /// The first in a real run, the second in a quick one.
  public int size(int real, int small) {
    return quick ? small : real;
  }
}
