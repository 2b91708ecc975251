package org.fovea.selection.lsh;

/// Keeps the best of many scored ids, in no order.
///
/// What passes the bar is collected; when twice as many as wanted have been, the worse half is
/// dropped and the bar rises. So most are refused by one comparison.
///
/// **Threads** confined. **Cost** O(1) an offer on average; no allocation once grown. **Source**
/// Hoare, *Algorithm 65: find*, CACM 1961.
final class Shortlist {

  private float[] scores = new float[0];
  private int[] ids = new int[0];
  private int most;
  private int size;
  private float bar;

  /// Empties the list, which is to keep the `most` best.
  void begin(int most) {
    this.most = most;
    size = 0;
    bar = Float.NEGATIVE_INFINITY;
    if (scores.length < 2 * most) {
      scores = new float[2 * most];
      ids = new int[2 * most];
    }
  }

  /// Offers one.
  void offer(float score, int id) {
    if (score > bar) {
      scores[size] = score;
      ids[size++] = id;
      if (size == 2 * most) {
        select();
        size = most;
        bar = least();
      }
    }
  }

  /// Ends with at most as many as wanted.
  void end() {
    if (size > most) {
      select();
      size = most;
    }
  }

  int size() {
    return size;
  }

  int id(int place) {
    return ids[place];
  }

  private float least() {
    float least = Float.POSITIVE_INFINITY;
    for (int i = 0; i < most; i++) {
      least = Math.min(least, scores[i]);
    }
    return least;
  }

  /// Brings the `most` best to the front.
  private void select() {
    int from = 0;
    int to = size - 1;
    while (from < to) {
      float pivot = middle(scores[from], scores[(from + to) >>> 1], scores[to]);
      int left = from;
      int right = to;
      while (left <= right) {
        while (scores[left] > pivot) {
          left++;
        }
        while (scores[right] < pivot) {
          right--;
        }
        if (left <= right) {
          swap(left++, right--);
        }
      }
      if (most - 1 <= right) {
        to = right;
      } else if (most - 1 >= left) {
        from = left;
      } else {
        return;
      }
    }
  }

  private void swap(int a, int b) {
    float score = scores[a];
    scores[a] = scores[b];
    scores[b] = score;
    int id = ids[a];
    ids[a] = ids[b];
    ids[b] = id;
  }

  private static float middle(float a, float b, float c) {
    return Math.max(Math.min(a, b), Math.min(Math.max(a, b), c));
  }
}
