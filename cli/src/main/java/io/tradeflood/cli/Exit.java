package io.tradeflood.cli;

/** How a command ended; scripts rely on the codes. */
enum Exit {
  /** Everything that was asked for is there. */
  WHOLE(0),
  /** The question or the setup is wrong; asking again the same way cannot work. */
  USAGE(2),
  /** A part of it is there. */
  PARTIAL(3),
  /** Nothing of it is there. */
  FAILED(4),
  /** Whoever read the output went away, as {@code head} does: what a shell calls SIGPIPE. */
  UNREAD(141);

  private final int code;

  Exit(int code) {
    this.code = code;
  }

  int code() {
    return code;
  }
}
