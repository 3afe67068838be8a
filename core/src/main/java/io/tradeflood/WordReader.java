package io.tradeflood;

import io.tradeflood.index.BindingEntry;
import io.tradeflood.index.Index;
import io.tradeflood.model.CatalogQuery;
import io.tradeflood.model.Instrument;
import io.tradeflood.model.Query;
import io.tradeflood.model.SeriesQuery;
import io.tradeflood.model.Symbol;
import java.time.Instant;
import java.time.InstantSource;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.function.Predicate;

/** Makes requests from words by what the index knows. */
final class WordReader implements Requests {
  private static final Set<String> PAST = Set.of("from", "to", "last");

  private final Index index;
  private final InstantSource clock;
  private final Function<Request<Instrument>, Answer<Instrument>> fetch;
  private final BiPredicate<BindingEntry, Symbol> covers;

  /** What requests are for. */
  private enum Use {
    PULL,
    WATCH;

    boolean takes(BindingEntry binding) {
      return this == WATCH ? binding.isLive() || binding.isPolled() : !binding.isLive();
    }
  }

  /**
   * @param fetch how the exchange's instruments are fetched
   * @param covers whether a binding's connector trades instruments of this kind
   */
  WordReader(
      Index index,
      InstantSource clock,
      Function<Request<Instrument>, Answer<Instrument>> fetch,
      BiPredicate<BindingEntry, Symbol> covers) {
    this.index = index;
    this.clock = clock;
    this.fetch = fetch;
    this.covers = covers;
  }

  /** A model and the query by which it is asked for. */
  private record Choice(List<BindingEntry> bindings, QueryForm form) {
    Class<?> model() {
      return bindings.getFirst().modelType();
    }
  }

  @Override
  public List<Request<?>> read(Words words) {
    return read(words, Use.PULL, true);
  }

  @Override
  public List<Request<?>> readLive(Words words) {
    return read(words, Use.WATCH, true);
  }

  @Override
  public List<Request<?>> readLiveOffline(Words words) {
    return read(words, Use.WATCH, false);
  }

  @Override
  public List<Request<?>> readOffline(Words words) {
    return read(words, Use.PULL, false);
  }

  private List<Request<?>> read(Words words, Use use, boolean online) {
    var choices = choices(words, use);
    var instruments = new Instruments(words, online);
    Instant now = clock.instant().truncatedTo(ChronoUnit.MILLIS);
    var requests = new LinkedHashSet<Request<?>>();
    var whole = choices.stream().filter(c -> !c.form().hasSymbol()).toList();
    for (Choice choice : whole)
      requests.add(request(words, choice, Optional.empty(), words.symbols(), now));
    var single = choices.stream().filter(c -> c.form().hasSymbol()).toList();
    if (single.isEmpty()) return List.copyOf(requests);
    for (String text : words.symbols()) {
      if (Patterns.isGlob(text)) {
        requests.addAll(expand(words, single, instruments.all(text), text, now));
        continue;
      }
      Symbol symbol = text.indexOf('/') >= 0 ? Symbol.of(text) : instruments.named(text);
      for (Choice choice : single)
        requests.add(request(words, choice, Optional.of(symbol), List.of(), now));
    }
    return List.copyOf(requests);
  }

  private List<Request<?>> expand(
      Words words, List<Choice> choices, List<Instrument> instruments, String glob, Instant now) {
    Predicate<String> fits = Patterns.glob(glob);
    var requests = new ArrayList<Request<?>>();
    instruments.stream()
        .filter(i -> i.status() != Instrument.Status.CLOSED)
        .map(Instrument::symbol)
        .filter(symbol -> fits.test(symbol.toString()))
        .distinct()
        .sorted()
        .forEach(
            symbol -> {
              for (Choice choice : choices)
                if (choice.bindings().stream().anyMatch(b -> covers.test(b, symbol)))
                  requests.add(request(words, choice, Optional.of(symbol), List.of(), now));
            });
    if (requests.isEmpty())
      throw new IllegalArgumentException(
          "No instrument of %s fits %s: tradeflood list symbols tells them"
              .formatted(words.exchange(), glob));
    return requests;
  }

  private Request<?> request(
      Words words, Choice choice, Optional<Symbol> symbol, List<String> patterns, Instant now) {
    Query query = choice.form().fill(symbol, patterns, words.options(), now);
    return new Request<>(words.exchange(), choice.model(), query, words.tenant());
  }

  private List<Choice> choices(Words words, Use use) {
    if (!index.exchanges().contains(words.exchange()))
      throw new IllegalArgumentException(
          Near.unknown("exchange", words.exchange(), index.exchanges()));
    if (words.models().isEmpty())
      throw new IllegalArgumentException(
          "A model is missing: write one of %s".formatted(String.join(", ", models(words, use))));
    var taken = new TreeSet<String>();
    for (String model : words.models())
      for (QueryForm form : forms(words, use, model)) taken.addAll(form.options());
    return words.models().stream().map(model -> choice(words, use, model, taken)).toList();
  }

  private List<String> models(Words words, Use use) {
    return index.bindings().stream()
        .filter(b -> b.exchange().equals(words.exchange()) && use.takes(b))
        .map(BindingEntry::model)
        .distinct()
        .sorted()
        .toList();
  }

  private List<BindingEntry> bindings(Words words, Use use, String model) {
    return index.bindings().stream()
        .filter(b -> b.exchange().equals(words.exchange()) && b.model().equals(model))
        .filter(use::takes)
        .toList();
  }

  private List<QueryForm> forms(Words words, Use use, String model) {
    return bindings(words, use, model).stream()
        .map(BindingEntry::queryType)
        .distinct()
        .map(QueryForm::new)
        .toList();
  }

