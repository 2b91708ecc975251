/// The `fovea` command: one class for each subcommand, and what they share.
///
/// Commands turn options into specs and calls of the engine, and what comes back into lines for
/// people or JSON for programs. Results go to standard output, everything else to standard error.
/// Whatever goes wrong becomes one line and an exit status: 1 when the job failed, 2 when the
/// command was used wrongly.
///
/// **Threads** a command runs on the main thread; the hook of [StopSignal] is another one.
///
/// Start reading at [Main], then [TrainCommand].
@NullMarked
package org.fovea.cli;

import org.jspecify.annotations.NullMarked;
