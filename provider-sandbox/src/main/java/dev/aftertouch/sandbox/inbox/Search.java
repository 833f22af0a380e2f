package dev.aftertouch.sandbox.inbox;

import dev.aftertouch.sandbox.http.Request;
import dev.aftertouch.sandbox.messages.Message;
import dev.aftertouch.sandbox.messages.Provider;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Which messages are wanted.
 *
 * @param address part of the sender's or recipient's address; empty for all
 * @param provider null for all
 */
record Search(String address, @Nullable Provider provider) implements Predicate<Message> {
  static Search of(Request.Parameters query) {
    String to = query.get("to", query.get("q", "")).strip();
    return new Search(to, Provider.named(query.get("provider")));
  }

  @Override
  public boolean test(Message message) {
    return (provider == null || message.provider() == provider)
        && (address.isEmpty() || message.concerns(address));
  }
}