  /**
   * Chooses the query for a model. An option that only another of the models takes, such as an
   * interval beside a ticker, is passed over; a range never is: who asks for the past of something
   * that has none is told so.
   *
   * @param taken the options that any of the models takes
   */
  private Choice choice(Words words, Use use, String model, Set<String> taken) {
    var bindings = bindings(words, use, model);
    if (bindings.isEmpty()) throw new IllegalArgumentException(unknownModel(words, use, model));
    var forms = forms(words, use, model);
    var own = new TreeSet<String>();
    forms.forEach(form -> own.addAll(form.options()));
    var given = new TreeSet<>(words.options().keySet());
    if (use == Use.PULL && !own.contains("from") && given.stream().anyMatch(PAST::contains))
      return new Choice(bindings, new QueryForm(SeriesQuery.class));
    given.removeIf(option -> !own.contains(option) && taken.contains(option));
    var fitting = forms.stream().filter(form -> form.options().containsAll(given)).toList();
    if (fitting.isEmpty()) throw new IllegalArgumentException(unknownOption(model, forms, given));
    QueryForm form =
        fitting.stream()
            .min(
                Comparator.<QueryForm>comparingInt(f -> f.missing(given).size())
                    .thenComparingInt(f -> f.hasSymbol() == words.symbols().isEmpty() ? 1 : 0)
                    .thenComparingInt(f -> f.unfilled(given)))
            .orElseThrow();
    if (!form.missing(given).isEmpty())
      throw new IllegalArgumentException(
          "Model %s of %s needs %s: set %s"
              .formatted(
                  model,
                  words.exchange(),
                  String.join(" and ", form.missing(given)),
                  form.missing(given).contains("interval")
                      ? "one such as 1m, 1h or 1d"
                      : "what it needs"));
    if (form.hasSymbol() && words.symbols().isEmpty())
      throw new IllegalArgumentException(
          "Model %s of %s needs a symbol: write one such as BTC/USDT"
              .formatted(model, words.exchange()));
    return new Choice(bindings.stream().filter(b -> form.isOf(b.queryType())).toList(), form);
  }

  private String unknownModel(Words words, Use use, String model) {
    if (!index.models(words.exchange()).contains(model))
      return Near.unknown("model", model, words.exchange(), index.models(words.exchange()));
    if (models(words, use).isEmpty())
      return use == Use.WATCH
          ? "Exchange %s tells nothing live: pull from it".formatted(words.exchange())
          : "Exchange %s tells everything live: watch it".formatted(words.exchange());
    return use == Use.WATCH
        ? "Model %s of %s is not told live: pull it, or watch one of %s"
            .formatted(model, words.exchange(), String.join(", ", models(words, use)))
        : "Model %s of %s is told live only: watch it, or pull one of %s"
            .formatted(model, words.exchange(), String.join(", ", models(words, use)));
  }

  private static String unknownOption(String model, List<QueryForm> forms, Set<String> given) {
    var all = new TreeSet<String>();
    forms.forEach(form -> all.addAll(form.options()));
    for (String option : new TreeSet<>(given))
      if (!all.contains(option)) return Near.unknown("option", option, model, all);
    return "Model %s does not take %s together: %s"
        .formatted(
            model,
            String.join(" and ", new TreeSet<>(given)),
            String.join(
                "; or ",
                forms.stream().map(f -> "it takes " + String.join(", ", f.options())).toList()));
  }

  /** The exchange's instruments, fetched when they are first needed. */
  private final class Instruments {
    private final Words words;
    private final boolean online;
    private Optional<List<Instrument>> known = Optional.empty();

    Instruments(Words words, boolean online) {
      this.words = words;
      this.online = online;
    }

    List<Instrument> all(String text) {
      if (known.isPresent()) return known.get();
      if (!online)
        throw new IllegalArgumentException(
            "Symbol %s needs the exchange's list of instruments: without input or output, write it in full, such as BTC/USDT"
                .formatted(text));
      boolean listed =
          index.bindings().stream()
              .anyMatch(
                  b ->
                      b.exchange().equals(words.exchange())
                          && b.modelType() == Instrument.class
                          && b.queryType() == CatalogQuery.class);
      if (!listed)
        throw new IllegalArgumentException(
            "Symbol %s cannot be looked up, %s lists no instruments here: write it in full, such as BTC/USDT"
                .formatted(text, words.exchange()));
      var answer =
          fetch.apply(
              new Request<>(
                  words.exchange(), Instrument.class, new CatalogQuery(), words.tenant()));
      known = Optional.of(answer.orThrow());
      return known.get();
    }

    Symbol named(String name) {
      var fitting =
          all(name).stream()
              .filter(i -> i.name().equals(name) && i.status() != Instrument.Status.CLOSED)
              .map(Instrument::symbol)
              .distinct()
              .sorted()
              .toList();
      if (fitting.size() == 1) return fitting.getFirst();
      var names = all(name).stream().map(Instrument::name).distinct().toList();
      throw new IllegalArgumentException(
          fitting.isEmpty()
              ? "Unknown symbol %s of %s: %swrite it as BASE/QUOTE, such as BTC/USDT"
                  .formatted(
                      name,
                      words.exchange(),
                      Near.nearest(name, names)
                          .map(near -> "did you mean %s? Or ".formatted(near))
                          .orElse(""))
              : "Symbol %s means several instruments of %s: write %s"
                  .formatted(
                      name,
                      words.exchange(),
                      String.join(" or ", fitting.stream().map(Symbol::toString).toList())));
    }
  }
}
