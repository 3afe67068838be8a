package io.tradeflood.net;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.List;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;

/** A certificate of its own for {@code localhost} and 127.0.0.1, made by the JDK's keytool. */
record Certificate(Path store, Path pem) {
  private static final String PASSWORD = "changeit";

  static Certificate in(Path folder) throws IOException, InterruptedException {
    return in(folder, "server", "dns:localhost,ip:127.0.0.1");
  }

  /**
   * Another one.
   *
   * @param file what its files are called
   * @param names whom it is for, as keytool takes them
   */
  static Certificate in(Path folder, String file, String names)
      throws IOException, InterruptedException {
    Path store = folder.resolve(file + ".p12");
    Path pem = folder.resolve(file + ".pem");
    keytool(
        List.of(
            "-genkeypair",
            "-alias",
            "server",
            "-keyalg",
            "EC",
            "-dname",
            "CN=localhost",
            "-ext",
            "san=" + names,
            "-keystore",
            store.toString(),
            "-storetype",
            "PKCS12",
            "-storepass",
            PASSWORD,
            "-validity",
            "2"));
    keytool(
        List.of(
            "-exportcert",
            "-rfc",
            "-alias",
            "server",
            "-keystore",
            store.toString(),
            "-storepass",
            PASSWORD,
            "-file",
            pem.toString()));
    return new Certificate(store, pem);
  }

  private static void keytool(List<String> options) throws IOException, InterruptedException {
    var command = new java.util.ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "keytool").toString());
    command.addAll(options);
    var process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String words =
        new String(
            process.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8);
    if (process.waitFor() != 0) throw new IOException("keytool: " + words);
  }

  ServerSocketFactory sockets() throws IOException, GeneralSecurityException {
    var keys = KeyStore.getInstance("PKCS12");
    try (var in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD.toCharArray());
    }
    var managers = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD.toCharArray());
    var context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
    return context.getServerSocketFactory();
  }

  String password() {
    return PASSWORD;
  }
}
