package io.tradeflood.proxyter.gateway;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelOption;
import io.netty.channel.MessageSizeEstimator;
import io.netty.channel.RecvByteBufAllocator;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.channel.epoll.EpollChannelConfig;
import io.netty.channel.socket.SocketChannelConfig;
import java.io.IOException;

/** The options of a {@link LeanSocket}; nothing is asked of the kernel until somebody asks here. */
final class LeanSocketConfig extends EpollChannelConfig implements SocketChannelConfig {
  private volatile boolean allowHalfClosure;

  LeanSocketConfig(LeanSocket socket) {
    super(socket);
    super.setRecvByteBufAllocator(new ReadBuffers());
  }

  @FunctionalInterface
  private interface Asking<T> {
    T answer() throws IOException;
  }

  @FunctionalInterface
  private interface Telling {
    void tell() throws IOException;
  }

  private static <T> T ask(Asking<T> asking) {
    try {
      return asking.answer();
    } catch (IOException e) {
      throw new ChannelException(e);
    }
  }

  private LeanSocketConfig tell(Telling telling) {
    try {
      telling.tell();
    } catch (IOException e) {
      throw new ChannelException(e);
    }
    return this;
  }

  @Override
  public <T> boolean setOption(ChannelOption<T> option, T value) {
    validate(option, value);
    if (option.equals(ChannelOption.SO_KEEPALIVE)) setKeepAlive((Boolean) value);
    else if (option.equals(ChannelOption.TCP_NODELAY)) setTcpNoDelay((Boolean) value);
    else if (option.equals(ChannelOption.SO_LINGER)) setSoLinger((Integer) value);
    else if (option.equals(ChannelOption.ALLOW_HALF_CLOSURE)) setAllowHalfClosure((Boolean) value);
    else return super.setOption(option, value);
    return true;
  }

  @Override
  public boolean isTcpNoDelay() {
    return ask(socket()::isTcpNoDelay);
  }

  @Override
  public LeanSocketConfig setTcpNoDelay(boolean on) {
    return tell(() -> socket().setTcpNoDelay(on));
  }

  @Override
  public int getSoLinger() {
    return ask(socket()::getSoLinger);
  }

  @Override
  public LeanSocketConfig setSoLinger(int seconds) {
    return tell(() -> socket().setSoLinger(seconds));
  }

  @Override
  public int getSendBufferSize() {
    return ask(socket()::getSendBufferSize);
  }

  @Override
  public LeanSocketConfig setSendBufferSize(int bytes) {
    return tell(() -> socket().setSendBufferSize(bytes));
  }

  @Override
  public int getReceiveBufferSize() {
    return ask(socket()::getReceiveBufferSize);
  }

  @Override
  public LeanSocketConfig setReceiveBufferSize(int bytes) {
    return tell(() -> socket().setReceiveBufferSize(bytes));
  }

  @Override
  public boolean isKeepAlive() {
    return ask(socket()::isKeepAlive);
  }

  @Override
  public LeanSocketConfig setKeepAlive(boolean on) {
    return tell(() -> socket().setKeepAlive(on));
  }

  @Override
  public int getTrafficClass() {
    return ask(socket()::getTrafficClass);
  }

  @Override
  public LeanSocketConfig setTrafficClass(int value) {
    return tell(() -> socket().setTrafficClass(value));
  }

  @Override
  public boolean isReuseAddress() {
    return ask(socket()::isReuseAddress);
  }

  @Override
  public LeanSocketConfig setReuseAddress(boolean on) {
    return tell(() -> socket().setReuseAddress(on));
  }

  @Override
  public LeanSocketConfig setPerformancePreferences(int connection, int latency, int bandwidth) {
    return this;
  }

  @Override
  public boolean isAllowHalfClosure() {
    return allowHalfClosure;
  }

  @Override
  public LeanSocketConfig setAllowHalfClosure(boolean on) {
    allowHalfClosure = on;
    return this;
  }

  @Override
  public LeanSocketConfig setConnectTimeoutMillis(int millis) {
    super.setConnectTimeoutMillis(millis);
    return this;
  }

  @Override
  @SuppressWarnings("deprecation")
  public LeanSocketConfig setMaxMessagesPerRead(int messages) {
    super.setMaxMessagesPerRead(messages);
    return this;
  }

  @Override
  public LeanSocketConfig setWriteSpinCount(int count) {
    super.setWriteSpinCount(count);
    return this;
  }

  @Override
  public LeanSocketConfig setAllocator(ByteBufAllocator allocator) {
    super.setAllocator(allocator);
    return this;
  }

  @Override
  public LeanSocketConfig setRecvByteBufAllocator(RecvByteBufAllocator allocator) {
    super.setRecvByteBufAllocator(allocator);
    return this;
  }

  @Override
  public LeanSocketConfig setAutoRead(boolean on) {
    super.setAutoRead(on);
    return this;
  }

  @Override
  public LeanSocketConfig setAutoClose(boolean on) {
    super.setAutoClose(on);
    return this;
  }

  @Override
  public LeanSocketConfig setMessageSizeEstimator(MessageSizeEstimator estimator) {
    super.setMessageSizeEstimator(estimator);
    return this;
  }

  @Override
  public LeanSocketConfig setWriteBufferWaterMark(WriteBufferWaterMark mark) {
    super.setWriteBufferWaterMark(mark);
    return this;
  }

  @Override
  @SuppressWarnings("deprecation")
  public LeanSocketConfig setWriteBufferHighWaterMark(int bytes) {
    super.setWriteBufferHighWaterMark(bytes);
    return this;
  }

  @Override
  @SuppressWarnings("deprecation")
  public LeanSocketConfig setWriteBufferLowWaterMark(int bytes) {
    super.setWriteBufferLowWaterMark(bytes);
    return this;
  }
}
