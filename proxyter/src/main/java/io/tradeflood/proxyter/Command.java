package io.tradeflood.proxyter;

import io.tradeflood.proxyter.config.Address;
import io.tradeflood.proxyter.config.Configuration;
import io.tradeflood.proxyter.config.Settings;
import io.tradeflood.proxyter.config.SettingsException;
import io.tradeflood.proxyter.gateway.Gateway;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** The command line of Proxyter. */
final class Command {
  private static final int WHOLE = 0;
  private static final int USAGE = 2;

  /** Something went wrong that is nobody's fault who started it. */
  static final int FAILED = 4;

  private static final String VERSION = "TradeFlood 0.1.0";

  private static final String HELP =
      """
      Usage: proxyter --config FILE [--check]

      A rotating forward proxy: HTTP and SOCKS5 at one port, out by many proxies.

            --config FILE   the configuration, in YAML; reloaded when it changes and on SIGHUP
            --check         looks at the configuration, says what is wrong with it, and ends
        -h, --help          shows this
        -V, --version       shows the version

      It ends on SIGTERM or Ctrl-C when open tunnels have ended or their time is over (drain.atStop);
      a second signal ends it at once. Codes: 0 as asked, 2 started wrongly or with a configuration
      that cannot be used, 4 failed.

      The least configuration, for this machine alone:

        proxies:
          - http://USER:PASSWORD@HOST:PORT
          - socks5://HOST:PORT

      Then: curl -x http://127.0.0.1:8900 https://example.com/
      Every key with its meaning: proxyter.example.yaml
      """;

  private final PrintStream out;
  private final PrintStream err;

  Command(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  /** Runs until it is told to end; the exit code. */
  int run(List<String> arguments) {
    Optional<String> config = Optional.empty();
    boolean check = false;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      switch (argument) {
        case "-h", "--help" -> {
          out.print(HELP);
          return WHOLE;
        }
        case "-V", "--version" -> {
          out.println(VERSION);
          return WHOLE;
        }
        case "--check" -> check = true;
        case "--config" -> {
          if (++i == arguments.size()) return wrong("--config needs a FILE");
          config = Optional.of(arguments.get(i));
        }
        default -> {
          if (!argument.startsWith("--config="))
            return wrong("'%s' is unknown".formatted(argument));
          config = Optional.of(argument.substring("--config=".length()));
        }
      }
    }
    if (config.isEmpty())
      return wrong(
          "no configuration: give one with --config FILE; proxyter.example.yaml is one to begin with");
    try {
      Path file = Path.of(config.get());
      return check ? check(file) : serve(file);
    } catch (InvalidPathException e) {
      return wrong("'%s' is no path of a file".formatted(config.get()));
    } catch (SettingsException e) {
      for (String problem : e.problems()) say(problem);
      return USAGE;
    }
  }

  private int wrong(String words) {
    say(words + ": see --help");
    return USAGE;
  }

  private void say(String words) {
    err.println("proxyter: " + words);
  }

  private int check(Path file) {
    Settings settings = Configuration.ofFile(file).state().settings();
    Gateway.check(settings);
    settings.warnings().forEach(this::say);
    out.printf(
        "%s can be used: %s, %s, %s%n",
        file,
        count(settings.proxies().size(), "proxy", "proxies"),
        count(settings.groups().size(), "group", "groups"),
        count(settings.routes().size(), "route", "routes"));
    return WHOLE;
  }

  private static String count(int count, String one, String many) {
    return count + " " + (count == 1 ? one : many);
  }

  private int serve(Path file) {
    Configuration configuration = Configuration.ofFile(file);
    Proxyter proxyter = Proxyter.start(configuration);
    // Until here a signal ends the process as any other; there is nothing to lose.
    var signals = new Signals();
    try {
      proxyter.watch(file);
    } catch (IOException e) {
      say(
          "the configuration %s is not watched (%s): changes need a SIGHUP"
              .formatted(file, e.getMessage()));
    }
    welcome(proxyter, configuration.state().settings());
    signals.serve(proxyter::reload);
    Duration drain = configuration.state().settings().drain().atStop();
    signals.onNext(
        () -> {
          say("ended at once");
          Runtime.getRuntime().halt(FAILED);
        });
    say(
        "stopping: %d tunnels are open, %d s at most; another signal ends at once"
            .formatted(proxyter.gateway().stats().tunnels(), drain.toSeconds()));
    proxyter.stop(drain);
    say("stopped");
    return WHOLE;
  }

  private void welcome(Proxyter proxyter, Settings settings) {
    Address listen = settings.listen().address();
    out.printf(
        "proxyter listens at %s (HTTP and SOCKS5%s), %s; %s%n",
        new Address(listen.host(), proxyter.gateway().port()),
        settings.listen().tls().isPresent() ? ", TLS too" : "",
        count(settings.proxies().size(), "proxy", "proxies"),
        settings.clients().isEmpty()
            ? "this machine alone is served, without a secret"
            : count(settings.clients().size(), "client", "clients") + " with secrets");
    settings
        .listen()
        .types()
        .forEach(
            (port, payload) ->
                out.printf(
                    "proxyter listens at %s for %s%n", new Address(listen.host(), port), payload));
    if (settings.stateFolder().isEmpty())
      say("without stateFolder bans and run-time changes are forgotten at the end");
    out.flush();
  }
}
