package org.fovea.training;

import org.fovea.network.WorkCount;

/// What carries out the batches of a segment.
sealed interface Workers extends AutoCloseable permits AsynchronousWorkers, DeterministicWorker {

  /// Trains on the batches of a segment until it is over.
  void run(Segment segment);

  /// Multiply-adds of all workers since they were made.
  WorkCount work();

  /// Goes on with a network whose neurons have changed.
  void renew();

  @Override
  void close();
}
