package org.fovea.selection.lsh;

import org.fovea.network.Team;
import org.fovea.spec.BucketPolicy;

/// Hash functions together with the tables that they fill.
///
/// **Threads** one thread maintains, with its team; any thread may read the tables.
final class LshIndex {

  /// Rows that are hashed in one product; a multiple of 64, see [HashTable#prepare].
  private static final int BLOCK = 256;

  private final Hasher hasher;
  private final HashTable[] tables;
  private final int rows;

  private LshIndex(Hasher hasher, HashTable[] tables, int rows) {
    this.hasher = hasher;
    this.tables = tables;
    this.rows = rows;
  }

  /// An index of all rows.
  static LshIndex build(Hasher hasher, int rows, BucketPolicy policy, long seed, Team team) {
    HashTable[] tables = new HashTable[hasher.tables()];
    for (int table = 0; table < tables.length; table++) {
      tables[table] =
          new HashTable(rows, hasher.addressBits(), policy, Mixing.mix(seed, 1000L + table));
    }
    LshIndex index = new LshIndex(hasher.fitted(team), tables, rows);
    index.fill(team);
    return index;
  }

  /// Hashes all rows again. The tables are the same ones, and readers see each change as a whole,
  /// unless the hash functions have learned: then everything is new, so that no reader looks up an
  /// address of one in a table of the other.
  LshIndex rebuilt(BucketPolicy policy, long seed, Team team) {
    if (hasher.learns()) {
      return build(hasher, rows, policy, seed, team);
    }
    LshIndex index = new LshIndex(hasher.fitted(team), tables, rows);
    index.fill(team);
    return index;
  }

  private void fill(Team team) {
    Hashing hashing = new Hashing(team.size());
    team.run(
        (rows + BLOCK - 1) / BLOCK,
        4,
        (from, to, thread) -> {
          for (int block = from; block < to; block++) {
            hashing.prepare(thread, block * BLOCK, Math.min(rows, (block + 1) * BLOCK));
          }
        });
    team.run(
        tables.length,
        1,
        (from, to, thread) -> {
          for (int table = from; table < to; table++) {
            tables[table].build();
          }
        });
  }

  /// Hashes some rows and moves those whose address is another.
  ///
  /// @param changed rows, each once; the first `count` count
  /// @return number of entries that moved, over all tables
  long rehash(int[] changed, int count, Team team) {
    int step = tables.length;
    int[] targets = new int[Math.multiplyExact(count, step)];
    Hashing hashing = new Hashing(team.size());
    team.run(
        (count + BLOCK - 1) / BLOCK,
        4,
        (from, to, thread) -> {
          for (int block = from; block < to; block++) {
            int first = block * BLOCK;
            hashing.hash(
                thread, changed, first, Math.min(count, first + BLOCK), targets, first * step);
          }
        });
    long[] moved = new long[step];
    team.run(
        step,
        1,
        (from, to, thread) -> {
          for (int table = from; table < to; table++) {
            moved[table] = tables[table].move(changed, count, targets, table, step);
          }
        });
    long total = 0;
    for (long each : moved) {
      total += each;
    }
    return total;
  }

  /// Counts among some rows those that are not in the bucket of their present weights, over all
  /// tables.
  long countStale(int[] sample, int count) {
    int step = tables.length;
    int[] targets = new int[count * step];
    Hashing hashing = new Hashing(1);
    for (int from = 0; from < count; from += BLOCK) {
      hashing.hash(0, sample, from, Math.min(count, from + BLOCK), targets, from * step);
    }
    long stale = 0;
    for (int i = 0; i < count; i++) {
      for (int table = 0; table < step; table++) {
        if (tables[table].address(sample[i]) != targets[i * step + table]) {
          stale++;
        }
      }
    }
    return stale;
  }

  Hasher hasher() {
    return hasher;
  }

  /// The tables. Owned by the index.
  HashTable[] tables() {
    return tables;
  }

  int rows() {
    return rows;
  }

  /// Bytes that the tables take.
  long bytes() {
    long bytes = 0;
    for (HashTable table : tables) {
      bytes += table.bytes();
    }
    return bytes;
  }

  /// Working memory of a team that hashes rows.
  private final class Hashing {

    private final HashScratch[] scratches;
    private final int[][] ids;
    private final int[][] addresses;

    Hashing(int threads) {
      scratches = new HashScratch[threads];
      ids = new int[threads][BLOCK];
      addresses = new int[threads][BLOCK * tables.length];
      for (int thread = 0; thread < threads; thread++) {
        scratches[thread] = new HashScratch();
      }
    }

    /// Sets the addresses of the rows `[from, to)`, at most a block.
    void prepare(int thread, int from, int to) {
      int[] block = ids[thread];
      int[] out = addresses[thread];
      for (int row = from; row < to; row++) {
        block[row - from] = row;
      }
      hasher.hashRows(block, 0, to - from, scratches[thread], out);
      for (int table = 0; table < tables.length; table++) {
        for (int row = from; row < to; row++) {
          tables[table].prepare(row, out[(row - from) * tables.length + table]);
        }
      }
    }

    /// Hashes `rows[from, to)`, at most a block, into `out[outFrom..]`.
    void hash(int thread, int[] rows, int from, int to, int[] out, int outFrom) {
      int[] own = addresses[thread];
      hasher.hashRows(rows, from, to, scratches[thread], own);
      System.arraycopy(own, 0, out, outFrom, (to - from) * tables.length);
    }
  }
}
