package org.fovea.data.make;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// The class files of the running JDK, in the order of their paths.
///
/// Left out are classes that the linker generates into the image: they depend on how it was built.
final class JdkClasses {

  private static final int GROUP = 128;

  private final List<Path> files;

  private JdkClasses(List<Path> files) {
    this.files = files;
  }

  /// The classes of some modules, of all if none is named.
  static JdkClasses of(Set<String> modules) {
    Path root = FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/modules");
    List<Path> files = new ArrayList<>();
    try (Stream<Path> present = Files.list(root)) {
      List<String> names = present.map(path -> path.getFileName().toString()).sorted().toList();
      for (String module : modules) {
        if (!names.contains(module)) {
          throw new IllegalArgumentException("this JDK has no module " + module);
        }
      }
      for (String name : names) {
        if (modules.isEmpty() || modules.contains(name)) {
          addClasses(root.resolve(name), files);
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException("cannot list the classes of this JDK", e);
    }
    return new JdkClasses(files);
  }

  private static void addClasses(Path module, List<Path> files) throws IOException {
    try (Stream<Path> all = Files.walk(module)) {
      all.filter(path -> path.toString().endsWith(".class"))
          .filter(path -> !isGenerated(path.toString()))
          .sorted()
          .forEach(files::add);
    }
  }

  private static boolean isGenerated(String path) {
    return path.contains("/jdk/internal/module/SystemModules$")
        || (path.contains("/java/lang/invoke/")
            && (path.contains("$Holder") || path.contains("$Species_")));
  }

  /// Reads the methods of all classes, with several threads, and hands them on from this one, in
  /// the order of the classes.
  void read(int threads, Progress progress, Consumer<MethodFacts> methods) {
    ExecutorService readers =
        Executors.newFixedThreadPool(threads, Thread.ofPlatform().daemon().factory());
    try {
      ArrayDeque<Future<List<MethodFacts>>> underway = new ArrayDeque<>();
      int begun = 0;
      int done = 0;
      while (done < files.size()) {
        while (begun < files.size() && underway.size() < 2 * threads) {
          List<Path> group = files.subList(begun, Math.min(begun + GROUP, files.size()));
          underway.add(readers.submit(() -> read(group)));
          begun += group.size();
        }
        finished(underway.remove()).forEach(methods);
        done = Math.min(done + GROUP, files.size());
        progress.advanced("classes read", done, files.size());
      }
    } finally {
      readers.shutdownNow();
    }
  }

  private static List<MethodFacts> read(List<Path> group) {
    List<MethodFacts> methods = new ArrayList<>();
    for (Path file : group) {
      try {
        methods.addAll(ClassFacts.read(Files.readAllBytes(file)));
      } catch (IOException e) {
        throw new UncheckedIOException("cannot read " + file, e);
      }
    }
    return methods;
  }

  private static List<MethodFacts> finished(Future<List<MethodFacts>> group) {
    try {
      return group.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while reading classes", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof UncheckedIOException failure) {
        throw failure;
      }
      throw new IllegalStateException("the classes of this JDK cannot be read", e);
    }
  }
}
