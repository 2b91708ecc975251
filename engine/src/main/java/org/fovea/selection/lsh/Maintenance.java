package org.fovea.selection.lsh;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.concurrent.locks.ReentrantLock;
import org.fovea.kernel.Block;
import org.fovea.network.Team;
import org.fovea.spec.Rehash;
import org.jspecify.annotations.Nullable;

/// Brings the tables of one selector up to date: on the caller's time at the rounds of the clock,
/// or on a thread of its own.
///
/// A round hashes all rows ([Rehash.Every], [Rehash.Growing]) or those that were marked. All are
/// hashed too when rows have outgrown the bound of the hash functions, and at the rounds 1, 2, 4, 8
/// and so on where hash functions are learned, since what they learned ages with the weights.
///
/// After each round the share of stale entries is measured on some rows that are not marked: an
/// alarm, which only rows that changed without being marked can cause, has all rows hashed again.
/// Unless runs are deterministic it must be so in two rounds running, because a worker may be about
/// to mark what it has changed. Recall is measured when all rows have been hashed and every
/// [#RECALL_ROUNDS] rounds, on recent queries; it can cause an alarm unless runs are deterministic,
/// because which queries are recent depends on the workers.
///
/// **Threads** one round at a time, held by a lock; marking and queries go on meanwhile.
final class Maintenance implements AutoCloseable {

  /// At most this many addresses are computed before entries move.
  private static final int ADDRESSES_AT_ONCE = 1 << 22;

  private static final System.Logger LOG = System.getLogger(Maintenance.class.getName());
  private static final int RECALL_ROUNDS = 32;
  private static final int RECALL_DEPTH = 5;

  private final LshSelector selector;
  private final Rehash rehash;
  private final boolean deterministic;
  private final boolean ownThread;
  private final Team team;
  private final RehashClock clock;
  private final ChangedRows changed;
  private final ReentrantLock lock = new ReentrantLock();
  private int[] collected = new int[0];
  private @Nullable Thread thread;
  private volatile long requested;
  private volatile long done;
  private volatile boolean closed;
  private volatile SelectionHealth.Thresholds thresholds = SelectionHealth.Thresholds.USUAL;
  private volatile @Nullable SelectionHealth latest;
  private final AtomicLong alarms = new AtomicLong();
  private long checkups;
  private boolean suspected;
  private volatile @Nullable Throwable failure;

  Maintenance(LshSelector selector, Rehash rehash, LshOptions options) {
    this.selector = selector;
    this.rehash = rehash;
    this.deterministic = options.deterministic();
    this.ownThread = rehash instanceof Rehash.Background && !options.deterministic();
    this.team = options.team();
    this.clock = new RehashClock(rehash);
    this.changed = new ChangedRows(selector.rows().count());
  }

  ChangedRows changed() {
    return changed;
  }

  /// Does the round that is due after a batch, or has it done.
  ///
  /// @throws IllegalStateException if the thread in the background has failed
  void maintain(long batch) {
    Throwable cause = failure;
    if (cause != null) {
      throw new IllegalStateException("re-hashing in the background has failed", cause);
    }
    long round = clock.roundAt(batch);
    if (round == 0) {
      return;
    }
    if (ownThread) {
      requested = round;
      wake();
    } else {
      round(round, team);
    }
  }

  private void wake() {
    Thread running = thread;
    if (running == null) {
      running = Thread.ofPlatform().daemon().name("fovea-rehash").unstarted(this::goRound);
      thread = running;
      running.start();
    }
    LockSupport.unpark(running);
  }

  private void goRound() {
    try {
      while (!closed) {
        long wanted = requested;
        if (wanted == done) {
          LockSupport.park(this);
        } else {
          round(wanted, Team.single());
          done = wanted;
        }
      }
    } catch (Throwable broken) {
      failure = broken;
    }
  }

  private void round(long round, Team hands) {
    lock.lock();
    try {
      boolean all = rehash instanceof Rehash.Every || rehash instanceof Rehash.Growing;
      Hasher hasher = selector.index().hasher();
      boolean rebuilding = hasher.learns() ? Long.bitCount(round) == 1 : all;
      if (!rebuilding) {
        if (all) {
          changed.markAll();
        }
        rehashMarked(hands);
        rebuilding = hasher.outgrown();
      }
      if (rebuilding) {
        rebuild(hands);
      }
      check(round, rebuilding || round % RECALL_ROUNDS == 0, hands);
    } finally {
      lock.unlock();
    }
  }

  /// Measures the health after a round and builds the tables again if it is alarming.
  private void check(long round, boolean thorough, Team hands) {
    boolean lost = Checkup.lostShare(selector.index(), changed, round) > thresholds.mostStale();
    boolean certain = lost && (deterministic || suspected);
    suspected = lost && !certain;
    if (!thorough && !certain) {
      return;
    }
    SelectionHealth health =
        Checkup.measure(selector, selector.recentQueries(), RECALL_DEPTH, round);
    latest = health;
    boolean missing = !deterministic && health.recall() < thresholds.leastRecall();
    if (certain || missing) {
      alarms.incrementAndGet();
      LOG.log(System.Logger.Level.WARNING, "hash tables are built again: {0}", health);
      rebuild(hands);
    } else {
      LOG.log(System.Logger.Level.DEBUG, "hash tables: {0}", health);
    }
  }

  SelectionHealth health(Block queries, int depth) {
    lock.lock();
    try {
      return Checkup.measure(selector, queries, depth, ++checkups);
    } finally {
      lock.unlock();
    }
  }

  void thresholds(SelectionHealth.Thresholds wanted) {
    thresholds = wanted;
  }

  Optional<SelectionHealth> latestHealth() {
    return Optional.ofNullable(latest);
  }

  long alarms() {
    return alarms.get();
  }

  private void rebuild(Team hands) {
    changed.clear();
    selector.rebuild(hands);
  }

  private void rehashMarked(Team hands) {
    LshIndex index = selector.index();
    int most = Math.min(index.rows(), Math.max(64, ADDRESSES_AT_ONCE / index.tables().length));
    if (collected.length < most) {
      collected = new int[most];
    }
    int first = 0;
    int count = changed.collect(first, collected, most);
    while (count > 0) {
      index.rehash(collected, count, hands);
      first = collected[count - 1] + 1;
      count = changed.collect(first, collected, most);
    }
  }

  /// Hashes all rows again.
  void refresh() {
    lock.lock();
    try {
      rebuild(team);
    } finally {
      lock.unlock();
    }
  }

  /// Ends the thread in the background, after the round that it is in.
  @Override
  public void close() {
    closed = true;
    Thread running = thread;
    if (running != null) {
      LockSupport.unpark(running);
      boolean interrupted = false;
      while (running.isAlive()) {
        try {
          running.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
