package dev.aftertouch.sandbox;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.charset.StandardCharsets;

/** Bare HTTP over one connection, for what an HTTP client hides. */
final class OverTheWire {
  private OverTheWire() {}

  static byte[] post(String json) {
    byte[] body = json.getBytes(StandardCharsets.UTF_8);
    String head =
        "POST /emails HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer re_x\r\nContent-Length: "
            + body.length
            + "\r\n\r\n";
    return (head + json).getBytes(StandardCharsets.UTF_8);
  }

  /** Sends one after another and counts the answers of 200. */
  static int sendUntil(int port, int count, String json) throws IOException {
    int good = 0;
    try (Socket socket = new Socket("127.0.0.1", port)) {
      socket.setSoTimeout(10_000);
      while (good < count) {
        socket.getOutputStream().write(post(json));
        if (!answer(socket.getInputStream()).startsWith("HTTP/1.1 200")) {
          return good;
        }
        good++;
      }
    }
    return good;
  }

  /** Reads one answer, which ends in a brace as all of ours do. */
  static String answer(InputStream in) throws IOException {
    StringBuilder answer = new StringBuilder();
    for (int b = in.read(); b >= 0; b = in.read()) {
      answer.append((char) b);
      if (b == '}') {
        break;
      }
    }
    return answer.toString();
  }
}
