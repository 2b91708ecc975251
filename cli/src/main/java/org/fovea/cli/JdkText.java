package org.fovea.cli;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.StringEntry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntConsumer;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// Names and texts of the JDK that runs this: what it is made of, and what it says.
///
/// Names are those of modules, packages, public classes and their methods, as far as a name is no
/// plain word. Texts are the messages in its classes, its resource bundles and its notices: all of
/// three words or more, in English.
///
/// **Threads** confined.
final class JdkText {

  private static final Pattern TWO_HUMPS = Pattern.compile(".*[a-z0-9][A-Z].*");
  private static final Pattern SENTENCE =
      Pattern.compile("(?s)\\p{ASCII}*[A-Za-z]{2} [A-Za-z]+\\p{ASCII}* [A-Za-z]{2}\\p{ASCII}*");
  private static final Pattern TRANSLATED =
      Pattern.compile(".*_(de|ja|zh|fr|es|it|ko|pt|sv)([_.].*)");
  private static final int LONGEST_TEXT = 4_000;

  private final Set<String> modules;
  private final Map<String, Set<String>> names = new TreeMap<>();
  private final Set<String> texts = new TreeSet<>();

  /// @param modules names of those to read; all if empty
  JdkText(Set<String> modules) {
    this.modules = modules;
  }

  /// Reads all classes and notices.
  ///
  /// @param progress hears of the number of classes
  void read(IntConsumer progress) {
    Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
    int classes = 0;
    try (Stream<Path> files = Files.walk(root)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String module = file.getName(1).toString();
        if (!modules.isEmpty() && !modules.contains(module)) {
          continue;
        }
        name("module", module, module.indexOf('.') > 0);
        String path = root.resolve(module).relativize(file).toString();
        if (path.endsWith(".class") && !TRANSLATED.matcher(path).matches()) {
          read(ClassFile.of().parse(Files.readAllBytes(file)));
          progress.accept(++classes);
        } else if (path.endsWith(".properties") && !TRANSLATED.matcher(path).matches()) {
          Files.readString(file, StandardCharsets.ISO_8859_1)
              .lines()
              .filter(line -> !line.startsWith("#"))
              .forEach(line -> text(line.substring(line.indexOf('=') + 1)));
        }
      }
      notices();
    } catch (IOException e) {
      throw new UncheckedIOException("the classes of the JDK cannot be read: " + e, e);
    }
  }

  private void read(ClassModel model) {
    for (PoolEntry entry : model.constantPool()) {
      if (entry instanceof StringEntry string) {
        text(string.stringValue());
      }
    }
    String path = model.thisClass().asInternalName();
    int slash = path.lastIndexOf('/');
    if (slash < 0 || (model.flags().flagsMask() & ClassFile.ACC_PUBLIC) == 0) {
      return;
    }
    name("package", path.substring(0, slash).replace('/', '.'), true);
    String simple = path.substring(Math.max(slash, path.lastIndexOf('$')) + 1);
    name("class", simple, TWO_HUMPS.matcher(simple).matches());
    name("class", path.replace('/', '.').replace('$', '.'), true);
    for (MethodModel method : model.methods()) {
      String called = method.methodName().stringValue();
      boolean seen = (method.flags().flagsMask() & ClassFile.ACC_PUBLIC) != 0;
      name("method", called, seen && TWO_HUMPS.matcher(called).matches());
    }
  }

  private void name(String category, String name, boolean wanted) {
    if (wanted && name.length() > 2 && StandardCharsets.UTF_8.newEncoder().canEncode(name)) {
      names.computeIfAbsent(category, _ -> new TreeSet<>()).add(name);
    }
  }

  private void text(String text) {
    // Constants may have halves of letters, which are no text.
    String whole = new String(text.getBytes(StandardCharsets.UTF_8), StandardCharsets.UTF_8);
    String line = OneLine.of(whole).strip();
    if (line.length() <= LONGEST_TEXT && SENTENCE.matcher(line).matches()) {
      texts.add(line);
    }
  }

  private void notices() throws IOException {
    Path legal = Path.of(System.getProperty("java.home"), "legal");
    if (!Files.isDirectory(legal)) {
      return;
    }
    try (Stream<Path> files = Files.walk(legal)) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        String notice = new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        for (String paragraph : notice.split("\\R\\s*\\R", -1)) {
          text(paragraph);
        }
      }
    }
  }

  /// Names by their kind.
  Map<String, Set<String>> names() {
    return names;
  }

  /// Number of texts.
  int textCount() {
    return texts.size();
  }

  /// Writes names as a file of patterns and texts as one document a line.
  void write(Path patterns, Path documents) {
    try {
      try (BufferedWriter out = Files.newBufferedWriter(patterns)) {
        for (Map.Entry<String, Set<String>> kind : names.entrySet()) {
          for (String name : kind.getValue()) {
            out.write(name + "\t" + kind.getKey() + "\n");
          }
        }
      }
      Files.write(documents, List.copyOf(texts));
    } catch (IOException e) {
      throw new UncheckedIOException(patterns + ": it cannot be written: " + e.getMessage(), e);
    }
  }
}
