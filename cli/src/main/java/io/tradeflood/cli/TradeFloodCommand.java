package io.tradeflood.cli;

import picocli.CommandLine.Command;

/** The root of all commands. */
@Command(
    name = "tradeflood",
    version = "TradeFlood 0.1.0",
    mixinStandardHelpOptions = true,
    description = "Collects market data from any exchange into any model.",
    synopsisSubcommandLabel = "COMMAND",
    footerHeading = "%nExit codes%n",
    footer = {
      "  0  everything that was asked for is there",
      "  2  the question or the setup is wrong; nothing was fetched",
      "  3  a part is there; what is missing, and why, is told on stderr",
      "  4  nothing is there; why is told on stderr",
      "",
      "Try it without any exchange: @|bold tradeflood demo|@"
    })
final class TradeFloodCommand {}
