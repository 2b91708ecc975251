package org.fovea.network;

/// What the passes of one worker share.
///
/// @param team threads that work on a batch
/// @param step where in the run the worker is
/// @param work multiply-adds of the worker
record PassContext(Team team, Step step, WorkCount work) {

  /// A random generator for each thread of the team.
  StreamRandom[] newRandoms() {
    StreamRandom[] random = new StreamRandom[team.size()];
    for (int thread = 0; thread < random.length; thread++) {
      random[thread] = new StreamRandom();
    }
    return random;
  }
}
