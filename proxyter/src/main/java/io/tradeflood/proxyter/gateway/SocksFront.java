package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBuf;
import io.tradeflood.proxyter.gateway.GatewayStats.Outcome;
import io.tradeflood.proxyter.hop.Handshake;
import io.tradeflood.proxyter.payload.Identity;
import io.tradeflood.proxyter.wire.Socks;
import io.tradeflood.proxyter.wire.Target;
import io.tradeflood.proxyter.wire.WireException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A client that speaks SOCKS5 (RFC 1928, RFC 1929). */
final class SocksFront implements Front, Asker {
  private static final int LONGEST = 3 + 255 + 255;

  private enum State {
    GREETING,
    LOGIN,
    REQUEST
  }

  private final ClientConnection connection;
  private final Worker worker;
  private State state = State.GREETING;
  private @Nullable Admission admission;

  SocksFront(ClientConnection connection) {
    this.connection = connection;
    this.worker = connection.worker();
  }

  @Override
  public boolean read(ByteBuf in) {
    int length = Math.min(in.readableBytes(), LONGEST);
    byte[] bytes = worker.scratch();
    in.getBytes(in.readerIndex(), bytes, 0, length);
    try {
      return switch (state) {
        case GREETING -> greeting(in, bytes, length);
        case LOGIN -> login(in, bytes, length);
        case REQUEST -> request(in, bytes, length);
      };
    } catch (WireException _) {
      worker.engine().count(Outcome.MALFORMED);
      connection.close();
      return false;
    }
  }

  private boolean greeting(ByteBuf in, byte[] bytes, int length) {
    Optional<Socks.Greeting> greeting = Socks.greeting(bytes, 0, length);
    if (greeting.isEmpty()) return false;
    in.skipBytes(greeting.get().length());
    if (greeting.get().password() && connection.listenerPayload().isEmpty()) {
      state = State.LOGIN;
      send(Socks.VERSION, Socks.PASSWORD);
      return true;
    }
    boolean open =
        connection.listenerPayload().isPresent() || !worker.engine().snapshot().needsSecret();
    if (greeting.get().noLogin()
        && open
        && worker.credentials().without(connection.listenerPayload())
            instanceof Credentials.Answer.In in2) {
      admission = in2.admission();
      state = State.REQUEST;
      send(Socks.VERSION, Socks.NO_LOGIN);
      return true;
    }
    worker.engine().count(Outcome.UNAUTHENTICATED);
    send(Socks.VERSION, Socks.NO_METHOD);
    connection.close();
    return false;
  }

  private boolean login(ByteBuf in, byte[] bytes, int length) {
    Optional<Socks.Login> login = Socks.login(bytes, 0, length);
    if (login.isEmpty()) return false;
    in.skipBytes(login.get().length());
    return switch (worker
        .credentials()
        .identity(new Identity(login.get().user(), login.get().password()))) {
      case Credentials.Answer.In ok -> {
        admission = ok.admission();
        state = State.REQUEST;
        send(1, 0);
        yield true;
      }
      case Credentials.Answer.Out out -> {
        worker.engine().count(out.refusal().outcome());
        send(1, 1);
        connection.close();
        yield false;
      }
    };
  }

  private boolean request(ByteBuf in, byte[] bytes, int length) {
    Optional<Socks.Request> request = Socks.request(bytes, 0, length);
    if (request.isEmpty() || admission == null) return false;
    in.skipBytes(request.get().length());
    if (request.get().command() != Socks.CONNECT) {
      refuse(Socks.UNKNOWN_COMMAND, Outcome.MALFORMED);
      return false;
    }
    if (request.get().host().isEmpty()) {
      refuse(Socks.UNKNOWN_ADDRESS, Outcome.MALFORMED);
      return false;
    }
    var target = new Target(request.get().host(), request.get().port());
    Optional<Refusal> forbidden = connection.forbidden(target);
    if (forbidden.isPresent()) {
      refused(forbidden.get());
      return false;
    }
    Snapshot snapshot = admission.snapshot();
    connection.ask(new Ask(admission, target, snapshot.origin(target.host())), this);
    return false;
  }

  @Override
  public List<Handshake> handshakes(Choice.Grant grant) {
    return Handshake.toTunnel(grant.member().hop(), grant.target(), worker.engine().via());
  }

  @Override
  public void opened(Dial dial) {
    connection.tunnel(dial, worker.engine().nextLease(), reply(Socks.OK));
  }

  @Override
  public void refused(Refusal refusal) {
    connection.setupEnded();
    refuse(refusal.socks(), refusal.outcome());
  }

  private void refuse(int code, Outcome outcome) {
    if (admission == null) worker.engine().count(outcome);
    else admission.route().counts().count(outcome);
    var channel = connection.channel();
    channel.writeAndFlush(reply(code), channel.voidPromise());
    connection.close();
  }

  /** The address is of no use to a client and told as 0.0.0.0:0. */
  private ByteBuf reply(int code) {
    return worker
        .buffer(10)
        .writeByte(Socks.VERSION)
        .writeByte(code)
        .writeByte(0)
        .writeByte(Socks.IPV4)
        .writeInt(0)
        .writeShort(0);
  }

  private void send(int first, int second) {
    var channel = connection.channel();
    channel.writeAndFlush(
        worker.buffer(2).writeByte(first).writeByte(second), channel.voidPromise());
  }

  @Override
  public void late() {
    worker.engine().count(Outcome.MALFORMED);
  }
}
