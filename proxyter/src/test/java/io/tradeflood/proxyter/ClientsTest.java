package io.tradeflood.proxyter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.tradeflood.proxyter.gateway.FakeProxy;
import io.tradeflood.proxyter.health.Signal;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Proxy;
import java.net.ProxySelector;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The clients that people use, each as its own documents say, through two proxies that want
 * different credentials, to a target that speaks TLS. Whoever is not installed is left out.
 */
class ClientsTest {
  private static final String PAYLOAD = "binance.candles,x-test=1";

  @TempDir Path folder;
  private final FakeProxy first = FakeProxy.of("anna", "one");
  private final FakeProxy second = FakeProxy.of("bert", "two");
  private FakeSite site;
  private ProxyterFixture fixture;
  private int typePort;

  @BeforeEach
  void start() throws Exception {
    site = new FakeSite(folder);
    fixture = new ProxyterFixture(folder);
    try (var free = new ServerSocket(0)) {
      typePort = free.getLocalPort();
    }
    Files.writeString(
        fixture.file(),
        """
        listen: {address: '127.0.0.1:0', types: {%d: default}, openTypes: true}
        admin: {address: '127.0.0.1:0'}
        clients: {me: {secret: s3cret}}
        proxies: [{id: first, url: '%s'}, {id: second, url: '%s'}]
        """
            .formatted(typePort, first.url("http"), second.url("socks5")));
    fixture.start();
  }

  @AfterEach
  void close() throws Exception {
    fixture.close();
    site.close();
    first.close();
    second.close();
  }

  private String proxy(String scheme, String more) {
    return "%s://%s%s:s3cret@127.0.0.1:%d"
        .formatted(scheme, PAYLOAD, more, fixture.proxyter().gateway().port());
  }

  /** Runs a program; what it printed. */
  private String run(String... command) throws Exception {
    Process process;
    try {
      process =
          new ProcessBuilder(command)
              .redirectError(folder.resolve("program.err").toFile())
              .redirectOutput(folder.resolve("program.out").toFile())
              .start();
    } catch (IOException e) {
      assumeThat(e).as("%s is not installed", command[0]).isNull();
      throw e;
    }
    process.getOutputStream().close();
    boolean ended = process.waitFor(60, TimeUnit.SECONDS);
    process.destroyForcibly();
    String errors = Files.readString(folder.resolve("program.err"));
    assertThat(ended).as(errors).isTrue();
    assertThat(process.exitValue()).as(errors).isZero();
    return Files.readString(folder.resolve("program.out"));
  }

  private void wentByBoth() {
    assertThat(first.asked).as("by the HTTP proxy").isNotEmpty();
    assertThat(second.asked).as("by the SOCKS proxy").isNotEmpty();
    assertThat(site.leaked).isEmpty();
  }

  @Test
  void curlByHttpAndBySocks() throws Exception {
    for (String proxy : List.of("first", "second"))
      for (String scheme : List.of("http", "socks5h"))
        assertThat(
                run(
                    "curl",
                    "--silent",
                    "--show-error",
                    "--insecure",
                    "--noproxy",
                    "",
                    "--proxy",
                    proxy(scheme, ",x=" + (proxy.equals("first") ? "second" : "first")),
                    site.url()))
            .isEqualTo(FakeSite.ANSWER);
    wentByBoth();
  }

