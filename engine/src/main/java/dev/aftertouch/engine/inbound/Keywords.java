package dev.aftertouch.engine.inbound;

import java.util.List;
import java.util.Set;

/** Words that have a meaning by themselves, as {@link Words} writes them. */
final class Keywords {
  /**
   * The FCC's (stop, quit, end, revoke, opt out, cancel, unsubscribe: 47 CFR 64.1200(a)(10)),
   * Twilio's, AWS's and Telnyx's lists together, French and Spanish.
   */
  static final Set<String> STOP =
      Set.of(
          "stop",
          "stopall",
          "stop all",
          "unsubscribe",
          "end",
          "quit",
          "revoke",
          "optout",
          "opt out",
          "cancel",
          "remove",
          "td",
          "arret",
          "arreter",
          "arretez",
          "desabonner",
          "desabonnement",
          "desinscrire",
          "desinscription",
          "parar",
          "pare",
          "alto",
          "basta",
          "no mas",
          "cancelar",
          "baja",
          "borrar",
          "detener",
          "fin",
          "salir",
          "desuscribir");

  static final Set<String> START = Set.of("start", "unstop", "yes");

  static final Set<String> HELP = Set.of("help", "info", "aide", "ayuda");

  /** Stop the texts even with {@link #FILLERS} around them. */
  static final Set<String> STOP_ALONE =
      Set.of(
          "stop",
          "stopall",
          "unsubscribe",
          "optout",
          "arret",
          "arreter",
          "arretez",
          "parar",
          "pare",
          "alto",
          "basta",
          "desabonner",
          "baja");

  /** Stop the texts even as one clause of several; the others may be about the work. */
  static final Set<String> STOP_IN_A_CLAUSE = Set.of("stop", "stopall", "unsubscribe", "optout");

  /** Polite, angry or empty words that change nothing about a keyword. */
  static final Set<String> FILLERS =
      Set.of(
          "please",
          "pls",
          "plz",
          "plse",
          "pleas",
          "now",
          "it",
          "this",
          "that",
          "thanks",
          "thank",
          "you",
          "thx",
          "ty",
          "ok",
          "okay",
          "hey",
          "hi",
          "hello",
          "just",
          "all",
          "immediately",
          "kindly",
          "asap",
          "me",
          "texts",
          "text",
          "texting",
          "messages",
          "message",
          "messaging",
          "msgs",
          "sms",
          "sending",
          "these",
          "the",
          "already",
          "yes",
          "im",
          "sorry",
          "everything",
          "today",
          "forever",
          "right",
          "svp",
          "merci",
          "sil",
          "vous",
          "plait",
          "por",
          "favor",
          "ya",
          "gracias",
          "fucking",
          "damn");

  /** Their presence makes a reader wonder, unless a harmless phrase explains it. */
  static final Set<String> DOUBTFUL =
      Set.of(
          "stop",
          "stops",
          "stopped",
          "stopping",
          "unsubscribe",
          "unsubscribed",
          "unsubscribing",
          "optout",
          "revoke",
          "spam",
          "spamming",
          "scam",
          "harassment",
          "harassing",
          "desabonner",
          "arretez",
          "arret");

  static final List<String> SIGNS = List.of("🛑", "🚫", "⛔", "✋");

  private Keywords() {}
}
