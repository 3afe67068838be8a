package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.tradeflood.proxyter.health.Signal;
import io.tradeflood.proxyter.hop.ConnectHandshake;
import io.tradeflood.proxyter.hop.Failure;
import io.tradeflood.proxyter.hop.Handshake;
import io.tradeflood.proxyter.hop.ProxyAnswers;
import io.tradeflood.proxyter.wire.HeadReader;
import io.tradeflood.proxyter.wire.RequestHead;
import io.tradeflood.proxyter.wire.ResponseHead;
import io.tradeflood.proxyter.wire.WireException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A request that may be asked again, up to the head of its answer: as long as that has not come,
 * another proxy can still be tried.
 */
final class RequestHandshake implements Handshake {
  private final RequestHead request;
  private final Choice.Grant grant;
  private final Worker worker;
  private @Nullable ResponseHead response;

  RequestHandshake(RequestHead request, Choice.Grant grant, Worker worker) {
    this.request = request;
    this.grant = grant;
    this.worker = worker;
  }

  @Override
  public ByteBuf begin(ByteBufAllocator allocator) {
    return Heads.request(request, grant, worker);
  }

  @Override
  public Step read(ByteBuf in, Means means) {
    int length = Math.min(in.readableBytes(), HeadReader.MAX_BYTES);
    byte[] bytes = means.scratch();
    in.getBytes(in.readerIndex(), bytes, 0, length);
    int end = HeadReader.end(bytes, 0, length);
    try {
      if (end < 0) {
        ConnectHandshake.checkStart(bytes, length);
        return Step.MORE;
      }
      var head = ResponseHead.read(bytes, 0, end);
      in.skipBytes(end);
      if (head.status() == 101) throw new WireException("it changes the protocol unasked");
      // Nobody waits for an answer that goes before the answer.
      if (head.status() < 200) return read(in, means);
      Optional<Signal> told = refusedByProxy(head, grant);
      if (told.isPresent())
        return new Step.Failed(
            new Failure(
                told.get(),
                "it answered " + head.status(),
                ProxyAnswers.retryAfter(head.headers(), worker.now())));
      var _ = head.body(request.method());
      response = head;
      return Step.DONE;
    } catch (WireException e) {
      Signal signal = grant.member().hop().isHttp() ? Signal.PROXY_PROTOCOL : Signal.CONNECT_FAILED;
      return new Step.Failed(Failure.of(signal, "its answer is no HTTP: " + e.getMessage()));
    }
  }

  /** Whether it is the proxy that answers, not the target, and has not served us. */
  static Optional<Signal> refusedByProxy(ResponseHead head, Choice.Grant grant) {
    if (!grant.member().hop().isHttp()) return Optional.empty();
    if (head.status() == 407) return Optional.of(Signal.PROXY_AUTH);
    return head.status() < 400 ? Optional.empty() : ProxyAnswers.told(head.headers());
  }

  @Override
  public Optional<ResponseHead> response() {
    return Optional.ofNullable(response);
  }

  @Override
  public boolean isPatient() {
    return true;
  }

  @Override
  public String phase() {
    return "connect";
  }
}
