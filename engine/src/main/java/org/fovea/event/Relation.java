package org.fovea.event;

/// Where an activation must lie, seen from another range.
///
/// Ranges are `[begin, end)` in positions of the document, usually tokens; none is empty.
///
/// @param kind how the two ranges lie
/// @param distance the largest gap or shift in positions, where the kind has one, else 0
public record Relation(Kind kind, int distance) {

  /// The largest distance.
  public static final int MOST_DISTANCE = 1 << 20;

  /// In the same document.
  public static final Relation ANYWHERE = new Relation(Kind.ANYWHERE, 0);

  /// The same range.
  public static final Relation EQUAL = new Relation(Kind.EQUAL, 0);

  /// Inside the other range, or equal to it.
  public static final Relation WITHIN = new Relation(Kind.WITHIN, 0);

  /// Around the other range, or equal to it.
  public static final Relation AROUND = new Relation(Kind.AROUND, 0);

  /// Begins where the other range ends.
  public static final Relation FOLLOWS = new Relation(Kind.FOLLOWS, 0);

  /// Ends where the other range begins.
  public static final Relation PRECEDES = new Relation(Kind.PRECEDES, 0);

  /// How two ranges lie.
  public enum Kind {
    /// In the same document.
    ANYWHERE(0),
    /// The same range.
    EQUAL(1),
    /// Inside or equal.
    WITHIN(2),
    /// Around or equal.
    AROUND(3),
    /// Begins at the end of the other, or at most `distance` later.
    FOLLOWS(4),
    /// Ends at the begin of the other, or at most `distance` earlier.
    PRECEDES(5),
    /// Begins at most `distance` before or after the begin of the other.
    NEAR(6);

    /// How a [NeuronTable] is stored.
    private final byte code;

    Kind(int code) {
      this.code = (byte) code;
    }

    byte code() {
      return code;
    }
  }

  public Relation {
    boolean measured = kind == Kind.FOLLOWS || kind == Kind.PRECEDES || kind == Kind.NEAR;
    if (distance < 0 || distance > MOST_DISTANCE || (distance > 0 && !measured)) {
      throw new IllegalArgumentException(
          "distance of %s must be in 0..%s, not %s"
              .formatted(kind, measured ? MOST_DISTANCE : 0, distance));
    }
  }

  /// Begins at the end of the other range, or at most some positions later.
  public static Relation followsWithin(int gap) {
    return new Relation(Kind.FOLLOWS, gap);
  }

  /// Ends at the begin of the other range, or at most some positions earlier.
  public static Relation precedesWithin(int gap) {
    return new Relation(Kind.PRECEDES, gap);
  }

  /// Begins at most some positions before or after the begin of the other range.
  public static Relation near(int window) {
    return new Relation(Kind.NEAR, window);
  }

  /// Whether `[begin, end)` lies so, seen from `[otherBegin, otherEnd)`.
  public boolean holds(int begin, int end, int otherBegin, int otherEnd) {
    return switch (kind) {
      case ANYWHERE -> true;
      case EQUAL -> begin == otherBegin && end == otherEnd;
      case WITHIN -> begin >= otherBegin && end <= otherEnd;
      case AROUND -> begin <= otherBegin && end >= otherEnd;
      case FOLLOWS -> begin >= otherEnd && begin - otherEnd <= distance;
      case PRECEDES -> end <= otherBegin && otherBegin - end <= distance;
      case NEAR -> Math.abs(begin - otherBegin) <= distance;
    };
  }

  /// Whether a range must begin exactly where the other ends.
  boolean isAdjacent() {
    return kind == Kind.FOLLOWS && distance == 0;
  }

  /// Whether inputs that are related so to the range of a neuron give it its places.
  boolean anchors() {
    return kind == Kind.EQUAL || kind == Kind.NEAR;
  }

  /// The first position at which a range that holds can begin.
  ///
  /// @param longest length of the longest range there is
  int firstBegin(int otherBegin, int otherEnd, int longest) {
    int first =
        switch (kind) {
          case ANYWHERE -> 0;
          case EQUAL, WITHIN -> otherBegin;
          case AROUND -> otherEnd - longest;
          case FOLLOWS -> otherEnd;
          case PRECEDES -> otherBegin - distance - longest;
          case NEAR -> otherBegin - distance;
        };
    return Math.max(first, 0);
  }

  /// The last position at which a range that holds can begin.
  int lastBegin(int otherBegin, int otherEnd) {
    return switch (kind) {
      case ANYWHERE -> Integer.MAX_VALUE;
      case EQUAL, AROUND -> otherBegin;
      case WITHIN -> otherEnd - 1;
      case FOLLOWS -> otherEnd + distance;
      case PRECEDES -> otherBegin - 1;
      case NEAR -> otherBegin + distance;
    };
  }
}
