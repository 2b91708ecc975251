/// Data on their way that do not fit in memory: numbers in temporary files, and sorted.
///
/// **What** An [IntSpool] is a list of numbers in a file that has no name and goes with the
/// process; a [RecordSorter] sorts records of numbers in an amount of memory that it is given.
///
/// **Why** Networks that are larger than memory are laid out on pages in an order that their parts
/// do not come in.
///
/// **Source** Knuth, *The Art of Computer Programming*, volume 3, section 5.4: runs that are
/// merged. Bentley and Sedgewick, *Fast algorithms for sorting and searching strings*, SODA 1997:
/// three ways by one number at a time.
///
/// **Threads** confined.
///
/// Start reading at [RecordSorter].
@NullMarked
package org.fovea.residency.spool;

import org.jspecify.annotations.NullMarked;
