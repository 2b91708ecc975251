package org.fovea.model.files;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/// A storage that remembers what has been forced, and can say what a disk may hold after the power
/// has failed.
///
/// Bytes that were not forced may be missing, zero or torn. Names that were not forced may be the
/// old ones, each independently of the others, but a name keeps the order of its changes, and a
/// rename never takes the old name away without giving the new one.
final class WriteLog implements Storage {

  /// A file or a directory.
  private static final class Node {
    private final boolean directory;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private int forcedBytes;
    private final Map<String, Node> now = new TreeMap<>();
    private final Map<String, Node> forced = new TreeMap<>();
    private final List<Change> changes = new ArrayList<>();

    Node(boolean directory) {
      this.directory = directory;
    }
  }

  /// A name in a directory that means something else now, or nothing.
  private static final class Change {
    private final String name;
    private final @Nullable Node node;

    /// The other half of a rename: this change cannot be on disk without it.
    private final @Nullable Change needed;

    private boolean forced;

    Change(String name, @Nullable Node node, @Nullable Change needed) {
      this.name = name;
      this.node = node;
      this.needed = needed;
    }
  }

  private final Storage storage = new UnforcedStorage();
  private final Path root;
  private final Node rootNode = new Node(true);
  private final Consumer<WriteLog> beforeEach;

  /// @param root an empty directory
  /// @param beforeEach is called before each operation
  WriteLog(Path root, Consumer<WriteLog> beforeEach) {
    this.root = root;
    this.beforeEach = beforeEach;
  }

  @Override
  public Output create(Path file) throws IOException {
    beforeEach.accept(this);
    Output output = storage.create(file);
    Node node = new Node(false);
    change(file, node, null);
    return new Output() {
      @Override
      public void write(ByteBuffer bytes) throws IOException {
        beforeEach.accept(WriteLog.this);
        byte[] copy = new byte[bytes.remaining()];
        bytes.slice().get(copy);
        output.write(bytes);
        node.bytes.write(copy);
      }

      @Override
      public void force() throws IOException {
        beforeEach.accept(WriteLog.this);
        output.force();
        node.forcedBytes = node.bytes.size();
      }

      @Override
      public void close() throws IOException {
        output.close();
      }
    };
  }

  @Override
  public void createDirectory(Path directory) throws IOException {
    beforeEach.accept(this);
    storage.createDirectory(directory);
    change(directory, new Node(true), null);
  }

  @Override
  public void forceDirectory(Path directory) throws IOException {
    beforeEach.accept(this);
    storage.forceDirectory(directory);
    if (directory.startsWith(root)) {
      Node node = node(directory);
      List.copyOf(node.changes).forEach(WriteLog::force);
      node.changes.clear();
      node.forced.clear();
      node.forced.putAll(node.now);
    }
  }

  private static void force(Change change) {
    change.forced = true;
    if (change.needed != null) {
      change.needed.forced = true;
    }
  }

  @Override
  public void rename(Path from, Path to) throws IOException {
    beforeEach.accept(this);
    Node node = node(from);
    storage.rename(from, to);
    Change given = change(to, node, null);
    change(from, null, given);
  }

  @Override
  public void delete(Path path) throws IOException {
    beforeEach.accept(this);
    storage.delete(path);
    change(path, null, null);
  }

  @Override
  public List<Path> list(Path directory) throws IOException {
    return storage.list(directory);
  }

  private Change change(Path path, @Nullable Node node, @Nullable Change needed) {
    String name = String.valueOf(path.getFileName());
    Node parent = node(java.util.Objects.requireNonNull(path.getParent()));
    Change change = new Change(name, node, needed);
    parent.changes.add(change);
    if (node == null) {
      parent.now.remove(name);
    } else {
      parent.now.put(name, node);
    }
    return change;
  }

  private Node node(Path path) {
    Node node = rootNode;
    for (Path part : root.relativize(path)) {
      Node child = part.toString().isEmpty() ? node : node.now.get(part.toString());
      if (child == null) {
        throw new AssertionError("%s is not in the log".formatted(path));
      }
      node = child;
    }
    return node;
  }

  /// Writes what a disk may hold now.
  ///
  /// @param image an empty directory
  void writeImage(Path image, SplittableRandom random) throws IOException {
    double kept = random.nextInt(3) / 2.0;
    writeDirectory(rootNode, image, random, chosen(rootNode, new HashSet<>(), random, kept));
  }

  /// Which changes of the names are on disk: of each name the first few.
  private static Set<Change> chosen(
      Node directory, Set<Change> chosen, SplittableRandom random, double kept) {
    Map<String, Boolean> goesOn = new HashMap<>();
    for (Change change : directory.changes) {
      boolean before = goesOn.getOrDefault(change.name, true);
      boolean onDisk = change.forced || (before && random.nextDouble() < kept);
      goesOn.put(change.name, onDisk);
      if (onDisk) {
        chosen.add(change);
      }
    }
    Set<Node> children = new HashSet<>(directory.forced.values());
    directory.changes.forEach(change -> {
      if (change.node != null) {
        children.add(change.node);
      }
    });
    for (Node child : children) {
      if (child.directory) {
        chosen(child, chosen, random, kept);
      }
    }
    return chosen;
  }

  private static void writeDirectory(
      Node directory, Path image, SplittableRandom random, Set<Change> chosen) throws IOException {
    Map<String, Node> names = new TreeMap<>(directory.forced);
    for (Change change : directory.changes) {
      boolean possible =
          change.needed == null || change.needed.forced || chosen.contains(change.needed);
      if (!chosen.contains(change) || !possible) {
        continue;
      }
      if (change.node == null) {
        names.remove(change.name);
      } else {
        names.put(change.name, change.node);
      }
    }
    for (Map.Entry<String, Node> entry : names.entrySet()) {
      Path path = image.resolve(entry.getKey());
      if (entry.getValue().directory) {
        Files.createDirectory(path);
        writeDirectory(entry.getValue(), path, random, chosen);
      } else {
        Files.write(path, contents(entry.getValue(), random));
      }
    }
  }

  private static byte[] contents(Node file, SplittableRandom random) {
    byte[] all = file.bytes.toByteArray();
    int sure = file.forcedBytes;
    int kept = random.nextInt(sure, all.length + 1);
    int length = random.nextBoolean() ? kept : random.nextInt(kept, all.length + 1);
    byte[] contents = Arrays.copyOf(Arrays.copyOf(all, kept), length);
    if (length > sure && random.nextInt(4) == 0) {
      contents[random.nextInt(sure, length)] ^= (byte) random.nextInt(1, 256);
    }
    return contents;
  }
}
