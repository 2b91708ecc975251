/// Fovea's root: the exceptions that every package throws.
///
/// **What** [FoveaException] is the family of everything that can go wrong for a reason that the
/// user can understand and act on; [MalformedDataException] is its commonest member: bytes from
/// outside that are not what they claim to be.
///
/// **Why** One family lets a program catch what Fovea says about its input and let real defects
/// through. A caller's mistake is an [IllegalArgumentException], a call at the wrong moment an
/// [IllegalStateException], a failing disk an [java.io.UncheckedIOException].
///
/// **Threads** Exceptions are immutable.
///
/// **Start with** [MalformedDataException].
@NullMarked
package org.fovea;

import org.jspecify.annotations.NullMarked;
