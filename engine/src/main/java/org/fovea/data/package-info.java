/// Examples in: reading them, holding them, shuffling them.
///
/// **What** An [ExampleSource] is a file of some format; [DataFiles] finds out which. Its readers
/// append examples to a [Batch], the one form in which examples travel: compressed sparse rows that
/// are reused. [Examples] holds a whole data set, in memory or in blocks on disk, and hands it out
/// in order, in a seeded order, or divided into parts. [Prefetch] lets any reader work ahead on
/// another thread.
///
/// **Why** The cost of a wide, sparse network is proportional to what is active, so reading must
/// cost no more than that: text is parsed straight from bytes and nothing is allocated per example.
/// Files come from outside, so nothing in them is believed: every failure is one
/// [org.fovea.MalformedDataException] with the place, and memory is bounded by the window and one
/// example, whatever a header claims.
///
/// **Threads** Sources and [Examples] are safe; a reader and a batch belong to one thread at a
/// time.
///
/// **Start with** [DataFiles], then [XcReader] for the parsing and [Permutation] for the order.
@NullMarked
package org.fovea.data;

import org.jspecify.annotations.NullMarked;
