/// Pages of bytes in which neurons are kept when they are not in memory: the seam that `residency`
/// and the module `store` fill.
///
/// **What** A [NeuronStore] holds pages by number: rows of a layer, neurons of an event-driven
/// network, parts of a lattice, pieces of a long list of synapses. What the bytes mean is the
/// matter of whoever wrote them, who names it in a [PageFormat]. A [WritableNeuronStore] also takes
/// [PageBatch]es, each as a whole or not at all.
///
/// **Why** Neurons that are used together lie on one page and come with one read; one kind of page
/// for everything means one checksum, one cache, one test of crashes.
///
/// **Threads** stores are safe; [PageBuffer] and [PageBatch] are confined.
///
/// Start reading at [NeuronStore].
@NullMarked
package org.fovea.network.page;

import org.jspecify.annotations.NullMarked;
