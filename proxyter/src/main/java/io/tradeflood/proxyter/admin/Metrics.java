package io.tradeflood.proxyter.admin;

import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/**
 * What is measured, for Prometheus: the pool's own numbers, read when somebody asks for them, and
 * those of the process.
 */
final class Metrics implements AutoCloseable {
  static final String TEXT = "text/plain";
  static final String OPEN_METRICS = "application/openmetrics-text";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics gc = new JvmGcMetrics();
  private final PoolCollector pool;

  Metrics(Parts parts, Looks looks) {
    this.pool = new PoolCollector(parts, looks);
    registry.getPrometheusRegistry().register(pool);
    new ClassLoaderMetrics().bindTo(registry);
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    gc.bindTo(registry);
  }

  Reply answer(Call call) {
    Optional<String> accept = call.header().apply("accept");
    boolean open = accept.isPresent() && Negotiation.prefers(accept.get(), OPEN_METRICS, TEXT);
    String type =
        open
            ? OPEN_METRICS + "; version=1.0.0; charset=utf-8"
            : TEXT + "; version=0.0.4; charset=utf-8";
    return Reply.bytes(200, type, registry.scrape(type).getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    gc.close();
    registry.close();
  }
}
