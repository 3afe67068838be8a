package io.tradeflood.proxyter.gateway;

import io.netty.channel.IoHandle;
import io.netty.channel.IoHandler;
import io.netty.channel.IoHandlerContext;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.IoOps;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollIoOps;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Epoll that never lets go of an open channel, and is told what a channel waits for once before it
 * sleeps instead of at every change.
 *
 * <p>Netty 4.2.18 takes a channel that waits for nothing out of epoll (its pull request 16689), but
 * forgets that it did: as soon as the channel waits for something again, as a half-closed one does
 * whose peer is slow, epoll knows no such descriptor and what was to be written is lost. Here a
 * channel that waits for nothing stays in with the edge-triggered flag alone: that reports an error
 * or a hang-up once, instead of for ever.
 *
 * <p>Used by its event loop's thread only.
 */
final class SteadyEpoll implements IoHandler {
  private static final System.Logger LOG = System.getLogger(SteadyEpoll.class.getName());

  private final IoHandler epoll;
  private final List<Steady> changed = new ArrayList<>();

  private SteadyEpoll(IoHandler epoll) {
    this.epoll = epoll;
  }

  static IoHandlerFactory factory() {
    IoHandlerFactory plain = EpollIoHandler.newFactory();
    return executor -> new SteadyEpoll(plain.newHandler(executor));
  }

  @Override
  public IoRegistration register(IoHandle handle) throws Exception {
    return new Steady(epoll.register(handle));
  }

  /** What one channel waits for. */
  private final class Steady implements IoRegistration {
    private final IoRegistration registration;
    private IoOps told = EpollIoOps.NONE;
    private IoOps wanted = EpollIoOps.NONE;
    private boolean waits;

    Steady(IoRegistration registration) {
      this.registration = registration;
    }

    @Override
    public long submit(IoOps ops) {
      if (!registration.isValid()) return -1;
      wanted = ops;
      if (!waits) {
        waits = true;
        changed.add(this);
      }
      return 0;
    }

    void tell() {
      waits = false;
      // Most channels change what they wait for just before they are closed.
      if (wanted.equals(told) || !registration.isValid()) return;
      told = wanted;
      registration.submit(EpollIoOps.NONE.equals(wanted) ? EpollIoOps.EPOLLET : wanted);
    }

    @Override
    public <T> T attachment() {
      return registration.attachment();
    }

    @Override
    public boolean isValid() {
      return registration.isValid();
    }

    @Override
    public boolean cancel() {
      return registration.cancel();
    }
  }

  @Override
  public int run(IoHandlerContext context) {
    tellChanges();
    return epoll.run(context);
  }

  private void tellChanges() {
    for (Steady registration : changed)
      try {
        registration.tell();
      } catch (UncheckedIOException e) {
        // Without events it is closed when its time is up.
        LOG.log(System.Logger.Level.WARNING, "epoll: a channel cannot be watched", e);
      }
    changed.clear();
  }

  @Override
  public void initialize() {
    epoll.initialize();
  }

  @Override
  public void prepareToDestroy() {
    epoll.prepareToDestroy();
  }

  @Override
  public void destroy() {
    epoll.destroy();
  }

  @Override
  public void wakeup() {
    epoll.wakeup();
  }

  @Override
  public boolean isCompatible(Class<? extends IoHandle> handleType) {
    return epoll.isCompatible(handleType);
  }
}
