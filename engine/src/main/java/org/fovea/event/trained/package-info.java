/// Trained networks as event-driven ones: a row touches only what its features reach.
///
/// The hidden neurons of a trained network whose activations are rectified become neurons of an
/// [org.fovea.event.EventNetwork]; a row of data becomes a document of one position, in which its
/// features are active with their values. A hidden neuron that stays silent costs nothing above it.
///
/// **Source** the author of AIKA (article, 2019): propagation by events. **Differs** from batches
/// of [org.fovea.network.Predictor] by the order of sums only.
///
/// **Threads** a [TrainedEvents] is immutable and safe; an [EventPredictor] belongs to one thread.
///
/// Start reading at [TrainedEvents].
@NullMarked
package org.fovea.event.trained;

import org.jspecify.annotations.NullMarked;
