package io.tradeflood.simulator.contract;

import io.tradeflood.Answer;
import io.tradeflood.Request;
import io.tradeflood.TradeFlood;
import io.tradeflood.binding.Binding;
import io.tradeflood.index.BindingEntry;
import io.tradeflood.model.Query;
import io.tradeflood.net.json.JsonOutput;
import io.tradeflood.net.json.RecordWriter;
import io.tradeflood.simulator.ReplayServer;
import io.tradeflood.simulator.wire.Response;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The test of a binding, the same for everybody's. It runs the whole path of a request: the binding
 * is found in the index, the query is planned, the recorded answers are served on loopback, and
 * what comes out is held against what every binding of its kind promises:
 *
 * <ul>
 *   <li>the requests made are the recorded ones, each once, the order of parameters aside;
 *   <li>the rows are the approved ones;
 *   <li>of a history: ascending, each once, inside the range that was asked for, and on a grid
 *       without a hole that was not {@link #withHoles declared};
 *   <li>of bars: {@code low <= open, close <= high}, and no volume below zero;
 *   <li>of a book: bids falling, asks rising, none crossing, no empty level.
 * </ul>
 *
 * <pre>{@code
 * Contract.of(AcmeCandles.class)
 *     .replaying("/golden/acme/candles.btc-usdt-1h.json")
 *     .answers(new CandleQuery(Symbol.of("BTC/USDT"), Interval.H1, TimeRange.parse("2025-01-01/PT2H")));
 * }</pre>
 *
 * <p>What is not kept yet, the request or the rows, is shown in the failure, to be read and kept.
 */
public final class Contract {
  private final Class<? extends Binding<?, ?, ?>> binding;
  private final List<Golden> goldens;
  private final boolean holes;
  private final InstantSource clock;

  private Contract(
      Class<? extends Binding<?, ?, ?>> binding,
      List<Golden> goldens,
      boolean holes,
      InstantSource clock) {
    this.binding = binding;
    this.goldens = goldens;
    this.holes = holes;
    this.clock = clock;
  }

  /** The contract of a binding. */
  public static Contract of(Class<? extends Binding<?, ?, ?>> binding) {
    return new Contract(binding, List.of(), false, InstantSource.system());
  }

  /**
   * The recorded answers, as resources beside the binding's tests. Beside each stands the request
   * that it answers, {@code NAME.request.txt}; beside the first the approved rows, {@code
   * NAME.rows.ndjson}.
   *
   * @throws IllegalArgumentException if one is not there
   */
  public Contract replaying(String... resources) {
    return new Contract(
        binding,
        Arrays.stream(resources).map(name -> Golden.load(binding, name)).toList(),
        holes,
        clock);
  }

  /** Bars may be missing between others: the exchange leaves out what did not trade. */
  public Contract withHoles() {
    return new Contract(binding, goldens, true, clock);
  }

  /** What time it is, for payloads with an open bar and for what has a retention. */
  public Contract at(InstantSource now) {
    return new Contract(binding, goldens, holes, now);
  }

  /**
   * Asks, and holds what comes against the contract.
   *
   * @throws AssertionError with everything that is broken, a line each
   */
  public void answers(Query query) {
    if (goldens.isEmpty())
      throw new IllegalArgumentException(
          "Contract.of(%s) has nothing to replay: name a golden payload with replaying(...)"
              .formatted(binding.getSimpleName()));
    var broken = new ArrayList<String>();
    Set<Golden> served = ConcurrentHashMap.newKeySet();
    try (var server = ReplayServer.start()) {
      List<String> unexpected = serve(server, served);
      try (TradeFlood flood = flood(server.baseUrl())) {
        BindingEntry entry = entry(flood);
        Answer<?> answer = flood.pull(Request.of(entry.exchange(), entry.modelType(), query));
        check(query, answer, entry, broken);
      }
      for (String request : unexpected)
        broken.add("it made a request that is not recorded, or made it twice: " + request);
    }
    for (Golden golden : goldens)
      if (!served.contains(golden))
        broken.add("it never made the request of %s".formatted(golden.name()));
    if (!broken.isEmpty())
      throw new AssertionError(
          "%s does not keep the contract:\n  - %s"
              .formatted(binding.getSimpleName(), String.join("\n  - ", broken)));
  }

  private List<String> serve(ReplayServer server, Set<Golden> served) {
    var unexpected = new java.util.concurrent.CopyOnWriteArrayList<String>();
    server.when(
        _ -> true,
        request -> {
          for (Golden golden : goldens)
            if (golden.answers(request) && served.add(golden)) {
              if (golden.request().isEmpty())
                unexpected.add(
                    "%s (keep it as %s)"
                        .formatted(
                            Golden.line(request), Golden.beside(golden.name(), ".request.txt")));
              return Response.json(200, golden.body().getBytes(StandardCharsets.UTF_8));
            }
          unexpected.add(Golden.line(request));
          return Response.text(404, "text/plain", "not recorded");
        });
    return unexpected;
  }

  private TradeFlood flood(URI address) {
    String host;
    try (TradeFlood first = TradeFlood.builder().use(binding).build()) {
      BindingEntry entry = entry(first);
      host = entry.exchange() + "." + entry.connector();
    }
    return TradeFlood.builder().use(binding).clock(clock).host(host, address).build();
  }

  private BindingEntry entry(TradeFlood flood) {
    return flood.index().bindings().stream()
        .filter(e -> binding.isAssignableFrom(e.type()))
        .findFirst()
        .orElseThrow(
            () ->
                new AssertionError(
                    "%s is not in the index: is it an interface that extends a binding?"
                        .formatted(binding.getName())));
  }

  private void check(Query query, Answer<?> answer, BindingEntry entry, List<String> broken) {
    answer.failure().ifPresent(f -> broken.add("it failed: " + f.getMessage()));
    var promises = new Promises(query, holes, broken);
    for (Object row : answer.rows())
      if (entry.modelType().isInstance(row)) promises.row(row);
      else broken.add("a row is a %s".formatted(row.getClass().getSimpleName()));
    promises.end();
    if (answer.failure().isEmpty()) compare(lines(answer.rows()), broken);
  }

  private static List<String> lines(List<?> rows) {
    var writer = new RecordWriter();
    var output = new JsonOutput();
    var bytes = new ByteArrayOutputStream();
    for (Object row : rows) {
      writer.write((Record) row, output);
      output.line();
    }
    try {
      output.writeTo(bytes);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toString(StandardCharsets.UTF_8).lines().toList();
  }

  private void compare(List<String> rows, List<String> broken) {
    Golden first = goldens.getFirst();
    String file = Golden.beside(first.name(), ".rows.ndjson");
    if (first.rows().isEmpty()) {
      broken.add(
          "no rows are approved: read these, and keep them as %s\n%s"
              .formatted(file, String.join("\n", rows)));
      return;
    }
    List<String> approved = first.rows().get();
    for (int i = 0; i < Math.max(rows.size(), approved.size()); i++) {
      String was = i < rows.size() ? rows.get(i) : "nothing";
      String expected = i < approved.size() ? approved.get(i) : "nothing";
      if (was.equals(expected)) continue;
      broken.add(
          "row %d is not the approved one of %s:\n      expected %s\n      was      %s"
              .formatted(i + 1, file, expected, was));
      return;
    }
  }
}
