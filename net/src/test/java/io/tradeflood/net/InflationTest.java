package io.tradeflood.net;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Random;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class InflationTest {
  private static final int LIMIT = 1_000_000;

  /** Bytes of which so many may differ: the fewer, the shorter they are when packed. */
  private static byte[] bytes(int length, int different) {
    byte[] bytes = new byte[length];
    var random = new Random(length);
    for (int i = 0; i < length; i++) bytes[i] = (byte) random.nextInt(different);
    return bytes;
  }

  private static byte[] packed(byte[] bytes, String encoding) throws IOException {
    var packed = new ByteArrayOutputStream();
    try (OutputStream out =
        encoding.equals("gzip") ? new GZIPOutputStream(packed) : new DeflaterOutputStream(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  @ParameterizedTest
  @CsvSource({
    "gzip, 0, 1",
    "gzip, 1, 1",
    "gzip, 1023, 9",
    "gzip, 1024, 9",
    "gzip, 1025, 9",
    "gzip, 300000, 256",
    "gzip, 300000, 10",
    "gzip, 300000, 1",
    "gzip, 1000000, 1",
    "deflate, 0, 1",
    "deflate, 4096, 9",
    "deflate, 300000, 256",
    "deflate, 1000000, 1"
  })
  void whatWasPackedIsWhole(String encoding, int length, int different) throws IOException {
    byte[] bytes = bytes(length, different);
    assertThat(Inflation.unpack(packed(bytes, encoding), encoding, LIMIT)).isEqualTo(bytes);
  }

  @Test
  void aBodyPackedInTwoPiecesIsWhole() throws IOException {
    byte[] bytes = bytes(200_000, 30);
    var packed = new ByteArrayOutputStream();
    packed.write(packed(Arrays.copyOf(bytes, 150_000), "gzip"));
    packed.write(packed(Arrays.copyOfRange(bytes, 150_000, 200_000), "gzip"));
    assertThat(Inflation.unpack(packed.toByteArray(), "gzip", LIMIT)).isEqualTo(bytes);
  }

  @ParameterizedTest
  @CsvSource({"gzip, 256", "gzip, 1", "deflate, 256", "deflate, 1"})
  void whatIsTooLongIsRefused(String encoding, int different) throws IOException {
    byte[] packed = packed(bytes(LIMIT + 1, different), encoding);
    assertThatThrownBy(() -> Inflation.unpack(packed, encoding, LIMIT))
        .isInstanceOf(IOException.class)
        .hasMessage("is longer than the 1000000 bytes allowed");
  }

  @Test
  void whatBrokeOffIsRefused() throws IOException {
    byte[] packed = packed(bytes(100_000, 30), "gzip");
    for (int length : new int[] {3, 17, packed.length / 2, packed.length - 1})
      assertThatThrownBy(() -> Inflation.unpack(Arrays.copyOf(packed, length), "gzip", LIMIT))
          .isInstanceOf(IOException.class);
  }
}
