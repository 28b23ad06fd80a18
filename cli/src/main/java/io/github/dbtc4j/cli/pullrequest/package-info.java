/// Shows how a build goes on its pull request: as a status of the commit and in one comment.
@NullMarked
package io.github.dbtc4j.cli.pullrequest;

import org.jspecify.annotations.NullMarked;
