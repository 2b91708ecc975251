/// Training: runs a network over its data, measures it, and tells what happens as a stream of
/// events.
///
/// `Preparation` makes a network for a data set, [Trainer] trains it, [Evaluator] measures it.
/// Workers are asynchronous ([AsynchronousWorkers]) or a team that splits each batch
/// ([DeterministicWorker]).
///
/// **Threads** each class says its own.
///
/// Start reading at [Trainer].
@NullMarked
package org.fovea.training;

import org.jspecify.annotations.NullMarked;
