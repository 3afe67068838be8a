package io.tradeflood;

import io.tradeflood.binding.BookBinding;
import io.tradeflood.binding.LiveBinding;
import io.tradeflood.binding.PolledBinding;
import io.tradeflood.connector.Connector;
import io.tradeflood.model.BookQuery;
import io.tradeflood.model.Query;
import io.tradeflood.turn.Turn;
import io.tradeflood.turn.TurnScheme;
import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/**
 * What becomes of one request that is watched.
 *
 * @param <M> the model
 */
sealed interface LivePart<M> {
  Request<M> request();

  /** The request as text, for explanations. */
  String label();

  /** Puts what is known beforehand into the scheme. */
  void ask(TurnScheme scheme);

  PlanExplanation.Part explain();

  /** It cannot be had. */
  record Refused<M>(Request<M> request, String label, String model, String reason)
      implements LivePart<M> {
    @Override
    public void ask(TurnScheme scheme) {
      // nothing is asked for what cannot be had
    }

    @Override
    public PlanExplanation.Part explain() {
      return new PlanExplanation.Part(
          request.exchange(),
          model,
          label,
          PlanExplanation.Availability.CANNOT,
          reason,
          "",
          "",
          Optional.empty(),
          0,
          0);
    }
  }

  /** Rows as they happen. */
  record Rows<Q extends Query, M>(
      Request<M> request,
      String label,
      Connectors.Bound<Connector, LiveBinding<Connector, Q, M>> bound,
      Q query)
      implements LivePart<M> {
    @Override
    public void ask(TurnScheme scheme) {
      scheme.ask(label, bound.binding().plan(bound.connector(), query));
    }

    @Override
    public PlanExplanation.Part explain() {
      return LivePart.can(request, label, bound, 1);
    }
  }

  /** The present value, asked for again and again. */
  record Polled<Q extends Query, M>(
      Request<M> request,
      String label,
      Connectors.Bound<Connector, PolledBinding<Connector, Q, M>> bound,
      Q query)
      implements LivePart<M> {
    Turn<M> question() {
      return bound.binding().plan(bound.connector(), query);
    }

    @Override
    public void ask(TurnScheme scheme) {
      scheme.ask(label, question());
      var pace = bound.binding().pace();
      scheme.note(
          label,
          "asked for every %s while it changes, less often while not, every %s at last"
              .formatted(seconds(pace.shortest()), seconds(pace.longest())));
    }

    private static String seconds(Duration length) {
      return BigDecimal.valueOf(length.toMillis(), 3).stripTrailingZeros().toPlainString() + " s";
    }

    @Override
    public PlanExplanation.Part explain() {
      return LivePart.can(request, label, bound, 0);
    }
  }

  /** A book that is kept. */
  record Book<M>(
      Request<M> request,
      String label,
      Connectors.Bound<Connector, BookBinding<Connector>> bound,
      BookQuery query)
      implements LivePart<M> {
    @Override
    public void ask(TurnScheme scheme) {
      var binding = bound.binding();
      scheme.ask(label, binding.changes(bound.connector(), query.symbol()));
      binding
          .snapshot(bound.connector(), query.symbol())
          .ifPresent(snapshot -> scheme.ask(label, snapshot));
    }

    @Override
    public PlanExplanation.Part explain() {
      boolean fetched = bound.binding().snapshot(bound.connector(), query.symbol()).isPresent();
      return LivePart.can(request, label, bound, fetched ? 2 : 1);
    }
  }

  private static PlanExplanation.Part can(
      Request<?> request, String label, Connectors.Bound<?, ?> bound, int calls) {
    return new PlanExplanation.Part(
        request.exchange(),
        bound.entry().model(),
        label,
        PlanExplanation.Availability.CAN,
        "",
        bound.entry().type().getSimpleName(),
        bound.hostName(),
        Optional.empty(),
        calls,
        0);
  }
}
