package dev.aftertouch.engine.inbound;

import java.util.List;
import java.util.function.Predicate;

/**
 * What a customer's text means, and which rule says so.
 *
 * <p>Keywords count as the whole message only, so that "don't stop by Friday" stops nothing and
 * "when can you start?" reopens nothing. Beyond them a stop is whatever a reasonable person would
 * understand as one (47 CFR 64.1200(a)(10), FCC 24-24): slips of the thumb, keywords with polite
 * words around them, and phrases. What only may be a stop is a {@link Meaning#DOUBT}.
 *
 * @param rule stable code of the rule that decided
 */
public record InboundText(Meaning meaning, String rule) {
  /** Version of the rules, stored with what they said. */
  public static final int VERSION = 1;

  /** What it means. */
  public enum Meaning {
    /** Opts out. */
    STOP,
    /** Takes an earlier opt-out back. */
    START,
    /** Asks who is writing. */
    HELP,
    /** May be an opt-out: nothing more is sent until a person has read it. */
    DOUBT,
    /** An answer. */
    REPLY
  }

  /** The rule of "yes": an answer, too, where there is no opt-out to take back. */
  public static final String YES = "keyword_yes";

  /** Reads a text of any length, whatever its case, accents, punctuation and emoji. */
  public static InboundText read(String body) {
    Words words = Words.of(body);
    String whole = words.text();
    if (Keywords.STOP.contains(whole)) {
      return new InboundText(Meaning.STOP, "keyword");
    }
    if (Keywords.START.contains(whole)) {
      return new InboundText(Meaning.START, whole.equals("yes") ? YES : "keyword");
    }
    if (Keywords.HELP.contains(whole)) {
      return new InboundText(Meaning.HELP, "keyword");
    }
    return whole.isEmpty() ? withoutWords(body) : beyondKeywords(body, words);
  }

  /** A stop sign alone may be meant as one. */
  private static InboundText withoutWords(String body) {
    return Keywords.SIGNS.stream().anyMatch(body::contains)
        ? new InboundText(Meaning.DOUBT, "sign")
        : new InboundText(Meaning.REPLY, "no_words");
  }

  private static InboundText beyondKeywords(String body, Words words) {
    String whole = words.text();
    if (isStopWithFiller(words.tokens(), Keywords.STOP_ALONE::contains)) {
      return new InboundText(Meaning.STOP, "keyword_and_filler");
    }
    boolean typo = words.tokens().size() == 1 && Typos.ofAKeyword(whole);
    if (typo || isStopWithFiller(words.tokens(), Typos::ofStop)) {
      return new InboundText(Meaning.STOP, "typo");
    }
    boolean asked = body.indexOf('?') >= 0;
    Words rest = words.without(Phrases.HARMLESS);
    boolean taken = rest.containsAny(Phrases.TAKEN_BACK);
    if (rest.containsAny(Phrases.STOP)) {
      return asked || taken
          ? new InboundText(Meaning.DOUBT, asked ? "phrase_in_question" : "phrase_negated")
          : new InboundText(Meaning.STOP, "phrase");
    }
    if (!taken && !asked && hasClauseThatStops(body)) {
      return new InboundText(Meaning.STOP, "clause");
    }
    if (rest.containsAny(Phrases.DOUBT)) {
      return new InboundText(Meaning.DOUBT, "phrase_in_doubt");
    }
    if (rest.tokens().stream().anyMatch(Keywords.DOUBTFUL::contains)) {
      return new InboundText(Meaning.DOUBT, "word");
    }
    return new InboundText(Meaning.REPLY, "other");
  }

  /** "Stop. I have left a review already." */
  private static boolean hasClauseThatStops(String body) {
    return Words.clauses(body).stream()
        .anyMatch(clause -> isStopWithFiller(clause.tokens(), Keywords.STOP_IN_A_CLAUSE::contains));
  }

  private static boolean isStopWithFiller(List<String> tokens, Predicate<String> stops) {
    boolean found = false;
    for (String token : tokens) {
      if (stops.test(token)) {
        found = true;
      } else if (!Keywords.FILLERS.contains(token)) {
        return false;
      }
    }
    return found;
  }
}
