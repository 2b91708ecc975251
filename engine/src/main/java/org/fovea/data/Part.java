package org.fovea.data;

import java.util.Arrays;
import java.util.Objects;

/// Which examples of a whole belong to a part of it.
///
/// [Range] needs no list of them: a seeded [Permutation] puts the examples in an order, and the
/// part is a range of that order. So the `i`-th member and the membership of an example both take
/// O(1) time and the part takes O(1) memory. A part of a part is the same thing over the positions
/// in the outer part.
///
/// **Threads** Safe.
sealed interface Part {

  /// How many members.
  long count();

  /// The id, in the whole, of a member; members are in no order.
  long idOf(long member);

  /// Whether the example with this id is a member.
  boolean contains(long id);

  /// The member with this id, for ids that are [#contains(long)]ed: the inverse of [#idOf(long)].
  long memberOf(long id);

  /// All `count` examples.
  record Whole(long count) implements Part {
    @Override
    public long idOf(long member) {
      return Objects.checkIndex(member, count);
    }

    @Override
    public boolean contains(long id) {
      return id >= 0 && id < count;
    }

    @Override
    public long memberOf(long id) {
      return id;
    }
  }

  /// The members of `outer` at the positions `[from, from + count)` of an order.
  record Range(Part outer, Permutation order, long from, long count) implements Part {
    @Override
    public long idOf(long member) {
      Objects.checkIndex(member, count);
      return outer.idOf(order.at(from + member));
    }

    @Override
    public boolean contains(long id) {
      if (!outer.contains(id)) {
        return false;
      }
      long position = memberOf(id);
      return position >= 0 && position < count;
    }

    @Override
    public long memberOf(long id) {
      return order.positionOf(outer.memberOf(id)) - from;
    }
  }

  /// Members that are listed.
  ///
  /// @param ids ascending; owned
  record Listed(long[] ids) implements Part {
    @Override
    public long count() {
      return ids.length;
    }

    @Override
    public long idOf(long member) {
      return ids[Math.toIntExact(member)];
    }

    @Override
    public boolean contains(long id) {
      return Arrays.binarySearch(ids, id) >= 0;
    }

    @Override
    public long memberOf(long id) {
      return Arrays.binarySearch(ids, id);
    }
  }
}
