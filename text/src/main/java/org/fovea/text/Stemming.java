package org.fovea.text;

import java.util.Optional;
import org.tartarus.snowball.SnowballStemmer;
import org.tartarus.snowball.ext.DanishStemmer;
import org.tartarus.snowball.ext.DutchStemmer;
import org.tartarus.snowball.ext.EnglishStemmer;
import org.tartarus.snowball.ext.FinnishStemmer;
import org.tartarus.snowball.ext.FrenchStemmer;
import org.tartarus.snowball.ext.GermanStemmer;
import org.tartarus.snowball.ext.ItalianStemmer;
import org.tartarus.snowball.ext.NorwegianStemmer;
import org.tartarus.snowball.ext.PortugueseStemmer;
import org.tartarus.snowball.ext.RomanianStemmer;
import org.tartarus.snowball.ext.RussianStemmer;
import org.tartarus.snowball.ext.SpanishStemmer;
import org.tartarus.snowball.ext.SwedishStemmer;
import org.tartarus.snowball.ext.TurkishStemmer;

/// Whether endings of words are cut off, and of which language.
///
/// **Source** the Snowball stemmers (M. F. Porter and others), as Lucene ships them.
public enum Stemming {
  /// Words stay as they are.
  NONE,
  /// Danish.
  DANISH,
  /// Dutch.
  DUTCH,
  /// English, the second version of Porter's.
  ENGLISH,
  /// Finnish.
  FINNISH,
  /// French.
  FRENCH,
  /// German.
  GERMAN,
  /// Italian.
  ITALIAN,
  /// Norwegian.
  NORWEGIAN,
  /// Portuguese.
  PORTUGUESE,
  /// Romanian.
  ROMANIAN,
  /// Russian.
  RUSSIAN,
  /// Spanish.
  SPANISH,
  /// Swedish.
  SWEDISH,
  /// Turkish.
  TURKISH;

  /// A stemmer for one thread; none if words stay as they are.
  Optional<SnowballStemmer> stemmer() {
    return switch (this) {
      case NONE -> Optional.empty();
      case DANISH -> Optional.of(new DanishStemmer());
      case DUTCH -> Optional.of(new DutchStemmer());
      case ENGLISH -> Optional.of(new EnglishStemmer());
      case FINNISH -> Optional.of(new FinnishStemmer());
      case FRENCH -> Optional.of(new FrenchStemmer());
      case GERMAN -> Optional.of(new GermanStemmer());
      case ITALIAN -> Optional.of(new ItalianStemmer());
      case NORWEGIAN -> Optional.of(new NorwegianStemmer());
      case PORTUGUESE -> Optional.of(new PortugueseStemmer());
      case ROMANIAN -> Optional.of(new RomanianStemmer());
      case RUSSIAN -> Optional.of(new RussianStemmer());
      case SPANISH -> Optional.of(new SpanishStemmer());
      case SWEDISH -> Optional.of(new SwedishStemmer());
      case TURKISH -> Optional.of(new TurkishStemmer());
    };
  }
}
