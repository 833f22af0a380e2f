package dev.aftertouch.dispatch.sending;

import java.io.Closeable;
import java.io.IOException;
import java.net.ConnectException;
import java.net.NoRouteToHostException;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.apache.hc.client5.http.ConnectTimeoutException;
import org.apache.hc.client5.http.classic.methods.HttpGet;
import org.apache.hc.client5.http.classic.methods.HttpPost;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ConnectionRequestTimeoutException;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.Header;
import org.apache.hc.core5.http.HttpEntity;
import org.apache.hc.core5.http.HttpHeaders;
import org.apache.hc.core5.http.io.entity.ByteArrayEntity;
import org.apache.hc.core5.util.TimeValue;
import org.apache.hc.core5.util.Timeout;

/**
 * POSTs and reads over kept-alive connections and never twice: no retries, no redirects, no
 * cookies. Which client and why: docs/decisions/0010.
 */
final class HttpCalls implements Closeable {
  private static final int LONGEST_ANSWER = 64 * 1024;
  private static final int LONGEST_LIST = 4 * 1024 * 1024;
  private static final Duration CONNECT_TIMEOUT = Duration.ofSeconds(3);
  private static final Duration LONGEST_RETRY_AFTER = Duration.ofHours(1);

  /** What came back, or that nothing did. */
  sealed interface Result {
    /** An HTTP answer. */
    record Answer(int status, Duration retryAfter, String body) implements Result {}

    /** No byte of the request was written. */
    record NotWritten(String reason) implements Result {}

    /** The request may have arrived. */
    record Lost(String reason) implements Result {}
  }

  private final CloseableHttpClient client;

  HttpCalls(int connections) {
    client =
        HttpClients.custom()
            .setConnectionManager(
                PoolingHttpClientConnectionManagerBuilder.create()
                    .setMaxConnPerRoute(connections)
                    .setMaxConnTotal(connections)
                    .setDefaultConnectionConfig(
                        ConnectionConfig.custom()
                            .setConnectTimeout(Timeout.of(CONNECT_TIMEOUT))
                            .setSocketTimeout(Timeout.ofSeconds(10))
                            .setValidateAfterInactivity(TimeValue.ofSeconds(1))
                            .setIdleTimeout(Timeout.ofSeconds(20))
                            .build())
                    .build())
            .disableAutomaticRetries()
            .disableRedirectHandling()
            .disableCookieManagement()
            .disableAuthCaching()
            .disableContentCompression()
            .setUserAgent("Aftertouch")
            .build();
  }

  Result post(
      URI uri, Map<String, String> headers, ContentType type, byte[] body, Duration timeout) {
    HttpPost request = new HttpPost(uri);
    headers.forEach(request::setHeader);
    request.setEntity(new ByteArrayEntity(body, type));
    return call(request, timeout, LONGEST_ANSWER);
  }

  /** Reads a list, of which one page may be long. */
  Result get(URI uri, Map<String, String> headers, Duration timeout) {
    HttpGet request = new HttpGet(uri);
    headers.forEach(request::setHeader);
    return call(request, timeout, LONGEST_LIST);
  }

  private Result call(HttpUriRequestBase request, Duration timeout, int longest) {
    request.setConfig(
        RequestConfig.custom()
            .setConnectionRequestTimeout(Timeout.of(CONNECT_TIMEOUT))
            .setResponseTimeout(timeout.toMillis(), TimeUnit.MILLISECONDS)
            .build());
    try {
      return client.execute(request, response -> answer(response, longest));
    } catch (ConnectException
        | ConnectTimeoutException
        | ConnectionRequestTimeoutException
        | UnknownHostException
        | NoRouteToHostException unreachable) {
      return new Result.NotWritten(unreachable.getClass().getSimpleName());
    } catch (IOException lost) {
      return new Result.Lost(lost.getClass().getSimpleName());
    }
  }

  private static Result answer(ClassicHttpResponse response, int longest) throws IOException {
    HttpEntity entity = response.getEntity();
    String body =
        entity == null
            ? ""
            : new String(entity.getContent().readNBytes(longest), StandardCharsets.UTF_8);
    return new Result.Answer(
        response.getCode(), retryAfter(response.getFirstHeader(HttpHeaders.RETRY_AFTER)), body);
  }

  /** Seconds only; a date or nonsense counts as a minute. */
  private static Duration retryAfter(@org.jspecify.annotations.Nullable Header header) {
    if (header == null || !header.getValue().strip().matches("\\d{1,6}")) {
      return Duration.ofMinutes(1);
    }
    Duration asked = Duration.ofSeconds(Long.parseLong(header.getValue().strip()));
    return asked.compareTo(LONGEST_RETRY_AFTER) > 0 ? LONGEST_RETRY_AFTER : asked;
  }

  @Override
  public void close() throws IOException {
    client.close();
  }
}
