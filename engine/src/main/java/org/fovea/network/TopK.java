package org.fovea.network;

import java.util.Arrays;
import java.util.Objects;
import java.util.function.DoubleUnaryOperator;

/// Keeps the k best of the scores that it is offered.
///
/// Of two equal scores the lower id is better, so the ranking depends on what was offered and never
/// on the order of the offers. `-0.0` equals `0.0`; a score that is not a number is refused.
///
/// Use it in rounds: [#clear], any number of [#offer], then [#rank]; read the ranking with [#size],
/// [#id] and [#score]. Ids are expected to differ within a round: one that is offered twice may be
/// kept twice.
///
/// **Threads** confined. **Cost** an offer that is not kept is one comparison, one that is kept
/// O(log k); `rank` is O(k log k); nothing is allocated after construction.
public final class TopK {

  /// The largest k.
  public static final int MAX_K = 1_000;

  private final int k;
  private final int[] ids;
  private final float[] scores;
  private int size;
  private boolean ranked;

  /// An empty ranking.
  ///
  /// @param k how many to keep, from 1 to [#MAX_K]
  public TopK(int k) {
    if (k < 1 || k > MAX_K) {
      throw new IllegalArgumentException("k must be from 1 to " + MAX_K + ", not " + k);
    }
    this.k = k;
    this.ids = new int[k];
    this.scores = new float[k];
  }

  /// How many are kept at most.
  public int k() {
    return k;
  }

  /// How many are kept now: fewer than k until k were offered.
  public int size() {
    return size;
  }

  /// Forgets everything: the start of a round.
  public void clear() {
    size = 0;
    ranked = false;
  }

  /// Keeps `id` if it is among the k best so far.
  ///
  /// @throws IllegalArgumentException if the score is not a number
  /// @throws IllegalStateException if the round was ranked and not cleared since
  public void offer(int id, float score) {
    if (size == k && score < scores[0] && !ranked) {
      return;
    }
    checkOffer(id, score);
    if (size < k) {
      siftUp(size++, id, score);
    } else if (better(id, score, ids[0], scores[0])) {
      siftDown(0, size, id, score);
    }
  }

  /// The score that the next offer has to reach to be kept: negative infinity until k are kept.
  public float threshold() {
    if (ranked) {
      throw new IllegalStateException("the ranking is finished: clear it first");
    }
    return size < k ? Float.NEGATIVE_INFINITY : scores[0];
  }

  /// Sorts what was kept, best first, and ends the round. Repeating it changes nothing.
  ///
  /// @return how many were kept
  public int rank() {
    if (!ranked) {
      for (int last = size - 1; last > 0; last--) {
        int id = ids[last];
        float score = scores[last];
        ids[last] = ids[0];
        scores[last] = scores[0];
        siftDown(0, last, id, score);
      }
      ranked = true;
    }
    return size;
  }

  /// The id at a place of the ranking; 0 is the best.
  public int id(int place) {
    checkPlace(place);
    return ids[place];
  }

  /// The score at a place of the ranking; 0 is the best.
  public float score(int place) {
    checkPlace(place);
    return scores[place];
  }

  /// Replaces the scores by a function of them that does not change their order.
  ///
  /// @param increasing never falls
  /// @throws IllegalStateException if the round was not ranked
  public void mapScores(DoubleUnaryOperator increasing) {
    checkRanked();
    for (int place = 0; place < size; place++) {
      scores[place] = (float) increasing.applyAsDouble(scores[place]);
    }
  }

  /// A copy of the ranked ids, best first.
  public int[] toIds() {
    checkRanked();
    return Arrays.copyOf(ids, size);
  }

  private void checkPlace(int place) {
    checkRanked();
    Objects.checkIndex(place, size);
  }

  private void checkRanked() {
    if (!ranked) {
      throw new IllegalStateException("the ranking is not finished: call rank() first");
    }
  }

  private void checkOffer(int id, float score) {
    if (Float.isNaN(score)) {
      throw new IllegalArgumentException("the score of id " + id + " is not a number");
    }
    if (ranked) {
      throw new IllegalStateException("the ranking is finished: clear it before offering id " + id);
    }
  }

  private static boolean better(int id, float score, int otherId, float otherScore) {
    return score > otherScore || (score == otherScore && id < otherId);
  }

  /// Puts an entry into the free place `hole` of the heap whose root is the worst entry.
  private void siftUp(int hole, int id, float score) {
    int place = hole;
    while (place > 0) {
      int parent = (place - 1) >>> 1;
      if (!better(ids[parent], scores[parent], id, score)) {
        break;
      }
      ids[place] = ids[parent];
      scores[place] = scores[parent];
      place = parent;
    }
    ids[place] = id;
    scores[place] = score;
  }

  private void siftDown(int hole, int bound, int id, float score) {
    int place = hole;
    while (true) {
      int child = 2 * place + 1;
      if (child >= bound) {
        break;
      }
      if (child + 1 < bound
          && better(ids[child], scores[child], ids[child + 1], scores[child + 1])) {
        child++;
      }
      if (better(ids[child], scores[child], id, score)) {
        break;
      }
      ids[place] = ids[child];
      scores[place] = scores[child];
      place = child;
    }
    ids[place] = id;
    scores[place] = score;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder("TopK[k=").append(k).append(", size=").append(size);
    for (int place = 0; ranked && place < size; place++) {
      text.append(", ").append(ids[place]).append(':').append(scores[place]);
    }
    return text.append(']').toString();
  }
}
