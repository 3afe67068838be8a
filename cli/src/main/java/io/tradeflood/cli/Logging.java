package io.tradeflood.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.LoggerContext;
import ch.qos.logback.classic.encoder.PatternLayoutEncoder;
import ch.qos.logback.classic.spi.Configurator;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.ConsoleAppender;
import ch.qos.logback.core.spi.ContextAwareBase;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * How the program logs: warnings on stderr, one line each, without traces. In Java rather than in
 * XML because reading XML costs more than the rest of a short command.
 */
public final class Logging extends ContextAwareBase implements Configurator {
  @Override
  public ExecutionStatus configure(LoggerContext context) {
    configure(context, Level.WARN, "%d{HH:mm:ss} %-5level %logger{0}: %msg%n%nopex");
    // What goes wrong on the wire is told by the failures of requests, in our words.
    context.getLogger("io.vertx").setLevel(Level.OFF);
    context.getLogger("io.netty").setLevel(Level.OFF);
    return ExecutionStatus.DO_NOT_INVOKE_NEXT_IF_ANY;
  }

  /** From here on also what is going on, and failures with their traces. */
  static void verbose() {
    if (LoggerFactory.getILoggerFactory() instanceof LoggerContext context) {
      context.reset();
      configure(context, Level.INFO, "%d{HH:mm:ss.SSS} %-5level %logger{36}: %msg%n%ex");
    }
  }

  /** Logs a mistake of ours with its trace, which only who asks for it sees. */
  static void trace(Throwable thrown) {
    LoggerFactory.getLogger(Logging.class).info("The trace of the mistake", thrown);
  }

  private static void configure(LoggerContext context, Level level, String pattern) {
    var encoder = new PatternLayoutEncoder();
    encoder.setContext(context);
    encoder.setPattern(pattern);
    encoder.start();
    var appender = new ConsoleAppender<ILoggingEvent>();
    appender.setContext(context);
    appender.setTarget("System.err");
    appender.setEncoder(encoder);
    appender.start();
    var root = context.getLogger(Logger.ROOT_LOGGER_NAME);
    root.setLevel(level);
    root.addAppender(appender);
  }
}
