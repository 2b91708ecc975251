package org.fovea.planted.attic;

/// Lives in a package that no floor has, and that is not null-marked.
public final class Stray {}
