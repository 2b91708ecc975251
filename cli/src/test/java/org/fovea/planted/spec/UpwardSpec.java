package org.fovea.planted.spec;

import org.fovea.planted.network.Talker;

/// Uses a higher floor, and closes a cycle.
public record UpwardSpec(Talker talker) {}
