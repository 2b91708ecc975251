package org.fovea.event;

import java.util.Arrays;

/// How many nodes a path has in common with the one before. **Threads** confined.
final class PathChange {

  private int[] before = new int[0];
  private int family;
  private int depth;

  /// Goes to the path that a stream has come to.
  int to(TriggerStream stream) {
    int[] path = stream.path();
    int common = 0;
    if (stream.family() == family) {
      int most = Math.min(depth, stream.depth());
      while (common < most
          && path[2 * common] == before[2 * common]
          && path[2 * common + 1] == before[2 * common + 1]) {
        common++;
      }
    }
    family = stream.family();
    depth = stream.depth();
    if (2 * depth > before.length) {
      before = new int[4 * depth];
    }
    System.arraycopy(path, 0, before, 0, 2 * depth);
    return common;
  }

  /// The path from a node on.
  int[] from(int node) {
    return Arrays.copyOfRange(before, 2 * node, Math.max(2 * node, 2 * depth));
  }
}
