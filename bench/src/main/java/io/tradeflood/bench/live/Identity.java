package io.tradeflood.bench.live;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.ArrayList;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A key and a certificate for this machine, in a folder, made by the JDK's keytool. */
record Identity(Path folder) {
  private static final String PASSWORD = "nothing secret";

  private Path keys() {
    return folder.resolve("keys");
  }

  /** Who trusts it trusts the server. */
  Path certificate() {
    return folder.resolve("certificate");
  }

  void make() throws IOException, InterruptedException {
    keytool("-genkeypair", "-keyalg", "EC", "-dname", "CN=localhost", "-ext", "san=ip:127.0.0.1");
    keytool("-exportcert", "-rfc", "-file", certificate().toString());
  }

  private void keytool(String... options) throws IOException, InterruptedException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(List.of(options));
    command.addAll(List.of("-keystore", keys().toString(), "-storepass", PASSWORD));
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) throw new IOException("keytool made no key: " + words.strip());
  }

  /** What a server speaks TLS with. */
  SSLContext context() throws IOException {
    try (var in = Files.newInputStream(keys())) {
      var store = KeyStore.getInstance("PKCS12");
      store.load(in, PASSWORD.toCharArray());
      var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
      managers.init(store, PASSWORD.toCharArray());
      var context = SSLContext.getInstance("TLS");
      context.init(managers.getKeyManagers(), null, null);
      return context;
    } catch (GeneralSecurityException e) {
      throw new IOException("the key cannot be used: " + e.getMessage(), e);
    }
  }

  void delete() throws IOException {
    Files.deleteIfExists(keys());
    Files.deleteIfExists(certificate());
  }
}
