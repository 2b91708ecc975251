/// Everything a user can ask for, as data: sealed families of immutable records.
///
/// A network is a [NetworkSpec], a training run a [TrainSpec]. What is asked for in each family is
/// one of the records that it permits; an agent that does the work is made from it by an exhaustive
/// `switch` elsewhere. Every record validates itself when it is made, so a spec that exists is a
/// spec that makes sense on its own. Specs are stored in model files and read from YAML.
///
/// **Threads** immutable.
///
/// Start reading at [NetworkSpec], then [Selection].
@NullMarked
package org.fovea.spec;

import org.jspecify.annotations.NullMarked;
