package io.tradeflood.proxyter.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsException;
import io.tradeflood.proxyter.config.SettingsReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@Timeout(60)
class TlsTest {
  @TempDir static Path folder;

  private static SSLContext context;

  private final GatewayFixture fixture = new GatewayFixture();
  private final FakeTarget echo = fixture.with(FakeTarget.echo());
  private final FakeProxy proxy = fixture.with(FakeProxy.open());

  /** A certificate for this machine, made by the JDK's own tool. */
  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = folder.resolve("store.p12");
    String options =
        "-genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=localhost -validity 30"
            + " -ext san=dns:localhost,ip:127.0.0.1 -storetype PKCS12 -storepass secret";
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("-keystore", store.toString()));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    keytool.getInputStream().readAllBytes();
    assertThat(keytool.waitFor()).isZero();
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, "secret".toCharArray());
    }
    write("CERTIFICATE", keys.getCertificate("a").getEncoded(), "certificate.pem");
    write("PRIVATE KEY", keys.getKey("a", "secret".toCharArray()).getEncoded(), "key.pem");
    var ours = KeyManagerFactory.getInstance("PKIX");
    ours.init(keys, "secret".toCharArray());
    var theirs = TrustManagerFactory.getInstance("PKIX");
    var trusted = KeyStore.getInstance("PKCS12");
    trusted.load(null, null);
    trusted.setCertificateEntry("a", keys.getCertificate("a"));
    theirs.init(trusted);
    context = SSLContext.getInstance("TLS");
    context.init(ours.getKeyManagers(), theirs.getTrustManagers(), null);
  }

  private static void write(String kind, byte[] bytes, String name) throws IOException {
    String text =
        Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII)).encodeToString(bytes);
    Files.writeString(
        folder.resolve(name),
        "-----BEGIN %s-----\n%s\n-----END %s-----\n".formatted(kind, text, kind));
  }

  @AfterEach
  void close() {
    fixture.close();
  }

  private String target() {
    return "echo.example:" + echo.port();
  }

  private Settings settings(String key) {
    return SettingsReader.read(
        """
        listen: {address: '127.0.0.1:0', tls: {certificate: '%s', key: '%s'}}
        proxies: [{id: one, url: '%s'}]
        """
            .formatted(folder.resolve("certificate.pem"), folder.resolve(key), proxy.url("http")));
  }

  private void apply(String key) {
    fixture.gateway().apply(settings(key));
  }

  @Test
  void clientsMaySpeakInTlsOnTheSamePort() throws IOException {
    fixture.start("proxies: ['%s']\n".formatted(proxy.url("http")));
    apply("key.pem");
    for (String words : new String[] {"CONNECT", "SOCKS"}) {
      var socket =
          (SSLSocket)
              context.getSocketFactory().createSocket("localhost", fixture.gateway().port());
      FakeClient client = fixture.with(new FakeClient(socket));
      if (words.equals("CONNECT")) assertThat(client.connect(target(), "")).contains(" 200 ");
      else assertThat(client.socks("t", "", "echo.example", echo.port())).isZero();
      assertThat(client.echo("in tls")).isEqualTo("in tls");
      socket.shutdownOutput();
      assertThat(client.isEnded()).isTrue();
    }
    assertThat(fixture.client().connect(target(), "")).contains(" 200 ");
  }

  @Test
  void aKeyThatIsNoneIsRefusedAndNothingChanges() throws IOException {
    fixture.start("proxies: ['%s']\n".formatted(proxy.url("http")));
    Files.writeString(folder.resolve("bad.pem"), "no key\n");
    assertThatThrownBy(() -> apply("bad.pem"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("listen.tls");
    assertThat(fixture.client().connect(target(), "")).contains(" 200 ");
  }

  @ParameterizedTest
  @CsvSource({"EC, 256", "EC, 384", "RSA, 2048"})
  void aKeyOfAnotherCertificateIsRefusedAndNothingChanges(String algorithm, int size)
      throws IOException, GeneralSecurityException {
    fixture.start("proxies: ['%s']\n".formatted(proxy.url("http")));
    KeyPairGenerator pairs =
        algorithm.equals("EC")
            ? KeyPairGenerator.getInstance("EC")
            : KeyPairGenerator.getInstance("RSA");
    pairs.initialize(size);
    write("PRIVATE KEY", pairs.generateKeyPair().getPrivate().getEncoded(), "other.pem");
    assertThatThrownBy(() -> apply("other.pem"))
        .isInstanceOf(SettingsException.class)
        .hasMessageContaining("listen.tls.key does not belong to the certificate: ")
        .hasMessageContaining("other.pem")
        .hasMessageNotContaining("\n");
    assertThatThrownBy(() -> Gateway.check(settings("other.pem")))
        .hasMessageContaining("listen.tls.key does not belong to the certificate: ");
    Gateway.check(settings("key.pem"));
    assertThat(fixture.client().connect(target(), "")).contains(" 200 ");
  }

  /** The plain proxy behind TLS. */
  private ServerSocket tlsInFrontOfProxy() throws IOException {
    ServerSocket server =
        context
            .getServerSocketFactory()
            .createServerSocket(0, 50, InetAddress.getLoopbackAddress());
    Thread.ofVirtual()
        .start(
            () -> {
              while (true) {
                try {
                  Socket socket = server.accept();
                  Thread.ofVirtual().start(() -> hand(socket));
                } catch (IOException _) {
                  return;
                }
              }
            });
    return fixture.with(server);
  }

  private void hand(Socket socket) {
    try (socket;
        var there = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
      FakeServer.join(socket, there);
    } catch (IOException e) {
      proxy.troubles.add(e);
    }
  }

  @Test
  void aProxyMayBeSpokenToInTlsAndIsVerified() throws IOException {
    int port = tlsInFrontOfProxy().getLocalPort();
    fixture.start(
        "proxies: [{id: one, url: 'https://localhost:%d', trust: '%s'}]\n"
            .formatted(port, folder.resolve("certificate.pem")));
    FakeClient client = fixture.client();
    assertThat(client.connect(target(), "")).contains(" 200 ");
    assertThat(client.echo("in tls")).isEqualTo("in tls");
    client.socket.shutdownOutput();
    assertThat(client.isEnded()).isTrue();
  }

  @Test
  void aProxyWithTheCertificateOfAnotherNameIsNotSpokenTo() throws IOException {
    int port = tlsInFrontOfProxy().getLocalPort();
    fixture.start(
        "proxies: [{id: one, url: 'https://proxy.example:%d', trust: '%s'}]\n"
            .formatted(port, folder.resolve("certificate.pem")),
        InstantSource.system(),
        Transport.best(),
        _ -> new InetAddress[] {InetAddress.getLoopbackAddress()});
    assertThat(fixture.client().connect(target(), ""))
        .contains("details=\"one P-TLS: it has a certificate for another name\"");
  }

  @Test
  void aProxyThatCannotProveWhoItIsIsNotSpokenTo() throws IOException {
    int port = tlsInFrontOfProxy().getLocalPort();
    fixture.start("proxies: [{id: one, url: 'https://localhost:%d'}]\n".formatted(port));
    assertThat(fixture.client().connect(target(), ""))
        .startsWith("HTTP/1.1 502 ")
        .contains(
            "error=tls_protocol_error",
            "one P-TLS: it has a certificate that is not trusted: give that of its issuer, a PEM"
                + " file, as trust of the proxy one\"")
        .doesNotContain("PKIX");
    assertThat(proxy.asked).isEmpty();
  }
}
