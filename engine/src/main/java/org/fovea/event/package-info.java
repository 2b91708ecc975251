/// Event-driven networks: millions of neurons of which a document touches a few thousand.
///
/// A neuron is silent while its net input is negative, so only neurons that an active one leads to
/// can matter, and of those only the ones whose weights can still reach their threshold.
/// [EventNetwork] derives for each neuron what must be present before it can become active, puts
/// these conditions into a lattice that neurons share, and updates a neuron only when its condition
/// holds. What a document gives is a [Propagation]: [PlainPropagation] updates every successor of
/// an active neuron and is the readable definition; [EventPropagation] computes the same, fast.
/// Where activations suppress each other without end, an [InterpretationSearch] chooses.
///
/// Networks larger than memory are a [SuspendedNetwork], whose neurons are on the pages of a store
/// until a document needs them; [SuspendedPropagation] computes the same there, and
/// [SuspendedNetworkBuilder] builds such networks of phrases without having them in memory.
///
/// **Source** the author of AIKA (software and article, 2019): activation by events, boolean logic
/// from weights, pattern lattice. **Differs** conditions are proved from the weights, whatever the
/// number of inputs; the lattice keeps one order of the parts and not all; nothing is an object per
/// activation.
///
/// **Threads** networks are immutable and safe; a propagation belongs to one thread; any number of
/// propagations share a network. [LiveNetwork] publishes edited networks atomically.
///
/// Start reading at [Neuron], then [PlainPropagation], then [TriggerPlanner]; for pages, at
/// [NeuronPage].
@NullMarked
package org.fovea.event;

import org.jspecify.annotations.NullMarked;
