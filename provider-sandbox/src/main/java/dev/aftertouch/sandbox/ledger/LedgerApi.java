package dev.aftertouch.sandbox.ledger;

import dev.aftertouch.sandbox.http.Json;
import dev.aftertouch.sandbox.http.Reply;
import dev.aftertouch.sandbox.http.Request;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** {@code GET /sandbox/ledger?since=&limit=}, {@code /summary}, {@code DELETE}. */
public final class LedgerApi {
  private static final int MAX_LIMIT = 10_000;

  private final Ledger ledger;

  public LedgerApi(Ledger ledger) {
    this.ledger = ledger;
  }

  public Reply handle(Request request) {
    boolean summary = request.path().equals("/sandbox/ledger/summary");
    try {
      return switch (request.method()) {
        case "GET" ->
            summary ? Reply.json(200, Json.object(ledger::writeSummary)) : entries(request);
        case "DELETE" -> {
          ledger.clear();
          yield Reply.json(200, Json.object(ledger::writeSummary));
        }
        default -> Reply.problem(405, "Use GET or DELETE.");
      };
    } catch (IOException failed) {
      throw new UncheckedIOException(failed);
    }
  }

  private Reply entries(Request request) throws IOException {
    Request.Parameters query = request.query();
    long limit = Math.clamp(query.number("limit", 1000), 1, MAX_LIMIT);
    List<byte[]> lines = ledger.read(query.number("since", 0), (int) limit);
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    out.writeBytes("{\"entries\":[".getBytes(StandardCharsets.US_ASCII));
    for (int i = 0; i < lines.size(); i++) {
      if (i > 0) {
        out.write(',');
      }
      out.writeBytes(lines.get(i));
    }
    out.writeBytes("]}".getBytes(StandardCharsets.US_ASCII));
    return Reply.json(200, out.toByteArray());
  }
}
