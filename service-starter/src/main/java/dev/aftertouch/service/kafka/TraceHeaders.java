package dev.aftertouch.service.kafka;

import io.micrometer.tracing.Span;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Carries the trace of a batch from service to service in the records' headers: one span a batch,
 * never one a record.
 */
final class TraceHeaders {
  private final Tracer tracer;
  private final Propagator propagator;

  TraceHeaders(Tracer tracer, Propagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  void inject(Headers headers) {
    Span current = tracer.currentSpan();
    if (current != null && Boolean.TRUE.equals(current.context().sampled())) {
      propagator.inject(
          current.context(),
          headers,
          (ignored, name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /** Runs the work in a span that goes on the trace of the batch's first record. */
  void follow(Headers first, String name, int records, Runnable work) {
    Span span =
        propagator.extract(first, TraceHeaders::text).name(name).tag("records", records).start();
    try (Tracer.SpanInScope ignored = tracer.withSpan(span)) {
      work.run();
    } catch (RuntimeException failure) {
      span.error(failure);
      throw failure;
    } finally {
      span.end();
    }
  }

  private static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
