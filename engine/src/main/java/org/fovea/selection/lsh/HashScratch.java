package org.fovea.selection.lsh;

import java.util.Arrays;
import org.fovea.kernel.Block;

/// Working memory of one thread that hashes. Everything grows to the largest size asked for.
///
/// **Threads** confined.
final class HashScratch {

  /// Rows, gathered.
  final Block rows = new Block();

  /// Projections, or scores of centroids.
  final Block product = new Block();

  /// Addresses of queries.
  private int[] addresses = new int[0];

  private int[] ints = new int[0];
  private int[] moreInts = new int[0];
  private float[] floats = new float[0];
  private float[] zeros = new float[0];

  /// Addresses, room for `size`.
  int[] addresses(int size) {
    if (addresses.length < size) {
      addresses = new int[size];
    }
    return addresses;
  }

  /// The addresses that were written last.
  int[] addresses() {
    return addresses;
  }

  int[] ints(int size) {
    if (ints.length < size) {
      ints = new int[size];
    }
    return ints;
  }

  int[] moreInts(int size) {
    if (moreInts.length < size) {
      moreInts = new int[size];
    }
    return moreInts;
  }

  float[] floats(int size) {
    if (floats.length < size) {
      floats = new float[size];
    }
    return floats;
  }

  /// A vector of zeros; who writes into it clears it again.
  float[] zeros(int size) {
    if (zeros.length < size) {
      zeros = Arrays.copyOf(zeros, size);
    }
    return zeros;
  }
}
