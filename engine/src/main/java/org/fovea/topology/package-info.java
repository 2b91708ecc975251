/// Which connections exist: where sparse layers start, and how their connections move.
///
/// [Topologies] draws the first connections of a network, [Densities] says how many each layer
/// gets, and [Evolvers] makes the agent that moves them while the network trains. Everything costs
/// time and memory of the connections that exist: no mask, no dense matrix, no dense gradient is
/// ever formed.
///
/// What changes is said by a `StructureChange` and carried out by the network: evolution moves
/// connections, and [Pruner] removes neurons between epochs, with what they always say folded into
/// the biases above.
///
/// A move has four parts, one class each: when it is time ([Timetable]), which connections go
/// ([DropRule]), where as many come ([GrowRule]), and the weights they start with; a
/// [Redistributor] lets layers give connections to each other. What is random is drawn from a
/// generator placed by seed, batch and layer, so resumed runs draw the same.
///
/// Mocanu and others, *Scalable training of artificial neural networks with adaptive sparse
/// connectivity*, Nature Communications 2018, arXiv:1707.04780 (SET); Evci and others, *Rigging the
/// Lottery*, ICML 2020, arXiv:1911.11134 (RigL, densities); Liu and others, *Do We Actually Need
/// Dense Over-Parameterization?*, ICML 2021, arXiv:2102.02887 (ITOP); Curci, Mocanu and
/// Pechenizkiy, arXiv:2102.01732 (pruning of neurons).
///
/// **Threads** confined to the thread that trains.
///
/// Start reading at [Topologies], then [LayerEvolver].
@NullMarked
package org.fovea.topology;

import org.jspecify.annotations.NullMarked;
