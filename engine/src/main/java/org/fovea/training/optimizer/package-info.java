/// Optimizers: from the gradient of a row to its step, with state that is touched only with its
/// row.
///
/// [Updaters] makes the agent for an [org.fovea.spec.Optimizer]; around it stand, when asked for,
/// clipping, weight decay and the averaging of weights.
///
/// **Threads** racy on purpose, as the parameters are.
///
/// Start reading at [Updaters].
@NullMarked
package org.fovea.training.optimizer;

import org.jspecify.annotations.NullMarked;
