package dev.aftertouch.engine.inbound;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * The words of a text: lower case, without accents, apostrophes, punctuation and invisible
 * characters, one space between them. Single letters that are all there is are one word: S.T.O.P.
 */
record Words(String text) {
  static Words of(String body) {
    String plain =
        Normalizer.normalize(body, Normalizer.Form.NFKD)
            .replaceAll("[\\p{M}\\p{Cf}'’‘`´ʼ]+", "")
            .replaceAll("[^\\p{L}\\p{N}]+", " ")
            .strip()
            .toLowerCase(Locale.ROOT);
    return new Words(isSpelled(plain) ? plain.replace(" ", "") : plain);
  }

  private static boolean isSpelled(String plain) {
    return plain.length() > 2
        && Arrays.stream(plain.split(" ")).allMatch(token -> token.length() == 1);
  }

  /** What stands between full stops, commas and the like. */
  static List<Words> clauses(String body) {
    return Arrays.stream(body.split("[.,;:!\\n\\r()—–]+"))
        .map(Words::of)
        .filter(words -> !words.text().isEmpty())
        .toList();
  }

  List<String> tokens() {
    return text.isEmpty() ? List.of() : List.of(text.split(" "));
  }

  /** Whether one of the phrases stands in it, word for word. */
  boolean containsAny(Collection<String> phrases) {
    String padded = " " + text + " ";
    return phrases.stream().anyMatch(phrase -> padded.contains(" " + phrase + " "));
  }

  /** Without those phrases. */
  Words without(Collection<String> phrases) {
    String padded = " " + text + " ";
    for (String phrase : phrases) {
      padded = padded.replace(" " + phrase + " ", " … ");
    }
    return new Words(padded.strip());
  }
}
