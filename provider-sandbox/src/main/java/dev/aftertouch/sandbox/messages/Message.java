package dev.aftertouch.sandbox.messages;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One message in the inbox. Only its happenings change. */
public final class Message {
  private final Header header;
  private final byte[] raw;
  private final List<Happening> happenings = new ArrayList<>(0);

  /**
   * What is known without reading the content.
   *
   * @param sender what opt-outs go by: the messaging service, or the number it came from
   * @param at virtual time in epoch milliseconds
   * @param statusCallback where Twilio reports; null for none
   * @param inbound a text that the customer wrote
   */
  public record Header(
      Provider provider,
      String id,
      String account,
      String from,
      String sender,
      List<String> to,
      String subject,
      Map<String, String> tags,
      long at,
      @Nullable String statusCallback,
      boolean inbound) {}

  /** Something that became of the message, with the link for a click or the cause of a failure. */
  public record Happening(String what, long at, @Nullable String detail) {}

  /**
   * @param raw the payload as it came: Resend's JSON object, a text's body, or a MIME message
   */
  public Message(Header header, byte[] raw) {
    this.header = header;
    this.raw = raw;
  }

  public Header header() {
    return header;
  }

  public String id() {
    return header.id();
  }

  public Provider provider() {
    return header.provider();
  }

  public boolean isText() {
    return header.provider() == Provider.TWILIO;
  }

  public byte[] raw() {
    return raw;
  }

  public synchronized void happened(String what, long at, @Nullable String detail) {
    happenings.add(new Happening(what, at, detail));
  }

  public synchronized List<Happening> happenings() {
    return List.copyOf(happenings);
  }

  /** The latest happening; {@code first} where nothing has happened yet. */
  public synchronized String lastHappening(String first) {
    return happenings.isEmpty() ? first : happenings.getLast().what();
  }

  /** True where one of the addresses contains the text. */
  public boolean concerns(String address) {
    String wanted = Addresses.comparable(address);
    return Addresses.comparable(header.from()).contains(wanted)
        || header.to().stream().anyMatch(to -> Addresses.comparable(to).contains(wanted));
  }
}
