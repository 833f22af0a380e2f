package dev.aftertouch.local.demo;

/** What happened, and the colour that it is shown in. */
enum Verb {
  ENROLLED("enrolled", Colour.BOLD),
  REFUSED("refused", Colour.YELLOW),
  SENT("sent", Colour.GREEN),
  HELD("held", Colour.BLUE),
  PACED("paced", Colour.BLUE),
  SKIPPED("skipped", Colour.YELLOW),
  FAILED("failed", Colour.RED),
  STOPPED("stopped", Colour.RED),
  FINISHED("finished", Colour.BOLD),
  CUSTOMER("customer", Colour.MAGENTA);

  private final String word;
  private final Colour colour;

  Verb(String word, Colour colour) {
    this.word = word;
    this.colour = colour;
  }

  String word() {
    return word;
  }

  Colour colour() {
    return colour;
  }
}
