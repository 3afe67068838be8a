package io.tradeflood.proxyter;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/**
 * A target that speaks HTTPS with a certificate of its own and answers with {@code {"ok":true}}.
 */
final class FakeSite implements AutoCloseable {
  static final String ANSWER = "{\"ok\":true}";

  private final HttpsServer server;
  private final SSLContext context;
  private final X509TrustManager trust;

  /** The credentials for a proxy that reached the target, which none should. */
  final Queue<String> leaked = new ConcurrentLinkedQueue<>();

  FakeSite(Path folder) throws Exception {
    Path store = folder.resolve("site.p12");
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(
        List.of(
            ("-genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=localhost -validity 30"
                    + " -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -storepass secret")
                .split(" ")));
    command.addAll(List.of("-keystore", store.toString()));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor()).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    var ours = KeyManagerFactory.getInstance("PKIX");
    ours.init(keys, "secret".toCharArray());
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", keys.getCertificate("a"));
    var theirs = TrustManagerFactory.getInstance("PKIX");
    theirs.init(trusted);
    trust = (X509TrustManager) theirs.getTrustManagers()[0];
    context = SSLContext.getInstance("TLS");
    context.init(ours.getKeyManagers(), theirs.getTrustManagers(), null);
    server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 64);
    server.setHttpsConfigurator(new HttpsConfigurator(context));
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.createContext(
        "/",
        exchange -> {
          String credentials = exchange.getRequestHeaders().getFirst("Proxy-Authorization");
          if (credentials != null) leaked.add(credentials);
          byte[] body = ANSWER.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  String url() {
    return "https://localhost:" + server.getAddress().getPort() + "/";
  }

  /** Trusts this site alone. */
  SSLContext context() {
    return context;
  }

  X509TrustManager trust() {
    return trust;
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
