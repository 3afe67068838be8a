package io.tradeflood.proxyter.hop;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;

/**
 * Addresses that are not of the public network: this machine, its neighbours, and the metadata
 * services of clouds. See the IANA registries of special-purpose addresses.
 */
public final class PrivateRanges {
  private PrivateRanges() {}

  public static boolean contains(InetAddress address) {
    if (address.isAnyLocalAddress()
        || address.isLoopbackAddress()
        || address.isLinkLocalAddress()
        || address.isSiteLocalAddress()
        || address.isMulticastAddress()) return true;
    byte[] bytes = address.getAddress();
    return switch (address) {
      case Inet4Address _ -> isPrivate4(bytes, 0);
      case Inet6Address _ -> isPrivate6(bytes);
      default -> true;
    };
  }

  private static boolean isPrivate4(byte[] bytes, int at) {
    int a = bytes[at] & 0xff;
    int b = bytes[at + 1] & 0xff;
    int c = bytes[at + 2] & 0xff;
    return a == 0
        || a == 10
        || a == 127
        || a == 100 && b >= 64 && b < 128
        || a == 169 && b == 254
        || a == 172 && b >= 16 && b < 32
        || a == 192 && b == 0 && (c == 0 || c == 2)
        || a == 192 && b == 88 && c == 99
        || a == 192 && b == 168
        || a == 198 && (b == 18 || b == 19)
        || a == 198 && b == 51 && c == 100
        || a == 203 && b == 0 && c == 113
        || a >= 224;
  }

  private static boolean isPrivate6(byte[] bytes) {
    int first = bytes[0] & 0xff;
    int second = bytes[1] & 0xff;
    if ((first & 0xfe) == 0xfc) return true;
    if (first == 0x01 && second == 0) return true;
    // Teredo and documentation.
    if (first == 0x20 && second == 0x01 && bytes[2] == 0 && bytes[3] == 0) return true;
    if (first == 0x20 && second == 0x01 && bytes[2] == 0x0d && (bytes[3] & 0xff) == 0xb8)
      return true;
    // Those that carry an address of the old kind: compatible, 6to4, NAT64.
    if (startsWithZeros(bytes, 12)) return true;
    if (first == 0x20 && second == 0x02) return isPrivate4(bytes, 2);
    if (first == 0 && second == 0x64 && (bytes[2] & 0xff) == 0xff && (bytes[3] & 0xff) == 0x9b)
      return isPrivate4(bytes, 12) || bytes[4] != 0 || bytes[5] != 0;
    return false;
  }

  private static boolean startsWithZeros(byte[] bytes, int count) {
    for (int i = 0; i < count; i++) if (bytes[i] != 0) return false;
    return true;
  }
}
