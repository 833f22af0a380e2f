package dev.aftertouch.service.kafka;

import io.micrometer.tracing.Link;
import io.micrometer.tracing.Span;
import io.micrometer.tracing.TraceContext;
import io.micrometer.tracing.Tracer;
import io.micrometer.tracing.propagation.Propagator;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.jspecify.annotations.Nullable;

/**
 * Carries the trace of a batch from service to service in the records' headers: one span a batch,
 * never one a record. Records of a trace that is not sampled carry nothing.
 */
public final class TraceHeaders {
  /** The W3C's header, {@code 00-<trace id>-<span id>-<flags>}. */
  private static final String TRACE_PARENT = "traceparent";

  private final Tracer tracer;
  private final Propagator propagator;

  TraceHeaders(Tracer tracer, Propagator propagator) {
    this.tracer = tracer;
    this.propagator = propagator;
  }

  /**
   * Publishes a batch in a span of its own: it goes on the trace that the caller works in, or
   * begins one, as a poller's batch does.
   */
  public void lead(String name, int records, Runnable publishing) {
    run(
        tracer.spanBuilder().kind(Span.Kind.PRODUCER).name(name).tag("records", records).start(),
        publishing);
  }

  /** Writes the current trace into the headers of a record that is published. */
  public void inject(Headers headers) {
    Span current = tracer.currentSpan();
    if (current != null && Boolean.TRUE.equals(current.context().sampled())) {
      propagator.inject(
          current.context(),
          headers,
          (ignored, name, value) -> headers.add(name, value.getBytes(StandardCharsets.UTF_8)));
    }
  }

  /**
   * Runs the work in a span that goes on the first trace that the batch's records carry, and links
   * to the other batches whose records met in this one.
   */
  <T> void follow(List<ConsumerRecord<String, T>> records, String name, Runnable work) {
    Map<String, Headers> batches = new LinkedHashMap<>();
    for (ConsumerRecord<String, T> record : records) {
      String parent = text(record.headers(), TRACE_PARENT);
      if (parent != null) {
        batches.putIfAbsent(parent, record.headers());
      }
    }
    Headers first =
        batches.isEmpty() ? records.getFirst().headers() : batches.values().iterator().next();
    Span.Builder span =
        propagator
            .extract(first, TraceHeaders::text)
            .kind(Span.Kind.CONSUMER)
            .name(name)
            .tag("records", records.size());
    batches.keySet().stream().skip(1).map(this::context).map(Link::new).forEach(span::addLink);
    run(span.start(), work);
  }

  private void run(Span span, Runnable work) {
    try (Tracer.SpanInScope ignored = tracer.withSpan(span)) {
      work.run();
    } catch (RuntimeException failure) {
      span.error(failure);
      throw failure;
    } finally {
      span.end();
    }
  }

  private TraceContext context(String traceParent) {
    String[] parts = traceParent.split("-", 4);
    return tracer.traceContextBuilder().traceId(parts[1]).spanId(parts[2]).sampled(true).build();
  }

  private static @Nullable String text(Headers headers, String name) {
    Header header = headers.lastHeader(name);
    return header == null ? null : new String(header.value(), StandardCharsets.UTF_8);
  }
}
