package io.tradeflood.index;

/**
 * A type that may be a connector or a binding.
 *
 * @param name the class's full name
 * @param loader who loads it
 * @param jar the file or folder that it came from, without the way to it
 * @param checked whether its declaration was checked when it was built
 */
record Candidate(String name, ClassLoader loader, String jar, boolean checked) {}
