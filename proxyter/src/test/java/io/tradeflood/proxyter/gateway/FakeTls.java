package io.tradeflood.proxyter.gateway;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;

/** A certificate for this machine and for every name under {@code example}, made once. */
public final class FakeTls {
  private static final char[] SECRET = "secret".toCharArray();

  /** Serves with the certificate, and trusts nothing but it. */
  public static final SSLContext CONTEXT = context();

  private FakeTls() {}

  private static SSLContext context() {
    try {
      Path folder = Files.createTempDirectory("proxyter-tls");
      Path store = folder.resolve("store.p12");
      KeyStore keys = keys(store);
      Files.delete(store);
      Files.delete(folder);
      var ours = KeyManagerFactory.getInstance("PKIX");
      ours.init(keys, SECRET);
      var trusted = KeyStore.getInstance("PKCS12");
      trusted.load(null, null);
      trusted.setCertificateEntry("a", keys.getCertificate("a"));
      var trust = TrustManagerFactory.getInstance("PKIX");
      trust.init(trusted);
      var context = SSLContext.getInstance("TLS");
      context.init(ours.getKeyManagers(), trust.getTrustManagers(), null);
      return context;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException(e);
    }
  }

  private static KeyStore keys(Path store) throws IOException, GeneralSecurityException {
    String options =
        "-genkeypair -alias a -keyalg EC -groupname secp256r1 -dname CN=localhost -validity 30"
            + " -ext san=dns:localhost,dns:*.example,dns:*.x.example,ip:127.0.0.1"
            + " -storetype PKCS12 -storepass secret";
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(options.split(" ")));
    command.addAll(List.of("-keystore", store.toString()));
    Process keytool = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    try {
      if (keytool.waitFor() != 0) throw new IllegalStateException(words);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
    var keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, SECRET);
    }
    return keys;
  }

  /** Takes TLS and goes on inside of it. */
  public static FakeTarget.Deed inside(FakeTarget.Deed deed) {
    return plain -> {
      try (var socket =
          (SSLSocket)
              CONTEXT.getSocketFactory().createSocket(plain, "localhost", plain.getPort(), true)) {
        socket.setUseClientMode(false);
        socket.startHandshake();
        deed.with(socket);
      }
    };
  }

  /** A target that answers each request inside of TLS with the same. */
  public static FakeTarget answering(String answer) {
    return new FakeTarget(
        inside(
            socket -> {
              while (true) {
                FakeServer.head(socket.getInputStream());
                FakeServer.write(socket.getOutputStream(), answer);
              }
            }));
  }

  /** Speaks TLS along an open tunnel. */
  public static SSLSocket along(Socket tunnel, String host) throws IOException {
    var socket = (SSLSocket) CONTEXT.getSocketFactory().createSocket(tunnel, host, 443, true);
    socket.startHandshake();
    return socket;
  }
}
