package dev.aftertouch.dispatch.messages;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import net.jpountz.lz4.LZ4Factory;

/**
 * Messages as bytes. The first byte says how: {@link #PLAIN}, or {@link #COMPRESSED} with LZ4, then
 * with the length of what was compressed. Messages of one business and hour are much alike, so
 * together they take a fifth of their space.
 */
final class Bundle {
  private static final byte PLAIN = 0;
  private static final byte COMPRESSED = 1;
  private static final int HEAD = 1 + Integer.BYTES;
  private static final LZ4Factory LZ4 = LZ4Factory.fastestInstance();

  private Bundle() {}

  static byte[] write(List<FrozenMessage> messages) {
    byte[] plain = plain(messages);
    byte[] packed = LZ4.fastCompressor().compress(plain);
    return ByteBuffer.allocate(HEAD + packed.length)
        .put(COMPRESSED)
        .putInt(plain.length)
        .put(packed)
        .array();
  }

  private static byte[] plain(List<FrozenMessage> messages) {
    ByteArrayOutputStream bytes =
        new ByteArrayOutputStream(messages.stream().mapToInt(m -> m.body().length + 256).sum());
    try (DataOutputStream out = new DataOutputStream(bytes)) {
      out.writeInt(messages.size());
      for (FrozenMessage message : messages) {
        write(out, message.attempt());
        write(out, message.touch());
        write(out, message.body());
        out.writeInt(message.linkNames().size());
        for (int i = 0; i < message.linkNames().size(); i++) {
          write(out, message.linkNames().get(i).getBytes(StandardCharsets.UTF_8));
          write(out, message.linkTargets().get(i).getBytes(StandardCharsets.UTF_8));
        }
      }
    } catch (IOException impossible) {
      throw new UncheckedIOException(impossible);
    }
    return bytes.toByteArray();
  }

  private static void write(DataOutputStream out, UUID id) throws IOException {
    out.writeLong(id.getMostSignificantBits());
    out.writeLong(id.getLeastSignificantBits());
  }

  private static void write(DataOutputStream out, byte[] bytes) throws IOException {
    out.writeInt(bytes.length);
    out.write(bytes);
  }

  static List<FrozenMessage> read(byte[] content) {
    try (DataInputStream in = new DataInputStream(new ByteArrayInputStream(unpacked(content)))) {
      int size = in.readInt();
      List<FrozenMessage> messages = new ArrayList<>(size);
      for (int i = 0; i < size; i++) {
        UUID attempt = new UUID(in.readLong(), in.readLong());
        UUID touch = new UUID(in.readLong(), in.readLong());
        byte[] body = bytes(in);
        int links = in.readInt();
        List<String> names = new ArrayList<>(links);
        List<String> targets = new ArrayList<>(links);
        for (int j = 0; j < links; j++) {
          names.add(new String(bytes(in), StandardCharsets.UTF_8));
          targets.add(new String(bytes(in), StandardCharsets.UTF_8));
        }
        messages.add(new FrozenMessage(attempt, touch, body, names, targets));
      }
      return messages;
    } catch (IOException broken) {
      throw new UncheckedIOException(broken);
    }
  }

  private static byte[] bytes(DataInputStream in) throws IOException {
    return in.readNBytes(in.readInt());
  }

  private static byte[] unpacked(byte[] content) {
    ByteBuffer bytes = ByteBuffer.wrap(content);
    if (bytes.get() == PLAIN) {
      byte[] plain = new byte[bytes.remaining()];
      bytes.get(plain);
      return plain;
    }
    byte[] plain = new byte[bytes.getInt()];
    LZ4.safeDecompressor().decompress(content, HEAD, content.length - HEAD, plain, 0);
    return plain;
  }
}
