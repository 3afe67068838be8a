package io.tradeflood.live;

/** Rules with something else beside them. */
record RulesWith(BookRules rules, BookChecksum checksum, int snapshotDepth) implements BookRules {
  @Override
  public Verdict first(BookUpdate update, long snapshot) {
    return rules.first(update, snapshot);
  }

  @Override
  public Verdict next(BookUpdate update, long last) {
    return rules.next(update, last);
  }

  @Override
  public boolean isBrokenWhenCrossed() {
    return rules.isBrokenWhenCrossed();
  }
}
