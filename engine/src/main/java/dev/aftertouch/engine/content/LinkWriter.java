package dev.aftertouch.engine.content;

/** Makes the link that the customer sees from the one that the author meant. */
@FunctionalInterface
public interface LinkWriter {
  /** Leaves every link as it is. */
  LinkWriter DIRECT = (name, target) -> target;

  /**
   * The address to put into the message. Asked once per message for each pair.
   *
   * @param name review, booking, calendar, feedback or link-1, link-2 …
   * @param target http or https address
   */
  String write(String name, String target);
}
