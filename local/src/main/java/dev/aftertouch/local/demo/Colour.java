package dev.aftertouch.local.demo;

/** Colours of a terminal. */
enum Colour {
  BOLD("1"),
  DIM("2"),
  RED("31"),
  GREEN("32"),
  YELLOW("33"),
  BLUE("34"),
  MAGENTA("35");

  private final String code;

  Colour(String code) {
    this.code = code;
  }

  /** The text in this colour. */
  String of(String text) {
    return "\u001b[" + code + "m" + text + "\u001b[0m";
  }
}
