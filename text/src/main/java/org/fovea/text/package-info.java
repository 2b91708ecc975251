/// Pattern networks from text: names, phrases and rules become neurons, and texts find them.
///
/// A [PatternNetwork] is an [org.fovea.event.EventNetwork] whose inputs are the words of a
/// [Vocabulary]. Names come from tables of patterns and categories ([PatternFiles]), rules from a
/// small language (`docs/patterns.md`); a [PatternNetworkBuilder] makes the network of them, a
/// [PatternStore] keeps it on disk with the edits that were made since, an [Annotator] finds its
/// patterns in a text, and an [Explanation] tells why or why not.
///
/// **Threads** networks are immutable and safe; tokenizers and annotators belong to one thread.
///
/// Start reading at [Annotator], then [PatternNetwork], then [PatternNetworkBuilder].
@NullMarked
package org.fovea.text;

import org.jspecify.annotations.NullMarked;
