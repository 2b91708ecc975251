/// Event-driven networks: millions of neurons of which a document touches a few thousand.
///
/// A neuron is silent while its net input is negative, so only neurons that an active one leads to
/// can matter. [EventNetwork] holds them in primitive arrays and never changes; what a document
/// makes active is a [Propagation]. [PlainPropagation] updates every successor of an active neuron
/// and is the readable definition.
///
/// **Source** the author of AIKA (software and article, 2019): activation by events in massive
/// networks. **Differs** types of neurons are never declared, and conjunctions have any length.
///
/// **Threads** networks are immutable and safe; a propagation belongs to one thread; any number of
/// propagations share a network.
///
/// Start reading at [Neuron], then [PlainPropagation].
@NullMarked
package org.fovea.event;

import org.jspecify.annotations.NullMarked;
