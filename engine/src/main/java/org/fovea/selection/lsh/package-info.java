/// Which neurons take part: those that share hash buckets with the input.
///
/// A layer's weight rows are kept in hash tables such that rows with a large net input for an input
/// are likely to be in the buckets that the input's own codes name. So the active set is found
/// without computing the other net inputs; a true softmax needs only the large ones.
///
/// - hash functions ([Hasher]): signed random projections, winner takes all, minwise hashing,
///   clusters; each from vectors to buckets, rows and queries alike.
/// - tables ([HashTable], [LshIndex]): compact arrays; rows move when they have changed.
/// - [Retriever]: from buckets to an active set.
/// - [Maintenance]: when tables follow the weights, and on whose time; [Checkup] measures how well.
/// - [PredictionIndex]: for a trained layer, clusters and bit codes in place of tables.
///
/// **Source** Spring and Shrivastava, *Scalable and sustainable deep learning via randomized
/// hashing*, KDD 2017, arXiv:1602.08194; Chen and others, *SLIDE*, MLSys 2020, arXiv:1903.03129.
/// The classes name the sources of the hash functions.
///
/// **Threads** queries by any number of workers, each with its scratch; one thread maintains; what
/// it changes is published by releases, and readers never see anything but rows.
///
/// Start reading at [LshSelector].
@NullMarked
package org.fovea.selection.lsh;

import org.jspecify.annotations.NullMarked;
