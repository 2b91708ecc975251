/// Data-parallel training with replicas: several copies of a sparse network, each with data of its
/// own, on threads.
///
/// **What** [ReplicaTraining] trains in two phases. First, replicas compute gradients on copies
/// that may be stale, and one network takes them at once; gradients of connections that have moved
/// away in the meantime are dropped ([ValidUpdates]). Then, each replica trains alone, its
/// connections evolve on their own, and in the end all are averaged over the union of their
/// connections, which is cut back to the number that there was (`topology.UnionAverage`).
///
/// **Why** workers that share a network cannot move connections under each other. Replicas can, and
/// the second phase needs no communication at all.
///
/// **Source** Curci, Mocanu and Pechenizkiy, *Truly Sparse Neural Networks at Scale*, 2021,
/// arXiv:2102.01732, section 3.1: WASAP-SGD.
///
/// **Threads** [ReplicaTraining#run] is called once and works with threads of its own.
///
/// **Start with** [ReplicaRun], which goes from data to a model, then [ReplicaTraining].
@NullMarked
package org.fovea.training.replica;

import org.jspecify.annotations.NullMarked;
