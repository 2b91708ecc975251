/// Networks: layers of neurons, forward and backward, by example or by batch.
///
/// Parameters are shared by all workers ([Network] and its layers); everything that a batch needs
/// besides is a *pass*, which belongs to one worker ([BatchPass]). A pass runs in phases over
/// independent items ([Team]): an asynchronous worker runs them alone, a deterministic run splits
/// them over its threads, and both compute the same. The agents of other packages come in through
/// the seams [Selector] (which neurons take part), [Evolver] (which connections exist) and
/// [Updater] (how a gradient becomes a step).
///
/// Dense layers run by example; [SparseLayer]s run by batch, with the batch innermost.
///
/// Asynchronous workers: Niu and others, *Hogwild*, NeurIPS 2011, arXiv:1106.5730. Active sets:
/// Spring and Shrivastava, KDD 2017, arXiv:1602.08194.
///
/// **Threads** parameters are racy on purpose, passes are confined.
///
/// Start reading at [Network], then [BatchPass].
@NullMarked
package org.fovea.network;

import org.jspecify.annotations.NullMarked;
