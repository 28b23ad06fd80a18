/// Receives the webhooks of git hosts: checks who sent them, and reads which pull request they are
/// about.
@NullMarked
package io.github.dbtc4j.githost.webhook;

import org.jspecify.annotations.NullMarked;
