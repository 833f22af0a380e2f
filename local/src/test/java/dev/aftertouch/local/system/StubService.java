package dev.aftertouch.local.system;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.StringReader;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;

/** Stands in for a Boot service: reads its file of properties and says that it is ready. */
final class StubService {
  private StubService() {}

  public static void main(String[] arguments) throws IOException {
    String file = arguments[0].replace("--spring.config.additional-location=file:", "");
    Properties properties = new Properties();
    properties.load(new StringReader(Files.readString(Path.of(file))));
    if (properties.containsKey("stub.fails")) {
      System.err.println(properties.getProperty("stub.fails"));
      System.exit(1);
    }
    int port = Integer.parseInt(properties.getProperty("server.port"));
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    server.createContext(
        "/actuator/health/readiness",
        exchange -> {
          exchange.sendResponseHeaders(200, -1);
          exchange.close();
        });
    server.start();
  }
}
