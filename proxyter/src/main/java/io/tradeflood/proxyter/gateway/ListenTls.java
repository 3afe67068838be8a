package io.tradeflood.proxyter.gateway;

import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.tradeflood.proxyter.config.Settings;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.InvalidKeyException;
import java.security.KeyFactory;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;
import java.security.SignatureException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.spec.InvalidKeySpecException;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.net.ssl.SSLException;

/** How clients are spoken to in TLS: with a certificate and the key that belongs to it. */
final class ListenTls {
  private static final Pattern CERTIFICATE =
      Pattern.compile("-----BEGIN CERTIFICATE-----([^-]+)-----END");
  private static final Pattern KEY = Pattern.compile("-----BEGIN PRIVATE KEY-----([^-]+)-----END");

  private ListenTls() {}

  /**
   * The context of a certificate and its key.
   *
   * @param problems gets a line if they cannot be used, or not together
   */
  static Optional<SslContext> of(Settings.Tls tls, List<String> problems) {
    try {
      SslContext context =
          SslContextBuilder.forServer(tls.certificate().toFile(), tls.key().toFile()).build();
      if (belong(tls)) return Optional.of(context);
      problems.add(
          "listen.tls.key does not belong to the certificate: %s is not the key of the first certificate in %s"
              .formatted(tls.key(), tls.certificate()));
    } catch (SSLException | IllegalArgumentException e) {
      problems.add(
          "listen.tls: %s and %s are no PEM certificate chain and PKCS#8 key: %s"
              .formatted(tls.certificate(), tls.key(), reason(e)));
    } catch (IOException | CertificateException e) {
      problems.add(
          "listen.tls: %s and %s cannot be read: %s"
              .formatted(tls.certificate(), tls.key(), reason(e)));
    }
    return Optional.empty();
  }

  private static String reason(Exception e) {
    return String.valueOf(e.getMessage()).lines().findFirst().orElse("");
  }

  /**
   * Whether what the key signs is what the certificate verifies; true where neither can be told.
   */
  private static boolean belong(Settings.Tls tls) throws IOException, CertificateException {
    Optional<byte[]> certificate = block(CERTIFICATE, tls.certificate());
    Optional<byte[]> key = block(KEY, tls.key());
    if (certificate.isEmpty() || key.isEmpty()) return true;
    PublicKey open =
        CertificateFactory.getInstance("X.509")
            .generateCertificate(new ByteArrayInputStream(certificate.get()))
            .getPublicKey();
    var spec = new PKCS8EncodedKeySpec(key.get());
    try {
      return switch (open.getAlgorithm()) {
        case "RSA" ->
            verifies(open, KeyFactory.getInstance("RSA").generatePrivate(spec), "SHA256withRSA");
        case "EC" ->
            verifies(open, KeyFactory.getInstance("EC").generatePrivate(spec), "SHA256withECDSA");
        case "EdDSA" ->
            verifies(open, KeyFactory.getInstance("EdDSA").generatePrivate(spec), "EdDSA");
        default -> true;
      };
    } catch (NoSuchAlgorithmException _) {
      return true;
    } catch (InvalidKeySpecException | InvalidKeyException | SignatureException _) {
      return false;
    }
  }

  private static boolean verifies(PublicKey open, PrivateKey secret, String algorithm)
      throws NoSuchAlgorithmException, InvalidKeyException, SignatureException {
    byte[] words = "the key of the certificate".getBytes(StandardCharsets.US_ASCII);
    Signature signing = Signature.getInstance(algorithm);
    signing.initSign(secret);
    signing.update(words);
    byte[] signature = signing.sign();
    Signature verifying = Signature.getInstance(algorithm);
    verifying.initVerify(open);
    verifying.update(words);
    return verifying.verify(signature);
  }

  /** The first block of its kind in a file, decoded. */
  private static Optional<byte[]> block(Pattern kind, Path file) throws IOException {
    Matcher m = kind.matcher(Files.readString(file, StandardCharsets.ISO_8859_1));
    return m.find() ? Optional.of(Base64.getMimeDecoder().decode(m.group(1))) : Optional.empty();
  }
}
