package org.fovea.planted.network;

/// Has a name that says nothing.
final class ThingUtil {}