  @Test
  void pythonWithNothingButItsLibrary() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("client.py"),
            """
            import ssl, sys, urllib.request
            for proxy in sys.argv[2:]:
                opener = urllib.request.build_opener(
                    urllib.request.ProxyHandler({"https": proxy}),
                    urllib.request.HTTPSHandler(context=ssl._create_unverified_context()))
                print(opener.open(sys.argv[1], timeout=20).read().decode())
            """);
    assertThat(
            run(
                "python3",
                script.toString(),
                site.url(),
                proxy("http", ",x=first"),
                proxy("http", ",x=second")))
        .hasLineCount(2)
        .contains(FakeSite.ANSWER);
    wentByBoth();
  }

  @Test
  void nodeByConnect() throws Exception {
    Path script =
        Files.writeString(
            folder.resolve("client.mjs"),
            """
            import http from 'node:http';
            import tls from 'node:tls';
            const target = new URL(process.argv[2]);
            for (const url of process.argv.slice(3)) {
              const proxy = new URL(url);
              const credentials = decodeURIComponent(proxy.username) + ':' + proxy.password;
              await new Promise((done, failed) => http.request({
                host: proxy.hostname, port: proxy.port, method: 'CONNECT', path: target.host,
                headers: {'Proxy-Authorization': 'Basic ' + Buffer.from(credentials).toString('base64')},
              }).on('connect', (response, socket) => {
                const inner = tls.connect({socket, servername: target.hostname, rejectUnauthorized: false});
                inner.write(`GET / HTTP/1.1\\r\\nHost: ${target.host}\\r\\nConnection: close\\r\\n\\r\\n`);
                let all = '';
                inner.on('data', data => all += data).on('error', failed)
                  .on('end', () => { console.log(all.split('\\r\\n\\r\\n')[1]); done(); });
              }).on('error', failed).end());
            }
            """);
    assertThat(
            run(
                "node",
                script.toString(),
                site.url(),
                proxy("http", ",x=first"),
                proxy("http", ",x=second")))
        .hasLineCount(2)
        .contains(FakeSite.ANSWER);
    wentByBoth();
  }

  @Test
  void ccxtByItsOwnSettings() throws Exception {
    Path peers = Path.of(System.getProperty("tradeflood.peers", "none"));
    Path ccxt = peers.resolve("node_modules/ccxt");
    assumeThat(ccxt).as("ccxt is not installed in peers/").isDirectory();
    Path script =
        Files.writeString(
            folder.resolve("client.mjs"),
            """
            const { default: ccxt } = await import(process.argv[2]);
            for (const httpsProxy of process.argv.slice(4)) {
              const exchange = new ccxt.binance({ httpsProxy });
              console.log(JSON.stringify(await exchange.fetch(process.argv[3])));
            }
            process.exit(0);
            """);
    assertThat(
            run(
                "env",
                "NODE_TLS_REJECT_UNAUTHORIZED=0",
                "node",
                script.toString(),
                ccxt.resolve("js/ccxt.js").toUri().toString(),
                site.url(),
                proxy("http", ",x=first"),
                proxy("http", ",x=second")))
        .hasLineCount(2)
        .contains(FakeSite.ANSWER);
    wentByBoth();
  }

  @Test
  void ccxtStreamsByItsOwnSettings() throws Exception {
    Path modules = Path.of(System.getProperty("tradeflood.peers", "none"), "node_modules");
    for (String needed : List.of("ccxt", "ws", "https-proxy-agent"))
      assumeThat(modules.resolve(needed)).as(needed + " is not installed in peers/").isDirectory();
    Path script =
        Files.writeString(
            folder.resolve("stream.mjs"),
            """
            import https from 'node:https';
            const { default: ccxt } = await import(process.argv[2]);
            const { WebSocketServer } = await import(process.argv[3]);
            const carrier = https.createServer({ pfx: (await import('node:fs')).readFileSync(process.argv[4]), passphrase: 'secret' });
            new WebSocketServer({ server: carrier })
              .on('connection', socket => socket.on('message', () => socket.send('{"ok":true}')));
            await new Promise(done => carrier.listen(0, '127.0.0.1', done));
            const url = 'wss://localhost:' + carrier.address().port;
            for (const wssProxy of process.argv.slice(5)) {
              const exchange = new ccxt.pro.binance({ wssProxy });
              await exchange.loadProxyModules();
              exchange.handleMessage = (client, message) => client.resolve(message, 'told');
              console.log(JSON.stringify(await exchange.watch(url, 'told', { ask: 1 }, 'told')));
              await exchange.close();
            }
            process.exit(0);
            """);
    assertThat(
            run(
                "env",
                "NODE_TLS_REJECT_UNAUTHORIZED=0",
                "node",
                script.toString(),
                modules.resolve("ccxt/js/ccxt.js").toUri().toString(),
                modules.resolve("ws/wrapper.mjs").toUri().toString(),
                folder.resolve("site.p12").toString(),
                proxy("http", ",x=first"),
                proxy("http", ",x=second")))
        .hasLineCount(2)
        .contains(FakeSite.ANSWER);
    wentByBoth();
  }

  @Test
  void theHttpClientOfTheJdkWithItsDefaults() throws Exception {
    try (var client =
        HttpClient.newBuilder()
            .proxy(
                ProxySelector.of(
                    new InetSocketAddress("127.0.0.1", fixture.proxyter().gateway().port())))
            .sslContext(site.context())
            .build()) {
      String basic =
          Base64.getUrlEncoder()
              .encodeToString((PAYLOAD + ",x=first:s3cret").getBytes(StandardCharsets.UTF_8));
      assertThat(get(client, "Bearer " + basic)).isEqualTo(FakeSite.ANSWER);
    }
    try (var client =
        HttpClient.newBuilder()
            .proxy(
                ProxySelector.of(
                    new InetSocketAddress("127.0.0.1", fixture.proxyter().gateway().port())))
            .sslContext(site.context())
            .build()) {
      assertThat(get(client, "Proxyter " + PAYLOAD + ",x=second;secret=s3cret"))
          .isEqualTo(FakeSite.ANSWER);
    }
    wentByBoth();
  }

  private String get(HttpClient client, String credentials) throws Exception {
    return client
        .send(
            HttpRequest.newBuilder(URI.create(site.url()))
                .header("Proxy-Authorization", credentials)
                .build(),
            HttpResponse.BodyHandlers.ofString())
        .body();
  }

  @Test
  void chromiumByAPortThatStandsForAPayload() throws Exception {
    for (String shut : List.of("first", "second")) {
      fixture.seen(shut, "localhost", Signal.HTTP_429, Optional.of(Instant.now().plusSeconds(600)));
      ProxyterFixture.until(() -> !isEligible(shut));
      assertThat(
              run(
                  "chromium",
                  "--headless=new",
                  "--no-sandbox",
                  "--disable-gpu",
                  "--disable-dev-shm-usage",
                  "--no-first-run",
                  "--disable-background-networking",
                  "--disable-component-update",
                  "--disable-sync",
                  "--ignore-certificate-errors",
                  "--user-data-dir=" + Files.createTempDirectory(Path.of("target"), "chromium"),
                  "--proxy-server=http://127.0.0.1:" + typePort,
                  "--proxy-bypass-list=<-loopback>",
                  "--dump-dom",
                  site.url()))
          .contains("\"ok\":true");
      fixture.proxyter().watcher().forgive(shut);
      ProxyterFixture.until(() -> isEligible(shut));
    }
    assertThat(first.asked).isNotEmpty();
    assertThat(second.asked).isNotEmpty();
  }

  private boolean isEligible(String proxy) {
    return fixture
        .proxyter()
        .watcher()
        .isEligible(proxy, "localhost", fixture.proxyter().clock().millis());
  }

  @Test
  void okHttpWithItsAuthenticator() throws Exception {
    for (String other : List.of("first", "second")) {
      var client =
          new OkHttpClient.Builder()
              .proxy(
                  new Proxy(
                      Proxy.Type.HTTP,
                      new InetSocketAddress("127.0.0.1", fixture.proxyter().gateway().port())))
              .proxyAuthenticator(
                  (_, response) ->
                      response
                          .request()
                          .newBuilder()
                          .header(
                              "Proxy-Authorization",
                              Credentials.basic(PAYLOAD + ",x=" + other, "s3cret"))
                          .build())
              .sslSocketFactory(site.context().getSocketFactory(), site.trust())
              .build();
      try (var response = client.newCall(new Request.Builder().url(site.url()).build()).execute()) {
        assertThat(response.body().string()).isEqualTo(FakeSite.ANSWER);
      }
      client.dispatcher().executorService().shutdown();
      client.connectionPool().evictAll();
    }
    wentByBoth();
  }
}
