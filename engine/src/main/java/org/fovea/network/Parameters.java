package org.fovea.network;

import org.fovea.kernel.RowMatrix;

/// One named matrix of parameters and the updater that steps its rows.
///
/// @param name unique in the network; the tensor's name in a model file
/// @param values the parameters; owned by the layer, racy on purpose
/// @param updater steps the rows
public record Parameters(String name, RowMatrix values, Updater updater) {}
