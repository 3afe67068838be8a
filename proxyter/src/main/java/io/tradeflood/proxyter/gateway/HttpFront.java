package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import io.tradeflood.proxyter.hop.Handshake;
import io.tradeflood.proxyter.wire.BodyFrame;
import io.tradeflood.proxyter.wire.HeadReader;
import io.tradeflood.proxyter.wire.RequestHead;
import io.tradeflood.proxyter.wire.Target;
import io.tradeflood.proxyter.wire.WireException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * A client that speaks HTTP/1: {@code CONNECT}, requests in absolute form, and {@code OPTIONS *}
 * for a word about Proxyter itself.
 */
final class HttpFront implements Front, Asker {
  private static final String SCHEME = "http://";

  private final ClientConnection connection;
  private final Worker worker;
  private boolean keepsAlive;
  private boolean between;

  /** Who is being served; null while that is not known. */
  private @Nullable Admission admitted;

  HttpFront(ClientConnection connection) {
    this.connection = connection;
    this.worker = connection.worker();
  }

  /** Whether a request has been served and no other has begun. */
  boolean isBetween() {
    return between;
  }

  @Override
  public boolean read(ByteBuf in) {
    while (between && in.isReadable() && isLineEnd(in.getByte(in.readerIndex()))) in.skipBytes(1);
    int length = Math.min(in.readableBytes(), HeadReader.MAX_BYTES);
    byte[] bytes = worker.scratch();
    in.getBytes(in.readerIndex(), bytes, 0, length);
    int end = HeadReader.end(bytes, 0, length);
    if (end < 0) {
      if (length == HeadReader.MAX_BYTES) tooLong();
      return false;
    }
    keepsAlive = false;
    try {
      RequestHead head = RequestHead.read(bytes, 0, end);
      in.skipBytes(end);
      between = false;
      keepsAlive = head.keepsAlive() && !worker.engine().isStopping();
      serve(head);
    } catch (WireException e) {
      keepsAlive = false;
      refuse(Refusal.malformed(String.valueOf(e.getMessage())));
    }
    return true;
  }

  private static boolean isLineEnd(byte b) {
    return b == '\r' || b == '\n';
  }

  private void tooLong() {
    keepsAlive = false;
    refuse(
        Refusal.malformed("the head is longer than %d bytes".formatted(HeadReader.MAX_BYTES))
            .as(431));
  }

  private void serve(RequestHead head) {
    boolean connect = head.method().equals("CONNECT");
    BodyFrame body = connect ? BodyFrame.length(0) : head.body();
    // What follows a refused head is its body, and nobody would read that.
    if (!body.isDone()) keepsAlive = false;
    if (worker.engine().isStopping()) {
      refuse(Refusal.unavailable("this proxy is being stopped", OptionalLong.of(1)));
      return;
    }
    if (head.headers().lists("via", "1.1 " + worker.engine().via())) {
      refuse(Refusal.loop("the request came from here already"));
      return;
    }
    Optional<Admission> admission = admit(head);
    if (admission.isEmpty()) return;
    if (head.method().equals("OPTIONS") && head.target().equals("*")) {
      present();
      return;
    }
    admitted = admission.get();
    Target target = connect ? Target.parse(head.target(), 0) : plainTarget(head);
    Optional<Refusal> forbidden = connection.forbidden(target);
    if (forbidden.isPresent()) {
      refuse(forbidden.get());
      return;
    }
    var ask = new Ask(admission.get(), target, admission.get().snapshot().origin(target.host()));
    if (connect) connection.ask(ask, this);
    else {
      keepsAlive = head.keepsAlive();
      connection.ask(ask, new Exchange(connection, this, head, ask, body));
    }
  }

  /**
   * Whoever is let in may ask with whom it speaks, before it asks for anything. That is no request
   * for a target, and is not counted as one.
   */
  private void present() {
    var out = new StringBuilder("HTTP/1.1 204 No Content\r\nProxy-Status: proxyter\r\n");
    if (!keepsAlive) out.append("Connection: close\r\n");
    out.append("\r\n");
    var channel = connection.channel();
    channel.writeAndFlush(ByteBufUtil.writeAscii(worker.allocator(), out), channel.voidPromise());
    served(keepsAlive);
  }

  private Optional<Admission> admit(RequestHead head) {
    List<String> given = head.headers().all("Proxy-Authorization");
    if (given.size() > 1) throw new WireException("Proxy-Authorization is given twice");
    return switch (worker
        .credentials()
        .header(given.stream().findFirst(), connection.listenerPayload())) {
      case Credentials.Answer.In in -> Optional.of(in.admission());
      case Credentials.Answer.Out out -> {
        refuse(out.refusal());
        yield Optional.empty();
      }
    };
  }

  private static Target plainTarget(RequestHead head) {
    String url = head.target();
    if (!url.toLowerCase(Locale.ROOT).startsWith(SCHEME))
      throw new WireException(
          url.startsWith("/")
              ? "this is a proxy: expected CONNECT or a request for http://..."
              : "the URL is not http://...: expected CONNECT for anything else");
    String authority = url.substring(SCHEME.length(), endOfAuthority(url));
    if (authority.indexOf('@') >= 0) throw new WireException("the URL has a user");
    return Target.parse(authority, 80);
  }

  /** Where the path, the query or nothing begins. */
  static int endOfAuthority(String url) {
    for (int i = SCHEME.length(); i < url.length(); i++) {
      char c = url.charAt(i);
      if (c == '/' || c == '?' || c == '#') return i;
    }
    return url.length();
  }

  @Override
  public List<Handshake> handshakes(Choice.Grant grant) {
    return Handshake.toTunnel(grant.member().hop(), grant.target(), worker.engine().via());
  }

  @Override
  public void opened(Dial dial) {
    long number = worker.engine().nextLease();
    var out = new StringBuilder(160);
    out.append("HTTP/1.1 200 Connection established\r\n");
    addLease(out, dial.grant().proxy(), number).append("\r\n");
    ByteBuf answer = worker.buffer(out.length());
    ByteBufUtil.writeAscii(answer, out);
    connection.tunnel(dial, number, answer);
  }

  static StringBuilder addLease(StringBuilder out, String proxy, long number) {
    return out.append("Proxy-Status: proxyter; next-hop=\"")
        .append(proxy)
        .append("\"\r\nProxyter-Proxy: ")
        .append(proxy)
        .append("\r\nProxyter-Lease: ")
        .append(number)
        .append("\r\n");
  }

  @Override
  public void refused(Refusal refusal) {
    connection.setupEnded();
    refuse(refusal);
    connection.understand();
  }

  /** Answers with why not; the connection stays if it can be used further. */
  void refuse(Refusal refusal) {
    if (admitted == null) worker.engine().count(refusal.outcome());
    else admitted.route().counts().count(refusal.outcome());
    var channel = connection.channel();
    channel.writeAndFlush(
        Unpooled.wrappedBuffer(refusal.answer(keepsAlive)), channel.voidPromise());
    served(keepsAlive);
  }

  /** A request has been answered. */
  void served(boolean goesOn) {
    between = true;
    admitted = null;
    if (!goesOn || !keepsAlive) connection.close();
  }

  boolean keepsAlive() {
    return keepsAlive;
  }

  /** What follows can only be read by closing. */
  void cannotGoOn() {
    keepsAlive = false;
  }

  @Override
  public void late() {
    keepsAlive = false;
    refuse(Refusal.malformed("the head did not come in time").as(408));
  }
}
