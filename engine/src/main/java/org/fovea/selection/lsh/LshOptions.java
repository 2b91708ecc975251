package org.fovea.selection.lsh;

import org.fovea.network.Team;

/// How a [LshSelector] runs, as against what it selects.
///
/// @param seed chooses the hash functions; the same rows and seed give the same tables
/// @param deterministic whether tables change at fixed batches only
/// @param team hashes rows during maintenance; its size does not change the result
public record LshOptions(long seed, boolean deterministic, Team team) {}
