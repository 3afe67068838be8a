package io.tradeflood.bench.live;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.ByteChannel;
import java.nio.channels.Channels;
import java.nio.channels.ReadableByteChannel;
import java.nio.channels.SocketChannel;
import java.nio.channels.WritableByteChannel;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;

/** TLS over a channel, the server's side. */
final class SecureChannel implements ByteChannel {
  private final SSLSocket socket;
  private final ReadableByteChannel in;
  private final WritableByteChannel out;

  SecureChannel(SocketChannel channel, SSLContext context) throws IOException {
    socket =
        (SSLSocket)
            context
                .getSocketFactory()
                .createSocket(channel.socket(), InputStream.nullInputStream(), true);
    in = Channels.newChannel(socket.getInputStream());
    out = Channels.newChannel(socket.getOutputStream());
  }

  @Override
  public int read(ByteBuffer into) throws IOException {
    return in.read(into);
  }

  @Override
  public int write(ByteBuffer bytes) throws IOException {
    return out.write(bytes);
  }

  @Override
  public boolean isOpen() {
    return !socket.isClosed();
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
