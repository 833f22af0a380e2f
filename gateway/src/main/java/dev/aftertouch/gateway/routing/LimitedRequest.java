package dev.aftertouch.gateway.routing;

import jakarta.servlet.ReadListener;
import jakarta.servlet.ServletInputStream;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import java.io.IOException;

/** A request whose body ends in {@link BodyTooLarge} after the limit. */
class LimitedRequest extends HttpServletRequestWrapper {
  private final long limit;

  LimitedRequest(HttpServletRequest request, long limitBytes) {
    super(request);
    this.limit = limitBytes;
  }

  @Override
  public ServletInputStream getInputStream() throws IOException {
    return new LimitedStream(super.getInputStream(), limit);
  }

  private static final class LimitedStream extends ServletInputStream {
    private final ServletInputStream body;
    private final long limit;
    private long seen;

    LimitedStream(ServletInputStream body, long limit) {
      this.body = body;
      this.limit = limit;
    }

    @Override
    public int read() throws IOException {
      int read = body.read();
      count(read < 0 ? 0 : 1);
      return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      int read = body.read(target, offset, length);
      count(Math.max(0, read));
      return read;
    }

    private void count(int bytes) throws IOException {
      seen += bytes;
      if (seen > limit) {
        throw new BodyTooLarge(limit);
      }
    }

    @Override
    public boolean isFinished() {
      return body.isFinished();
    }

    @Override
    public boolean isReady() {
      return body.isReady();
    }

    @Override
    public void setReadListener(ReadListener listener) {
      body.setReadListener(listener);
    }
  }
}
