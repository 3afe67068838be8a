package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBuf;
import io.tradeflood.proxyter.hop.Hop;
import io.tradeflood.proxyter.wire.Headers;
import io.tradeflood.proxyter.wire.RequestHead;
import io.tradeflood.proxyter.wire.ResponseHead;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Heads as they are handed on: without the fields that are for one connection only (RFC 9110,
 * section 7.6.1), and never with a client's credentials.
 */
final class Heads {
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "proxy-connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "te",
          "transfer-encoding",
          "upgrade");

  private Heads() {}

  /**
   * A request for the next hop: in absolute form for a proxy that speaks HTTP, else as the target
   * itself wants it.
   */
  static ByteBuf request(RequestHead head, Choice.Grant grant, Worker worker) {
    Hop hop = grant.member().hop();
    String url = head.target();
    var out = new StringBuilder(512);
    out.append(head.method()).append(' ');
    if (hop.isHttp()) out.append(withoutFragment(url));
    else {
      String path = withoutFragment(url.substring(HttpFront.endOfAuthority(url)));
      if (!path.startsWith("/")) out.append('/');
      out.append(path);
    }
    out.append(" HTTP/1.").append(head.minor()).append("\r\nHost: ").append(host(url));
    out.append("\r\n");
    add(out, head.headers(), Set.of("host"));
    if (hop.isHttp() && hop.authorization().isPresent())
      out.append("Proxy-Authorization: ").append(hop.authorization().get()).append("\r\n");
    out.append("Via: 1.1 ").append(worker.engine().via()).append("\r\nConnection: close\r\n\r\n");
    return bytes(out, worker);
  }

  private static String withoutFragment(String url) {
    int hash = url.indexOf('#');
    return hash < 0 ? url : url.substring(0, hash);
  }

  private static String host(String url) {
    return url.substring("http://".length(), HttpFront.endOfAuthority(url));
  }

  /** An answer for the client. */
  static ByteBuf response(
      ResponseHead head, String proxy, long lease, boolean keepsAlive, Worker worker) {
    var out = new StringBuilder(512);
    out.append("HTTP/1.1 ").append(head.status()).append(' ').append(head.reason()).append("\r\n");
    add(out, head.headers(), Set.of("proxyter-proxy", "proxyter-lease"));
    HttpFront.addLease(out, proxy, lease);
    if (!keepsAlive) out.append("Connection: close\r\n");
    return bytes(out.append("\r\n"), worker);
  }

  /** An answer that goes before the answer. */
  static ByteBuf interim(ResponseHead head, Worker worker) {
    var out = new StringBuilder(128);
    out.append("HTTP/1.1 ").append(head.status()).append(' ').append(head.reason()).append("\r\n");
    add(out, head.headers(), Set.of());
    return bytes(out.append("\r\n"), worker);
  }

  private static void add(StringBuilder out, Headers headers, Set<String> without) {
    var dropped = new HashSet<>(headers.words("connection"));
    dropped.addAll(headers.words("proxy-connection"));
    headers.forEach(
        (name, value) -> {
          String small = name.toLowerCase(Locale.ROOT);
          boolean framing = small.equals("content-length");
          if (HOP_BY_HOP.contains(small)
              || without.contains(small)
              || dropped.contains(small) && !framing) return;
          out.append(name).append(": ").append(value).append("\r\n");
        });
    // Bodies are handed on as they are framed, and nothing but this coding was let in.
    if (headers.has("transfer-encoding")) out.append("Transfer-Encoding: chunked\r\n");
  }

  private static ByteBuf bytes(StringBuilder text, Worker worker) {
    ByteBuf bytes = worker.buffer(text.length());
    // Fields may hold bytes above 127, read as one character each.
    for (int i = 0; i < text.length(); i++) bytes.writeByte(text.charAt(i));
    return bytes;
  }
}
