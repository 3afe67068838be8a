package io.tradeflood.net;

import io.netty.handler.ssl.JdkSslContext;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslProvider;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.ClientSSLOptions;
import io.vertx.core.net.PemTrustOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLSocketFactory;

/**
 * Whose certificates are trusted; that they are for the name that was asked for is checked too.
 *
 * @param setting which setting says so
 * @param file certificates (PEM) to trust instead of the machine's
 */
record Trust(String setting, Optional<Path> file) {

  /** For the requests of Vert.x; empty for the machine's. */
  Optional<PemTrustOptions> options() {
    return certificates().map(bytes -> new PemTrustOptions().addCertValue(Buffer.buffer(bytes)));
  }

  /**
   * For what Vert.x asks otherwise than the rest.
   *
   * @param longest how long the handshake may take
   */
  ClientSSLOptions options(Duration longest) {
    var options =
        new ClientSSLOptions()
            .setHostnameVerificationAlgorithm("HTTPS")
            .setSslHandshakeTimeout(longest.toMillis())
            .setSslHandshakeTimeoutUnit(TimeUnit.MILLISECONDS);
    options().ifPresent(options::setTrustOptions);
    return options;
  }

  /** For the connections of Netty. */
  SslContext context() throws SSLException {
    return builder().build();
  }

  /** For the JDK's sockets, which check no name unless they are told to. */
  SSLSocketFactory sockets() throws SSLException {
    var context = (JdkSslContext) builder().sslProvider(SslProvider.JDK).build();
    return context.context().getSocketFactory();
  }

  private SslContextBuilder builder() {
    var builder = SslContextBuilder.forClient().endpointIdentificationAlgorithm("HTTPS");
    certificates().map(ByteArrayInputStream::new).ifPresent(builder::trustManager);
    return builder;
  }

  private Optional<byte[]> certificates() {
    return file.map(
        pem -> {
          try {
            return Files.readAllBytes(pem);
          } catch (IOException _) {
            throw new IllegalArgumentException(
                "The setting %s must name a file of certificates (PEM), but %s cannot be read"
                    .formatted(setting, pem));
          }
        });
  }
}
